"""Files of an old tool, downloaded while they are read, because the links to them end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from migrations.records.attachment import Attachment
from migrations.sources.gathering import Gathering
from migrations.sources.http_client import LINK_ENDED, HttpClient, NotHad
from migrations.sources.pictures import pictures, shown_by
from migrations.staging.files import Files, digest_of

_FOLDERS = re.compile(r"[\\/]")


@dataclass(frozen=True)
class FileLink:
    """A file as a tool lists it. size: bytes that it is said to have; 0 where nobody says."""

    id: str
    name: str
    media_type: str
    size: int
    link: str


Renew = Callable[[], Sequence[FileLink]]
"""Asks for the same files again, with fresh links."""


@dataclass(frozen=True)
class _Kept:
    """digest and size of a content; or why it is missing."""

    digest: str = ""
    size: int = 0
    missing: str = ""


class Downloads:
    """files: where contents are kept; one goes there at once, so that memory holds no more than it. most: bytes of the
    largest that is downloaded; 0 for none. is_tools: whether a picture's link leads to the tool's own storage; pictures
    elsewhere stay there, because fetching them would tell their owners who reads."""

    def __init__(
        self, client: HttpClient, files: Files, gathering: Gathering, most: int, is_tools: Callable[[str], bool]
    ) -> None:
        self._client = client
        self._files = files
        self._gathering = gathering
        self._most = most
        self._is_tools = is_tools

    def attachments(
        self, listed: Sequence[FileLink], comment: str, ticket: str, renew: Renew = lambda: ()
    ) -> Iterator[Attachment]:
        """A record for each. renew: is asked where a link has ended before it was its turn."""
        links = {each.id: each.link for each in listed}
        for each in listed:
            kept = self._kept(links[each.id], each.size)
            if kept.missing == LINK_ENDED:
                links |= {one.id: one.link for one in renew()}
                kept = self._kept(links[each.id], each.size)
            if kept.digest and each.size not in (0, kept.size):
                detail = f"{kept.size:,} bytes instead of {each.size:,}"
                self._gathering.remark("attachments", each.id, "another size than the old tool says", detail)
            yield Attachment(
                id=each.id, comment=comment, ticket=ticket, name=file_name(each.name), media_type=each.media_type,
                size=kept.size or each.size, digest=kept.digest, missing=kept.missing,
            )  # fmt: skip

    def pictures(
        self, page: str, comment: str, ticket: str, renew: Callable[[], str] | None = None
    ) -> tuple[str, list[Attachment]]:
        """A page in which the tool's pictures are named by `cid:`, and a record for each. One that cannot be had keeps
        its link. renew: the same page, asked for again, with fresh links; None where that gives no other ones."""
        found, links = [], pictures(page, self._is_tools)
        fresh = links
        for number, link in enumerate(links):
            own = f"{comment}/picture-{number}"
            kept = self._kept(fresh[number], 0)
            if kept.missing == LINK_ENDED and renew is not None:
                again = pictures(renew(), self._is_tools)
                fresh = again if len(again) == len(links) else fresh
                kept = self._kept(fresh[number], 0)
            if kept.digest:
                page = shown_by(page, link, f"cid:{own}")
            found.append(
                Attachment(
                    id=own, comment=comment, ticket=ticket, name=f"picture-{number}", size=kept.size,
                    digest=kept.digest, missing=kept.missing, content_id=own if kept.digest else "",
                    address="" if kept.digest else link, inline=True,
                )
            )  # fmt: skip
        return page, found

    def _kept(self, link: str, size: int) -> _Kept:
        """What a link leads to."""
        if not self._most:
            return _Kept(missing="attachments are not downloaded, as the file of the migration says")
        if size > self._most:
            return _Kept(missing=f"larger than {self._most // 1_000_000} MB")
        if not link:
            return _Kept(missing="there is no link to it")
        try:
            content = self._client.download(link, self._most)
            if size and len(content) != size:  # something on the way may have cut it short
                content = self._client.download(link, self._most)
        except NotHad as why:
            return _Kept(missing=str(why))
        digest = digest_of(content)
        self._files.keep(digest, content)
        return _Kept(digest, len(content))


def file_name(said: str) -> str:
    """A file's name without the folders before it."""
    return _FOLDERS.split(said)[-1].strip()[:255] or "unnamed"

"""Files of tickets and conversations, downloaded while they are read: the links to them end after minutes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from migrations.records.attachment import Attachment
from migrations.sources.freshdesk.client import LINK_ENDED, Client, NotHad
from migrations.sources.freshdesk.gathering import Gathering
from migrations.sources.freshdesk.images import pictures
from migrations.sources.freshdesk.values import identifier, text
from migrations.staging.files import Files, digest_of

_FOLDERS = re.compile(r"[\\/]")
Renew = Callable[[], Sequence[Mapping[str, Any]]]
"""Asks for the same files again, with fresh links."""


@dataclass(frozen=True)
class _Kept:
    """digest and size of a content; or why it is missing."""

    digest: str = ""
    size: int = 0
    missing: str = ""


class Downloads:
    """files: where contents are kept; one goes there at once, so that memory holds no more than it. most: bytes of the
    largest that is downloaded; 0 for none."""

    def __init__(self, client: Client, files: Files, gathering: Gathering, most: int) -> None:
        self._client = client
        self._files = files
        self._gathering = gathering
        self._most = most

    def attachments(
        self, listed: Sequence[Mapping[str, Any]], comment: str, ticket: str, renew: Renew = lambda: ()
    ) -> Iterator[Attachment]:
        """A record for each. renew: is asked for a file whose link has ended before it was its turn."""
        links = {identifier(each.get("id")): text(each.get("attachment_url")) for each in listed}
        for number, each in enumerate(listed):
            own = identifier(each.get("id"))
            said = each.get("size")
            size = said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else 0
            kept = self._kept(links[own], size)
            if kept.missing == LINK_ENDED:
                links |= {identifier(one.get("id")): text(one.get("attachment_url")) for one in renew()}
                kept = self._kept(links[own], size)
            if kept.digest and size not in (0, kept.size):
                detail = f"{kept.size:,} bytes instead of {size:,}"
                self._gathering.remark("attachments", own, "another size than Freshdesk says", detail)
            yield Attachment(
                id=own or f"{comment}/{number}",
                comment=comment,
                ticket=ticket,
                name=file_name(each.get("name")),
                media_type=text(each.get("content_type")),
                size=kept.size or size,
                digest=kept.digest,
                missing=kept.missing,
            )

    def pictures(self, page: str, comment: str, ticket: str) -> tuple[str, list[Attachment]]:
        """A page in which the vendor's pictures are named by `cid:`, and a record for each. One that cannot be had
        keeps its link."""
        found = []
        for number, link in enumerate(pictures(page, self._client.url)):
            own = f"{comment}/picture-{number}"
            kept = self._kept(link, 0)
            if kept.digest:
                for written in (html.escape(link), html.escape(link, quote=False), link):
                    page = page.replace(f'"{written}"', f'"cid:{own}"').replace(f"'{written}'", f"'cid:{own}'")
            found.append(
                Attachment(
                    id=own, comment=comment, ticket=ticket, name=f"picture-{number}", size=kept.size,
                    digest=kept.digest, missing=kept.missing, content_id=own if kept.digest else "",
                    address="" if kept.digest else link, inline=True,
                )
            )  # fmt: skip
        return page, found

    def _kept(self, link: str, size: int) -> _Kept:
        """What a link leads to. size: bytes that it is said to have; 0 where nobody says."""
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


def file_name(said: Any) -> str:
    """A file's name without the folders before it."""
    return _FOLDERS.split(text(said))[-1].strip()[:255] or "unnamed"

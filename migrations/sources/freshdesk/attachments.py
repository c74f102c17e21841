"""Files of tickets and conversations, downloaded while they are read: the links to them end after minutes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from migrations.records.attachment import Attachment
from migrations.sources.freshdesk.client import LINK_ENDED, Client, NotHad
from migrations.sources.freshdesk.images import pictures
from migrations.sources.freshdesk.values import identifier, text
from migrations.staging.files import Files, digest_of

_FOLDERS = re.compile(r"[\\/]")
Renew = Callable[[], Sequence[Mapping[str, Any]]]
"""Asks for the same files again, with fresh links."""


class Downloads:
    """files: where contents are kept; one goes there at once, so that memory holds no more than it. most: bytes of the
    largest that is downloaded; 0 for none."""

    def __init__(self, client: Client, files: Files, most: int) -> None:
        self._client = client
        self._files = files
        self._most = most

    def attachments(
        self, listed: Sequence[Mapping[str, Any]], comment: str, ticket: str, renew: Renew = lambda: ()
    ) -> Iterator[Attachment]:
        """A record for each. renew: is asked once, where a link has ended before it was used."""
        fresh: Mapping[str, Mapping[str, Any]] | None = None
        for number, each in enumerate(listed):
            own = identifier(each.get("id")) or f"{comment}/{number}"
            said = each.get("size")
            size = said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else 0
            digest, length, missing = self._kept(text(each.get("attachment_url")), size)
            if missing == LINK_ENDED:
                fresh = {identifier(one.get("id")): one for one in renew()} if fresh is None else fresh
                digest, length, missing = self._kept(text(fresh.get(own, {}).get("attachment_url")), size, missing)
            yield Attachment(
                id=own,
                comment=comment,
                ticket=ticket,
                name=file_name(each.get("name")),
                media_type=text(each.get("content_type")),
                size=length or size,
                digest=digest,
                missing=missing,
            )

    def pictures(self, page: str, comment: str, ticket: str) -> tuple[str, list[Attachment]]:
        """A page in which the vendor's pictures are named by `cid:`, and a record for each. One that cannot be had
        keeps its link."""
        found = []
        for number, link in enumerate(pictures(page, self._client.url)):
            own = f"{comment}/picture-{number}"
            digest, size, missing = self._kept(link, 0)
            if digest:
                for written in (html.escape(link), html.escape(link, quote=False), link):
                    page = page.replace(f'"{written}"', f'"cid:{own}"').replace(f"'{written}'", f"'cid:{own}'")
            found.append(
                Attachment(
                    id=own, comment=comment, ticket=ticket, name=f"picture-{number}", size=size, digest=digest,
                    missing=missing, content_id=own if digest else "", address="" if digest else link, inline=True,
                )
            )  # fmt: skip
        return page, found

    def _kept(self, link: str, size: int, otherwise: str = "there is no link to it") -> tuple[str, int, str]:
        """Digest and length of what a link leads to; or why it could not be had."""
        if not self._most:
            return "", 0, "attachments are not downloaded, as the file of the migration says"
        if size > self._most:
            return "", 0, f"larger than {self._most // 1_000_000} MB"
        if not link:
            return "", 0, otherwise
        try:
            content = self._client.download(link, self._most)
        except NotHad as why:
            return "", 0, str(why)
        digest = digest_of(content)
        self._files.keep(digest, content)
        return digest, len(content), ""


def file_name(said: Any) -> str:
    """A file's name without the folders before it."""
    return _FOLDERS.split(text(said))[-1].strip()[:255] or "unnamed"

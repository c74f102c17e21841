"""Files of tickets and conversations, as Freshdesk lists them: the links to them end after minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from migrations.records.attachment import Attachment
from migrations.sources import downloads
from migrations.sources.downloads import FileLink
from migrations.sources.freshdesk.client import Client
from migrations.sources.freshdesk.gathering import Gathering
from migrations.sources.freshdesk.images import is_vendors
from migrations.sources.freshdesk.values import identifier, text
from migrations.staging.files import Files

Documents = Sequence[Mapping[str, Any]]
Renew = Callable[[], Documents]
"""Asks for the same files again, with fresh links."""


class Downloads:
    """files and most: as `downloads.Downloads` takes them."""

    def __init__(self, client: Client, files: Files, gathering: Gathering, most: int) -> None:
        is_tools = partial(is_vendors, account=client.url)
        self._downloads = downloads.Downloads(client, files, gathering, most, is_tools)

    def attachments(
        self, listed: Documents, comment: str, ticket: str, renew: Renew = lambda: ()
    ) -> Iterator[Attachment]:
        """A record for each. renew: is asked for a file whose link has ended before it was its turn."""
        links = _links(listed, comment)
        yield from self._downloads.attachments(links, comment, ticket, lambda: _links(renew(), comment))

    def pictures(self, page: str, comment: str, ticket: str) -> tuple[str, list[Attachment]]:
        """A page in which the vendor's pictures are named by `cid:`, and a record for each."""
        return self._downloads.pictures(page, comment, ticket)


def _links(listed: Documents, comment: str) -> list[FileLink]:
    """comment: at which the files are; it names one that has no id."""
    return [
        FileLink(
            identifier(each.get("id")) or f"{comment}/{number}",
            text(each.get("name")),
            text(each.get("content_type")),
            _size(each.get("size")),
            text(each.get("attachment_url")),
        )
        for number, each in enumerate(listed)
    ]


def _size(said: Any) -> int:
    """Bytes; 0 where nobody says."""
    return said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else 0

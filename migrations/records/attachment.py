"""A file that somebody sent along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from migrations.records.record import Record, RecordType


@dataclass(frozen=True, slots=True)
class Attachment(Record):
    """name: as it was called; it is never used as a path. digest: SHA-256 of the content, by which staging keeps it;
    empty where the content could not be had, and `missing` says why. content_id: by which the text shows it (`cid:`);
    address: by which the text links to it."""

    type: ClassVar[RecordType] = "attachments"
    comment: str = ""
    ticket: str = ""
    name: str = ""
    media_type: str = ""
    size: int = 0
    digest: str = ""
    missing: str = ""
    content_id: str = ""
    address: str = ""
    inline: bool = False

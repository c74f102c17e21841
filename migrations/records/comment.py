"""Something written in a ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from migrations.records.moment import Moment
from migrations.records.record import Record, RecordType


@dataclass(frozen=True, slots=True)
class Comment(Record):
    """public: whether the customer could read it; what is not known to be public is private.

    body: plain text, whole. html: as it was written, where it was; safe to show only after cleaning. quoted_at: the
    place in `body` at which earlier mails begin to be repeated; -1 for none. belongs: why it stands in this ticket,
    where the source had to find that out.
    """

    type: ClassVar[RecordType] = "comments"
    ticket: str = ""
    author: str = ""
    public: bool = False
    body: str = ""
    html: str = ""
    created: Moment | None = None
    quoted_at: int = -1
    belongs: str = ""
    automatic: bool = False
    copied: tuple[str, ...] = ()

"""`--json` of `golive migrate delta`: what has changed in the old tool, what was made anew, and what people look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.migration_run import MigrationRunDocument


@dataclass(frozen=True)
class LeftTicket:
    """A ticket that is other in the old tool by now, and was left alone. fate: `worked_on` (somebody or some rule has
    changed it in the new helpdesk as well), `left_out` (by the file's decisions it would not be sent any more),
    `deleted` (it is gone there) or `vanished` (it is gone in the old tool).
    page: its page in the new helpdesk."""

    source: str
    target: str
    fate: Literal["worked_on", "left_out", "deleted", "vanished"]
    subject: str = ""
    page: str = ""


@dataclass(frozen=True)
class FoundTicket:
    """A ticket that is new in the old tool, or other than it was sent. target: its new id; empty for a new one."""

    source: str
    target: str
    fate: Literal["new", "changed"]
    subject: str = ""


@dataclass(frozen=True)
class StrayTicket:
    """A ticket that began in the new helpdesk as the answer to one that was brought over. belongs_to: the id of that
    one there; source: its old id."""

    target: str
    belongs_to: str
    source: str
    subject: str
    page: str = ""


@dataclass(frozen=True)
class MigrationDeltaDocument:
    """since: the day from which on the old tool was read again; empty where all of it was, or nothing. cutover: whether
    open tickets come as well. decided_anew: whether the file says other things than at the last run, which changes
    tickets, too. changes: fate → tickets (`new`, `changed`, `same`, `worked_on`, `left_out`, `deleted`, `vanished`).
    records: by type, what is to be sent. waiting: tickets that are not finished in the old tool and stay there for now.
    unfinished: all that are not finished there. left: those that were left alone, a few of each fate. arrived: address
    → tickets that began in the old tool since the first sending. replies: answers that began a new ticket. blocked: why
    nothing can be sent. minutes: the least and the most that it takes. run: what was sent; nothing where it was only
    looked at. found: tickets that are sent, a few of each fate. read: by type, what the old tool has given out now;
    read_before: what it had given out the time before, empty where that is not known."""

    source: str = ""
    name: str = ""
    environment: str | None = None
    account: str = ""
    since: str = ""
    cutover: bool = False
    decided_anew: bool = False
    changes: dict[str, int] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    unfinished: int = 0
    left: list[LeftTicket] = field(default_factory=list)
    arrived: dict[str, int] = field(default_factory=dict)
    replies: list[StrayTicket] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    minutes: list[float] = field(default_factory=list)
    run: MigrationRunDocument | None = None
    found: list[FoundTicket] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    read_before: dict[str, int] = field(default_factory=dict)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-delta/1"] = "golive/migrate-delta/1"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}

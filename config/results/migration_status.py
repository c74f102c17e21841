"""`--json` of `golive migrate status`: how far each migration is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error


@dataclass(frozen=True)
class SentTo:
    """What went to an environment: by type, what is there. unknown: calls of which nobody knows the end; the next run
    looks them up. waiting: tickets that were read and are neither sent nor left out with a reason. ended: when the last
    run ended, empty while it has not. at_work: whether a run is at work now; then nothing else is known. compared: when
    `golive migrate delta` has last looked for what has changed since that run, empty for never; found: fate → tickets
    that are other than they were, as that has shown."""

    environment: str
    there: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    unknown: int = 0
    waiting: int = 0
    last: str = ""
    ended: str = ""
    at_work: bool = False
    compared: str = ""
    found: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class MigrationEntry:
    """key: the file's name. valid: whether the file is. read: by type; is_whole: whether the source was read to its
    end. left_out: fate → how many. counted: what the old tool gave out, of what it shows as numbers itself (`tickets`,
    `comments`, `attachments`, `contacts`), whatever became of it; shown: what people typed in of that; not_shown: why
    the old tool shows no such number, as people say it. open: words without a place; open_words: the first of them.
    without_reason: rows without a decision. addresses: without a fate; moved: those that are forwarded or merged → the
    one that takes their mails, empty where nobody named one. rules: without a verdict or an owner; macros: nobody has
    said they were read; pages: of the old help centre, that lead nowhere yet. old_pages: how many there are;
    pages_digest: of where they lead. log_has: what a log kept by hand tells (`date`, `channel`, …), null for what is no
    log; of_no_field: its columns that tell none of it and are named as no ticket field. next: the command that comes
    next. at_work: who has what was read for themselves now, such as by reading on; then nothing else of it is known."""

    key: str
    name: str
    source: str
    valid: bool
    is_whole: bool = False
    read: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    not_shown: dict[str, str] = field(default_factory=dict)
    open: int = 0
    without_reason: int = 0
    addresses: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)
    macros: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    old_pages: int = 0
    pages_digest: str = ""
    log_has: list[str] | None = None
    of_no_field: list[str] = field(default_factory=list)
    sent: list[SentTo] = field(default_factory=list)
    next: str = ""
    open_words: list[str] = field(default_factory=list)
    at_work: str = ""


@dataclass(frozen=True)
class MigrationStatusDocument:
    migrations: list[MigrationEntry] = field(default_factory=list)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-status/1"] = "golive/migrate-status/1"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}

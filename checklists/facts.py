"""What probes look at: everything that was found out before any of them judges, each with its time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Literal, TypeVar

from checklists.checklist import Checklist
from config.chain import Chain
from config.declaration import Declaration
from config.findings import Finding
from config.results.context import ContextDocument
from config.results.log_entry import EntrySort, LogEntry
from config.results.migration_status import MigrationEntry
from config.results.plan import PlanDocument
from config.results.standing import Standing
from config.web_signs import WebSigns

T = TypeVar("T")
Source = Literal["configuration", "files", "plan", "standing", "state", "context", "migrations", "log", "web"]
LIVE: tuple[Source, ...] = ("plan", "standing", "state", "context")
"""What takes calls, or the engine, to find out."""


class NotKnown(Exception):
    """Something could not be found out. The text says why, for people."""


@dataclass(frozen=True)
class Found(Generic[T]):
    """What was found out, and when; or why it was not."""

    value: T | None = None
    at: datetime | None = None
    why: str = ""

    def known(self) -> T:
        """The value. Raises NotKnown."""
        if self.value is None:
            raise NotKnown(self.why or "it was not looked at")
        return self.value


@dataclass(frozen=True)
class Configuration:
    """What the files declare for an environment. is_local: its state is kept in the workspace only."""

    declaration: Declaration
    findings: Sequence[Finding] = ()
    production: bool = False
    is_local: bool = True
    rules: frozenset[str] = frozenset()
    """Ids of all rules that this version checks."""
    signs: WebSigns | None = None
    """By what the helpdesk's parts are known on pages; None where it has no such signs."""
    helpdesk: str = ""
    """The host of the helpdesk's own address."""


@dataclass(frozen=True)
class Page:
    """What a page of the web answered. asked: the address that was opened; url: the one at which it ended. came:
    answered; no certificate that is valid; led away to another host; no answer; refused, because it is no page's
    address. status: HTTP's, 0 without an answer. text: its HTML, or the beginning of it. why: what went wrong."""

    asked: str
    came: Literal["answered", "no_certificate", "led_away", "silent", "refused"]
    status: int = 0
    url: str = ""
    text: str = field(default="", repr=False)
    why: str = ""


@dataclass(frozen=True)
class StateFacts:
    """What golive remembers. sound: golive and the engine wrote it. unfinished: objects of which nobody knows whether
    a write arrived. phase and log_head: as the record says. copies: how many copies there are. runs: how many."""

    sound: bool
    why: str = ""
    unfinished: tuple[str, ...] = ()
    phase: str = "build"
    log_head: str = ""
    copies: int = 0
    runs: int = 0


@dataclass(frozen=True)
class Facts:
    """Everything that is known at one time. phase: the one whose gate is asked for, so that what sleeps now and will
    be awake then can be told. unproven: digests of the log's entries of which nobody can rely on who made them. files:
    pattern → (path, SHA-256) of the workspace's files."""

    now: datetime
    phase: str
    checklist: Checklist
    configuration: Found[Configuration] = field(default_factory=Found)
    plan: Found[PlanDocument] = field(default_factory=Found)
    standing: Found[Standing] = field(default_factory=Found)
    state: Found[StateFacts] = field(default_factory=Found)
    context: Found[ContextDocument] = field(default_factory=Found)
    """What the CRM holds of customers, and whether the helpdesk shows the same."""
    migrations: Found[Sequence[MigrationEntry]] = field(default_factory=Found)
    """How far each migration is: what was read, decided and sent."""
    web: Found[Mapping[str, Page]] = field(default_factory=Found)
    """Address → page, of those that probes named."""
    log: Chain = field(default_factory=Chain)
    unproven: frozenset[str] = frozenset()
    files: Callable[[str], Sequence[tuple[str, str]]] = lambda pattern: ()

    def noted(self, sort: EntrySort) -> list[LogEntry]:
        """The log's entries of a sort, in order, by whom one can rely on it."""
        return [each for each in self.log.ordered if each.entry == sort and each.digest not in self.unproven]

    def at(self, sources: Sequence[Source]) -> datetime:
        """The time of the oldest of several facts."""
        times = [found.at for name in sources if isinstance(found := getattr(self, name), Found) and found.at]
        return min(times, default=self.now)


Numbers = Mapping[str, int | float | str]

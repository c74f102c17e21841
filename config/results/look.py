"""`golive look --json`: what an account holds, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.plan import NotRead

Weight = Literal["serious", "warning", "note"]
"""serious: customers or agents are harmed now. warning: it will happen, or it misleads. note: worth tidying up."""
Topic = Literal["mail", "broken", "unreached", "duplicated", "unowned", "limits", "method", "off"]
"""mail: what customers and agents are sent. broken: points to something that is gone, off or suspended. unreached: can
never happen, or is used by nobody. duplicated: there twice. unowned: nobody looks after it. limits: near what the
vendor allows. method: against golive's rules of thumb (docs/checks.md). off: switched off and forgotten."""


@dataclass(frozen=True)
class Twin:
    """An object that another one is like. `where` tells it from others of its name, as in `Place`."""

    id: str
    name: str
    page: str = ""
    where: str = ""


@dataclass(frozen=True)
class Place:
    """One object that a finding is about. `kind` is golive's word for it, `one` people's, `id` the vendor's; `page` its
    address in the vendor's admin centre, `note` what is special about it: both may be empty. twins: what it is like, in
    the order in which they run; then `note` says in which respect, and `where` stands for its place among the active
    ones (of its category), or for its id."""

    kind: str
    one: str
    id: str
    name: str
    page: str = ""
    note: str = ""
    where: str = ""
    twins: list[Twin] = field(default_factory=list)


@dataclass(frozen=True)
class LookFinding:
    """What is wrong, why it matters, what to do; `what` names the threshold where there is one. places: every object
    that it is about, none where it is about the account."""

    rule: str
    weight: Weight
    topic: Topic
    what: str
    why: str
    do: str
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True)
class InOrder:
    """A check that found nothing, and what that means."""

    rule: str
    said: str


@dataclass(frozen=True)
class NotAsked:
    """A check that could not be made: what it would have found, and what could not be read for it."""

    rule: str
    what: str
    unread: str


@dataclass(frozen=True)
class Entry:
    """One object of the inventory. `active` is null where it has no switch; `detail` says more in a few words."""

    id: str
    name: str
    active: bool | None = None
    page: str = ""
    detail: str = ""


@dataclass(frozen=True)
class KindFound:
    """All objects of a kind. `many` is what people call them. `off` counts those that are switched off, suspended or
    not verified. `total` is more than the entries where they were only counted."""

    kind: str
    many: str
    total: int
    off: int = 0
    detail: str = ""
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Limit:
    """How much of one of the vendor's limits is used."""

    what: str
    used: int
    limit: int


@dataclass(frozen=True)
class Figure:
    """A number that people ask for first, and what it counts."""

    what: str
    value: int


@dataclass(frozen=True)
class LookDocument:
    """A health page. account: as the vendor tells accounts apart (a subdomain). read_at: ISO 8601, UTC. read_by: whose
    credentials read. calls: how many calls that took; none of them wrote. checks: how many golive knows; each of
    them stands in exactly one of the four that follow. Findings stand with the most serious first; in_order: the checks
    that found nothing. nothing_to_check: those for which the account has no object. not_asked: those that could not be
    made. not_read: what could not be read, and why: it is not in the inventory, and what needs it was not asked."""

    system: str = ""
    account: str = ""
    name: str = ""
    url: str = ""
    read_at: str = ""
    read_by: str = ""
    calls: int = 0
    checks: int = 0
    figures: list[Figure] = field(default_factory=list)
    findings: list[LookFinding] = field(default_factory=list)
    in_order: list[InOrder] = field(default_factory=list)
    nothing_to_check: list[str] = field(default_factory=list)
    not_asked: list[NotAsked] = field(default_factory=list)
    kinds: list[KindFound] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    schema: Literal["golive/look/1"] = "golive/look/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def of_weight(self, weight: Weight) -> list[LookFinding]:
        return [each for each in self.findings if each.weight == weight]

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}

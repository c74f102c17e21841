"""Whether people have accepted a migration: their verdicts about a sample, as the log has them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from checklists.people import People, is_same_person
from config.results.log_entry import LogEntry

Judgement = Literal["ok", "cosmetic", "medium", "high", "critical"]
JUDGEMENTS: tuple[Judgement, ...] = get_args(Judgement)
"""From the best to the worst."""
LIMITS: Mapping[Judgement, float] = {"cosmetic": 0.10, "medium": 0.05, "high": 0.02, "critical": 0.0}
"""Below which share of the sample each has to stay; of critical ones there must be none."""
ROLES = ("head_of_support", "support_lead")
"""Whose verdicts count where a checklist does not say otherwise: the client's, and not those of whoever brought it."""


@dataclass(frozen=True)
class Verdict:
    """What somebody said of one ticket. digest: of the ticket as they saw it."""

    judgement: Judgement
    digest: str
    note: str
    entry: LogEntry


@dataclass(frozen=True)
class Limit:
    """How many tickets of the sample have a fault of a sort, and how many may have."""

    judgement: Judgement
    number: int
    most: int

    @property
    def holds(self) -> bool:
        return self.number <= self.most


@dataclass(frozen=True)
class Acceptance:
    """verdicts: old id → the worst of what people say of the ticket as it is now. stale: old ids of which the ticket
    has changed since. open: those without a verdict, the stale ones among them."""

    size: int
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    stale: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def limits(self) -> list[Limit]:
        given = [each.judgement for each in self.verdicts.values()]
        return [Limit(sort, given.count(sort), _most(self.size, share)) for sort, share in LIMITS.items()]

    @property
    def state(self) -> Literal["accepted", "open", "refused"]:
        """refused: too much is wrong, whatever is said of the rest."""
        if not all(each.holds for each in self.limits):
            return "refused"
        return "open" if self.open or not self.size else "accepted"


def _most(size: int, share: float) -> int:
    """The largest number that is below a share of so many; none for a share of 0."""
    return max(0, math.ceil(round(size * share, 6)) - 1) if share else 0


def last_sample(entries: Iterable[LogEntry], migration: str) -> LogEntry | None:
    """The newest `sample_drawn` of a migration. entries: in their order."""
    drawn = [each for each in entries if each.entry == "sample_drawn" and each.data["migration"] == migration]
    return drawn[-1] if drawn else None


def acceptance(migration: str, digests: Mapping[str, str], entries: Iterable[LogEntry], people: People) -> Acceptance:
    """What verdicts come to. digests: old id → what each ticket of the sample is now. entries: those that count, in
    their order.

    Of each person the last word counts, and of several persons' the worst: nobody talks away what somebody else saw.
    """
    said: dict[str, list[Verdict]] = {}
    for entry in entries:
        if entry.entry != "sample_judged" or entry.data["migration"] != migration:
            continue
        for source, one in entry.data["verdicts"].items():
            verdict = Verdict(one["verdict"], one["digest"], one.get("note", ""), entry)
            others = [each for each in said.get(source, ()) if not is_same_person(people, each.entry.by, entry.by)]
            said[source] = [*others, verdict]
    held: dict[str, Verdict] = {}
    stale = []
    for source, digest in digests.items():
        every = said.get(source, ())
        now = [each for each in every if each.digest == digest]
        if now:
            held[source] = max(now, key=lambda each: JUDGEMENTS.index(each.judgement))
        elif every:
            stale.append(source)
    return Acceptance(len(digests), held, tuple(stale), tuple(each for each in digests if each not in held))

"""The contract of a probe."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from checklists.facts import Facts, NotKnown, Source
from checklists.observation import Observation, Seen, digest_of
from config.duration import minutes
from config.model import Model
from config.results.standing import AccountQuestion

LIVE_LASTS = "1h"
"""How long what was read from live systems is relied on, unless a probe says otherwise."""


class NoParameters(Model):
    """This probe takes none."""


@dataclass(frozen=True)
class Answer:
    """What a probe says. looked_at: what it went by, from which the digest is made."""

    seen: Seen
    said: str
    numbers: Mapping[str, int | float | str] = field(default_factory=dict)
    looked_at: Any = None


class Probe(ABC):
    """Finds out whether something holds.

    A probe is a pure function: it gets facts that were collected before, calls nobody, writes nothing, and

    - must raise NotKnown where a fact that it needs is not known: unknown is never a pass;
    - must name in `looks_at` every fact that it uses, so that only these are collected;
    - must put into `looked_at` all that decides, so that evidence can be told apart from other evidence.
    """

    name: ClassVar[str]
    """As checklists call it."""
    Parameters: ClassVar[type[Model]] = NoParameters
    looks_at: ClassVar[tuple[Source, ...]] = ("configuration",)
    asks: ClassVar[tuple[AccountQuestion, ...]] = ()
    """What it wants to know of an account beside its objects; it stands in `standing` then."""
    lasts: ClassVar[str] = LIVE_LASTS

    def pages(self, given: Any, facts: Facts) -> Sequence[str]:
        """The addresses of the pages that it wants opened, from what is known before any system is read. given: an
        instance of `Parameters`. Raises NotKnown."""
        return ()

    @abstractmethod
    def answer(self, given: Any, facts: Facts) -> Answer:
        """given: an instance of `Parameters`. Raises NotKnown."""

    def observe(self, given: Model, facts: Facts) -> Observation:
        """The answer with its time, its lifetime and its digest."""
        try:
            found = self.answer(given, facts)
        except NotKnown as why:
            found = Answer("unknown", str(why))
        span = timedelta(minutes=minutes(self.lasts))
        digest = digest_of(found.looked_at) if found.looked_at is not None else ""
        return Observation(self.name, found.seen, found.said, facts.at(self.looks_at), span, found.numbers, digest)

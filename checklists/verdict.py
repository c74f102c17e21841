"""What is known of an item, of a condition, of a whole gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from checklists.observation import Observation

State = Literal["pass", "warn", "waived", "not_applicable", "out_of_date", "unknown", "fail"]
STATES: tuple[State, ...] = ("fail", "unknown", "out_of_date", "waived", "warn", "pass", "not_applicable")
"""The worst first."""
PASSED: frozenset[State] = frozenset({"pass", "warn"})
"""What holds by itself."""
HOLDS: frozenset[State] = frozenset({"pass", "warn", "waived", "not_applicable"})
"""What lets a gate open. Unknown is unknown, and old is old: neither passes."""


@dataclass(frozen=True)
class Verdict:
    """state: of the item. said: one sentence that says why. base: what it would be without its waiver. asked: who can
    do something about it, by key, where somebody is named; roles: in which role. at: when the oldest of what it goes by
    was seen. until: when it will be out of date by itself. blocks: whether a gate stays closed for it."""

    item: str
    state: State
    said: str
    base: State
    asked: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    at: datetime | None = None
    until: datetime | None = None
    numbers: Mapping[str, int | float | str] = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()
    blocks: bool = False


@dataclass(frozen=True)
class ConditionVerdict:
    """part: of the gate, `earlier` for what an earlier gate asked for and this one asks again. phase: the gate that it
    belongs to. left_out: why it does not count here."""

    phase: str
    part: Literal["entrance", "success", "outcome", "earlier"]
    key: str
    id: str
    name: str
    state: State
    items: tuple[str, ...]
    left_out: str = ""


@dataclass(frozen=True)
class DecisionVerdict:
    """What was decided about a gate, and whether that still counts."""

    state: State
    said: str
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class GateVerdict:
    """reviewable: whether the review may be held. open: whether the phase may begin. digest: of what the gate asks for.
    blocked_by: what keeps it closed, in sentences."""

    phase: str
    name: str
    conditions: tuple[ConditionVerdict, ...]
    items: Mapping[str, Verdict]
    decision: DecisionVerdict
    reviewable: bool
    open: bool
    digest: str
    blocked_by: tuple[str, ...] = ()


def worst(states: list[State]) -> State:
    """Of several the worst; nothing at all holds."""
    return min(states, key=STATES.index, default="pass")

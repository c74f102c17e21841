"""`--json` of `golive gate …`: what a gate asks for, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.due import DueEntry
from config.results.error import Error

PhaseState = Literal["entered", "next", "later"]
GateStep = Literal["", "mend", "look", "sign", "attach", "confirm", "answer", "figure", "wait"]
GateState = Literal["pass", "warn", "waived", "not_applicable", "out_of_date", "unknown", "fail"]


@dataclass(frozen=True)
class GateFact:
    """What one probe saw. at: when (ISO 8601, UTC); until: how long it is relied on; digest: of what was looked at."""

    probe: str
    seen: Literal["pass", "warn", "fail", "unknown"]
    said: str
    at: str
    until: str
    numbers: dict[str, Any] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True)
class GateItem:
    """One item. sort: how it is established. base: its state without its waiver. step: what has to be done about it;
    `answer`: the project says whether the profiles in `names` apply; `figure`: it sets those figures; `wait`: golive
    cannot find it out before it has what `names` says; `look`: it could not be found out this time. asked: who can do
    something about it, by name; roles: in which role. at: when the oldest of what it goes by was seen; until: when it
    will be out of date by itself."""

    key: str
    id: str
    name: str
    phase: str
    owner: str
    sort: str
    state: GateState
    base: GateState
    said: str
    blocks: bool
    why: str
    fix: str
    because: str = ""
    step: GateStep = ""
    names: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    at: str | None = field(default=None, metadata=ONLY_IF_GIVEN)
    until: str | None = field(default=None, metadata=ONLY_IF_GIVEN)
    facts: list[GateFact] = field(default_factory=list)


@dataclass(frozen=True)
class GateCondition:
    """One condition: `part` of the gate of `phase`; `earlier` is what an earlier gate asked for and this one asks
    again. left_out: why it does not count in this project."""

    phase: str
    part: Literal["entrance", "success", "outcome", "earlier"]
    key: str
    id: str
    name: str
    state: GateState
    items: list[str]
    left_out: str = ""


@dataclass(frozen=True)
class GateWaiver:
    """A risk that somebody wants to live with. until: its last second (UTC). id: the first digits of its entry's
    digest, by which it is approved or revoked."""

    id: str
    item: str
    reason: str
    state: Literal["asked", "approved", "denied", "revoked", "expired"]
    asked_by: str
    approved_by: str
    until: str


@dataclass(frozen=True)
class GateAction:
    """A condition of a decision, with who sees to it and until when."""

    id: str
    phase: str
    what: str
    who: str
    due: str
    done: bool


@dataclass(frozen=True)
class GateGlass:
    """Somebody went on although a gate was closed, or although nothing was to change. phase: the one that was entered,
    or the verb that ran in a freeze (`up`, `undo`). for_what: the same in words. freeze: what the environment file said
    of it. confirm_by: until when a second person confirms it (ISO 8601, UTC); late: the confirmation came later, or is
    missing and too late. asked: who can confirm or review it, by name. note: of the review."""

    id: str
    phase: str
    for_what: str
    reason: str
    by: str
    at: str
    items: list[str]
    freeze: str
    confirm_by: str
    confirmed_by: str
    confirmed_at: str
    late: bool
    reviewed_by: str
    reviewed_at: str
    note: str
    asked: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class GateLess:
    """Something for which the project asks less than the method: an item or a condition. what: it is left out, or holds
    more easily (`eased`). ref: key or id. why: the project's reason; empty where none is needed."""

    what: Literal["left_out", "eased"]
    ref: str
    name: str
    why: str


@dataclass(frozen=True)
class GatePhase:
    """One gate on the way. state: it was entered `since` (ISO 8601, UTC), comes next, or later. asked: how many items
    it asks for itself that count in this project; held: how many of them hold now; items: those of them that no
    earlier gate asks for."""

    phase: str
    name: str
    state: PhaseState
    since: str
    asked: int
    held: int
    items: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class GateDocument:
    """phase: the one that the environment is in, `since` when (ISO 8601, UTC). under_way: the phase to which an advance
    or a retreat leads that was begun and not finished. not_before: of a milestone the day (UTC) before which it is not
    entered, while that lies ahead. gate: the phase that is asked about. reviewable: whether its
    review may be held; open: whether it may begin. items: those that the gate asks for. read_at: when the live systems
    were read. phases: all gates, in their order. dates: what is overdue, and what comes up in the next days; now: the
    time that counts (ISO 8601, UTC); time_zone: in which people read times. figures: those that these items need and
    that nobody has set → what they are, in words. less: what the project asks for less than the method does, here and
    at the gates before. people: role → who has it now, by name, of all that are asked."""

    schema: Literal["golive/gate/1"] = "golive/gate/1"
    environment: str = ""
    phase: str = ""
    since: str = ""
    under_way: str = ""
    not_before: str = ""
    gate: str = ""
    gate_name: str = ""
    digest: str = ""
    reviewable: bool = False
    open: bool = False
    blocked_by: list[str] = field(default_factory=list)
    decision: GateState = "unknown"
    decision_said: str = ""
    conditions: list[GateCondition] = field(default_factory=list)
    items: list[GateItem] = field(default_factory=list)
    waivers: list[GateWaiver] = field(default_factory=list)
    actions: list[GateAction] = field(default_factory=list)
    broken_glass: list[GateGlass] = field(default_factory=list)
    calls: dict[str, int] = field(default_factory=dict)
    read_at: str = ""
    now: str = ""
    time_zone: str = ""
    decision_asked: list[str] = field(default_factory=list)
    decision_roles: list[str] = field(default_factory=list)
    phases: list[GatePhase] = field(default_factory=list)
    dates: list[DueEntry] = field(default_factory=list)
    less: list[GateLess] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return as_json(self)

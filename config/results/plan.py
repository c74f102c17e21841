"""`--json` of `golive plan`, `golive up` and `golive drift`: what changes, and what was changed by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.findings import AllowedEntry, FindingEntry
from config.results.reach import Reach

Action = Literal["create", "update", "replace", "delete", "switch_off", "release"]
"""switch_off and release: it has left the YAML, and stays there switched off, or as it is."""
Result = Literal["done", "failed", "not_tried"]
Audience = Literal["customers", "agents", "nobody"]
"""Who notices a change; of several the first in this order."""


@dataclass(frozen=True)
class Difference:
    """One attribute in the vocabulary's words, `path` as the YAML has it (`targets.first_reply.urgent`).
    null on one side means that the attribute is not there."""

    path: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Change:
    """What happens, or happened by hand, to one object. `system` is the instance (`helpdesk`). `name` is what
    people call the object; `file` and `line` say where it is declared and are empty and 0 where it is not.
    `why` says what kept a run from doing it. `audience` is who notices it and `audience_reason` why; `page` the
    object's page in the vendor's admin centre. Of what was changed by hand, `by` is who did it and `at` when
    (ISO 8601), where the vendor keeps that."""

    system: str
    kind: str
    key: str
    action: Action
    diff: list[Difference] = field(default_factory=list)
    result: Result | None = field(default=None, metadata=ONLY_IF_GIVEN)
    name: str = ""
    file: str = ""
    line: int = 0
    why: str | None = field(default=None, metadata=ONLY_IF_GIVEN)
    audience: Audience | None = field(default=None, metadata=ONLY_IF_GIVEN)
    audience_reason: str | None = field(default=None, metadata=ONLY_IF_GIVEN)
    page: str | None = field(default=None, metadata=ONLY_IF_GIVEN)
    by: str | None = field(default=None, metadata=ONLY_IF_GIVEN)
    at: str | None = field(default=None, metadata=ONLY_IF_GIVEN)

    @property
    def where(self) -> str:
        """`file:line`, or nothing where the object is not declared."""
        return f"{self.file}:{self.line}" if self.file else ""


@dataclass(frozen=True)
class Collision:
    """A live object that is neither ours nor declared as existing, with the natural key of a declared one.
    `name` is that natural key, `id` the vendor's; `do` says how to go on."""

    system: str
    kind: str
    key: str
    name: str
    id: str
    do: str
    file: str = ""
    line: int = 0

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}" if self.file else ""


@dataclass(frozen=True)
class Placed:
    """What will stand at a place of an order. `ours` is `kind/key` where it is in these files, otherwise empty; `was`
    the place at which it stands now (from 1 on), null where it is new there; `moves`: it and others that stay where
    they are pass each other."""

    name: str
    ours: str = ""
    was: int | None = None
    moves: bool = False


@dataclass(frozen=True)
class ResultingOrder:
    """An order as it will be once the plan is carried out, with everything that stands in it, whoever made it.

    `kind` and `key` are those of the change that brings it about: `_order` for the order of a kind, the category's key
    for that of its triggers. `of` is what one of those that stand in it is called, such as `trigger`.
    """

    system: str
    kind: str
    key: str
    of: str
    entries: list[Placed] = field(default_factory=list)


@dataclass(frozen=True)
class Waiting:
    """A declared object that this run does not touch. `why`: the phase or milestone that wakes it (`over` when its last
    phase is behind us, `crm_full_enough` where it waits for the CRM), what a person has to do, or why it is not sent.
    `held`: it is there already and stays as it is, whatever the files say of it."""

    kind: str
    key: str
    why: str
    file: str = ""
    line: int = 0
    held: bool = False


HeldFate = Literal["stays_off", "asleep", "turned_on", "settled", "apart"]


@dataclass(frozen=True)
class HeldOff:
    """An object that somebody switched off by hand with `golive off`: since when (ISO 8601, UTC), who, why.

    fate: `stays_off` whatever the files say, `asleep` in this phase anyway, `turned_on` again by this run, `settled`
    because the files say `active: false` themselves, `apart` because the run does not touch it.
    """

    system: str
    kind: str
    key: str
    fate: HeldFate
    since: str
    by: str
    why: str
    name: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class Undoes:
    """The run whose values come back, by its number, time (ISO 8601, UTC), verb, author and commit."""

    number: int
    at: str
    verb: str
    by: str
    commit: str = ""


@dataclass(frozen=True)
class Seats:
    """Seats for agents in one system: how many a plan takes and gives back, and how many are in use now (null where
    that was not read). paid_for is null where the environment file does not say `seats:`, for no vendor tells it."""

    taken: int = 0
    given_back: int = 0
    in_use: int | None = None
    paid_for: int | None = None


@dataclass(frozen=True)
class ForeignRule:
    """A rule that is on, is not in these files, and is left alone, although it mails somebody (`mails`) or sets what
    our rules set or ask for (`meets`: these rules as kind/key). `does` is what it does, in words; `replaced_by` the
    rule of ours that takes its place once it is on; `key` under which `golive adopt` would write it. `made_at` (ISO
    8601) stands where the vendor tells it; `is_new`: since the last run that looked through the account."""

    system: str
    kind: str
    id: str
    name: str
    does: str
    mails: list[str] = field(default_factory=list)
    meets: list[str] = field(default_factory=list)
    replaced_by: str | None = field(default=None, metadata=ONLY_IF_GIVEN)
    key: str = ""
    made_at: str | None = field(default=None, metadata=ONLY_IF_GIVEN)
    is_new: bool = False
    page: str | None = field(default=None, metadata=ONLY_IF_GIVEN)


@dataclass(frozen=True)
class NotRead:
    """What could not be read: a whole system, or one sort of object in it (`what`, such as `schedule`)."""

    system: str
    why: str
    what: str = ""


@dataclass(frozen=True)
class Expected:
    """What carrying a plan out will take of a system. minutes: how long its own limit makes it last at least, 0 where
    the limit is not known or does not matter. left_today, per_day: of a vendor that counts calls by the day, how many
    are left, and of how many."""

    calls: int
    per_minute: int | None = None
    minutes: int = 0
    left_today: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    per_day: int | None = field(default=None, metadata=ONLY_IF_GIVEN)


@dataclass(frozen=True)
class Unfinished:
    """A write that was under way when an earlier run ended, so that nobody knows yet whether it took effect."""

    system: str
    kind: str
    key: str
    write: Literal["create", "update", "delete"]
    part: str = ""


@dataclass(frozen=True)
class SignatureLost:
    """A signature that is out of date once a plan is carried out: of an item of the checklists, by whom and when (ISO
    8601, UTC). changes: what it was about and what changes: objects (`kind/key`), `the order of KIND`, and
    `the text in PATH`. gate: of a go, the phase that it was for; `item` is empty then."""

    item: str
    name: str
    by: str
    at: str
    changes: list[str] = field(default_factory=list)
    gate: str = ""


@dataclass(frozen=True)
class Summary:
    """How many objects are made, changed (switched off counts here), made anew, deleted, and left as they are."""

    create: int = 0
    update: int = 0
    replace: int = 0
    delete: int = 0
    same: int = 0

    @classmethod
    def of(cls, changes: Iterable[Change], same: int) -> Summary:
        counted = Counter(change.action for change in changes)
        changed = counted["update"] + counted["switch_off"]
        return cls(counted["create"], changed, counted["replace"], counted["delete"], same)


@dataclass(frozen=True)
class PlanDocument:
    """What a run would do (`golive/plan/1`), or what it did (`golive/up/1`: each change has its `result`).

    drift: what was changed by hand since the last run; `old` is what the last run left, `new` what is there now.
    unmanaged: kind → how many live objects are not in these files. calls: system → calls that were made. expected:
    system → what carrying it out takes. notices: who gets mail or loses access, as lines. cautions: what an account
    cannot do of it, and what the files leave open. mails: how many messages the run itself causes, those of `reach`
    among them. deletions: how many objects it deletes. reach: rules that act at once on tickets that are there.
    not_sent_parts: declared objects of which only a part is not sent. seats: system → seats for agents, where the plan
    has to do with people. left_alone: kind → what the objects are called that `unmanaged` counts. foreign_rules: those
    of them that mail somebody or work against ours. by_unknown: system → why it is not said who changed something by
    hand there. switched_off: what somebody switched off by hand with `golive off`. findings: what the accounts were
    asked and say against it, by rules as `golive validate` has them; an error keeps `golive up` from sending anything;
    `file` is empty and `line` 0 where no file declares the object any more. allowed: findings of those that objects set
    aside with a reason. cannot_be_undone: what no `golive undo` brings back, as lines. taken_out: objects that were
    taken over, that no run has seen in any file, and that leave. declared: digest of the environment and of what the
    files declare for it. names: what people call what the differences mention: `kind/key`, for a choice of a field
    `kind/key/choice` → its name. part: what it is about, where that is not everything. as_declared: kind → keys of what
    is live just as the files say. signatures_lost: what people have signed and have to sign again. orders: as they will
    be, those in which something moves or comes to stand beside what is not in these files. undoes: of `golive undo`
    only. run: the number of this run in the history.
    """

    schema: Literal["golive/plan/1", "golive/up/1", "golive/destroy/1", "golive/undo/1"]
    environment: str
    summary: Summary = field(default_factory=Summary)
    changes: list[Change] = field(default_factory=list)
    drift: list[Change] = field(default_factory=list)
    collisions: list[Collision] = field(default_factory=list)
    unmanaged: dict[str, int] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    findings: list[FindingEntry] = field(default_factory=list)
    allowed: list[AllowedEntry] = field(default_factory=list)
    mails: int = 0
    deletions: int = 0
    asleep: list[Waiting] = field(default_factory=list)
    by_hand: list[Waiting] = field(default_factory=list)
    not_sent: list[Waiting] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    unfinished: list[Unfinished] = field(default_factory=list)
    expected: dict[str, Expected] = field(default_factory=dict)
    not_sent_parts: list[Waiting] = field(default_factory=list)
    seats: dict[str, Seats] = field(default_factory=dict)
    left_alone: dict[str, list[str]] = field(default_factory=dict)
    foreign_rules: list[ForeignRule] = field(default_factory=list)
    by_unknown: dict[str, str] = field(default_factory=dict)
    switched_off: list[HeldOff] = field(default_factory=list)
    cannot_be_undone: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)
    declared: str = ""
    names: dict[str, str] = field(default_factory=dict)
    part: str = ""
    as_declared: dict[str, list[str]] = field(default_factory=dict)
    signatures_lost: list[SignatureLost] = field(default_factory=list)
    orders: list[ResultingOrder] = field(default_factory=list)
    reach: list[Reach] = field(default_factory=list)
    undoes: Undoes | None = field(default=None, metadata=ONLY_IF_GIVEN)
    run: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return as_json(self)


@dataclass(frozen=True)
class DriftDocument:
    """What was changed by hand since the last run. foreign_rules: rules that are on there and not in these files, and
    mail somebody or work against ours; those that are new come first."""

    environment: str
    drift: list[Change] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    unfinished: list[Unfinished] = field(default_factory=list)
    by_unknown: dict[str, str] = field(default_factory=dict)
    foreign_rules: list[ForeignRule] = field(default_factory=list)
    schema: Literal["golive/drift/1"] = "golive/drift/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    @property
    def new_rules(self) -> list[ForeignRule]:
        """Those that were made since our last run."""
        return [each for each in self.foreign_rules if each.is_new]

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}

"""What a log's entries come to: who signed what, which risks were accepted, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from checklists.moments import moment
from checklists.people import is_same_person
from config.chain import Chain
from config.progress import Progress, phases_after, progress_of
from config.results.log_entry import Actor, LogEntry


@dataclass(frozen=True)
class Waiver:
    """A risk that somebody wants to live with for a while. until: its last second (UTC). approvals: everybody's answer
    that agrees, the first first; which of them counts says `checklists.waiving`. ended: whatever ended it, by whomever:
    that asks for less and not for more."""

    id: str
    item: str
    reason: str
    asked: LogEntry
    until: datetime
    approvals: tuple[LogEntry, ...] = ()
    ended: LogEntry | None = None


@dataclass(frozen=True)
class Action:
    """Something that a decision made a condition: what, who sees to it, until when. done: when it was."""

    decision: str
    number: int
    phase: str
    what: str
    who: str
    due: datetime
    done: LogEntry | None = None


@dataclass(frozen=True)
class BrokenGlass:
    """Somebody went on although a gate was closed or nothing was to change. phase: the one that was entered, or the
    verb that ran in a freeze. items: those that it passed by. freeze: what the environment file said of it; empty where
    nothing was frozen. confirmations, reviews: everybody's, the first first; which of them counts says
    `checklists.glass`."""

    id: str
    phase: str
    reason: str
    items: tuple[str, ...]
    broken: LogEntry
    freeze: str = ""
    confirmations: tuple[LogEntry, ...] = ()
    reviews: tuple[LogEntry, ...] = ()


@dataclass(frozen=True)
class Book:
    """The log, read, whoever has written it: what of it counts is found out with the people and their roles.

    signed: item → its sign-offs that were not withdrawn, the last of each person. signings: item → each sign-off and
    each withdrawal, the oldest first. attached: item → what was attached, the oldest first. decided: phase → each
    decision, the oldest first. left: phase → when it was gone back behind last; what was decided about it before that
    is over."""

    chain: Chain = field(default_factory=Chain)
    progress: Progress = field(default_factory=Progress)
    signed: Mapping[str, tuple[LogEntry, ...]] = field(default_factory=dict)
    signings: Mapping[str, tuple[LogEntry, ...]] = field(default_factory=dict)
    attached: Mapping[str, tuple[LogEntry, ...]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    decided: Mapping[str, tuple[LogEntry, ...]] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    glass: tuple[BrokenGlass, ...] = ()
    left: Mapping[str, LogEntry] = field(default_factory=dict)

    def waiver_of(self, item: str) -> Waiver | None:
        """The last waiver of an item, whatever became of it."""
        return next((each for each in reversed(self.waivers) if each.item == item), None)

    @property
    def bound(self) -> list[LogEntry]:
        """Every entry that is bound to something."""
        several = (*self.signings.values(), *self.attached.values())
        return [entry for entries in several for entry in entries if "binds" in entry.data]

    def last_words(self, phase: str) -> tuple[LogEntry, ...]:
        """The last decision about a phase of each person, whether it counts or not."""
        last: list[LogEntry] = []
        for entry in self.decided.get(phase, ()):
            last = [*_of_others(last, entry), entry]
        return tuple(last)

    def now(self, clock: datetime) -> datetime:
        """The time that counts: a clock that goes back makes nothing valid again that was over."""
        return max(clock, moment(self.chain.newest)) if self.chain.newest else clock


def read_book(chain: Chain) -> Book:
    """What a log comes to."""
    signed: dict[str, list[LogEntry]] = {}
    signings: dict[str, list[LogEntry]] = {}
    attached: dict[str, list[LogEntry]] = {}
    waivers: dict[str, Waiver] = {}
    decided: dict[str, list[LogEntry]] = {}
    actions: dict[tuple[str, int], Action] = {}
    glass: dict[str, BrokenGlass] = {}
    left: dict[str, LogEntry] = {}
    for entry in chain.ordered:
        data = entry.data
        match entry.entry:
            case "signed":
                signed[data["item"]] = [*_of_others(signed.get(data["item"], ()), entry), entry]
                signings.setdefault(data["item"], []).append(entry)
            case "withdrawn":
                signed[data["item"]] = _of_others(signed.get(data["item"], ()), entry)
                signings.setdefault(data["item"], []).append(entry)
            case "attached":
                attached.setdefault(data["item"], []).append(entry)
            case "waiver_asked":
                waivers[entry.digest] = Waiver(entry.digest, data["item"], data["reason"], entry, moment(data["until"]))
            case "waiver_approved" if data["waiver"] in waivers:
                asked = waivers[data["waiver"]]
                waivers[asked.id] = replace(asked, approvals=(*asked.approvals, entry))
            case "waiver_denied" | "waiver_revoked" if data["waiver"] in waivers:
                waivers[data["waiver"]] = replace(waivers[data["waiver"]], ended=entry)
            case "decided":
                decided.setdefault(data["phase"], []).append(entry)
                for number, each in enumerate(data.get("conditions", ())):
                    actions[entry.digest, number] = Action(
                        entry.digest, number, data["phase"], each["what"], each["who"], moment(each["due"])
                    )
            case "action_done" if (data["decision"], data["number"]) in actions:
                place = (data["decision"], data["number"])
                actions[place] = replace(actions[place], done=entry)
            case "retreat_started" | "retreated":
                left |= dict.fromkeys(phases_after(data["phase"]), entry)
            case "glass_broken":
                glass[entry.digest] = BrokenGlass(
                    entry.digest, data["phase"], data["reason"], tuple(data["items"]), entry, data.get("freeze", "")
                )
            case "glass_confirmed" if data["glass"] in glass:
                broken = glass[data["glass"]]
                glass[broken.id] = replace(broken, confirmations=(*broken.confirmations, entry))
            case "glass_reviewed" if data["glass"] in glass:
                broken = glass[data["glass"]]
                glass[broken.id] = replace(broken, reviews=(*broken.reviews, entry))
    return Book(
        chain,
        progress_of(chain),
        {item: tuple(each) for item, each in signed.items() if each},
        {item: tuple(each) for item, each in signings.items()},
        {item: tuple(each) for item, each in attached.items()},
        tuple(waivers.values()),
        {phase: tuple(each) for phase, each in decided.items()},
        tuple(actions.values()),
        tuple(glass.values()),
        left,
    )


def signer_of(entry: LogEntry) -> Actor:
    """In whose name an entry stands: of who did it, or of whom a signature was noted for. Nothing else can be done in
    another's name: no decision, no accepted risk, no move."""
    if not is_for_another(entry):
        return entry.by
    behalf = entry.data["on_behalf_of"]
    return Actor(behalf["name"], behalf.get("email", ""), tuple(behalf.get("roles", ())), behalf.get("key", ""))


def is_for_another(entry: LogEntry) -> bool:
    """Whether somebody noted it for another, who signed or took back elsewhere."""
    return entry.entry in ("signed", "withdrawn") and bool(entry.data.get("on_behalf_of"))


def is_review(entry: LogEntry) -> bool:
    """Whether it stands for somebody's review of a pull request."""
    return entry.entry in ("signed", "withdrawn") and bool(entry.data.get("review"))


def evidence_of(entry: LogEntry) -> dict[str, str]:
    """The file (path → SHA-256) that shows what somebody said elsewhere; empty where nothing was noted for another, or
    where no file is named."""
    behalf = entry.data.get("on_behalf_of") or {}
    if not is_for_another(entry) or not behalf.get("evidence") or not behalf.get("digest"):
        return {}
    return {str(behalf["evidence"]): str(behalf["digest"])}


def bound_by(entry: LogEntry) -> dict[str, Any]:
    """What an entry is bound to: as it says, and the file that shows what somebody said elsewhere, said or not."""
    bound = entry.data["binds"]
    return {**bound, "files": {**bound.get("files", {}), **evidence_of(entry)}}


def _of_others(entries: Iterable[LogEntry], entry: LogEntry) -> list[LogEntry]:
    """Entries that stand in the names of others than one does, by what the log itself says of them."""
    return [each for each in entries if not is_same_person({}, signer_of(each), signer_of(entry))]

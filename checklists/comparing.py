"""How what gates ask for differs between two times, and which signatures that makes out of date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checklists.binding import changed_since
from checklists.book import bound_by, read_book, signer_of
from checklists.checklist import DEFINES, Checklist, Listed
from checklists.gating import changed_under_go
from checklists.item import Item
from checklists.project import Participant, ProfileAnswer
from checklists.words import role_words
from config.chain import Chain
from config.declaration import Declaration
from config.results.gate_diff import DiffItem, DiffSetting, DiffSignature, SettingSort
from config.results.log_entry import LogEntry, canonical

_NAMES = {"concerns": "about", "break_glass": "whether glass passes it by", "allow": "x-allow", "id": "id"}
"""Attributes as people write them."""
_UNSEEN = ("drop", "source", "id")
FEW = 4
"""Of more parts of one attribute that differ it is only said that it does."""
LONGEST = 60
"""So long a value is said; of longer ones it is said that they differ."""


@dataclass(frozen=True)
class Side:
    """One of the two times. files: path → SHA-256 of files to which something is bound."""

    checklist: Checklist
    declaration: Declaration
    chain: Chain = field(default_factory=Chain)
    files: Mapping[str, str] = field(default_factory=dict)


def compared_items(old: Checklist, new: Checklist) -> Iterator[DiffItem]:
    """Every item of which something differs, in the order of the checklist; what is gone comes last."""
    for key in dict.fromkeys([*new.items, *old.items]):
        was, now = old.items.get(key), new.items.get(key)
        if was is None:
            assert now is not None  # noqa: S101 - one of them has it
            if not now.item.drop:
                yield _item("added", now, new)
        elif now is None:
            if not was.item.drop:
                yield _item("gone", was, new)
        elif now.item.drop and not was.item.drop:
            yield _item("dropped", now, new, [_reason(now.item.drop)], name=was.item.name)
        elif was.item.drop and not now.item.drop:
            yield _item("taken_up", now, new)
        elif not now.item.drop:
            said = list(_differences(was.item, now.item))
            if was.digest != now.digest:
                yield _item("changed", now, new, said)
            elif said:
                yield _item("reworded", now, new, said)


def compared_settings(old: Checklist, new: Checklist) -> Iterator[DiffSetting]:
    """What the project says otherwise: gates, figures, profiles, people, limits."""
    for phase in dict.fromkeys([*new.gates, *old.gates]):
        was, now = _conditions(old, phase), _conditions(new, phase)
        yield from _each("condition", was, now)
        yield from _each("decision", {phase: _decision(old, phase)}, {phase: _decision(new, phase)})
    yield from _each("figure", _figures(old), _figures(new))
    yield from _each("profile", _profiles(old), _profiles(new))
    yield from _each("person", _people(old.people), _people(new.people))
    yield from _each("waivers", {"waivers": _plain(old.waivers)}, {"waivers": _plain(new.waivers)})
    yield from _each("signatures", {"signatures": _plain(old.signatures)}, {"signatures": _plain(new.signatures)})


def outdated(old: Side, new: Side) -> Iterator[DiffSignature]:
    """What is noted now, was good at the old time, and is out of date by what changed since."""
    book = read_book(new.chain)
    for entries in (*book.signed.values(), *book.attached.values()):
        for entry in entries:
            why = _why(entry, new)
            if why and not _why(entry, old):
                listed = new.checklist.items[entry.data["item"]]
                yield _signature(entry, listed.key, listed.item.name, why)
    for phase in book.decided:
        gate = new.checklist.gates.get(phase)
        for entry in book.last_words(phase) if gate and phase in old.checklist.gates else ():
            why = changed_under_go(entry, phase, new.checklist, new.declaration)
            if why and not changed_under_go(entry, phase, old.checklist, old.declaration):
                yield _signature(entry, phase, gate.name if gate else phase, why)


def _why(entry: LogEntry, side: Side) -> str:
    """Why an entry is out of date on a side; empty where it is not, and where nothing asks for it."""
    listed = side.checklist.items.get(entry.data["item"])
    if listed is None or listed.item.drop:
        return ""
    return changed_since(bound_by(entry), listed, side.declaration, side.files).said


def _signature(entry: LogEntry, subject: str, name: str, why: str) -> DiffSignature:
    return DiffSignature(entry.entry, subject, name, signer_of(entry).name, entry.at, why)  # type: ignore[arg-type]


def _item(change: Any, listed: Listed, checklist: Checklist, said: list[str] | None = None, name: str = "") -> DiffItem:
    gates = [
        gate.name
        for gate in checklist.gates.values()
        if any(listed.key in condition.items for _, _, condition in gate.conditions())
    ]
    return DiffItem(listed.key, listed.item.id or "", name or listed.item.name or listed.key, change, said or [], gates)


def _differences(was: Item, now: Item) -> Iterator[str]:
    """What differs, attribute by attribute, in the order of the model; what decides first."""
    before, after = was.model_dump(mode="json"), now.model_dump(mode="json")
    names = [name for name in before if name not in _UNSEEN]
    for name in sorted(names, key=lambda each: each not in DEFINES):
        if before[name] != after[name]:
            word = _NAMES.get(name, name)
            parts = list(_parts(word, before[name], after[name]))
            yield from parts if len(parts) <= FEW else [f"{word} differs"]


def _parts(name: str, old: Any, new: Any) -> Iterator[str]:
    """The innermost values that differ, each with its path."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            if old.get(key) != new.get(key):
                yield from _parts(f"{name}.{key}", old.get(key), new.get(key))
        return
    was, now = _said(old), _said(new)
    short = len(was) <= LONGEST and len(now) <= LONGEST
    yield f"{name}: {was} → {now}" if short else f"{name} differs"


def _conditions(checklist: Checklist, phase: str) -> dict[str, str]:
    gate = checklist.gates.get(phase)
    return {
        f"{phase}.{part}.{key}": ", ".join(
            filter(
                None,
                [
                    *each.items,
                    f"the outcome of {each.outcome_of}" if each.outcome_of else "",
                    f"only if {', '.join(each.only_if)}" if each.only_if else "",
                    "" if each.lasting else "asked by this gate only",
                ],
            )
        )
        or each.name
        for part, key, each in (gate.conditions() if gate else ())
    }


def _decision(checklist: Checklist, phase: str) -> str:
    gate = checklist.gates.get(phase)
    return ", ".join(
        f"{many} × {role.replace('_', ' ')}" for role, many in ((gate.decision if gate else None) or {}).items()
    )


def _figures(checklist: Checklist) -> dict[str, str]:
    return {key: _said(each.value) for key, each in checklist.figures.items() if each.value is not None}


def _profiles(checklist: Checklist) -> dict[str, str]:
    return {
        key: f"no: {each.why}" if isinstance(each, ProfileAnswer) else "yes" for key, each in checklist.profiles.items()
    }


def _people(people: Mapping[str, Participant]) -> dict[str, str]:
    """Roles, and to whom they are lent; no address."""
    return {
        key: ", ".join(
            [
                *(role_words(role) for role in each.roles),
                *(f"{one.role} lent to {one.to} from {one.from_} until {one.until}" for one in each.delegates),
            ]
        )
        or "no role"
        for key, each in people.items()
    }


def _each(sort: SettingSort, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[DiffSetting]:
    for key in dict.fromkeys([*now, *was]):
        old, new = was.get(key, ""), now.get(key, "")
        if old != new:
            yield DiffSetting(sort, key, old, new)


def _reason(drop: Any) -> str:
    return drop if isinstance(drop, str) else "it is not required"


def _plain(model: Any) -> str:
    return ", ".join(f"{name} {_said(value)}" for name, value in model.model_dump(mode="json").items())


def _said(value: Any) -> str:
    if value is None or value == [] or value == {}:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int | float) else canonical(value)

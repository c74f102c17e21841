"""What an undo makes of the notes on objects that somebody has switched off by hand.

A run changes notes, too: `off` makes one, `on` and `up --switch-on` take one, and files that say `active: false` settle
one. With the run that comes back; all other notes stay, and so does what they hold off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pulumi.automation import Deployment

from config.results.plan import HeldFate
from provisioners.resource import Resource, ResourceName
from provisioners.run_file import SystemSettings
from stacks.run_files import RunFile
from stacks.state import names_by_id, payloads
from stacks.switches import Held, SwitchedOff, notes_in, switch_of
from stacks.undoing import Undoing


@dataclass
class _Names:
    """Resources by the names that the state has now. in_run: name now → the name in the run."""

    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    in_run: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, file: RunFile, state: Deployment) -> _Names:
        found, by_id, there = cls(), names_by_id(state), payloads(state)
        for change in file.changes:
            ids = [side.id for side in (change.after, change.before) if side is not None]
            named = [by_id[change.type, each] for each in ids if (change.type, each) in by_id]
            if not named and change.name not in there and change.was in there:
                named = [change.was]  # it was renamed, and what is there now is another than the run had left
            now = (named or [change.name])[0]
            found.in_run[now] = change.name
            if change.before is not None:
                found.before[change.was or change.name] = now
            if change.after is not None:
                found.after[change.name] = now
        return found


def undone_notes(
    notes: Iterable[SwitchedOff],
    file: RunFile,
    undo: Undoing,
    state: Deployment,
    settings: Mapping[str, SystemSettings],
    includes: Callable[[ResourceName], bool],
) -> list[Held]:
    """What becomes of each note once the run of a file is undone, by the names that resources have then.

    notes: those of the record. includes: whether the undo is about an object. Notes change of what it is about and does
    not leave as it is. One that comes back holds what is off then; where something later has switched it on, there is
    nothing to hold. One that goes without anything being switched on is not among them.
    """
    names = _Names.of(file, state)
    registered = {name: each for each in undo.resources for name in (*each.aliases, each.name)}
    left = {each.name for each in undo.left}

    def changes(note: SwitchedOff) -> bool:
        in_run = names.in_run.get(note.resource, note.resource)
        is_left = not left.isdisjoint((note.resource, in_run)) and registered[note.resource].name not in undo.targets
        return includes(ResourceName.of(in_run)) and not is_left

    before, after = (
        [replace(each, resource=known.get(each.resource, each.resource)) for each in notes_in(texts)]
        for texts, known in zip(file.switched_off, (names.before, names.after), strict=True)
    )
    found: list[Held] = []
    for note in notes:
        if note.resource not in registered:
            continue
        resource = registered[note.resource]
        if note not in after or note in before or not changes(note):
            found.append(_held(note, resource))
        elif not _is_off(resource, settings):
            found.append(Held(replace(note, resource=resource.name), "turned_on", resource))
    noted = {each.note.resource for each in found if each.fate != "turned_on"}
    for note in before:
        if note in after or note.resource not in registered or not changes(note):
            continue
        resource = registered[note.resource]
        if resource.name not in noted and _is_off(resource, settings):
            found.append(_held(note, resource))
    return found


def _held(note: SwitchedOff, resource: Resource) -> Held:
    fate: HeldFate = "apart" if resource.untouched else "stays_off"
    return Held(replace(note, resource=resource.name), fate, resource)


def _is_off(resource: Resource, settings: Mapping[str, SystemSettings]) -> bool:
    switch = switch_of(resource, settings)
    return switch is not None and resource.payload[switch.attribute] == switch.off

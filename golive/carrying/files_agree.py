"""Whether the files, too, say what is there again once a run has been undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from golive.runs.compiling import compiled_for
from golive.runs.running import Session
from golive.terminal.fault import Fault
from provisioners.resource import Resource, with_symbols
from stacks.run_files import Change
from stacks.state import ids
from stacks.undoing import Undoing


def files_agree(session: Session, undo: Undoing) -> bool:
    """False also where the files cannot be read or compiled: then the next plan says why."""
    if session.opened.loaded.errors:
        return False
    try:
        compiled = compiled_for(session.opened, session.reached, session.record, session.state)
    except Fault:
        return False
    return says_what_is_there_again(undo, compiled.resources, ids(session.state))


def says_what_is_there_again(undo: Undoing, declared: Iterable[Resource], known: Mapping[str, str]) -> bool:
    """Whether declared resources have the values that an undo brings back, and name nothing that it takes away.

    known: resource name → id. In doubt they do not.
    """
    by_name = {each.name: each for each in declared}
    if any(name in by_name for name in (*undo.removed, *undo.switched_off)):
        return False
    return all(name in by_name and _agrees(by_name[name], change, known) for name, change in undo.targets.items())


def _agrees(resource: Resource, change: Change, known: Mapping[str, str]) -> bool:
    """Whether a declared resource has the old value of whatever a run had changed in it."""
    if change.before is None:
        return False
    before, after = change.before.payload, change.after.payload if change.after else {}
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    said = with_symbols(resource.payload, known)
    return all(name not in said if name not in before else said.get(name) == before[name] for name in changed)

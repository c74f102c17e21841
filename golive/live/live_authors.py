"""Who changed something by hand, and when, asked of the systems that keep it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from config.results.plan import Change
from golive.runs.running import Session
from provisioners.authors import Asked, Authors
from provisioners.errors import SystemFault
from provisioners.resource import ResourceName
from provisioners.system import systems
from stacks.state import altered, ids, types


def with_authors(
    session: Session, drift: Sequence[Change], calls: dict[str, int]
) -> tuple[list[Change], dict[str, str]]:
    """What was changed by hand, with who and when; and system → why that is not known there.

    calls: system → calls made; those that are made here are added.
    """
    changes, unknown = list(drift), {}
    for instance in dict.fromkeys(change.system for change in drift):
        if instance not in session.reached.accounts:
            continue
        found = _ask(session, instance, [each for each in drift if each.system == instance], calls)
        if found.unknown:
            unknown[instance] = found.unknown
        changes = [_with_author(change, instance, found) for change in changes]
    return changes, unknown


def _ask(session: Session, instance: str, drift: Sequence[Change], calls: dict[str, int]) -> Authors:
    system = systems()[session.reached.settings[instance].type]
    own_user = session.reached.accounts[instance].user_id
    try:
        return system.authors(session.reading(instance, calls), _asked(session, drift), own_user)
    except SystemFault as fault:
        return Authors(unknown=f"who it was could not be read: {fault.why}")


def _asked(session: Session, drift: Sequence[Change]) -> list[Asked]:
    """The main resource of each object, as the state knows it, and when our last run altered anything of the object."""
    id_of, type_of, when = ids(session.state), types(session.state), altered(session.state)
    latest: dict[tuple[str, str, str], str] = {}
    for name, time in when.items():
        named = ResourceName.of(name)
        latest[named.object] = max(time, latest.get(named.object, ""))
    found = []
    for change in drift:
        name = str(ResourceName(change.system, change.kind, change.key))
        since = latest.get((change.system, change.kind, change.key), "")
        if name in id_of and since:
            paths = tuple(each.path for each in change.diff)
            found.append(Asked(name, type_of[name], id_of[name], since, paths))
    return found


def _with_author(change: Change, instance: str, found: Authors) -> Change:
    author = found.found.get(str(ResourceName(change.system, change.kind, change.key)))
    return replace(change, by=author.by, at=author.at) if author and change.system == instance else change

"""What no `golive undo` brings back, said before the run that does it."""

from __future__ import annotations

from collections.abc import Iterator

from config.results.plan import Change, PlanDocument
from golive.changes.notices import Sides
from golive.changes.reaching import irreversible
from golive.runs.running import Session
from golive.wording.words import count_in, listed, title_in
from provisioners.collection import Collection
from provisioners.resource import ResourceName
from provisioners.system import readable
from stacks.difference import UNSEEN_VALUES
from stacks.state import types

FEW = 6
"""So many objects of one kind are named."""


def cannot_be_undone(session: Session, document: PlanDocument, sides: Sides) -> list[str]:
    """Lines, what weighs most first: deletions, values that go with them, tickets that lose something, mails."""
    going = [each for each in document.changes if each.action in ("delete", "replace")]
    lines = [*_deletions(session, going, "`golive up`" if document.undoes else "`golive undo`")]
    lines += _tickets(going, document.changes, sides)
    secrets = [each.path for change in document.changes for each in change.diff if each.old == UNSEEN_VALUES[0]]
    if secrets:
        lines.append(f"the old value of {listed(dict.fromkeys(secrets))}: nobody keeps secrets")
    return [*lines, *irreversible(document.mails, document.reach)]


def _deletions(session: Session, going: list[Change], again: str) -> Iterator[str]:
    """Grouped by kind and by what becomes of them. again: the command that makes them anew."""
    groups: dict[tuple[str, str, str], list[Change]] = {}
    for change in going:
        collection = _collection(session, change)
        if collection is None or change.key.startswith("_") or collection.comes_back:
            continue
        if change.action == "replace" and collection.carries_data:
            continue  # golive refuses it
        if collection.gone_for_good and change.action == "delete" and not again.endswith("up`"):
            said = f"not made again by {again}: {collection.gone_for_good}"
        elif collection.carries_data:
            said = f"every value that people have entered is lost; {again} makes it anew, empty, under another id"
        else:
            said = f"{again} makes it anew, under another id"
        groups.setdefault((session.vendor(change.system), change.kind, said), []).append(change)
    for (vendor, kind, said), changes in groups.items():
        names = [each.name or each.key for each in changes]
        more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
        many = f"{count_in(vendor, len(names), kind)} ({listed(names[:FEW])}{more})"
        yield f"{many if len(names) > 1 else f'{title_in(vendor, kind)} {names[0]}'}: {said}"


def _collection(session: Session, change: Change) -> Collection | None:
    """What knows the object's main resource at its vendor."""
    settings = session.reached.settings.get(change.system)
    name = str(ResourceName(change.system, change.kind, change.key))
    type_ = types(session.state).get(name)
    return readable(change.system, settings).get(type_) if settings is not None and type_ is not None else None


def _tickets(going: list[Change], changes: list[Change], sides: Sides) -> Iterator[str]:
    """What tickets lose and do not get back."""
    groups = [each.name or each.key for each in going if each.kind == "groups"]
    if groups:
        yield f"tickets of the group{'s' if len(groups) > 1 else ''} {listed(groups)} lose it, and do not get it back"
    leaving = []
    for change in changes:
        was, will = sides.get((change.system, change.kind, change.key), ({}, {}))
        if (
            change.kind == "people"
            and change.action == "update"
            and set(was.get("groups") or ()) - set(will.get("groups") or ())
        ):
            leaving.append(change.name or change.key)
    if leaving:
        yield f"open tickets of {listed(leaving)} in the groups that they leave lose their assignee"

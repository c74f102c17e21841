"""Jobs that no rule does: ours is off or leaves, and the vendor's own, which it had replaced, stays off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from config.results.plan import Change, PlanDocument
from golive.changes.changed import reaches_customers
from golive.changes.declared import Side
from golive.changes.notices import Sides
from golive.runs.running import Session
from provisioners.resource import ResourceName
from provisioners.translation import STILL_ACTIVE
from stacks.state import payloads

REPLACED = "replaces"
"""The part of a rule that is the vendor's own, which ours has put out of action."""


def unanswered(session: Session, document: PlanDocument, sides: Sides) -> list[str]:
    """What customers or agents do not get any more although nothing says so: as lines of a plan's first block."""
    return [*_held_off(session, document), *_left(session, document, sides)]


def no_rule(name: str, vendor: str, replaced: str, page: str, *, customers: bool) -> str:
    """That nobody does a rule's job, and what can be done about it. page: that of the vendor's rule, or empty."""
    wanted = "if customers are to get it" if customers else "if that is to be done"
    where = f" in {page}" if page else " there"
    return f"No rule does the job of “{name}” now: {vendor}'s own “{replaced}” stays off; switch it on{where}, {wanted}"


def _held_off(session: Session, document: PlanDocument) -> Iterator[str]:
    """Rules that would write to customers and are held off by hand."""
    files = Side(session.opened.loaded.declaration, session.opened.workspace.root)
    sides = payloads(session.state)
    for each in document.switched_off:
        item = session.opened.loaded.declaration.get(each.kind, each.key)
        if each.fate not in ("stays_off", "apart") or item is None:
            continue
        name = each.name or each.key
        customers = reaches_customers(files.data(item))
        if customers:
            yield f"Customers: “{name}” is held off with `golive off`: they do not get what it sends as long as it is"
        part = str(ResourceName(each.system, each.kind, each.key, REPLACED))
        if part in sides:
            yield _line(session, each.system, each.kind, each.key, name, sides[part].label, customers=customers)


def _left(session: Session, document: PlanDocument, sides: Sides) -> Iterator[str]:
    """Rules that leave or fall asleep and had replaced one of the vendor's."""
    for change in document.changes:
        was, will = sides.get((change.system, change.kind, change.key), ({}, {}))
        replaced = was.get(REPLACED)
        if replaced and not str(replaced).endswith(STILL_ACTIVE) and _ends(change, was, will):
            name = change.name or change.key
            customers = reaches_customers(was)
            yield _line(session, change.system, change.kind, change.key, name, str(replaced), customers=customers)


def _ends(change: Change, was: dict[str, Any], will: dict[str, Any]) -> bool:
    if was.get("active", True) is False or change.action == "release":
        return False
    return change.action in ("delete", "switch_off") or will.get("active", True) is False


def _line(session: Session, system: str, kind: str, key: str, name: str, replaced: str, *, customers: bool) -> str:
    page = session.page(system, kind, f"{key}/{REPLACED}") or ""
    return no_rule(name, session.vendor(system), replaced, page, customers=customers)

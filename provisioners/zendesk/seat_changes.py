"""Whose seat for agents a run takes, and whose it gives back."""

from __future__ import annotations

from collections.abc import Container

from provisioners.intent import Intent, PlannedChange, SeatChanges
from provisioners.resource import SYMBOL, Payload, ResourceName
from provisioners.zendesk.seats import LIGHT_PART, TEAM


def seat_changes(intent: Intent) -> SeatChanges:
    """Of people whom a run makes, deletes, or gives another role. Who is let go of stays as they are."""
    light = {id_ for name, id_ in intent.ids.items() if _is_light_role(name)}
    light |= {f"{SYMBOL}{name}" for name in _looked_up(intent)}
    taken: list[PlannedChange] = []
    given_back: list[PlannedChange] = []
    for each in intent.changes:
        if each.type != "zendesk:User" or each.does in ("release", "switch_off"):
            continue
        before = each.does != "create" and _takes_one(each.was, light)
        after = each.does != "delete" and _takes_one(intent.resolved(each.will), light)
        if after and not before:
            taken.append(each)
        elif before and not after:
            given_back.append(each)
    return SeatChanges(taken, given_back)


def _takes_one(person: Payload | None, light: Container[str]) -> bool:
    """light: what names the vendor's role of light agents."""
    return person is not None and person.get("role") in TEAM and str(person.get("custom_role_id")) not in light


def _looked_up(intent: Intent) -> list[str]:
    """Roles of light agents that are not known yet, by the resources that look them up."""
    people = (each.name for each in intent.changes if each.type == "zendesk:User")
    return [str(name._replace(part=LIGHT_PART)) for name in people]


def _is_light_role(name: str) -> bool:
    named = ResourceName.of(name)
    return (named.kind, named.part) == ("people", LIGHT_PART)

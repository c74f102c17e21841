"""Who has a seat for agents, and what the vendor says of a role beside `agent` and `admin`: the numbers of `role_type`.

Who is suspended keeps the seat. Source: developer.zendesk.com, “Users” and “Custom Agent Roles”; support.zendesk.com,
“What counts as an agent license in Zendesk”.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from provisioners.intent import Intent, PlannedChange, SeatChanges
from provisioners.resource import SYMBOL, Payload, ResourceName

TEAM = ("agent", "admin")
"""The vendor's roles of whoever belongs to the team."""
LIGHT_PART = "role"
"""The part of a person that is the vendor's role of light agents, looked up in the account."""
OWN, LIGHT = 0, 1
"""A role of the account's own; the vendor's light agents."""
CHAT, CONTRIBUTOR = 2, 3
OTHER_PRODUCTS = (CHAT, CONTRIBUTOR)
"""Chat agents and contributors."""
FREE = (LIGHT, CONTRIBUTOR)
"""Whoever takes no seat."""
OTHER_ROLE = "custom_role/"
"""Before the id of a role of the account's own, where a built-in one is declared: somebody has given it by hand."""


def has_own_role(body: Mapping[str, Any]) -> bool:
    """Whether somebody's rights are those of a custom role or of the vendor's light agents."""
    return body.get("role_type") in (OWN, LIGHT) and bool(body.get("custom_role_id"))


def has_seat(body: Mapping[str, Any]) -> bool:
    """Whether a live user takes a seat for agents."""
    return body.get("role") in TEAM and body.get("role_type") not in FREE and body.get("active") is not False


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

"""The inventory as people read it: each object in one line, each kind with how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from config.results.look import Entry, KindFound
from config.words import counted
from provisioners.zendesk.look.catalogue import Page, address_of
from provisioners.zendesk.look.discreet import discreet, host_of
from provisioners.zendesk.look.inventory import FREE_SEATS, Body, Inventory, is_custom, is_on, name_of, number_of
from provisioners.zendesk.look.lists import LISTS, Listing
from provisioners.zendesk.look.rules.slas import targets

SWITCHLESS = frozenset({"sla_policies", "trigger_categories", "groups", "roles", "schedules", "dynamic_content"})
PLACED = frozenset({"trigger_categories", "automations", "sla_policies", "views", "ticket_fields", "ticket_forms"})
"""Kinds whose objects have a place."""
OFF = {"people": "suspended", "channels": "not verified"}
"""What “off” means where it is not “switched off”."""
TYPES = {
    "tagger": "dropdown",
    "multiselect": "multiselect",
    "regexp": "pattern",
    "partialcreditcard": "card number, masked",
    "textarea": "long text",
}


def kinds(inventory: Inventory, page: Page) -> Iterator[KindFound]:
    """Every kind that could be read, in the order of the lists."""
    for listing in LISTS:
        if listing.shown and inventory.has(listing.kind):
            yield _kind(inventory, listing, page)
    if inventory.organizations is not None:
        yield KindFound("organizations", "organizations", inventory.organizations, detail="counted only")


def _kind(inventory: Inventory, listing: Listing, page: Page) -> KindFound:
    kind = listing.kind
    bodies = sorted(inventory.of(kind), key=_order(kind, inventory))
    has_switch = kind not in SWITCHLESS
    entries = [
        Entry(
            str(body.get("id") or ""),
            name_of(kind, body),
            is_on(kind, body) if has_switch else None,
            address_of(kind, body, page),
            detail(kind, body, inventory),
        )
        for body in bodies
    ]
    off = sum(each.active is False for each in entries)
    return KindFound(kind, listing.many, len(bodies), off, _of_kind(kind, bodies, inventory, off), entries)


def _order(kind: str, inventory: Inventory) -> Callable[[Body], Any]:
    """As they run or are shown, where that means something; else by name."""
    if kind == "triggers":
        return inventory.place_of_trigger
    if kind in PLACED:
        return lambda body: (number_of(body.get("position")), number_of(body.get("id")))
    return lambda body: name_of(kind, body).casefold()


def _of_kind(kind: str, bodies: object, inventory: Inventory, off: int) -> str:
    if kind == "people":
        said = Counter(_role(body, inventory) for body in inventory.of("people"))
        words = [f"{count} {role if count == 1 else f'{role}s'}" for role, count in said.most_common(4)]
        return ", ".join([*words, *([f"{off} suspended"] if off else [])])
    if kind == "ticket_fields":
        own = inventory.custom_fields
        own_off = sum(not is_on(kind, body) for body in own)
        among = f" ({own_off} of them off)" if own_off else ""
        return f"{len(own)} of the account's own{among}, {len(inventory.of(kind)) - len(own)} of Zendesk's"
    if kind in OFF and off:
        return f"{off} {OFF[kind]}"
    return ""


def detail(kind: str, body: Body, inventory: Inventory) -> str:
    """What is special about an object, in a few words."""
    found = _DETAILS.get(kind)
    return found(body, inventory) if found else ""


def _role(body: Body, inventory: Inventory) -> str:
    role = inventory.find("roles", str(body.get("custom_role_id")))
    if role is not None and role.get("role_type") == 0:
        return name_of("roles", role)
    if body.get("role_type") in FREE_SEATS:
        return "light agent" if body["role_type"] == 1 else "contributor"
    return str(body.get("role") or "agent")


def _person(body: Body, inventory: Inventory) -> str:
    seen = str(body.get("last_login_at") or "")[:10]
    parts = [_role(body, inventory), "suspended" if body.get("suspended") else "", f"last seen {seen}" if seen else ""]
    return ", ".join(part for part in parts if part)


def _for_whom(body: Body, inventory: Inventory) -> str:
    restriction = body.get("restriction")
    if not isinstance(restriction, dict):
        return ""
    ids = restriction.get("ids") or [restriction.get("id")]
    return "for " + ", ".join(inventory.name("groups", str(one)) for one in ids[:3]) + (" …" if len(ids) > 3 else "")


def _field(body: Body, inventory: Inventory) -> str:
    type_ = str(body.get("type") or "")
    options = body.get("custom_field_options") or []
    said = TYPES.get(type_, type_) + (f", {len(options)} options" if options else "")
    return said if is_custom(body) else "Zendesk's own"


def _address(body: Body, inventory: Inventory) -> str:
    status = body.get("forwarding_status")
    verified = "verified" if status == "verified" else f"forwarding {status or 'unknown'}"
    return ", ".join([verified, *(["default"] if body.get("default") else [])])


_DETAILS: dict[str, Callable[[Body, Inventory], str]] = {
    "triggers": lambda body, inventory: (
        inventory.name("trigger_categories", str(body.get("category_id"))) if body.get("category_id") else ""
    ),
    "sla_policies": lambda body, _: counted(len(targets(body)), "target"),
    "macros": _for_whom,
    "views": _for_whom,
    "ticket_fields": _field,
    "requester_fields": _field,
    "organization_fields": _field,
    "ticket_forms": lambda body, _: counted(len(body.get("ticket_field_ids") or []), "field"),
    "ticket_statuses": lambda body, _: str(body.get("status_category") or ""),
    "groups": lambda body, inventory: (
        counted(len(inventory.members.get(str(body.get("id")), [])), "agent")
        if inventory.has("group_memberships", "people")
        else ""
    ),
    "people": _person,
    "roles": lambda body, _: counted(int(body.get("team_member_count") or 0), "member"),
    "brands": lambda body, _: discreet(str(body.get("subdomain") or "")),
    "channels": _address,
    "schedules": lambda body, _: str(body.get("time_zone") or ""),
    "webhooks": lambda body, _: host_of(str(body.get("endpoint") or "")),
    "dynamic_content": lambda body, _: counted(len(body.get("variants") or []), "language"),
}

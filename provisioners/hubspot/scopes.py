"""Which scopes the token (a service key, or a private app's) needs for what is declared.

Source: developers.hubspot.com, “Scopes”: definitions have a scope for each object's schema, records one for each
object; `tickets` is one for all of tickets.
"""

from __future__ import annotations

from collections.abc import Sequence

from config.declaration import Declaration
from config.results.standing import LiveObject
from provisioners.hubspot.names import object_named

HOW = (
    "In HubSpot open Settings, Integrations, Service Keys, the key (or, for the token of a private app: Development, "
    "Legacy apps, the app), and add it among the scopes; save."
)
"""Where a person adds a scope. Sources: developers.hubspot.com, “Make API requests using a service key”, and the
changelog's “Legacy Private App Creation Being Disabled”."""
TICKETS = "tickets"
OWNERS = "crm.objects.owners.read"
CONTEXT = ("crm.schemas.companies.read", "crm.schemas.companies.write", "crm.objects.companies.read")
"""What the customers' context needs, whatever else is declared."""
_OF_OBJECTS = {"crm_field_groups": "groups of properties", "crm_fields": "properties"}
"""Kinds that are definitions of one object, whose live ids begin with its name."""


def needed(declared: Declaration) -> dict[str, str]:
    """Scope → what it is for, in words."""
    found: dict[str, str] = {}
    for kind, words in _OF_OBJECTS.items():
        for item in declared.of(kind).values():
            owner = object_named(item.value.object)
            if owner is None or item.value.by_hand:
                continue
            for right in ("read",) if item.value.existing else ("read", "write"):
                found.setdefault(_schema(owner, right), f"{words} of {owner}")
    if any(not item.value.by_hand for item in declared.of("crm_pipelines").values()):
        found.setdefault(TICKETS, "pipelines of tickets")
    if declared.of("crm_mapping") or _is_counted(declared):
        found["crm.objects.companies.read"] = "reading companies"
        if any(item.value.type == "lookup" for item in declared.of("crm_fields").values()):
            found[OWNERS] = "the names of owners"
    return found


def useful(declared: Declaration) -> dict[str, str]:
    """Scopes without which everything is set up all the same, and what they are for."""
    more = {OWNERS: "`golive people`", _records("companies"): _counting("companies")}
    for item in declared.of("crm_fields").values():
        owner = object_named(item.value.object)
        if owner is not None and not (item.value.by_hand or item.value.existing):
            more.setdefault(_records(owner), _counting(owner))
    return {scope: why for scope, why in more.items() if scope not in needed(declared)}


def missing_rights(held: frozenset[str], objects: Sequence[LiveObject]) -> list[str]:
    """The scopes that the customers' context, and what golive looks after, need and that are not held."""
    wanted = dict.fromkeys(CONTEXT)
    for live in objects:
        if live.ours and live.kind == "crm_pipelines":
            wanted[TICKETS] = None
        elif live.ours and live.kind in _OF_OBJECTS:
            owner = live.id.partition("/")[0]
            wanted |= dict.fromkeys(_schema(owner, right) for right in ("read", "write"))
    return [scope for scope in wanted if scope not in held]


def _records(owner: str) -> str:
    return TICKETS if owner == "tickets" else f"crm.objects.{owner}.read"


def _counting(owner: str) -> str:
    return f"saying how many {owner} hold a value"


def _schema(owner: str, right: str) -> str:
    return TICKETS if owner == "tickets" else f"crm.schemas.{owner}.{right}"


def _is_counted(declared: Declaration) -> bool:
    whole = declared.single("integrations")
    return whole is not None and whole.crm is not None and whole.crm.completeness is not None

"""Which scopes the private app's token needs for what is declared.

Source: developers.hubspot.com, “Scopes”: definitions have a scope for each object's schema, records one for each
object; `tickets` is one for all of tickets.
"""

from __future__ import annotations

from config.declaration import Declaration
from provisioners.hubspot.names import object_named

HOW = (
    "In HubSpot open Settings, Integrations, Private apps (Legacy apps), the app, Edit app, Scopes; add it and save. "
    "The token stays the same."
)
"""Where a person adds a scope."""
TICKETS = "tickets"
OWNERS = "crm.objects.owners.read"
CONTEXT = ("crm.schemas.companies.read", "crm.schemas.companies.write", "crm.objects.companies.read")
"""What the customers' context needs, whatever else is declared."""


def needed(declared: Declaration) -> dict[str, str]:
    """Scope → what it is for, in words."""
    found: dict[str, str] = {}
    for kind, words in (("crm_field_groups", "groups of properties"), ("crm_fields", "properties")):
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
    more = {OWNERS: "`golive people`", "crm.objects.companies.read": "saying how many companies hold a value"}
    return {scope: why for scope, why in more.items() if scope not in needed(declared)}


def _schema(owner: str, right: str) -> str:
    return TICKETS if owner == "tickets" else f"crm.schemas.{owner}.{right}"


def _is_counted(declared: Declaration) -> bool:
    whole = declared.single("integrations")
    return whole is not None and whole.crm is not None and whole.crm.completeness is not None

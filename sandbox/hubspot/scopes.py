"""What a private app's token may do.

Source: developers.hubspot.com, “Scopes”. The definitions of properties, groups and pipelines need the scope of the
object's schema, records that of the object; `tickets` is one scope for all of tickets.
"""

from __future__ import annotations

from sandbox.hubspot.portal import HubSpotError, Portal

ALL = (
    "crm.objects.companies.read",
    "crm.objects.companies.write",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.owners.read",
    "crm.schemas.companies.read",
    "crm.schemas.companies.write",
    "crm.schemas.contacts.read",
    "crm.schemas.contacts.write",
    "oauth",
    "tickets",
)


def held(portal: Portal, *, narrow: bool) -> list[str]:
    """The scopes of the token; the narrow one only reads."""
    said = list(portal.settings.get("scopes") or ALL)
    return [each for each in said if not (narrow and (each.endswith(".write") or each == "tickets"))]


def needed(area: str, owner: str, *, writes: bool) -> str:
    """The scope of a call. area: `schemas` or `objects`."""
    return "tickets" if owner == "tickets" else f"crm.{area}.{owner}.{'write' if writes else 'read'}"


def check(portal: Portal, scope: str) -> None:
    """Raises HubSpotError where the token has not that scope."""
    if scope not in held(portal, narrow=False):
        raise missing_scopes([scope])


def missing_scopes(scopes: list[str]) -> HubSpotError:
    message = (
        "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: "
        "https://developers.hubspot.com/scopes."
    )
    context = {"requiredGranularScopes": scopes}
    errors = [{"message": "One or more of the following scopes are required.", "context": context}]
    return HubSpotError(
        403, "MISSING_SCOPES", message, errors, links={"scopes": "https://developers.hubspot.com/scopes"}
    )

"""Fields and forms against golive's rules of thumb: short forms, fields that explain themselves, no card numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provisioners.zendesk.look.inventory import Inventory, is_custom, name_of
from provisioners.zendesk.look.rule import Found, Rule, Spot

MOST_REQUIRED = 5
FREE = ("text", "textarea", "integer", "regexp", "decimal")
_CARD = re.compile(
    r"\b(?:credit[ -]?card|debit[ -]?card|card[ -]?(?:number|no\b)|cvv|cvc|kreditkarte\w*|kartennummer|pan number)",
    re.IGNORECASE,
)
_HARMLESS = re.compile(r"\b(?:last|letzte\w*|type|brand|holder|expir\w*|status|reason)\b", re.IGNORECASE)


def has_own(inventory: Inventory) -> bool:
    """Whether there are fields besides the vendor's."""
    return bool(inventory.custom_fields)


def long_forms(inventory: Inventory) -> Iterator[Spot]:
    """Forms in which customers have to fill more than the rule of thumb. Subject and message are not counted."""
    required = {
        str(body.get("id"))
        for body in inventory.on("ticket_fields")
        if is_custom(body) and body.get("editable_in_portal") and body.get("required_in_portal")
    }
    for form in inventory.on("ticket_forms"):
        asked = [one for one in form.get("ticket_field_ids") or [] if str(one) in required]
        if form.get("end_user_visible") is not False and len(asked) > MOST_REQUIRED:
            yield Spot("ticket_forms", form, f"{len(asked)} required fields")


def undescribed(inventory: Inventory) -> Found | None:
    """Active fields that tell neither agents nor customers what goes into them. The vendor puts the title there."""
    active = [body for body in inventory.custom_fields if body.get("active") is not False]
    spots = []
    for body in active:
        described = str(body.get("description") or "").strip() not in ("", str(body.get("title") or "").strip())
        if not described and not str(body.get("agent_description") or "").strip():
            spots.append(Spot("ticket_fields", body))
    of = f"{len(active)} ticket fields of the account's own that are on"
    said = f"{len(spots)} of the {of} do not say what goes into them"
    return Found(tuple(spots), what=said) if spots else None


def card_numbers(inventory: Inventory) -> Iterator[Spot]:
    """Fields for free text whose name asks for a card number."""
    for body in inventory.custom_fields:
        name = name_of("ticket_fields", body)
        free = body.get("active") is not False and body.get("type") in FREE
        if free and _CARD.search(name) and not _HARMLESS.search(name):
            yield Spot("ticket_fields", body)


RULES = (
    Rule(
        "look.card-number",
        "method",
        "serious",
        ("ticket_fields",),
        card_numbers,
        "Fields that invite card numbers",
        "Card data in tickets brings the whole helpdesk under the card industry's rules (PCI DSS).",
        "Delete the field, mask what is in it, and use Zendesk's credit card field, which keeps four digits.",
        "No field invites card numbers.",
        ("ticket_fields",),
        has_own,
    ),
    Rule(
        "look.form-long",
        "method",
        "warning",
        ("ticket_forms", "ticket_fields"),
        long_forms,
        f"Forms with more than {MOST_REQUIRED} required fields, golive's rule of thumb",
        "Customers give up, or choose anything to get to the end.",
        "Ask only what is indispensable; let agents or the CRM fill the rest.",
        f"No form asks customers for more than {MOST_REQUIRED} required fields.",
        ("ticket_forms",),
        figure=f"{MOST_REQUIRED} at most",
    ),
    Rule(
        "look.field-undescribed",
        "method",
        "note",
        ("ticket_fields",),
        undescribed,
        "Ticket fields that do not say what goes into them",
        "Agents fill them as they think best, and the report counts guesses.",
        "Write into the agents' description when to choose what.",
        "Ticket fields say what goes into them.",
        ("ticket_fields",),
        has_own,
    ),
)

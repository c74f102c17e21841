"""What is switched off and was forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from provisioners.zendesk.look.inventory import Inventory, is_on
from provisioners.zendesk.look.rule import Rule, Spot

DAYS = 180
SWITCHED = (
    "triggers", "automations", "macros", "views", "ticket_fields", "ticket_forms", "requester_fields",
    "organization_fields", "brands", "webhooks", "ticket_statuses",
)  # fmt: skip


def forgotten(inventory: Inventory) -> Iterator[Spot]:
    """Switched off, and unchanged for half a year."""
    for kind in SWITCHED:
        for body in inventory.of(kind):
            if not is_on(kind, body) and inventory.older_than(body, DAYS):
                yield Spot(kind, body, f"unchanged since {str(body['updated_at'])[:10]}")


RULES = (
    Rule(
        "look.off-forgotten",
        "off",
        "note",
        (),
        forgotten,
        f"Switched off, and unchanged for more than {DAYS} days",
        "Whoever comes new has to find out about each of them that it does nothing.",
        "Keep a list of them and delete them.",
        f"Nothing has been lying about switched off for {DAYS} days.",
        SWITCHED,
        figure=f"{DAYS} days",
    ),
)

"""How near the account is to what the vendor allows.

Source: developer.zendesk.com and the vendor's help: 7,000 active triggers, 500 active automations, 65 kB for one rule;
3,000 support addresses; 400 ticket fields in the account, or in a form where there are forms (advice).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from config.results.look import Limit
from provisioners.zendesk.look.inventory import ALL_RULES, Body, Inventory
from provisioners.zendesk.look.rule import Find, Found, Rule, Spot

TRIGGERS, AUTOMATIONS, FIELDS, ADDRESSES = 7_000, 500, 400, 3_000
RULE_BYTES = 65_000
NEAR = 0.8
"""From this share on a limit is near."""
REACHED = 0.95
SENT = ("title", "conditions", "filter", "actions", "description", "restriction")
"""What of a rule counts."""

Counted = Callable[[Inventory], int]


def _triggers(inventory: Inventory) -> int:
    return len(inventory.on("triggers"))


def _automations(inventory: Inventory) -> int:
    return len(inventory.on("automations"))


def _addresses(inventory: Inventory) -> int:
    return len(inventory.of("channels"))


def _fields(inventory: Inventory) -> int:
    """Of the fullest form that is on, Zendesk's own fields included; of the account where no form lists its fields."""
    fullest = max((len(form.get("ticket_field_ids") or []) for form in inventory.on("ticket_forms")), default=0)
    return fullest or len(inventory.on("ticket_fields"))


LIMITS: tuple[tuple[str, str, tuple[str, ...], Counted, int], ...] = (
    ("triggers", "Active triggers", ("triggers",), _triggers, TRIGGERS),
    ("automations", "Active automations", ("automations",), _automations, AUTOMATIONS),
    ("fields", "Ticket fields in the fullest form", ("ticket_fields", "ticket_forms"), _fields, FIELDS),
    ("addresses", "Support addresses", ("channels",), _addresses, ADDRESSES),
)
"""Id, what is counted, what must have been read, how it is counted, how many there may be."""


def limits(inventory: Inventory) -> Iterator[Limit]:
    """What is used of each limit, as far as it could be read; the largest rule in bytes."""
    for _, what, needs, counted, most in LIMITS:
        if inventory.has(*needs):
            yield Limit(what, counted(inventory), most)
    sizes = [size_of(rule.body) for rule in inventory.active(*ALL_RULES)]
    if sizes:
        yield Limit("Largest rule, in bytes", max(sizes), RULE_BYTES)


def size_of(body: Body) -> int:
    """About as many bytes as the vendor counts."""
    return len(json.dumps({name: body.get(name) for name in SENT if body.get(name)}).encode())


def near(what: str, counted: Counted, most: int) -> Find:
    """A limit of the account of which most is used."""

    def find(inventory: Inventory) -> Found | None:
        used = counted(inventory)
        if used < NEAR * most:
            return None
        said = f"{what}: {used:,} of {most:,}"
        return Found(what=said, weight="serious" if used >= REACHED * most else "warning")

    return find


def large(inventory: Inventory) -> Iterator[Spot]:
    """Rules that are nearly too large to be saved."""
    for rule in inventory.rules(*ALL_RULES):
        size = size_of(rule.body)
        if size >= NEAR * RULE_BYTES:
            yield Spot(rule.kind, rule.body, f"{size:,} of {RULE_BYTES:,} bytes")


RULES = (
    *(
        Rule(
            f"look.limit-{id_}",
            "limits",
            "warning",
            needs,
            near(what, counted, most),
            f"{what}: near the limit",
            "At the limit Zendesk refuses the next one, usually on the day on which it is needed.",
            "Merge or delete what is not needed any more.",
            f"{what}: far below the limit of {most:,}.",
            figure=f"Zendesk's limit of {most:,}: a warning from {NEAR:.0%}, serious from {REACHED:.0%} on",
        )
        for id_, what, needs, counted, most in LIMITS
    ),
    Rule(
        "look.limit-rule-size",
        "limits",
        "warning",
        (),
        large,
        "Rules that are nearly too large",
        f"Zendesk saves no rule of more than {RULE_BYTES:,} bytes, so the next change of it will fail.",
        "Split it, or ask for a field or tag instead of a long list.",
        "No rule is near the limit of size.",
        ALL_RULES,
        figure=f"Zendesk's limit of {RULE_BYTES:,} bytes: a warning from {NEAR:.0%} on",
    ),
)

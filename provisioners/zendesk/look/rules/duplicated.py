"""What is there twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator

from provisioners.zendesk.look.discreet import host_of
from provisioners.zendesk.look.inventory import Body, BusinessRule, Inventory, name_of, names, rule_of
from provisioners.zendesk.look.mailing import mails_customer
from provisioners.zendesk.look.rule import Find, Found, Rule, Spot, spot


def _together(rules: Iterable[BusinessRule], same: Callable[[BusinessRule], Hashable]) -> list[list[BusinessRule]]:
    """Rules that are the same in some respect, where there are at least two of them."""
    found: dict[Hashable, list[BusinessRule]] = {}
    for rule in rules:
        found.setdefault(same(rule), []).append(rule)
    return [group for group in found.values() if len(group) > 1]


def _spots(groups: Iterable[list[BusinessRule]]) -> Iterator[Spot]:
    """Each group by its first rule, the others in the note."""
    for first, *others in groups:
        yield spot(first, f"the same as {names((each.body for each in others), first.kind)}")


def _does(rule: BusinessRule) -> Hashable:
    return rule.asks_the_same, rule.does_the_same


def _shows(rule: BusinessRule) -> Hashable:
    return rule.asks_the_same, json.dumps(rule.body.get("restriction"), sort_keys=True)


def triggers(inventory: Inventory) -> Found | None:
    """Active triggers with the same conditions and actions: both act, one after the other."""
    groups = _together((rule for rule in inventory.active("triggers") if rule.actions), _does)
    mails = any(mails_customer(group[0]) for group in groups)
    return Found(tuple(_spots(groups)), weight="serious" if mails else None) if groups else None


def automations(inventory: Inventory) -> Iterator[Spot]:
    """Active automations with the same conditions and actions."""
    return _spots(_together((rule for rule in inventory.active("automations") if rule.actions), _does))


def macros(inventory: Inventory) -> Iterator[Spot]:
    """Active macros that do the same for the same people."""

    def same(rule: BusinessRule) -> Hashable:
        return rule.does_the_same, json.dumps(rule.body.get("restriction"), sort_keys=True)

    return _spots(_together((rule for rule in inventory.active("macros") if rule.actions), same))


def views(inventory: Inventory) -> Iterator[Spot]:
    """Active views that show the same tickets to the same people."""
    return _spots(_together((rule for rule in inventory.active("views") if rule.conditions), _shows))


def titles(*kinds: str) -> Find:
    """Active objects of one kind with the same name. Rules that are the same in all else are told elsewhere."""

    def find(inventory: Inventory) -> Iterator[Spot]:
        for kind in kinds:
            found: dict[str, list[Body]] = {}
            for body in inventory.on(kind):
                found.setdefault(name_of(kind, body).casefold(), []).append(body)
            for bodies in found.values():
                if len(bodies) > 1 and not _one_content(kind, bodies):
                    yield Spot(kind, bodies[0], f"{len(bodies)} of this name")

    return find


def _one_content(kind: str, bodies: list[Body]) -> bool:
    same = _CONTENT.get(kind)
    return same is not None and len({same(rule_of(kind, body)) for body in bodies}) == 1


_CONTENT = {"triggers": _does, "automations": _does, "macros": _does, "views": _shows}


def endpoints(inventory: Inventory) -> Iterator[Spot]:
    """Active webhooks that call the same address in the same way."""
    found: dict[tuple[str, str], list[Body]] = {}
    for body in inventory.on("webhooks"):
        if body.get("endpoint"):
            found.setdefault((str(body.get("http_method")), str(body["endpoint"])), []).append(body)
    for (_, address), (first, *others) in found.items():
        if others:
            yield Spot("webhooks", first, f"the same as {names(others, 'webhooks')}: {host_of(address)}")


def _titles(kind: str, id_: str, many: str, why: str) -> Rule:
    return Rule(
        f"look.{id_}-title",
        "duplicated",
        "note",
        (kind,),
        titles(kind),
        f"{many} of the same name",
        why,
        "Say in the name what makes them different, or keep one.",
        f"No two {many.lower()} have the same name.",
        (kind,),
        lambda inventory: len(inventory.on(kind)) > 1,
    )


CHOOSE = "Whoever looks for it finds two, and may change the wrong one."
RULES = (
    Rule(
        "look.trigger-duplicate",
        "duplicated",
        "warning",
        ("triggers",),
        triggers,
        "Triggers that ask and do the same",
        "Both act on each ticket; where they send mail, it is sent twice.",
        "Keep one of them.",
        "No two triggers do the same.",
    ),
    Rule(
        "look.automation-duplicate",
        "duplicated",
        "warning",
        ("automations",),
        automations,
        "Automations that ask and do the same",
        "Whoever changes one of them wonders why nothing changes.",
        "Keep one of them.",
        "No two automations do the same.",
    ),
    Rule(
        "look.macro-duplicate",
        "duplicated",
        "note",
        ("macros",),
        macros,
        "Macros that do the same under different names",
        "Agents choose between them, and an improved answer reaches only some customers.",
        "Keep the one with the better name.",
        "No two macros do the same.",
    ),
    Rule(
        "look.view-duplicate",
        "duplicated",
        "note",
        ("views",),
        views,
        "Views that show the same tickets",
        "Two people work on the same list without knowing it.",
        "Keep one of them.",
        "No two views show the same tickets.",
    ),
    Rule(
        "look.webhook-duplicate",
        "duplicated",
        "note",
        ("webhooks",),
        endpoints,
        "Webhooks that call the same address",
        "A new key has to be put into each of them, and one is forgotten.",
        "Let all rules call one webhook.",
        "No two webhooks call the same address.",
    ),
    _titles("triggers", "trigger", "Triggers", CHOOSE),
    _titles("automations", "automation", "Automations", CHOOSE),
    _titles("macros", "macro", "Macros", CHOOSE),
    _titles("views", "view", "Views", CHOOSE),
    _titles("ticket_fields", "field", "Ticket fields", "Agents fill one, and the report counts the other."),
    _titles("ticket_forms", "form", "Forms", "Customers choose between two words that say the same."),
    _titles("groups", "group", "Groups", "Tickets go to the one that nobody watches."),
    _titles("webhooks", "webhook", "Webhooks", CHOOSE),
)

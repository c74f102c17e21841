"""What is there twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace

from provisioners.zendesk.look.discreet import host_of
from provisioners.zendesk.look.inventory import ALL_RULES, Body, BusinessRule, Inventory, name_of, rule_of
from provisioners.zendesk.look.inventory import RULES as ACTING
from provisioners.zendesk.look.lists import BY_KIND
from provisioners.zendesk.look.mailing import mails_customer
from provisioners.zendesk.look.rule import Find, Found, Rule, Spot


def _together(objects: Iterable[Body], same: Callable[[Body], Hashable]) -> list[list[Body]]:
    """Objects that are the same in some respect, where there are at least two of them."""
    found: dict[Hashable, list[Body]] = {}
    for body in objects:
        found.setdefault(same(body), []).append(body)
    return [group for group in found.values() if len(group) > 1]


def _sets(inventory: Inventory, kind: str, groups: list[list[Body]], what: str, alike: str) -> Found | None:
    """Each set by its first, the others as its twins. alike: in which respect, `the same as`."""
    if not groups:
        return None
    spots = []
    for bodies in groups:
        alone = len({name_of(kind, body) for body in bodies}) == len(bodies)
        first, *others = [Spot(kind, body, where=_where(inventory, kind, body, alone)) for body in bodies]
        where = f"runs first, {first.where}" if kind in ACTING and first.where else first.where
        spots.append(replace(first, note=alike, where=where, twins=tuple(others)))
    counted = f"{sum(map(len, groups))} {BY_KIND[kind].many} in {len(groups)} set{'s' if len(groups) > 1 else ''}"
    return Found(tuple(spots), what=f"{what}: {counted}")


def _where(inventory: Inventory, kind: str, body: Body, alone: bool) -> str:
    """What tells an object from its twins: its place, or its id where the name does not."""
    return inventory.standing(kind, body) or ("" if alone else f"id {body.get('id')}")


def _rules(kind: str, what: str, same: Callable[[BusinessRule], Hashable]) -> Callable[[Inventory], Found | None]:
    """Active rules of a kind that are the same."""

    def find(inventory: Inventory) -> Found | None:
        rules = [rule for rule in inventory.in_order(kind) if (rule.conditions if kind == "views" else rule.actions)]
        groups = _together([rule.body for rule in rules], lambda body: same(rule_of(kind, body)))
        return _sets(inventory, kind, groups, what, "the same as")

    return find


def _does(rule: BusinessRule) -> Hashable:
    return rule.asks_the_same, rule.does_the_same


def _shows(rule: BusinessRule) -> Hashable:
    return rule.asks_the_same, json.dumps(rule.body.get("restriction"), sort_keys=True)


def _answers(rule: BusinessRule) -> Hashable:
    return rule.does_the_same, json.dumps(rule.body.get("restriction"), sort_keys=True)


def triggers(inventory: Inventory) -> Found | None:
    """Active triggers with the same conditions and actions: each of them acts, one after the other."""
    found = _rules("triggers", TRIGGERS, _does)(inventory)
    mails = found is not None and any(mails_customer(rule_of(each.kind, each.body)) for each in found.spots)
    return replace(found, weight="serious") if found and mails else found


def titles(kind: str, what: str) -> Find:
    """Active objects of one kind with the same name. Rules that are the same in all else are told elsewhere."""

    def find(inventory: Inventory) -> Found | None:
        bodies = [rule.body for rule in inventory.in_order(kind)] if kind in ALL_RULES else inventory.on(kind)
        groups = _together(bodies, lambda body: name_of(kind, body).casefold())
        different = [group for group in groups if not _one_content(kind, group)]
        return _sets(inventory, kind, different, what, "the same name as")

    return find


def _one_content(kind: str, bodies: list[Body]) -> bool:
    same = _CONTENT.get(kind)
    return same is not None and len({same(rule_of(kind, body)) for body in bodies}) == 1


_CONTENT = {"triggers": _does, "automations": _does, "macros": _does, "views": _shows}


def endpoints(inventory: Inventory) -> Found | None:
    """Active webhooks that call the same address in the same way."""
    bodies = [body for body in inventory.on("webhooks") if body.get("endpoint")]
    groups = _together(bodies, lambda body: (str(body.get("http_method")), str(body["endpoint"])))
    found = _sets(inventory, "webhooks", groups, WEBHOOKS, "")
    if found is None:
        return None
    hosts = (host_of(str(each.body["endpoint"])) for each in found.spots)
    spots = (replace(each, note=f"calls {host}, the same as") for each, host in zip(found.spots, hosts, strict=True))
    return replace(found, spots=tuple(spots))


def _titles(kind: str, id_: str, many: str, why: str) -> Rule:
    return Rule(
        f"look.{id_}-title",
        "duplicated",
        "note",
        (kind,),
        titles(kind, f"{many} of the same name"),
        f"{many} of the same name",
        why,
        "Say in the name what makes them different, or keep one.",
        f"No two {many.lower()} have the same name.",
        (kind,),
        lambda inventory: len(inventory.on(kind)) > 1,
    )


TRIGGERS = "Triggers that ask and do the same"
AUTOMATIONS = "Automations that ask and do the same"
MACROS = "Macros that do the same under different names"
VIEWS = "Views that show the same tickets"
WEBHOOKS = "Webhooks that call the same address"
CHOOSE = "Whoever looks for it finds several, and may change the wrong one."
RULES = (
    Rule(
        "look.trigger-duplicate",
        "duplicated",
        "warning",
        ("triggers",),
        triggers,
        TRIGGERS,
        "Each of them acts on every ticket that fits; where they send mail, the customer gets one from each.",
        "Keep the first of each set, which runs first, and switch the others off. Numbers count the active triggers of"
        " a category.",
        "No two triggers do the same.",
    ),
    Rule(
        "look.automation-duplicate",
        "duplicated",
        "warning",
        ("automations",),
        _rules("automations", AUTOMATIONS, _does),
        AUTOMATIONS,
        "Whoever changes one of them wonders why nothing changes.",
        "Keep the first of each set, which runs first, and switch the others off. Numbers count active automations.",
        "No two automations do the same.",
    ),
    Rule(
        "look.macro-duplicate",
        "duplicated",
        "note",
        ("macros",),
        _rules("macros", MACROS, _answers),
        MACROS,
        "Agents choose between them, and an improved answer reaches only some customers.",
        "Keep the one with the better name.",
        "No two macros do the same.",
    ),
    Rule(
        "look.view-duplicate",
        "duplicated",
        "note",
        ("views",),
        _rules("views", VIEWS, _shows),
        VIEWS,
        "Two people work on the same list without knowing it.",
        "Keep the first of each set, which stands first in the list, and switch the others off.",
        "No two views show the same tickets.",
    ),
    Rule(
        "look.webhook-duplicate",
        "duplicated",
        "note",
        ("webhooks",),
        endpoints,
        WEBHOOKS,
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

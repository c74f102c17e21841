"""Business rules, macros and teams against golive's rules of thumb; each threshold stands in its finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provisioners.zendesk.look.conditions import TAGS
from provisioners.zendesk.look.inventory import BusinessRule, Inventory, name_of
from provisioners.zendesk.look.mailing import tells
from provisioners.zendesk.look.rule import WHOLE, Found, Rule, Spot, spot

ACTING = ("triggers", "automations")
MOST_RULES, OVERBUILT = 10, 30
"""Enabled rules at launch: 5 to 10; with 30 and more nobody knows them all."""
FEWEST_MACROS, MOST_MACROS = 10, 15
MOST_ADMINS = 3
ADMIN_SHARE = 5
"""One in so many may be an admin."""
TAG_STATES = 3
"""From so many tags on that come, go and are asked for, they are a status."""
_FOURTH = re.compile(r"\b(?:tier|level|t|l)[ _-]?[4-9]\b", re.IGNORECASE)
_CLOSED = ("solved", "closed")
_WAITING = ("pending", "hold", "solved", "closed")


def many_rules(inventory: Inventory) -> Found | None:
    """More enabled rules than a team can know by heart."""
    active = len(inventory.active(*ACTING))
    if active <= MOST_RULES:
        return None
    said = f"{active} rules act by themselves; golive's rule of thumb is to begin with 5 to {MOST_RULES}"
    more = f", and {OVERBUILT} are too many" if active >= OVERBUILT else ""
    return Found(what=said + more, weight="warning" if active >= OVERBUILT else "note")


def macro_count(inventory: Inventory) -> Found | None:
    """Fewer or more shared macros than the rule of thumb has."""
    active = len(inventory.on("macros"))
    if FEWEST_MACROS <= active <= MOST_MACROS:
        return None
    return Found(what=f"{active} shared macros; golive's rule of thumb is {FEWEST_MACROS} to {MOST_MACROS}")


def urgent_unseen(inventory: Inventory) -> Found | None:
    """No rule tells anybody of an urgent ticket."""
    rules = inventory.active(*ACTING)
    return Found() if rules and not any(_tells_of_urgent(rule) for rule in rules) else None


def _tells_of_urgent(rule: BusinessRule) -> bool:
    asks = any(
        each.field == "priority"
        and (
            (each.operator in ("is", "value") and each.values == ("urgent",))
            or (each.operator == "greater_than")
            or (each.operator == "changed")
        )
        for each in rule.conditions
    )
    return asks and tells(rule)


def closes_open_work(inventory: Inventory) -> Iterator[Spot]:
    """Automations that solve or close tickets on which somebody may still be at work."""
    for rule in inventory.active("automations"):
        if not any(action.first in _CLOSED for action in rule.does("status")):
            continue
        waits = any(
            (each.field in ("PENDING", "HOLD", "SOLVED"))
            or (each.field == "status" and each.operator == "is" and each.values[0] in _WAITING)
            or (each.field == "status" and each.operator == "greater_than")
            or (each.field == "custom_status_id")
            or each.field == TAGS
            for each in rule.asked
        )
        if not waits:
            yield spot(rule)


def replaces_tags(inventory: Inventory) -> Iterator[Spot]:
    """Triggers and automations that replace all tags of a ticket."""
    for rule in inventory.active(*ACTING):
        if any(action.first for action in rule.does("set_tags")):
            yield spot(rule)


def tags_as_state(inventory: Inventory) -> Found | None:
    """Tags that rules set, take away and ask for: a status in disguise."""
    added, removed, asked = set[str](), set[str](), set[str]()
    for rule in inventory.active(*ACTING):
        for action in rule.does("current_tags", "set_tags"):
            added |= set(" ".join(action.values).split())
        for action in rule.does("remove_tags"):
            removed |= set(" ".join(action.values).split())
        for each in rule.conditions:
            if each.field == TAGS:
                asked |= set(each.values)
    states = sorted(added & removed & asked)
    if len(states) < TAG_STATES:
        return None
    more = f" and {len(states) - 5} more" if len(states) > 5 else ""
    return Found(what=f"{len(states)} tags work as a status: {', '.join(states[:5])}{more}")


def legacy_targets(inventory: Inventory) -> Iterator[Spot]:
    """Rules that tell another system in the way that webhooks have replaced."""
    for rule in inventory.active(*ACTING):
        if any(rule.does("notification_target")):
            yield spot(rule)


def many_admins(inventory: Inventory) -> Found | None:
    """More admins than a team needs."""
    people = inventory.on("people")
    admins = [body for body in people if body.get("role") == "admin"]
    if len(admins) <= MOST_ADMINS or len(admins) * ADMIN_SHARE <= len(people):
        return None
    said = f"{len(admins)} of {len(people)} team members are admins"
    measure = f"golive's rule of thumb is at most {MOST_ADMINS}, or one in {ADMIN_SHARE}"
    return Found(tuple(Spot("people", body) for body in admins), what=f"{said}; {measure}")


def deleting(inventory: Inventory) -> Found | None:
    """Agents who may delete tickets."""
    roles = [
        Spot("roles", body)
        for body in inventory.of("roles")
        if body.get("role_type") == 0 and (body.get("configuration") or {}).get("ticket_deletion") is True
    ]
    everybody = ((inventory.settings or {}).get("tickets") or {}).get("agent_ticket_deletion") is True
    if everybody and not inventory.of("roles"):
        return Found()
    return Found(tuple(roles), what="Custom roles that may delete tickets") if roles else None


def fourth_tier(inventory: Inventory) -> Iterator[Spot]:
    """Groups that are a fourth tier or a further one."""
    for body in inventory.of("groups"):
        if _FOURTH.search(name_of("groups", body)):
            yield Spot("groups", body)


def routed_to_one(inventory: Inventory) -> Iterator[Spot]:
    """Triggers that choose between groups, where one person works."""
    if len(inventory.workers) != 1 or len(inventory.of("groups")) < 2:
        return
    for rule in inventory.active("triggers"):
        if any(action.first.isdigit() for action in rule.does("group_id")):
            yield spot(rule)


RULES = (
    Rule(
        "look.rules-many",
        "method",
        "note",
        ACTING,
        many_rules,
        "Many rules act by themselves",
        "Each rule more makes it harder to say why a ticket is where it is; agents stop trusting what they see.",
        "Switch off what nobody can explain, and bring the rest back one by one.",
        f"No more than {MOST_RULES} rules act by themselves.",
        figure=f"begin with 5 to {MOST_RULES}; a warning from {OVERBUILT} on",
    ),
    Rule(
        "look.macros-count",
        "method",
        "note",
        ("macros",),
        macro_count,
        "The number of macros",
        "With too few, everybody types the same answer; with too many, nobody finds it.",
        "Keep those for the most frequent questions, and name them alike.",
        f"There are {FEWEST_MACROS} to {MOST_MACROS} shared macros.",
        figure=f"{FEWEST_MACROS} to {MOST_MACROS}",
    ),
    Rule(
        "look.urgent-unseen",
        "method",
        "warning",
        (*ACTING, WHOLE),
        urgent_unseen,
        "No rule tells anybody of an urgent ticket",
        "An outage is seen when somebody happens to open the view.",
        "Let a trigger tell the team's channel, and whoever is on call, when the priority becomes urgent.",
        "Somebody is told of urgent tickets.",
        ACTING,
    ),
    Rule(
        "look.closes-open-work",
        "method",
        "warning",
        ("automations",),
        closes_open_work,
        "Automations that solve or close tickets that may still be open",
        "Matters are closed that nobody has answered.",
        "Ask that the status is pending or solved, and write to the customer some days before.",
        "Automations close only what waits for the customer, or is solved.",
    ),
    Rule(
        "look.tags-replaced",
        "method",
        "warning",
        ACTING,
        replaces_tags,
        "Rules that replace all tags of a ticket",
        "Choices in dropdown fields are tags, too: they are lost, and so is what other rules have noted.",
        "Use “add tags” and “remove tags”.",
        "No rule replaces all tags of a ticket.",
    ),
    Rule(
        "look.tags-as-state",
        "method",
        "note",
        ACTING,
        tags_as_state,
        "Tags that work as a status",
        f"From {TAG_STATES} on nobody sees in which state a ticket is, and one missed rule leaves it between two.",
        "Make a dropdown field or a ticket status of them.",
        "Rules do not use tags as a status.",
        figure=f"fewer than {TAG_STATES}",
    ),
    Rule(
        "look.target-legacy",
        "method",
        "note",
        ACTING,
        legacy_targets,
        "Rules that use a target instead of a webhook",
        "Zendesk has replaced targets by webhooks, which say whether they arrived.",
        "Make a webhook with the same address, and let the rule call it.",
        "Rules tell other systems by webhooks.",
    ),
    Rule(
        "look.admins-many",
        "method",
        "warning",
        ("people",),
        many_admins,
        "Many admins",
        "Every admin can change every rule, and with many of them nobody knows any more who did.",
        "Leave two or three, and give the others the role of an agent.",
        "There are few admins.",
        figure=f"at most {MOST_ADMINS}, or one in {ADMIN_SHARE} team members",
    ),
    Rule(
        "look.tickets-deletable",
        "method",
        "warning",
        ("settings",),
        deleting,
        "Agents may delete tickets",
        "What is deleted is missing in every figure, and nobody is asked.",
        "Take the right away from everybody but admins.",
        "Only admins may delete tickets.",
        to_be_sure=("roles",),
    ),
    Rule(
        "look.fourth-tier",
        "method",
        "note",
        ("groups",),
        fourth_tier,
        "A fourth support tier",
        "Each tier hands tickets on once more; golive's rule of thumb is three at most.",
        "Make a skill of it inside the third.",
        "There are no more than three support tiers.",
        figure="three tiers at most",
    ),
    Rule(
        "look.routing-for-one",
        "method",
        "note",
        ("people", "groups", "triggers"),
        routed_to_one,
        "Triggers choose between groups, and one person works",
        "One person needs no routing; it only hides tickets in groups.",
        "Switch the routing off until there are two or three agents.",
        "Routing fits the size of the team.",
        ("triggers",),
        figure="routing from two or three agents on",
    ),
)

"""What customers and agents are sent."""

from __future__ import annotations

from collections.abc import Iterator

from provisioners.zendesk.look.conditions import CUSTOM, TAGS, contradiction
from provisioners.zendesk.look.effects import ends_itself
from provisioners.zendesk.look.inventory import RULES as ACTING
from provisioners.zendesk.look.inventory import BusinessRule, Inventory
from provisioners.zendesk.look.mailing import (
    MAILS,
    REQUESTER,
    TO_EVERYBODY,
    UPDATED,
    at_each_reply,
    at_each_update,
    mails_customer,
    texts,
)
from provisioners.zendesk.look.rule import WHOLE, Found, Rule, Spot, spot

LASTING = frozenset(
    {"brand_id", "ticket_form_id", "organization_id", "requester_id", "via_id", "locale_id", "group_id", "recipient"}
)
"""What hardly ever changes between two rules that act on a ticket at different times."""


def every_update(inventory: Inventory) -> Iterator[Spot]:
    """Triggers that write to the customer at every update, and do nothing that would end it."""
    for rule in inventory.active("triggers"):
        if mails_customer(rule) and at_each_update(rule) and not ends_itself(rule):
            yield spot(rule)


def every_reply(inventory: Inventory) -> Iterator[Spot]:
    """Triggers that answer each message of the customer by mail. Who writes is no recipient of “requester and CCs”."""
    for rule in inventory.active("triggers"):
        answers = any(action.first == REQUESTER for action in rule.does(*MAILS))
        if answers and at_each_reply(rule) and not ends_itself(rule):
            yield spot(rule)


def everybody(inventory: Inventory) -> Found | None:
    """Rules that write to all agents."""
    spots = [
        spot(rule)
        for rule in inventory.active(*ACTING)
        if any(action.first == TO_EVERYBODY for action in rule.does(*MAILS))
    ]
    people = len(inventory.on("people"))
    said = f"Rules that write to all agents ({people} mails for each ticket)" if people > 1 else ""
    return Found(tuple(spots), what=said) if spots else None


def not_acknowledged(inventory: Inventory) -> Found | None:
    """No trigger writes to the customer when a ticket comes in."""
    may = (rule for rule in inventory.active("triggers") if mails_customer(rule) and UPDATED not in rule.asked)
    return None if any(may) or not inventory.of("triggers") else Found()


def asked_twice(inventory: Inventory) -> Iterator[Spot]:
    """Several rules that ask for a rating and may ask for the same ticket."""
    asking = [rule for rule in inventory.active(*ACTING) if _asks_for_rating(rule)]
    asking = [rule for rule in asking if all(each.field != TAGS for each in rule.conditions)]  # these may note it
    for place, rule in enumerate(asking):
        if any(_same_tickets(rule, other) for other in (*asking[:place], *asking[place + 1 :])):
            yield spot(rule)


def _same_tickets(one: BusinessRule, other: BusinessRule) -> bool:
    """Whether nothing that stays with a ticket tells apart for which of them two rules are."""
    asked = (*one.asked, *other.asked)
    return not contradiction(each for each in asked if each.field in LASTING or each.field.startswith(CUSTOM))


def _asks_for_rating(rule: BusinessRule) -> bool:
    if any(action.first == "offered" for action in rule.does("satisfaction_score")):
        return True
    return any("{{satisfaction." in text.replace(" ", "") for text in texts(rule))


EVERY_UPDATE = Rule(
    "look.mail-every-update",
    "mail",
    "serious",
    ("triggers",),
    every_update,
    "Triggers that write to the customer at every update",
    "An internal note, a new tag or another rule is enough, and the customer gets a mail about nothing.",
    "Ask for what happened: the ticket is created, the comment is public, the status changed to solved.",
    "No trigger writes to customers at every update.",
)
EVERY_REPLY = Rule(
    "look.mail-loop",
    "mail",
    "serious",
    ("triggers",),
    every_reply,
    "Triggers that answer each message of a customer by mail",
    "Two automatic answers, theirs and yours, keep each other going.",
    "Answer only the first message: ask that the ticket is created.",
    "No trigger answers every message of a customer by itself.",
)
RULES = (
    EVERY_UPDATE,
    EVERY_REPLY,
    Rule(
        "look.mail-all-agents",
        "mail",
        "warning",
        ("triggers", "people"),
        everybody,
        "Rules that write to all agents",
        "Everybody is told, so nobody feels meant, and real alerts drown.",
        "Tell the group that the ticket goes to, or use a view.",
        "No rule writes to all agents at once.",
        ("triggers",),
    ),
    Rule(
        "look.no-acknowledgement",
        "mail",
        "warning",
        ("triggers", WHOLE),
        not_acknowledged,
        "No trigger tells customers that their message has arrived",
        "Customers do not know whether anybody has read it, and write again.",
        "Switch a trigger on that writes to the requester when a ticket is created.",
        "Customers are told that their message has arrived.",
    ),
    Rule(
        "look.survey-twice",
        "mail",
        "note",
        ACTING,
        asked_twice,
        "Several rules that ask for a rating of the same ticket",
        "Once, when a ticket is solved, is enough; whoever is asked twice answers badly or not at all.",
        "Keep the one that asks at solution, or let their conditions exclude each other.",
        "No ticket is rated twice.",
        ACTING,
        lambda inventory: any(map(_asks_for_rating, inventory.active(*ACTING))),
    ),
)

"""Whom rules write to, and how often.

Source: the vendor's “Actions reference” and “Conditions reference”.
"""

from __future__ import annotations

from collections.abc import Iterator

from provisioners.zendesk.look.conditions import Condition
from provisioners.zendesk.look.inventory import BusinessRule, custom_field
from provisioners.zendesk.look.references import CUSTOMERS

REQUESTER = "requester_id"
TO_CUSTOMERS = frozenset({REQUESTER, "requester_and_ccs"})
TO_EVERYBODY = "all_agents"
MAILS = ("notification_user", "notification_sms_user", "deflection")
TELLS = (
    "notification_user", "notification_group", "notification_sms_user", "notification_sms_group",
    "notification_webhook", "notification_target", "notification_zis", "side_conversation_slack", "side_conversation",
    "side_conversation_ticket",
)  # fmt: skip
"""Actions by which somebody hears of a ticket."""
STATES = frozenset(
    {
        "status", "priority", "type", "group_id", "assignee_id", "requester_id", "organization_id", "brand_id",
        "ticket_form_id", "custom_status_id", "current_tags", "via_id", "recipient", "locale_id", "in_business_hours",
        "within_schedule", "schedule_id", "ticket_is_public", "subject_includes_word",
    }
)  # fmt: skip
"""Fields that say what a ticket is, so that a condition on one of them holds at one update after the other."""
_NOW = frozenset({"is", "is_not", "less_than", "greater_than", "includes", "not_includes", "present", "not_present"})
UPDATED = Condition("update_type", "is", ("Change",))
CREATED = Condition("update_type", "is", ("Create",))
BY_CUSTOMER = Condition("role", "is", ("end_user",))
BY_TEAM = (
    Condition("role", "is", ("agent",)),
    Condition("role", "is", ("admin",)),
    Condition("role", "is_not", ("end_user",)),
)
"""Somebody of the team makes the update, which may be an internal note."""
_COMMENT = "comment_is_public"


def mails_customer(rule: BusinessRule) -> bool:
    """Whether a rule writes to the customer."""
    return any(action.first in TO_CUSTOMERS for action in rule.does(*MAILS))


def texts(rule: BusinessRule) -> Iterator[str]:
    """What a rule writes to people."""
    for action in rule.does(*MAILS, "notification_group"):
        yield from action.values[1:]


def tells(rule: BusinessRule) -> bool:
    """Whether somebody hears of the ticket by this rule."""
    return any(True for _ in rule.does(*TELLS))


def is_state(one: Condition) -> bool:
    """Whether a condition asks only what the ticket is, and nothing about the update."""
    known = one.field in STATES or custom_field(one.field) is not None or one.field.startswith(tuple(CUSTOMERS))
    return known and one.operator in _NOW


def at_each_update(rule: BusinessRule) -> bool:
    """Whether a trigger acts at every update of a ticket that fits, or at each that the team makes, whatever it is."""
    asked = [each for each in rule.asked if each not in (UPDATED, *BY_TEAM)]
    return all(map(is_state, asked)) and (not rule.one_of or any(map(is_state, rule.one_of)))


def at_each_reply(rule: BusinessRule) -> bool:
    """Whether a trigger acts whenever the customer writes."""
    if BY_CUSTOMER not in rule.asked or rule.one_of:
        return False
    rest = [each for each in rule.asked if each not in (UPDATED, BY_CUSTOMER) and each.field != _COMMENT]
    return all(map(is_state, rest))

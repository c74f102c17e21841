"""What the vendor never changes of an object: another value would be another object, and the old one would go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from config.findings import Finding
from config.rules.rule import Rule
from provisioners.intent import Intent
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account

FIELD = rule_of_account(
    "ZD106",
    "error",
    "A field's type, or a customer field's key, would have to change.",
    "Neither can ever change in Zendesk, and a new field in its place begins empty.",
    "Put it back, declare a new field under a new key, and move the values.",
    source="developer.zendesk.com, “Ticket Fields”, “User Fields”",
)
STATUS = rule_of_account(
    "ZD109",
    "error",
    "A ticket status would have to change its category.",
    "It never can, and Zendesk leaves the change out without a word.",
    "Put it back, and declare a new status under a new key.",
    source="developer.zendesk.com, “Custom ticket statuses”; seen in real traffic",
)
PLACEHOLDER = rule_of_account(
    "ZD116",
    "error",
    "The placeholder of dynamic content would have to change.",
    "It is made of the first name and stays; texts that name it would show a gap.",
    "Keep it with  zendesk: {placeholder: …} , or declare new dynamic content under a new key.",
    source="developer.zendesk.com, “Dynamic Content”",
)
CATALOGUE = (FIELD, STATUS, PLACEHOLDER)


@dataclass(frozen=True)
class Fixed:
    """Attributes of a type's payload that stay, by what people call them."""

    rule: Rule
    attributes: dict[str, str]


_FIELD = {"type": "type", "key": "key", "relationship_target_type": "what it points to"}
FIXED = {
    "zendesk:TicketField": Fixed(FIELD, {name: said for name, said in _FIELD.items() if name != "key"}),
    "zendesk:OrganizationField": Fixed(FIELD, _FIELD),
    "zendesk:UserField": Fixed(FIELD, _FIELD),
    "zendesk:CustomObjectField": Fixed(FIELD, _FIELD),
    "zendesk:CustomStatus": Fixed(STATUS, {"status_category": "category"}),
    "zendesk:DynamicContent": Fixed(PLACEHOLDER, {"placeholder": "placeholder"}),
}


def unchangeable(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """No call: the plan knows what is live."""
    for each in intent.changes:
        fixed = FIXED.get(each.type)
        if fixed is None or each.does != "replace" or each.was is None or each.will is None:
            continue
        will = intent.resolved(each.will)
        for name, said in fixed.attributes.items():
            if name in each.was and name in will and each.was[name] != will[name]:
                message = f"the {said} of {each.said} is {each.was[name]}, and would have to become {will[name]}"
                yield intent.found(fixed.rule, each.name, message)


QUESTIONS = (Question("what can change", unchangeable),)

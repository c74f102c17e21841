"""What can be declared and Salesforce cannot do: found at validation."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope
from provisioners.salesforce.field_types import ACCESS, FIELDS, QUEUES, objection

_ASKED = "asked of the organisation when planning"

QUEUE_WAITS = Rule(
    "salesforce.queue-waits",
    "error",
    "A queue, or an object of one, would be deleted while records wait in it.",
    "They would have no owner any more, and nobody would take them.",
    "Give the records to people or to another queue first, or keep it with  on_remove: release",
    source="help.salesforce.com, “Create and Edit Queues”, which asks to reassign the records first",
    elsewhere=_ASKED,
    of_account=True,
)
WRONG_TYPE = Rule(
    "salesforce.type",
    "error",
    "A field that is in the CRM already is of another type than these files say.",
    "What is made from it, such as the helpdesk's side of a mapping, would not fit its values.",
    "Say the type that it has.",
    source="the organisation's own list of fields",
    elsewhere=_ASKED,
    of_account=True,
)
NO_QUEUE = Rule(
    "salesforce.queue",
    "error",
    "A queue is to hold an object of which no record can be in a queue.",
    "Salesforce refuses it: such a record belongs to a person.",
    "Name Case, Lead, or another object that has queues.",
    source="help.salesforce.com, “Queues”",
)
NEEDS_ACCOUNT = ("contact", "opportunity", "contract")
"""Objects whose records are read only by who reads accounts, in small letters."""
ACCOUNTS = Rule(
    "salesforce.accounts",
    "error",
    "Records are to be read that belong to accounts, and accounts are not.",
    "Salesforce refuses it: in a permission set the one right needs the other.",
    "Say what they do with accounts, too:  objects: {Account: read}",
    source="the vendor's refusal, “Permission Read Contact depends on permission(s): Read Account”",
)
NO_GROUP = Rule(
    "salesforce.group",
    "error",
    "Salesforce has no groups of fields.",
    "Which fields stand together is a matter of page layouts there, which no interface that golive uses can write.",
    "Say  by_hand: true  (a person puts the fields into a section of the page layout), or take it out.",
    source="help.salesforce.com, “Page Layouts”",
)
NO_PIPELINE = Rule(
    "salesforce.pipeline",
    "error",
    "Salesforce has no pipelines of tickets.",
    "The steps of a case are the values of its status, in a support process.",
    "Say  by_hand: true  (a person sets up the status and the support process), or take it out.",
    source="help.salesforce.com, “Support Processes”",
)
_BELONG_TO_PEOPLE = ("account", "contact", "opportunity", "user")
CATALOGUE = (
    NO_QUEUE,
    NO_GROUP,
    NO_PIPELINE,
    ACCOUNTS,
    QUEUE_WAITS,
    WRONG_TYPE,
    Rule(
        "salesforce.field",
        "warning",
        "A CRM field has a type or a name that Salesforce does not take, or says more than it takes.",
        "It is not sent, and so is nothing that fills it.",
        "Change it as the message says.",
    ),
    Rule(
        "salesforce.formula",
        "warning",
        "People are to edit a field that Salesforce computes.",
        "It can only be read.",
        "List it under `read`.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    """What Salesforce lacks or refuses."""
    for field in scope.declaration.of(FIELDS).values():
        found = objection(field)
        if found:
            attribute, reason = found
            hint = "It is not sent until it is changed."
            yield field.finding("salesforce.field", "warning", (attribute,), reason, hint)
    for queue in scope.declaration.of(QUEUES).values():
        for index, name in enumerate(queue.value.objects if not queue.value.existing else ()):
            if name.lower() in _BELONG_TO_PEOPLE:
                message = f"in Salesforce no {name} can be in a queue; each belongs to a person"
                yield NO_QUEUE.found(queue, ("objects", index), message)
    for access in scope.declaration.of(ACCESS).values():
        objects = {} if access.value.existing else access.value.objects
        for name in objects:
            if name.lower() in NEEDS_ACCOUNT and "account" not in {each.lower() for each in objects}:
                message = f"who reads a {name} must read accounts, too, and `objects` does not say so"
                yield ACCOUNTS.found(access, ("objects", name), message)
        for index, key in enumerate(access.value.edit):
            field_item = scope.declaration.get(FIELDS, key)
            if field_item is not None and field_item.value.formula is not None:
                yield access.finding(
                    "salesforce.formula",
                    "warning",
                    ("edit", index),
                    f"`{key}` is computed by a formula; in Salesforce it can only be read",
                    "List it under `read` instead; golive grants it for reading.",
                )


def check_lacking(scope: Scope) -> Iterator[Finding]:
    """What other CRMs have and Salesforce has not. What a person does is not looked at."""
    for kind, rule, said in (
        ("crm_field_groups", NO_GROUP, "Salesforce has no groups of fields"),
        ("crm_pipelines", NO_PIPELINE, "Salesforce has no pipelines of tickets"),
    ):
        for item in scope.declaration.of(kind).values():
            if not item.value.by_hand:
                yield rule.found(item, (), said, of_key=True)

"""What can be declared and Salesforce cannot do: found at validation."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope
from provisioners.crm_fields import FIELDS
from provisioners.salesforce.field_types import ACCESS, OBJECTS, QUEUES, RECORD_TYPES, objection
from provisioners.salesforce.names import field_api_name, needs_process, why_too_long
from provisioners.salesforce.object_names import declared_name

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
    source="the organisation's own description of its fields, which is the same in every language",
    elsewhere=_ASKED,
    of_account=True,
)
NO_PROCESS = Rule(
    "salesforce.process",
    "error",
    "A record type is to be made of an object whose record types need a process, and none can be chosen for it.",
    "Salesforce refuses it: a process says which states its records go through.",
    "Make a process in Setup (Support Processes, Lead Processes, Sales Processes), or say which one with `process`.",
    source="developer.salesforce.com, “Metadata API Developer Guide”, RecordType: businessProcess",
    elsewhere=_ASKED,
    of_account=True,
)
TWICE = Rule(
    "salesforce.name-twice",
    "error",
    "Two objects, or two fields of one object, get the same API name.",
    "Salesforce knows them by it, without regard to capitals, and takes one of them.",
    "Give one of them a key that differs in more than underscores.",
    source="help.salesforce.com, “Custom Field Attributes”: unique, and without two underscores after each other",
)
NO_OBJECT = Rule(
    "salesforce.object",
    "error",
    "Something names an object that is neither declared nor a name that Salesforce can have.",
    "Salesforce has no such object: the name of one that an organisation made ends in `__c`.",
    "Correct the key, declare the object under `objects`, or write its API name.",
    source="developer.salesforce.com, “Object Reference”, API Naming: standard names have no underscore",
)
NO_PROCESS_THERE = Rule(
    "salesforce.no-process",
    "warning",
    "A record type names a process, and record types of its object have none.",
    "Salesforce refuses it; golive leaves the process out.",
    "Remove `process`.",
    source="developer.salesforce.com, “Metadata API Developer Guide”, RecordType: businessProcess",
)
STAYS = Rule(
    "salesforce.record-type-stays",
    "warning",
    "A record type is to be deleted when it leaves the files.",
    "No interface of Salesforce deletes one, so that golive switches it off.",
    "Say  on_remove: switch_off  or delete it in Setup.",
    source="developer.salesforce.com, “Object Reference”, RecordType: Supported Calls",
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
    TWICE,
    NO_OBJECT,
    NO_PROCESS,
    NO_PROCESS_THERE,
    STAYS,
    Rule(
        "salesforce.field",
        "warning",
        "A CRM field or object has a type or a name that Salesforce does not take, or says more than it takes.",
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
    yield from _objects(scope)
    yield from _record_types(scope)
    yield from _twice(scope)
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


def _objects(scope: Scope) -> Iterator[Finding]:
    """Names of objects: too long, or none that there can be. A name without an underscore may be the vendor's own."""
    for item in scope.declaration.of(OBJECTS).values():
        if not item.value.existing and why_too_long(item.key):
            hint = "It is not sent until it is changed."
            yield item.finding("salesforce.field", "warning", ("name",), why_too_long(item.key), hint)
    for item, reference in scope.references:
        word = reference.text
        if not reference.target.or_word or scope.knows(OBJECTS, word) or "_" not in word or "__" in word:
            continue
        near = scope.nearest(OBJECTS, word)
        message = f"`{word}` is neither a declared object of the CRM nor a name that Salesforce can have"
        yield NO_OBJECT.found(item, reference.path, message, near or NO_OBJECT.fix)


def _record_types(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration.of(RECORD_TYPES).values():
        owner = declared_name(item.value.object, scope.declaration) if item.value.object else ""
        if item.value.process is not None and owner and not needs_process(owner):
            message = f"in Salesforce a record type of {owner} has no process"
            yield NO_PROCESS_THERE.found(item, ("process",), message)
        if item.value.on_remove == "delete":
            yield STAYS.found(item, ("on_remove",), "Salesforce deletes no record type; it is switched off instead")


def _twice(scope: Scope) -> Iterator[Finding]:
    """The API names that the files alone tell: keys that golive makes names of, and names that are said. One that is
    there may be named by several keys."""
    taken: dict[str, Declared] = {}
    for kind in (OBJECTS, FIELDS):
        for item in scope.declaration.of(kind).values():
            name = field_api_name(item.value.was or item.key, item.value.existing)
            if kind == FIELDS:
                name = f"{declared_name(item.value.object, scope.declaration)}.{name}"
            other = taken.setdefault(name.lower(), item)
            if other is not item and not (item.value.existing and other.value.existing):
                yield TWICE.found(item, (), f"it gets the API name {name}, and so does `{other.key}`", of_key=True)


def check_lacking(scope: Scope) -> Iterator[Finding]:
    """What other CRMs have and Salesforce has not. What a person does is not looked at."""
    for kind, rule, said in (
        ("crm_field_groups", NO_GROUP, "Salesforce has no groups of fields"),
        ("crm_pipelines", NO_PIPELINE, "Salesforce has no pipelines of tickets"),
    ):
        for item in scope.declaration.of(kind).values():
            if not item.value.by_hand:
                yield rule.found(item, (), said, of_key=True)

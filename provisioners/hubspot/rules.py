"""What can be declared and HubSpot cannot do: found where an environment's CRM is HubSpot. Quick to load: files are
checked with it."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declaration
from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope
from provisioners.crm_fields import FIELDS
from provisioners.hubspot.field_types import ACCESS, GROUPS, PIPELINES, QUEUES, objections
from provisioners.hubspot.names import known_objects, object_named

_ASKED = "asked of the account when planning"
_BY_HAND = "Say  by_hand: true,  and a plan names it among what people do; or take it out."

FIELD = Rule(
    "hubspot.field",
    "error",
    "A CRM field is something that HubSpot has no property for, or is named in another CRM's words.",
    "It could not be made, and nothing would fill the helpdesk's side of it.",
    "Change it as the message says, or say  by_hand: true  and let a person do it.",
    source="developers.hubspot.com, “Properties”",
)
GROUP = Rule(
    "hubspot.group",
    "error",
    "A group of properties is of an object that golive does not know in HubSpot, or of another one than its property.",
    "HubSpot shows a property only among those of its own object.",
    "Name the object that the properties belong to.",
    source="developers.hubspot.com, “Properties”, property groups",
)
NO_ACCESS = Rule(
    "hubspot.access",
    "error",
    "Who sees which property cannot be set by an interface.",
    "HubSpot has pages for it and no call.",
    _BY_HAND,
    source="knowledge.hubspot.com, “Restrict view and edit access for properties”",
)
NO_QUEUE = Rule(
    "hubspot.queue",
    "error",
    "HubSpot has no queues.",
    "What waits there stands in a stage of a pipeline, and people see it in a view of the help desk.",
    "Declare a pipeline with its stages (`pipelines`); for the people say  by_hand: true  here, or take it out.",
    source="developers.hubspot.com, “Pipelines”",
)
NO_OBJECT = Rule(
    "hubspot.object",
    "error",
    "golive makes no sort of record of the client's own in HubSpot.",
    "HubSpot has custom objects on its largest plans only, with interfaces of their own.",
    _BY_HAND,
    source="knowledge.hubspot.com, “Create and edit custom objects”: Enterprise",
)
NO_RECORD_TYPE = Rule(
    "hubspot.record-type",
    "error",
    "HubSpot has no record types.",
    "What tells the records of one object apart there is a property, or for tickets a pipeline.",
    "Declare a dropdown among `fields`, or a pipeline; or say  by_hand: true  or take it out.",
    source="developers.hubspot.com, “Pipelines” and “Properties”",
)
TICKETS_STAND = Rule(
    "hubspot.tickets-stand",
    "error",
    "A pipeline or a stage would be deleted in which tickets stand.",
    "They would stand nowhere: in no view, in no report.",
    "Move the tickets to another stage in HubSpot first, or keep it with  on_remove: release",
    source="developers.hubspot.com, “Pipelines”, validateReferencesBeforeDelete",
    elsewhere=_ASKED,
    of_account=True,
)
WRONG_TYPE = Rule(
    "hubspot.type",
    "error",
    "A property that is in HubSpot already is of another type than these files say.",
    "What is made from it, such as the helpdesk's side of a mapping, would not fit its values.",
    "Say the type that it has.",
    source="the account's own list of properties",
    elsewhere=_ASKED,
    of_account=True,
)
PIPELINES_SOLD = Rule(
    "hubspot.pipelines",
    "error",
    "A pipeline is to be made on a plan that has one only.",
    "HubSpot refuses it.",
    "Use the pipeline that is there, with  existing: Support Pipeline",
    source="developers.hubspot.com, “Pipelines”: accounts with a Starter, Professional or Enterprise subscription",
    of_plan=True,
)
FORMULAS_SOLD = Rule(
    "hubspot.formula",
    "error",
    "A property is to be computed on a plan that computes none.",
    "HubSpot refuses it.",
    "Take `formula` out, or let a workflow or a person fill the property.",
    source="knowledge.hubspot.com, “Track your CRM data usage”: Professional and Enterprise only",
    of_plan=True,
)
_LACKING = (
    (ACCESS, NO_ACCESS, "HubSpot has no interface for who sees or changes which property"),
    (QUEUES, NO_QUEUE, "HubSpot has no queues"),
    ("crm_objects", NO_OBJECT, "golive makes no objects in HubSpot"),
    ("crm_record_types", NO_RECORD_TYPE, "HubSpot has no record types"),
)
"""Kinds that are a person's in HubSpot."""
CATALOGUE = (
    FIELD,
    GROUP,
    NO_ACCESS,
    NO_QUEUE,
    NO_OBJECT,
    NO_RECORD_TYPE,
    PIPELINES_SOLD,
    FORMULAS_SOLD,
    WRONG_TYPE,
    TICKETS_STAND,
)


def check(scope: Scope) -> Iterator[Finding]:
    """What HubSpot lacks or refuses. What a person does is not looked at."""
    declared = scope.declaration
    for field in declared.of(FIELDS).values():
        if not field.value.by_hand:
            for attribute, why, do in objections(field):
                yield FIELD.found(field, (attribute,), why, do)
            yield from _other_objects_group(declared, field.key)
    for group in declared.of(GROUPS).values():
        if not group.value.by_hand and object_named(group.value.object) is None:
            message = f"golive knows no object `{group.value.object}` of HubSpot"
            yield GROUP.found(group, ("object",), message, f"Write {known_objects()}.")
    for kind, rule, said in _LACKING:
        for item in declared.of(kind).values():
            if not (item.value.by_hand or item.value.existing):
                yield rule.found(item, (), said, of_key=True)


def _other_objects_group(declared: Declaration, key: str) -> Iterator[Finding]:
    field = declared.of(FIELDS)[key]
    group = declared.get(GROUPS, field.value.group) if field.value.group else None
    if group is not None and object_named(group.value.object) != object_named(field.value.object):
        said = f"the group `{group.key}` is one of {group.value.object}, and this is a field of {field.value.object}"
        yield GROUP.found(field, ("group",), said)


def check_plan(declared: Declaration, plan: str) -> Iterator[Finding]:
    """What the plan does not carry."""
    if plan == "free":
        for pipeline in declared.of(PIPELINES).values():
            if not (pipeline.value.by_hand or pipeline.value.existing):
                yield PIPELINES_SOLD.found(pipeline, (), "the plan free has one pipeline of tickets", of_key=True)
    if plan in ("free", "starter"):
        for field in declared.of(FIELDS).values():
            if field.value.formula is not None and not (field.value.by_hand or field.value.existing):
                yield FORMULAS_SOLD.found(field, ("formula",), f"the plan {plan} has no computed properties")

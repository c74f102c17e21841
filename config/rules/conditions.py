"""Fields, operators and values of conditions belong together (grammar 13–22)."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.document import Path_
from config.duration import minutes
from config.findings import Finding
from config.kinds.conditions import ClockCondition, DeadlineCondition, FieldCondition, VendorCondition
from config.rules.field_values import choice, has_options, shape_of, wrong_value
from config.rules.naming import option_tags
from config.rules.rule import Rule
from config.rules.scope import Scope
from config.vocabulary import CHANGES, OPERATORS_OF, PRIORITIES, STATUSES, TICKET, Place, Shape

PLACES: dict[str, Place] = {
    "triggers": "triggers",
    "automations": "automations",
    "views": "views",
    "sla_policies": "sla_policies",
    "alerts": "triggers",
    "deletion_schedules": "deletion_schedules",
    "queues": "views",
}
BY_TAG = ("sla_policies", "views", "deletion_schedules")
"""Where the helpdesk knows customer fields only by the tags that tickets take over."""
AGES = ("updated", "created")
"""From when a deletion schedule counts."""
DAY = 24 * 60
"""Minutes."""
_SCALES: dict[str, tuple[str, ...]] = {"status": STATUSES, "priority": PRIORITIES}


CATALOGUE = (
    Rule(
        "conditions.field",
        "error",
        "A condition asks for a field by a name that it does not have.",
        "The helpdesk has no such field, or it belongs to somebody else.",
        "Write the ticket's field alone, and a customer's as `organization.KEY` or `requester.KEY`.",
    ),
    Rule(
        "conditions.operator",
        "error",
        "A field is asked in a way that does not fit it.",
        "A number can be more than another; a choice cannot.",
        "Use one of the operators that the message lists.",
    ),
    Rule(
        "conditions.value",
        "error",
        "A value is not one that the field can have.",
        "The rule would never act, or be refused.",
        "Use one of the field's values.",
    ),
    Rule(
        "conditions.constant",
        "error",
        "A condition has the same answer for every ticket.",
        "It looks like a restriction and is none; or no ticket ever passes it.",
        "Name another value, or leave the condition out.",
    ),
    Rule(
        "conditions.place",
        "error",
        "A condition stands where the helpdesk does not know it.",
        "Some things are known in triggers only, others in views only.",
        "Say it by another field, or set a tag with a trigger and ask for that.",
    ),
    Rule(
        "conditions.whole-hours",
        "error",
        "An automation waits for a part of an hour.",
        "Automations run once an hour and count whole hours.",
        "Write whole hours.",
    ),
    Rule(
        "conditions.age",
        "error",
        "A deletion schedule counts a time that says no age.",
        "It would delete what is new, or nothing; what it deletes is gone for good.",
        "Write whole days since the last change or since it was made.",
    ),
    Rule(
        "conditions.no-tag",
        "error",
        "A view or policy asks for a customer's field that has no options.",
        "They know customers' fields only by the tags of options.",
        "Ask a dropdown or multiselect, or set a tag with a trigger.",
    ),
    Rule(
        "conditions.split",
        "error",
        "A rule needs two lists of alternatives.",
        "The helpdesk has one such list per rule.",
        "Split the rule, or say one of them with `is_none_of`.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    for kind, place in PLACES.items():
        for item in scope.declaration.of(kind).values():
            yield from _object(item, alert_place(item) if kind == "alerts" else place, scope)


def alert_place(item: Declared) -> Place:
    """An alert with `hours_…` becomes an automation, any other a trigger (grammar 27)."""
    timed = any(isinstance(each, ClockCondition | DeadlineCondition) for each in item.value.when)
    return "automations" if timed else "triggers"


def _object(item: Declared, place: Place, scope: Scope) -> Iterator[Finding]:
    for list_name in ("when", "when_any"):
        for index, condition in enumerate(getattr(item.value, list_name)):
            path: Path_ = (list_name, index)
            if isinstance(condition, FieldCondition):
                yield from _field_condition(item, path, condition, place, scope)
            elif isinstance(condition, ClockCondition | DeadlineCondition):
                yield from _time_condition(item, path, condition, place, list_name)
            elif place != "triggers" and not isinstance(condition, VendorCondition):
                word = next(iter(condition.model_fields_set))
                yield item.finding(
                    "conditions.place", "error", path, f"`{word}` exists in triggers only",
                    "Say it with a field, or make this a trigger.",
                )  # fmt: skip
    yield from _split(item, place, scope)


def _time_condition(
    item: Declared, path: Path_, condition: ClockCondition | DeadlineCondition, place: Place, list_name: str
) -> Iterator[Finding]:
    word = "hours_since" if isinstance(condition, ClockCondition) else "hours_until"
    if list_name == "when_any":
        hint = "Move it to `when`, or split the rule."
        yield item.finding("conditions.place", "error", path, f"`{word}` stands in `when` only", hint)
    elif place == "triggers":
        hint = "A trigger acts at once; what waits for hours is an automation."
        yield item.finding("conditions.place", "error", path, f"`{word}` does not exist in triggers", hint)
    elif place == "sla_policies":
        hint = "A policy asks what the ticket is; the time is in its targets."
        yield item.finding("conditions.place", "error", path, f"`{word}` does not exist in SLA policies", hint)
    elif place == "deletion_schedules":
        yield from _age(item, path, condition)
    elif place == "automations" and minutes(condition.duration) % 60:
        yield item.finding(
            "conditions.whole-hours", "error", (*path, condition.operator),
            f"`{condition.duration}` is not a whole number of hours",
            "The helpdesk's automations run once an hour and count whole hours.",
        )  # fmt: skip


def _age(item: Declared, path: Path_, condition: ClockCondition | DeadlineCondition) -> Iterator[Finding]:
    """How old something must be before it is deleted by itself."""
    hint = "Write  {hours_since: updated, more_than: 1095d}."
    if isinstance(condition, DeadlineCondition):
        said = "`hours_until` does not exist in deletion schedules"
    elif condition.hours_since not in AGES:
        said = f"a deletion schedule does not count from `{condition.hours_since}`"
        hint = f"It counts from {' or '.join(AGES)}."
    elif condition.clock != "calendar":
        said, hint = "a deletion schedule counts on the calendar", "Leave `clock` out."
    elif condition.operator != "more_than":
        said = f"`{condition.operator}` would delete what is new, or nothing"
    elif minutes(condition.duration) % DAY:
        said, hint = f"`{condition.duration}` is not a whole number of days", "Say it in days, such as 1095d."
    else:
        return
    yield item.finding("conditions.age", "error", path, said, hint)


def _split(item: Declared, place: Place, scope: Scope) -> Iterator[Finding]:
    """The helpdesk has one group of which one condition must hold; more than one wish for it cannot be carried."""
    alternatives = [
        (index, condition.operator)
        for index, condition in enumerate(item.value.when)
        if isinstance(condition, FieldCondition) and _is_alternative(condition, place, scope)
    ]
    for index, operator in alternatives if item.value.when_any else alternatives[1:]:
        other = "`when_any`" if item.value.when_any else f"`when[{alternatives[0][0]}]`"
        yield item.finding(
            "conditions.split", "error", ("when", index, operator),
            f"the helpdesk can hold one list of alternatives per rule, and {other} is one already",
            "Split the rule, or say this with `is_none_of`.",
        )  # fmt: skip
    for index, condition in enumerate(item.value.when_any):
        if isinstance(condition, FieldCondition) and len(condition.values) > 1 and _is_conjunction(condition, scope):
            yield item.finding(
                "conditions.split", "error", ("when_any", index, condition.operator),
                f"`{condition.operator}` stands for several conditions at once, which `when_any` cannot hold",
                "Move it to `when`, or split the rule.",
            )  # fmt: skip


def _is_conjunction(condition: FieldCondition, scope: Scope) -> bool:
    """Whether several values make several conditions that all must hold."""
    if condition.operator == "has_none":
        found = shape_of(condition.field, scope)
        return found is not None and found[0] == "multiselect"
    if condition.field in TICKET and TICKET[condition.field].in_one:
        return False
    return condition.operator in ("is_none_of", "has_all")


def _is_alternative(condition: FieldCondition, place: Place, scope: Scope) -> bool:
    if len(condition.values) < 2 or (place in BY_TAG and "." in condition.field):
        return False
    if condition.field in TICKET and TICKET[condition.field].in_one:
        return False
    found = shape_of(condition.field, scope)
    several_options = condition.operator == "has_any" and found is not None and found[0] == "multiselect"
    return condition.operator == "is_one_of" or several_options


def field_hint(name: str, scope: Scope) -> str:
    """What to write for a field that is called by something else than what it belongs to."""
    owner, _, key = name.partition(".")
    customers = scope.declaration.get("customer_fields", key)
    if owner == "ticket" and (key in TICKET or scope.knows("ticket_fields", key)):
        return f"Write `{key}` alone."
    if customers and customers.value.of:
        return f"Write `{customers.value.of}.{key}`."
    return "Customer fields are `organization.KEY` and `requester.KEY`; a ticket's own field stands alone."


def _field_condition(
    item: Declared, path: Path_, condition: FieldCondition, place: Place, scope: Scope
) -> Iterator[Finding]:
    owner, dot, key = condition.field.partition(".")
    if dot and owner not in ("organization", "requester"):
        yield item.finding(
            "conditions.field", "error", (*path, "field"), f"`{condition.field}` is not a field",
            field_hint(condition.field, scope),
        )  # fmt: skip
        return
    found = shape_of(condition.field, scope)
    if found is None:
        return  # an unknown reference is reported as such
    shape, field = found
    operator = condition.operator
    if dot and field and field.value.of and field.value.of != owner:
        yield item.finding(
            "conditions.field", "error", (*path, "field"), f"`{key}` is a field of the {field.value.of}",
            f"Write `{field.value.of}.{key}`.",
        )  # fmt: skip
    known = TICKET.get(condition.field)
    if known and place in known.not_in:
        yield item.finding(
            "conditions.place",
            "error",
            (*path, "field"),
            f"`{condition.field}` does not exist in {_plural(place)}",
            known.instead or "Leave it out, or set a tag with a trigger and ask for that.",
        )
        return
    if owner == "requester" and dot and place in BY_TAG:
        yield item.finding(
            "conditions.place", "error", (*path, "field"), f"{_plural(place)} do not know the requester's fields",
            "Ask for a field of the organization, or set a tag with a trigger and ask for that.",
        )  # fmt: skip
    elif dot and place in BY_TAG and shape not in ("choice", "multiselect"):
        yield item.finding(
            "conditions.no-tag", "error", (*path, "field"),
            f"{_plural(place)} know customer fields only by their options' tags, and `{key}` has no options",
            "Ask a dropdown or multiselect, or set a tag with a trigger and ask for that.",
        )  # fmt: skip
    elif place != "triggers" and operator in CHANGES:
        timed = item.kind == "alerts"
        yield item.finding(
            "conditions.place", "error", (*path, operator),
            f"`{operator}` cannot stand beside `hours_…`" if timed else f"`{operator}` exists in triggers only",
            "An alert that waits for hours does not see the moment of a change; say what the field is." if timed
            else "Only triggers see the moment of a change; say what the field is.",
        )  # fmt: skip
    elif operator not in (taken := _taken(shape, place, by_tag=bool(dot) and place in BY_TAG)):
        yield item.finding(
            "conditions.operator", "error", (*path, operator),
            f"`{operator}` does not fit `{condition.field}`, which is {_article(shape)}",
            f"It takes: {', '.join(taken)}.",
        )  # fmt: skip
    else:
        yield from _values(item, path, condition, known.values if known and not known.kind else (), field, shape, scope)


def _values(
    item: Declared,
    path: Path_,
    condition: FieldCondition,
    words: tuple[str, ...],
    field: Declared | None,
    shape: Shape,
    scope: Scope,
) -> Iterator[Finding]:
    if condition.operator in ("empty", "changed", "not_changed", "within_next", "within_last"):
        return
    allowed = list(words) or (list(option_tags(field, scope)) if field and has_options(field) else [])
    for index, value in enumerate(condition.values):
        place = (condition.operator, index) if isinstance(condition.value, list) else (condition.operator,)
        yield from choice(item, (*path, *place), value, allowed, condition.field, scope, field)
        wrong = wrong_value(shape, condition.operator, value)
        if wrong:
            yield item.finding("conditions.value", "error", (*path, *place), *wrong)
    constant = _constant(condition)
    if constant:
        yield item.finding("conditions.constant", "error", (*path, condition.operator), *constant)


def _constant(condition: FieldCondition) -> tuple[str, str] | None:
    """(message, hint) where a condition on an ordered field has the same answer for every ticket."""
    scale = _SCALES.get(condition.field, ())
    if condition.value not in scale:
        return None
    first, last = condition.value == scale[0], condition.value == scale[-1]
    said = f"{condition.operator}: {condition.value}"
    if (condition.operator == "before" and first) or (condition.operator == "after" and last):
        return f"no ticket has a {condition.field} that is `{said}`", "Name another one, or leave the rule out."
    if (condition.operator == "at_least" and first) or (condition.operator == "at_most" and last):
        hint = "Leave the condition out."
        if condition.field == "priority":
            hint = "Leave it out; for tickets that have a priority at all write  {field: priority, empty: false}."
        return f"every {condition.field} is `{said}`", hint
    return None


def _plural(place: Place) -> str:
    return {"sla_policies": "SLA policies", "deletion_schedules": "deletion schedules"}.get(place, place)


def _article(shape: Shape) -> str:
    return {
        "choice": "a choice",
        "ordered": "an ordered choice",
        "number": "a number",
        "date": "a date",
        "text": "text",
        "tags": "a set of tags",
        "multiselect": "a multiple choice",
        "checkbox": "a checkbox",
        "lookup": "a lookup",
    }[shape]


def _taken(shape: Shape, place: Place, *, by_tag: bool) -> list[str]:
    """The operators that a field of a shape takes in a place."""
    without = (*(CHANGES if place != "triggers" else ()), *(("empty",) if by_tag else ()))
    return [each for each in OPERATORS_OF[shape] if each not in without]

"""Fields, operators and values of conditions and actions belong together (grammar 13–23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from config.declaration import Declared
from config.document import Path_
from config.duration import minutes
from config.findings import Finding
from config.kinds.actions import AddTagsAction, RemoveTagsAction, ReplaceTagsAction, SetAction
from config.kinds.conditions import ClockCondition, DeadlineCondition, EventCondition, FieldCondition
from config.rules.naming import option_tags
from config.rules.scope import Scope, did_you_mean
from config.vocabulary import CHANGES, OPERATORS_OF, SHAPE_OF_TYPE, TICKET, Place, Shape

PLACES: dict[str, Place] = {
    "triggers": "triggers",
    "automations": "automations",
    "views": "views",
    "sla_policies": "sla_policies",
    "alerts": "triggers",
}


def check(scope: Scope) -> Iterator[Finding]:
    for kind, place in PLACES.items():
        for item in scope.declaration.of(kind).values():
            yield from _object(item, alert_place(item) if kind == "alerts" else place, scope)
    for kind in ("triggers", "automations", "macros"):
        for item in scope.declaration.of(kind).values():
            for index, action in enumerate(item.value.then or []):
                yield from _action(item, ("then", index), action, scope)


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
            elif place != "triggers":
                word = "event" if isinstance(condition, EventCondition) else "in_hours"
                yield item.finding(
                    "conditions.place", "error", path, f"`{word}` exists in triggers only",
                    "Say it with a field, or make this a trigger.",
                )  # fmt: skip


def _time_condition(
    item: Declared, path: Path_, condition: ClockCondition | DeadlineCondition, place: Place, list_name: str
) -> Iterator[Finding]:
    word = "hours_since" if isinstance(condition, ClockCondition) else "hours_until"
    if list_name == "when_any":
        yield item.finding("conditions.place", "error", path, f"`{word}` stands in `when` only")
    if place in ("triggers", "sla_policies"):
        hint = "A trigger acts at once; what waits for hours is an automation."
        yield item.finding("conditions.place", "error", path, f"`{word}` does not exist here", hint)
    elif place == "automations" and minutes(condition.duration) % 60:
        yield item.finding(
            "conditions.whole-hours", "error", path, f"`{condition.duration}` is not a whole number of hours",
            "The helpdesk's automations count whole hours.",
        )  # fmt: skip


def shape_of(name: str, scope: Scope) -> tuple[Shape, Declared | None] | None:
    """How a field behaves in conditions, and its declaration where it is a declared one; None if unknown."""
    owner, dot, key = name.partition(".")
    if dot and owner not in ("organization", "requester"):
        return None
    if not dot and name in TICKET:
        return TICKET[name].shape, None
    item = scope.declaration.get("customer_fields" if dot else "ticket_fields", key if dot else name)
    if item is None or item.value.type is None:
        return None
    return SHAPE_OF_TYPE[item.value.type], item


def _field_condition(
    item: Declared, path: Path_, condition: FieldCondition, place: Place, scope: Scope
) -> Iterator[Finding]:
    owner, dot, key = condition.field.partition(".")
    if dot and owner not in ("organization", "requester"):
        yield item.finding(
            "conditions.field", "error", (*path, "field"), f"`{condition.field}` is not a field",
            "Customer fields are `organization.KEY` and `requester.KEY`; a ticket's own field stands alone.",
        )  # fmt: skip
        return
    found = shape_of(condition.field, scope)
    if found is None:
        return  # an unknown reference is reported as such
    shape, field = found
    operator = condition.operator
    if dot and field and field.value.of != owner:
        yield item.finding(
            "conditions.field", "error", (*path, "field"), f"`{key}` is a field of the {field.value.of}",
            f"Write `{field.value.of}.{key}`.",
        )  # fmt: skip
    known = TICKET.get(condition.field)
    if known and place in known.not_in:
        yield item.finding(
            "conditions.place", "error", (*path, "field"), f"`{condition.field}` does not exist in {_plural(place)}"
        )
    if place != "triggers" and operator in CHANGES:
        yield item.finding(
            "conditions.place", "error", (*path, operator), f"`{operator}` exists in triggers only",
            "Only triggers see the moment of a change; say what the field is.",
        )  # fmt: skip
    elif operator not in (taken := _taken(shape, place)):
        yield item.finding(
            "conditions.operator", "error", (*path, operator),
            f"`{operator}` does not fit `{condition.field}`, which is {_article(shape)}",
            f"It takes: {', '.join(taken)}.",
        )  # fmt: skip
    else:
        yield from _values(item, path, condition, known.values if known and not known.kind else (), field, scope)


def _values(
    item: Declared, path: Path_, condition: FieldCondition, words: tuple[str, ...], field: Declared | None, scope: Scope
) -> Iterator[Finding]:
    if condition.operator in ("empty", "changed", "not_changed", "within_next", "within_last"):
        return
    allowed = list(words) or (list(option_tags(field, scope)) if field and _has_options(field) else [])
    for index, value in enumerate(condition.values):
        place = (condition.operator, index) if isinstance(condition.value, list) else (condition.operator,)
        yield from _choice(item, (*path, *place), value, allowed, condition.field)


def _choice(item: Declared, path: Path_, value: Any, allowed: list[str], name: str) -> Iterator[Finding]:
    if allowed and value not in allowed:
        yield item.finding(
            "conditions.value", "error", path, f"`{value}` is not a value of `{name}`",
            did_you_mean(str(value), allowed),
        )  # fmt: skip


def _has_options(field: Declared) -> bool:
    return field.value.type in ("dropdown", "multiselect")


def _action(item: Declared, path: Path_, action: Any, scope: Scope) -> Iterator[Finding]:
    if isinstance(action, SetAction):
        found = shape_of(action.set, scope)
        if found is None or action.to is None:
            return
        field = found[1]
        known = TICKET.get(action.set)
        allowed = list(known.values) if known and not known.kind else []
        if field and _has_options(field):
            allowed = list(option_tags(field, scope))
        for value in action.to if isinstance(action.to, list) else [action.to]:
            yield from _choice(item, (*path, "to"), value, allowed, action.set)
    elif isinstance(action, AddTagsAction | RemoveTagsAction | ReplaceTagsAction):
        yield from _tags(item, path, action, scope)


def _tags(
    item: Declared, path: Path_, action: AddTagsAction | RemoveTagsAction | ReplaceTagsAction, scope: Scope
) -> Iterator[Finding]:
    if isinstance(action, ReplaceTagsAction):
        yield item.finding(
            "actions.replace-all-tags", "error", path, "every other tag of the ticket would be lost",
            "Use `add_tags`, or say why it must be:  x-allow: {actions.replace-all-tags: reason}.",
        )  # fmt: skip
        return
    if not isinstance(action, AddTagsAction):
        return
    owners = {
        tag: (field, option)
        for field in scope.declaration.of("ticket_fields").values()
        for option, tag in option_tags(field, scope).items()
    }
    for index, tag in enumerate(action.add_tags):
        if tag in owners:
            field, option = owners[tag]
            yield item.finding(
                "actions.option-tag", "error", (*path, "add_tags", index),
                f"the tag `{tag}` belongs to a field: adding it would set `{field.key}` to `{option}`",
                f"Write  {{set: {field.key}, to: {option}}}  if that is meant.",
            )  # fmt: skip


def _plural(place: Place) -> str:
    return {"sla_policies": "SLA policies"}.get(place, place)


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


def _taken(shape: Shape, place: Place) -> list[str]:
    """The operators that a field of a shape takes in a place."""
    return [each for each in OPERATORS_OF[shape] if place == "triggers" or each not in CHANGES]

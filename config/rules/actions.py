"""Actions name fields that can be set, values that these have, and tags that are free (grammar 23)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.kinds.actions import AddTagsAction, RemoveTagsAction, ReplaceTagsAction, SetAction
from config.rules.conditions import field_hint
from config.rules.field_values import choice, has_options, shape_of, wrong_value
from config.rules.naming import option_tags
from config.rules.rule import Rule
from config.rules.scope import Scope
from config.vocabulary import ACTION_FIELDS, TICKET

WITH_ACTIONS = ("triggers", "automations", "macros")


Owners = Mapping[str, tuple[Declared, str]]
"""Tag → the ticket field and the option that it belongs to."""


CATALOGUE = (
    Rule(
        "actions.field",
        "error",
        "An action sets something that cannot be set.",
        "The helpdesk refuses it.",
        "Name a field that rules can set.",
    ),
    Rule(
        "actions.value",
        "error",
        "An action sets several values where one is taken.",
        "Only a multiselect takes several.",
        "Write the one value.",
    ),
    Rule(
        "actions.replace-all-tags",
        "error",
        "An action takes all other tags from the ticket.",
        "Tags are also the values of fields, and what other rules have left for each other: they would be lost.",
        "Use `add_tags` and `remove_tags`.",
        excused=True,
    ),
    Rule(
        "actions.option-tag",
        "error",
        "An action adds a tag that is the value of a field.",
        "It would set the field, unseen.",
        "Set the field.",
        excused=True,
    ),
    Rule(
        "actions.option-tag-removed",
        "warning",
        "An action removes a tag that is the value of a field.",
        "It clears the field, unseen.",
        "Set the field to null, if that is meant.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    owners = {
        tag: (field, option)
        for field in scope.declaration.of("ticket_fields").values()
        for option, tag in option_tags(field, scope).items()
    }
    for kind in WITH_ACTIONS:
        for item in scope.declaration.of(kind).values():
            for index, action in enumerate(item.value.then or []):
                yield from _action(item, ("then", index), action, scope, owners)


def _action(item: Declared, path: Path_, action: Any, scope: Scope, owners: Owners) -> Iterator[Finding]:
    if isinstance(action, SetAction):
        yield from _settable(item, path, action, scope)
        yield from _value(item, path, action, scope)
    elif isinstance(action, ReplaceTagsAction):
        yield item.finding(
            "actions.replace-all-tags", "error", path, "every other tag of the ticket would be lost",
            "Use `add_tags`, or say why it must be:  x-allow: {actions.replace-all-tags: reason}.",
        )  # fmt: skip
    elif isinstance(action, AddTagsAction | RemoveTagsAction):
        yield from _tags(item, path, action, owners)


def _settable(item: Declared, path: Path_, action: SetAction, scope: Scope) -> Iterator[Finding]:
    owner, dot, key = action.set.partition(".")
    if dot:
        field = scope.declaration.get("customer_fields", key)
        if owner not in ("organization", "requester"):
            yield item.finding(
                "actions.field", "error", (*path, "set"), f"`{action.set}` is not a field",
                field_hint(action.set, scope),
            )  # fmt: skip
        elif field and field.value.of and field.value.of != owner:
            yield item.finding(
                "actions.field", "error", (*path, "set"), f"`{key}` is a field of the {field.value.of}",
                f"Write `{field.value.of}.{key}`.",
            )  # fmt: skip
    elif action.set in TICKET and action.set not in ACTION_FIELDS:
        hint = "Say `add_tags` or `remove_tags`." if action.set == "tags" else "Rules can ask for it only."
        yield item.finding("actions.field", "error", (*path, "set"), f"`{action.set}` cannot be set", hint)


def _value(item: Declared, path: Path_, action: SetAction, scope: Scope) -> Iterator[Finding]:
    """What a field is set to is a value of that field."""
    found = shape_of(action.set, scope)
    if found is None or action.to is None or (action.set in TICKET and action.set not in ACTION_FIELDS):
        return
    shape, field = found
    if isinstance(action.to, list) and shape != "multiselect":
        yield item.finding(
            "actions.value", "error", (*path, "to"), f"`{action.set}` takes one value, and this is a list",
            "Write the one value; only a multiselect takes several.",
        )  # fmt: skip
        return
    known = TICKET.get(action.set)
    allowed = list(known.values) if known and not known.kind else []
    if field and has_options(field):
        allowed = list(option_tags(field, scope))
    for value in action.to if isinstance(action.to, list) else [action.to]:
        yield from choice(item, (*path, "to"), value, allowed, action.set, scope, field)
        wrong = wrong_value(shape, "is", value)
        if wrong:
            yield item.finding("conditions.value", "error", (*path, "to"), *wrong)


def _tags(item: Declared, path: Path_, action: AddTagsAction | RemoveTagsAction, owners: Owners) -> Iterator[Finding]:
    """A tag of a field's option is that field's value: it is given and taken by setting the field.

    Of a multiselect one option can be taken away only by its tag.
    """
    adds = isinstance(action, AddTagsAction)
    for index, tag in enumerate(action.add_tags if isinstance(action, AddTagsAction) else action.remove_tags):
        if tag not in owners:
            continue
        field, option = owners[tag]
        if adds:
            yield item.finding(
                "actions.option-tag", "error", (*path, "add_tags", index),
                f"the tag `{tag}` belongs to a field: adding it would set `{field.key}` to `{option}`",
                f"Write  {{set: {field.key}, to: {option}}}  if that is meant.",
            )  # fmt: skip
        elif field.value.type != "multiselect":
            yield item.finding(
                "actions.option-tag-removed", "warning", (*path, "remove_tags", index),
                f"the tag `{tag}` belongs to a field: removing it clears `{field.key}` where it is `{option}`",
                f"Write  {{set: {field.key}, to: null}}  if that is meant.",
            )  # fmt: skip

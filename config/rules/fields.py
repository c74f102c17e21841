"""Fields and channels that cannot work as declared (grammar 31, 45)."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from config.kinds.ticket_forms import FormCondition
from config.rules.field_values import option_names
from config.rules.naming import option_tags
from config.rules.rule import Rule
from config.rules.scope import Scope, did_you_mean

UNSEEN = Rule(
    "ticket_forms.unseen",
    "warning",
    "A form's condition shows customers a field, or asks them for one, that is hidden from them.",
    "They never see it: what they must fill in stays empty.",
    "Let customers see the field, or take it out of the condition.",
)
CATALOGUE = (
    UNSEEN,
    Rule(
        "channels.default-twice",
        "error",
        "Two channels are the default.",
        "One address answers where a ticket has none.",
        "Remove `default: true` from one.",
    ),
    Rule(
        "brands.default-twice",
        "error",
        "Two brands are the default.",
        "One brand is used where a ticket has none.",
        "Remove `default: true` from one.",
    ),
    Rule(
        "ticket_statuses.default-twice",
        "error",
        "Two ticket statuses of one category are the default.",
        "Tickets get one of them when their status is set.",
        "Remove `default: true` from one.",
    ),
    Rule(
        "ticket_forms.default-twice",
        "error",
        "Two forms are the default.",
        "One form is used where a ticket has none; making one the default takes it from the other.",
        "Remove `default: true` from one.",
    ),
    Rule(
        "ticket_forms.field",
        "error",
        "A form's condition names a field that is not in the form.",
        "The helpdesk refuses the form.",
        "Add the field to the form's `fields`.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    yield from _segments(scope)
    yield from _one_default("channels", "channels.default-twice", scope)
    yield from _one_default("brands", "brands.default-twice", scope)
    yield from _one_default("ticket_forms", "ticket_forms.default-twice", scope)
    yield from _one_default("ticket_statuses", "ticket_statuses.default-twice", scope)
    yield from _form_conditions(scope)


def _form_conditions(scope: Scope) -> Iterator[Finding]:
    """A form's conditions name options of fields that stand in the form."""
    for form in scope.declaration.of("ticket_forms").values():
        for index, condition in enumerate(form.value.conditions):
            for name, option in condition.when.items():
                path = ("conditions", index, "when", name)
                field = scope.declaration.get("ticket_fields", name)
                choices = list(option_tags(field, scope)) if field else []
                if choices and option not in choices:
                    yield form.finding(
                        "conditions.value", "error", path, f"`{option}` is not a value of `{name}`",
                        did_you_mean(str(option), choices, names=option_names(field, scope) if field else {}),
                    )  # fmt: skip
            yield from _unseen(form, index, condition, scope)
            for name in (*condition.when, *condition.show, *condition.required):
                if name not in (form.value.fields or []):
                    yield form.finding(
                        "ticket_forms.field", "error", ("conditions", index),
                        f"`{name}` is not among the form's fields",
                        "A form's conditions name fields that stand in it: add it to `fields`.",
                    )  # fmt: skip


def _unseen(form: Declared, index: int, condition: FormCondition, scope: Scope) -> Iterator[Finding]:
    """What customers must fill in they can fill in, and what is shown to them alone they can see."""
    asked = [name for name, when in condition.required.items() if when == "always" and "customers" in condition.for_]
    shown = [name for name in condition.show if condition.for_ == ["customers"] and name not in asked]
    for attribute, names, needs in (("required", asked, ("edit",)), ("show", shown, ("see", "edit"))):
        for name in names:
            field = scope.declaration.get("ticket_fields", name)
            if field is None or field.value.existing or field.value.customers.can in needs:
                continue
            can = "do not see it" if field.value.customers.can == "hidden" else "cannot fill it in"
            place: tuple[str | int, ...] = (name,) if attribute == "required" else (condition.show.index(name),)
            does = "asks customers for" if attribute == "required" else "shows customers"
            hint = f"Write  customers: {{can: edit}}  under `{name}`, or take it out of the condition for customers."
            message = f"this {does} `{name}`, and they {can}"
            yield UNSEEN.found(form, ("conditions", index, attribute, *place), message, hint)


def _segments(scope: Scope) -> Iterator[Finding]:
    for kind in ("ticket_fields", "customer_fields", "crm_fields"):
        for item in scope.declaration.of(kind).values():
            there = scope.known.get("segments") or "segments" in scope.perhaps
            if item.value.options_from == "segments" and not there:
                yield item.finding(
                    "reference.unknown", "error", ("options_from",), "there are no segments to take options from",
                    "Declare `segments:`.",
                )  # fmt: skip


def _one_default(kind: str, rule: str, scope: Scope) -> Iterator[Finding]:
    """One object of the kind is the default; of statuses, one in each category."""
    chosen: dict[str, Declared] = {}
    for item in scope.declaration.of(kind).values():
        if not getattr(item.value, "default", False):
            continue
        of = str(item.value.category) if kind == "ticket_statuses" else ""
        first = chosen.setdefault(of, item)
        if first is not item:
            yield item.finding(
                rule, "error", ("default",), f"`{first.key}` is the default already ({first.position})",
                "One of them is the default; remove `default: true` from the other.",
            )  # fmt: skip

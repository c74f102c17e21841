"""Fields, mappings and channels that cannot work as declared (grammar 31, 44, 45)."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from config.kinds.ticket_forms import FormCondition
from config.rules.conditions import option_names
from config.rules.naming import option_tags
from config.rules.rule import Rule
from config.rules.scope import Scope, did_you_mean

_PAIRS = {
    "text": ("text", "textarea", "dropdown", "pattern"),
    "textarea": ("text", "textarea"),
    "integer": ("integer", "decimal"),
    "decimal": ("decimal",),
    "currency": ("decimal",),
    "date": ("date",),
    "checkbox": ("checkbox",),
    "dropdown": ("dropdown", "text"),
    "multiselect": ("multiselect",),
}
"""CRM type → helpdesk types that can show it."""


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
        "mapping.twice",
        "error",
        "Two rows of the CRM's mapping fill the same field.",
        "The last one would win, whichever that is.",
        "Keep one row for each field.",
    ),
    Rule(
        "mapping.owner",
        "error",
        "A row of the CRM's mapping fills a field of people.",
        "An account's values belong to the organization.",
        "Choose a customer field with  of: organization",
    ),
    Rule(
        "mapping.type",
        "error",
        "A CRM field fills a field of the helpdesk that cannot hold it.",
        "Values would arrive cut, or not at all.",
        "Choose a type that holds it; the message lists them.",
    ),
    Rule(
        "crm.account-key",
        "error",
        "The field for the CRM's account id cannot hold it.",
        "Customers could not be matched with their accounts.",
        "Choose a field of the organization, of type text.",
    ),
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
    yield from _mapping(scope)
    yield from _segments(scope)
    yield from _one_default("channels", "channels.default-twice", scope)
    yield from _one_default("brands", "brands.default-twice", scope)
    yield from _one_default("ticket_forms", "ticket_forms.default-twice", scope)
    yield from _one_default("ticket_statuses", "ticket_statuses.default-twice", scope)
    yield from _account_key(scope)
    yield from _form_conditions(scope)


def _account_key(scope: Scope) -> Iterator[Finding]:
    whole = scope.declaration.get("integrations", "integrations")
    crm = whole.value.crm if whole else None
    owner, _, key = (crm.account_key if crm else "").partition(".")
    if whole is not None and owner == "organization":
        path = ("crm", "account_key")
        field = scope.declaration.get("customer_fields", key)
        if not scope.knows("customer_fields", key):
            hint = scope.nearest("customer_fields", key)
            yield whole.finding("reference.unknown", "error", path, f"there is no customer field `{key}`", hint)
        elif field and (field.value.of != "organization" or field.value.type != "text"):
            yield whole.finding(
                "crm.account-key", "error", path, f"`{key}` cannot hold the CRM's account id",
                "It needs a field of the organization, of type text.",
            )  # fmt: skip


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


def _mapping(scope: Scope) -> Iterator[Finding]:
    mapping = scope.declaration.get("crm_mapping", "crm_mapping")
    if mapping is None:
        return
    written: set[str] = set()
    for index, row in enumerate(mapping.value.rows):
        if row.helpdesk in written:
            yield mapping.finding(
                "mapping.twice", "error", ("rows", index, "helpdesk"), f"another row writes `{row.helpdesk}` already",
                "A field has one writer; remove one of the rows.",
            )  # fmt: skip
        written.add(row.helpdesk)
        owner, _, key = row.helpdesk.partition(".")
        if row.helpdesk == "organization.name":
            continue
        if not scope.knows("customer_fields", key):
            yield mapping.finding(
                "reference.unknown", "error", ("rows", index, "helpdesk"), f"there is no customer field `{key}`",
                scope.nearest("customer_fields", key),
            )  # fmt: skip
            continue
        field = scope.declaration.get("customer_fields", key)
        source = scope.declaration.get("crm_fields", row.crm)
        if field is None or source is None:
            continue
        if field.value.of != owner:
            yield mapping.finding(
                "mapping.owner", "error", ("rows", index, "helpdesk"),
                f"`{key}` is a field of the {field.value.of}, and an account's fields belong to organizations",
                "Choose a customer field with `of: organization`.",
            )  # fmt: skip
        if field.value.type is None:
            continue  # an existing field, whose type is the helpdesk's
        fitting = _PAIRS.get(source.value.type, ())
        if field.value.type not in fitting:
            yield mapping.finding(
                "mapping.type", "error", ("rows", index),
                f"`{row.crm}` is {source.value.type} in the CRM and `{key}` is {field.value.type} in the helpdesk",
                f"Make the helpdesk's field one of: {', '.join(fitting)}." if fitting
                else f"No type of the helpdesk shows {source.value.type}: leave this row out.",
            )  # fmt: skip


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

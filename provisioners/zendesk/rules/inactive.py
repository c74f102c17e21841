"""What is switched off and still named by what is on: Zendesk refuses it, or shows something broken."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope

FIELD_IN_FORM = Rule(
    "ZD040",
    "error",
    "A form has a field that is switched off.",
    "A field that decides what a form shows cannot be switched off, and any other is missing in the form.",
    "Take it out of the form, or switch it on.",
)
FIELD_IN_MACRO = Rule(
    "ZD041",
    "error",
    "A macro sets a field that is switched off.",
    "Zendesk refuses the macro.",
    "Take the action out, or switch the field on.",
)
FIELD_IN_RULE = Rule(
    "ZD042",
    "warning",
    "A rule, view or policy asks for a field that is switched off, or sets it.",
    "Nobody fills it in any more, so that the rule goes by old values.",
    "Ask for something else, or switch the field on.",
)
FORM = Rule(
    "ZD043",
    "error",
    "Something that is on names a form that is switched off.",
    "Zendesk refuses a view of it, and nobody can reach the form.",
    "Name another form, or switch it on.",
)
DEFAULT_FORM = Rule(
    "ZD044",
    "error",
    "The default form is switched off.",
    "Tickets without another form have it; Zendesk refuses that.",
    "Make another form the default first, or switch it on.",
)
WEBHOOK = Rule(
    "ZD045",
    "warning",
    "A rule calls a webhook that is switched off.",
    "Nothing is called, and nobody is told.",
    "Switch the webhook on, or the rule off.",
)
BRAND = Rule(
    "ZD046",
    "warning",
    "Something that is on names a brand that is switched off.",
    "No ticket of that brand comes in any more.",
    "Name another brand, or switch it on.",
)
STATUS = Rule(
    "ZD047",
    "warning",
    "Something that is on names a ticket status that is switched off.",
    "Agents cannot choose it, so that no new ticket has it.",
    "Name another status, or switch it on.",
)
CATALOGUE = (FIELD_IN_FORM, FIELD_IN_MACRO, FIELD_IN_RULE, FORM, DEFAULT_FORM, WEBHOOK, BRAND, STATUS)
_OF_OTHERS = {"ticket_forms": FORM, "webhooks": WEBHOOK, "brands": BRAND, "ticket_statuses": STATUS}


def check(scope: Scope) -> Iterator[Finding]:
    for form in scope.declaration.of("ticket_forms").values():
        if form.value.default and not form.value.active:
            yield DEFAULT_FORM.found(form, ("active",), "the default form is switched off")
    off = {
        (kind, key): item
        for kind in ("ticket_fields", *_OF_OTHERS)
        for key, item in scope.declaration.of(kind).items()
        if getattr(item.value, "active", True) is False
    }
    if not off:
        return
    told: set[tuple[str, str, str]] = set()
    for item, reference in scope.references:
        named = off.get(reference.resolve() or ("", ""))
        if named is None or getattr(item.value, "active", True) is False or item.kind == "order":
            continue
        known = (item.kind, item.key, f"{named.kind} {named.key}")
        if known not in told:
            told.add(known)
            rule = _OF_OTHERS.get(named.kind) or _of_field(item)
            yield rule.found(item, reference.path, f"“{named.name}” is switched off ({named.position})")


def _of_field(item: Declared) -> Rule:
    return {"ticket_forms": FIELD_IN_FORM, "macros": FIELD_IN_MACRO}.get(item.kind, FIELD_IN_RULE)

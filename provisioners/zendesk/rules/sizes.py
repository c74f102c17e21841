"""How many and how large: limits that Zendesk documents, of what is declared. What the account has besides is asked
when planning."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from config.kinds import ALL_KINDS
from config.rules.conditions import PLACES
from config.rules.logic.line import is_timed
from config.rules.rule import Rule
from config.rules.scope import Scope

LIMITS = {"triggers": 7000, "automations": 500, "ticket_fields": 400}
"""Kind → how many of it can be active. Fields: the vendor's advice, for an account without forms."""
RULE_BYTES = 65_536
"""A rule is smaller than that."""

TRIGGERS = Rule(
    "ZD010",
    "error",
    "There are more active triggers than Zendesk takes.",
    "The ones above the limit are refused.",
    "Switch off what is not needed, or put several into one.",
    source="7,000 active ticket triggers",
)
AUTOMATIONS = Rule(
    "ZD011",
    "error",
    "There are more active automations than Zendesk takes.",
    "The ones above the limit are refused.",
    "Switch off what is not needed.",
    source="500 active automations",
)
FIELDS = Rule(
    "ZD012",
    "warning",
    "There are more ticket fields than Zendesk advises.",
    "Pages become slow, and nobody finds a field.",
    "Remove what nobody fills in; with forms, the figure counts for each of them.",
    source="400 fields for an account, or for each form",
)
LARGE = Rule(
    "ZD013",
    "error",
    "A rule is larger than Zendesk takes.",
    "It is refused.",
    "Put long texts into dynamic content or an article, or divide the rule.",
    source="a rule is smaller than 65 kB",
)
SECOND_SCHEDULE = Rule(
    "ZD018",
    "warning",
    "A second deletion schedule is on for one sort of record.",
    "Zendesk takes one that is on, and up to ten with an add-on only.",
    "Put both into one schedule, or say under `x-allow` that the client has the add-on.",
    source="support.zendesk.com, “Managing deletion schedules”",
)
CATALOGUE = (TRIGGERS, AUTOMATIONS, FIELDS, LARGE, SECOND_SCHEDULE)


def check(scope: Scope) -> Iterator[Finding]:
    declaration = scope.declaration
    alerts = [item for item in declaration.of("alerts").values() if _active(item)]
    at_once = [item for item in alerts if not is_timed(item)]
    counted = {
        "triggers": [*_of(scope, "triggers"), *at_once],
        "automations": [*_of(scope, "automations"), *(item for item in alerts if is_timed(item))],
        "ticket_fields": list(_of(scope, "ticket_fields")) if not declaration.of("ticket_forms") else [],
    }
    for kind, rule in (("triggers", TRIGGERS), ("automations", AUTOMATIONS), ("ticket_fields", FIELDS)):
        items, limit = counted[kind], LIMITS[kind]
        if len(items) > limit:
            title = ALL_KINDS[kind].plural
            message = f"with it there are {limit + 1} active {title} of {len(items)}, and {limit} are the most"
            yield rule.found(items[limit], (), message, of_key=True)
    for form in declaration.of("ticket_forms").values():
        if len(form.value.fields or ()) > LIMITS["ticket_fields"]:
            yield FIELDS.found(form, ("fields",), f"it has {len(form.value.fields)} fields")
    for kind in (*PLACES, "macros"):
        for item in declaration.of(kind).values():
            size = sum(len(text.encode()) for _, text in scope.texts(item))
            if size >= RULE_BYTES:
                message = f"its texts alone have {size:,} bytes, and a rule has fewer than {RULE_BYTES:,}"
                yield LARGE.found(item, (), message, of_key=True)
    yield from _second_schedules(scope)


def _second_schedules(scope: Scope) -> Iterator[Finding]:
    first: dict[str, Declared] = {}
    for item in _of(scope, "deletion_schedules"):
        other = None if item.value.existing else first.setdefault(str(item.value.of), item)
        if other is not None and other is not item:
            message = f"“{other.name}” ({other.position}) is on for {item.value.of}, too"
            yield SECOND_SCHEDULE.found(item, ("of",), message)


def _of(scope: Scope, kind: str) -> Iterator[Declared]:
    return (item for item in scope.declaration.of(kind).values() if _active(item))


def _active(item: Declared) -> bool:
    return bool(item.value.active) and not item.value.by_hand

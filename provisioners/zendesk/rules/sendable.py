"""What can be declared and Zendesk cannot do, or this version does not send to it yet: found at validation.

The translation itself is asked, part by part, so that what it would leave out and what is said here cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from config.declaration import Declaration, Declared
from config.document import Path_
from config.findings import Finding
from config.kinds.conditions import FieldCondition
from config.rules.conditions import PLACES, alert_place
from config.rules.naming import option_tags
from config.rules.rule import Rule
from config.rules.scope import Scope
from config.rules.tags import tags_in
from config.text import said_in
from config.vocabulary import TICKET
from provisioners.run_file import SystemSettings
from provisioners.translation import Context
from provisioners.zendesk.translations.actions import Place, check_action
from provisioners.zendesk.translations.articles import Articles
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.conditions import compiled_condition
from provisioners.zendesk.translations.contents import in_language
from provisioners.zendesk.translations.deletion_schedules import check_fields
from provisioners.zendesk.translations.fields import vendor_type
from provisioners.zendesk.translations.help_center import Categories, Sections
from provisioners.zendesk.translations.helps import check_customers_help
from provisioners.zendesk.translations.macro_files import sent_files
from provisioners.zendesk.translations.rollout import FENCE_TAG, MARK_KEY, MARK_TAG
from provisioners.zendesk.translations.schedules import vendor_time_zone
from provisioners.zendesk.translations.sla_warnings import check_warnings
from provisioners.zendesk.translations.ticket_forms import check_conditions
from provisioners.zendesk.translations.ticket_statuses import vendor_category
from provisioners.zendesk.translations.views import check_columns
from provisioners.zendesk.translations.webhooks import check_signing_in

CONDITION = Rule(
    "ZD001",
    "error",
    "A condition asks for something that Zendesk does not have in that place.",
    "Zendesk refuses the rule, or takes it and never matches.",
    "Say it as the message advises.",
)
ACTION = Rule(
    "ZD002",
    "error",
    "An action does something that Zendesk cannot do in that place.",
    "Zendesk refuses the rule.",
    "Use a rule of another kind, or another action.",
)
FIELD = Rule(
    "ZD003",
    "error",
    "A field, a person's role or a macro is something that Zendesk does not have.",
    "It could not be made.",
    "Choose a type, or a role, that Zendesk has.",
)
HELP = Rule(
    "ZD004",
    "error",
    "A help text for customers stands where Zendesk shows customers none.",
    "Nobody would ever read it.",
    "Write it for agents, or into an article.",
)
ROLLOUT = Rule(
    "ZD005",
    "error",
    "The key or tag of golive's own mark of the soft launch is taken by another field.",
    "Customers would slip into the soft launch, or out of it.",
    "Give the other one its own key or tag.",
)
TAG_CASE = Rule(
    "ZD006",
    "error",
    "A tag has capital letters.",
    "Zendesk writes tags in small letters, so that it would differ for ever.",
    "Write it in small letters.",
)
TIME_ZONE = Rule(
    "ZD007",
    "error",
    "A schedule has a time zone that Zendesk does not know by any name.",
    "Zendesk takes the names of one table only.",
    "Take the zone that the message names; it has the same clock.",
)
WEBHOOK = Rule(
    "ZD008",
    "error",
    "A webhook signs in in a way that does not fit what is said of it.",
    "Its calls would be refused.",
    "Say one way to sign in.",
)
TEXT = Rule(
    "ZD009",
    "error",
    "A text takes in another one that cannot be put into it.",
    "Customers would read a gap, or the code of the placeholder.",
    "Write the text out, or take in one that golive makes.",
)
COLUMN = Rule(
    "ZD014",
    "error",
    "A view shows, sorts or groups by something that Zendesk's lists do not have.",
    "Zendesk refuses the view, or leaves the column out.",
    "Use a column that the message names.",
)
FORM = Rule(
    "ZD015",
    "error",
    "A form's conditions ask for something that Zendesk cannot carry.",
    "Zendesk refuses the form.",
    "Say it as the message advises.",
)
STATUS = Rule(
    "ZD016",
    "error",
    "A ticket status stands below one under which Zendesk has none of the account's own.",
    "Zendesk refuses the status.",
    "Put it below open, pending, on hold or solved.",
)
ARTICLE = Rule(
    "ZD017",
    "error",
    "A part of the help centre says something that Zendesk's help centre cannot hold.",
    "Readers would find a gap, or the article would not be made.",
    "Say it as the message advises.",
)
FILE = Rule(
    "ZD026",
    "error",
    "A file of a macro cannot be sent.",
    "Whoever uses the macro would answer without it, or with the wrong one.",
    "Say it as the message advises.",
    source="a macro has up to five files, each of up to 50 MB",
)
CATALOGUE = (
    CONDITION,
    ACTION,
    FIELD,
    HELP,
    ROLLOUT,
    TAG_CASE,
    TIME_ZONE,
    WEBHOOK,
    TEXT,
    COLUMN,
    FORM,
    STATUS,
    ARTICLE,
    FILE,
)

_WITH_ACTIONS: tuple[Place, ...] = ("triggers", "automations", "macros")


def check(scope: Scope) -> Iterator[Finding]:
    """Errors where Zendesk has no such thing, notes where a later version will send it."""
    yield from _conditions(scope)
    yield from _actions(scope)
    yield from _objects(scope)
    yield from _texts(scope)
    yield from _tags(scope)
    yield from _rollout(scope)


def _asked(declared: Declaration) -> Context:
    """A context for translations that are only asked whether they could. It knows no account."""
    nowhere = SystemSettings("", "", "")
    systems = {"helpdesk": nowhere, "chat": nowhere}
    return Context(declared, "helpdesk", nowhere, systems, fingerprint=lambda named: "")


def _of(scope: Scope, kind: str) -> Iterator[Declared]:
    """Objects of a kind that golive writes."""
    return filter(_is_written, scope.declaration.of(kind).values())


def _is_written(item: Declared) -> bool:
    return not item.value.by_hand and item.value.existing in (None, "vendor_default")


def _found(item: Declared, rule: str, path: Path_, ask: Callable[[], object], scope: Scope) -> Iterator[Finding]:
    """What a translation says to one part of an object, unless something is wrong with that part already."""
    if scope.is_wrong(item, path):
        return
    try:
        ask()
    except CannotSend as never:
        yield item.finding(rule, "error", (*path, *never.at), str(never), never.hint)


def _conditions(scope: Scope) -> Iterator[Finding]:
    context = _asked(scope.declaration)
    for kind, place in PLACES.items():
        for item in _of(scope, kind):
            where = alert_place(item) if kind == "alerts" else place
            for name in ("when", "when_any"):
                for index, condition in enumerate(getattr(item.value, name)):
                    if _can_be_asked(condition, scope):
                        ask = partial(compiled_condition, condition, context, where)
                        yield from _found(item, "ZD001", (name, index), ask, scope)


def _can_be_asked(condition: object, scope: Scope) -> bool:
    """Whether a condition's parts are there."""
    if not isinstance(condition, FieldCondition):
        return True
    _, dot, key = condition.field.partition(".")
    kind, name = ("customer_fields", key) if dot else ("ticket_fields", condition.field)
    return condition.field in TICKET or scope.declaration.get(kind, name) is not None


def _actions(scope: Scope) -> Iterator[Finding]:
    context = _asked(scope.declaration)
    for kind in _WITH_ACTIONS:
        for item in _of(scope, kind):
            for index, action in enumerate(item.value.then or []):
                ask = partial(check_action, action, context, kind)
                yield from _found(item, "ZD002", ("then", index), ask, scope)


def _objects(scope: Scope) -> Iterator[Finding]:
    """What objects are, beside their conditions and actions."""
    context = _asked(scope.declaration)
    for schedule in _of(scope, "schedules"):
        ask: Callable[[], object] = partial(vendor_time_zone, schedule.value.time_zone)
        yield from _found(schedule, "ZD007", (), ask, scope)
    for kind in ("customer_fields", "macros", "custom_objects"):
        for item in _of(scope, kind):
            yield from _found(item, "ZD004", (), partial(check_customers_help, item), scope)
    for macro in _of(scope, "macros"):
        yield from _found(macro, "ZD026", (), partial(sent_files, macro, context), scope)
    for field in _of(scope, "customer_fields"):
        yield from _found(field, "ZD003", (), partial(vendor_type, field), scope)
    for each in _of(scope, "deletion_schedules"):
        if not each.value.existing:
            yield from _found(each, "ZD001", (), partial(check_fields, each), scope)
    for status in _of(scope, "ticket_statuses"):
        yield from _found(status, "ZD016", (), partial(vendor_category, status), scope)
    for promise in _of(scope, "sla_policies"):
        yield from _found(promise, "ZD001", (), partial(check_warnings, promise, context), scope)
    for view in _of(scope, "views"):
        yield from _found(view, "ZD014", (), partial(check_columns, view, context), scope)
    for form in _of(scope, "ticket_forms"):
        yield from _found(form, "ZD015", (), partial(check_conditions, form, context), scope)
    for webhook in _of(scope, "webhooks"):
        yield from _found(webhook, "ZD008", (), partial(check_signing_in, webhook), scope)
    for translation in (Categories(), Sections(), Articles()):
        for item in _of(scope, translation.kind):
            yield from _found(item, "ZD017", (), partial(translation.compiled, item, context), scope)
        for item in scope.declaration.of(translation.kind).values():
            if item.value.existing and not item.value.by_hand:
                yield from _found(item, "ZD017", (), partial(translation.found, item, context), scope)


def _rollout(scope: Scope) -> Iterator[Finding]:
    """The key and the tags of what golive makes for the rollout are taken."""
    item = scope.declaration.get("rollout", "rollout")
    if item is None or item.value.soft_launch is None or item.value.soft_launch.cohort is None:
        return
    for field in scope.declaration.of("customer_fields").values():
        key = field.value.vendor.get("zendesk", {}).get("key", field.key)
        if field.value.of == "organization" and key == MARK_KEY:
            yield field.finding(
                "ZD005",
                "error",
                (),
                f"`{MARK_KEY}` is the key of golive's own mark of the soft launch",
                "Give this field another key.",
                of_key=True,
            )
    for kind in ("ticket_fields", "customer_fields"):
        for field in scope.declaration.of(kind).values():
            for option, tag in option_tags(field, scope).items():
                if tag in (MARK_TAG, FENCE_TAG):
                    yield field.finding(
                        "ZD005",
                        "error",
                        ("options", option),
                        f"the tag `{tag}` already belongs to what golive makes for the rollout",
                        "Give this option its own `tag:`.",
                    )


def _texts(scope: Scope) -> Iterator[Finding]:
    """Texts in several languages, into which dynamic content is put language by language."""
    context = _asked(scope.declaration)
    for item in scope.declaration:
        if item.kind in ("integrations", "help_center") or item.value.by_hand:
            continue
        inside = (item.key,) if item.kind == "dynamic_content" else ()
        for path, texts in scope.told_texts(item):
            for language, text in texts.items() if isinstance(texts, dict) else ():
                said = said_in(text, scope.declaration.contents)
                if said is None:
                    continue
                ask = partial(in_language, said, language, context, inside)
                yield from _found(item, "ZD009", (*path, language), ask, scope)


def _tags(scope: Scope) -> Iterator[Finding]:
    """Zendesk writes all tags in small letters, so that others would differ from what is there for ever."""
    for item, path, tag in _tags_in(scope):
        if tag != tag.lower():
            yield item.finding(
                "ZD006",
                "error",
                path,
                f"Zendesk writes tags in small letters, and `{tag}` is not",
                f"Write `{tag.lower()}`.",
            )


def _tags_in(scope: Scope) -> Iterator[tuple[Declared, Path_, str]]:
    """Every tag that is written out: (object, path, tag)."""
    for kind in ("ticket_fields", "customer_fields"):
        for item in _of(scope, kind):
            for key, option in item.value.choices().items():
                if option.tag:
                    yield item, ("options", key, "tag"), option.tag
    yield from ((item, path, tag) for item, path, tag in tags_in(scope) if _is_written(item))

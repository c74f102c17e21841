"""What nothing uses: fields in no form, tags that nobody sets, webhooks, channels, texts, schedules without a user.

Only these files are looked at. An option that no rule names is not told: people choose options. Neither is what a
person might use by hand, where there is a word for that: a tag under `tags:`, `by_hand`, `existing`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from config.declaration import Declared
from config.findings import Finding
from config.kinds.actions import AddTagsAction, ReplaceTagsAction
from config.kinds.conditions import FieldCondition
from config.placeholders import placeholders_in
from config.rules.conditions import PLACES
from config.rules.logic.line import Line, wrong_objects
from config.rules.naming import option_tags
from config.rules.rule import Rule
from config.rules.scope import Scope

IN_NO_FORM = Rule(
    "LG040",
    "warning",
    "A ticket field is in no form.",
    "Once there are forms, agents and customers see only the fields of the ticket's form.",
    "List it under a form's `fields`.",
)
CATEGORY = Rule(
    "LG041",
    "note",
    "A category has no trigger in these files.",
    "It stands in every list, empty unless somebody fills it in the helpdesk.",
    "Put triggers into it, or remove it.",
)
WEBHOOK = Rule(
    "LG042",
    "note",
    "No rule calls a webhook.",
    "It holds a key to somebody else's system for nothing.",
    "Call it, or remove it.",
)
CHANNEL = Rule(
    "LG043",
    "note",
    "Nothing posts into a Slack channel.",
    "People watch a channel in which nothing comes.",
    "Name it in an alert, a rule, a warning or a breach; or remove it.",
)
CONTENT = Rule(
    "LG044",
    "note",
    "No text uses a piece of dynamic content.",
    "It is translated and kept for nothing.",
    "Use it as  {{dc:KEY}}  or remove it.",
)
TAG = Rule(
    "LG045",
    "note",
    "A rule asks for a tag that nothing in these files sets.",
    "Unless agents, forms or other systems set it, the rule never acts.",
    "Set it in a rule or macro; or write it under `tags:`, if people set it by hand.",
)
SCHEDULE = Rule(
    "LG046",
    "note",
    "Nothing uses a schedule.",
    "The first schedule counts for every ticket; another one counts only where a rule sets or asks for it.",
    "Set it in a trigger, ask for its hours, or remove it.",
)
SAME_MACRO = Rule(
    "LG047",
    "note",
    "Two macros do the very same.",
    "Agents have to choose, and one of the two will be forgotten when the answer changes.",
    "Remove one of them.",
)
SAME_VIEW = Rule(
    "LG048",
    "note",
    "Two views list the very same tickets for the same people.",
    "Agents look into both.",
    "Remove one of them.",
)
CATALOGUE = (IN_NO_FORM, CATEGORY, WEBHOOK, CHANNEL, CONTENT, TAG, SCHEDULE, SAME_MACRO, SAME_VIEW)


def check(line: Line) -> Iterator[Finding]:
    scope = line.scope
    wrong = wrong_objects(scope)
    for finding in _unused(scope):
        if _object_of(finding.path) not in wrong:  # one mistake is one finding
            yield finding


def _object_of(path: str) -> str:
    """The place of the object in which a place is, for kinds that stand at the left."""
    return ".".join(path.replace("[", ".").split(".")[:2])


def _unused(scope: Scope) -> Iterator[Finding]:
    yield from _forms(scope)
    yield from _categories(scope)
    named = _named(scope)
    for kind, rule, message in (
        ("webhooks", WEBHOOK, "no rule calls this webhook"),
        ("slack_channels", CHANNEL, "nothing posts into this channel"),
        ("dynamic_content", CONTENT, "no text uses this content"),
    ):
        for key, item in scope.declaration.of(kind).items():
            if (kind, key) not in named and _is_ours(item):
                yield rule.found(item, (), message, of_key=True)
    for key, item in list(scope.declaration.of("schedules").items())[1:]:
        if ("schedules", key) not in named and _is_ours(item):
            yield SCHEDULE.found(item, (), "nothing sets this schedule or asks for its hours", of_key=True)
    yield from _tags(scope)
    yield from _same(scope, "macros", SAME_MACRO, ("then", "for_"))
    yield from _same(scope, "views", SAME_VIEW, ("when", "when_any", "for_"))


def _is_ours(item: Declared) -> bool:
    return not item.value.existing and not item.value.by_hand and getattr(item.value, "active", True)


def _named(scope: Scope) -> set[tuple[str, str]]:
    """(Kind, key) of everything that another object names."""
    found = {named for item, reference in scope.references if (named := reference.resolve())}
    if scope.declaration.of("dynamic_content"):
        for item in scope.declaration:
            if item.kind not in ("integrations", "help_center"):
                found |= {named for _, text in scope.texts(item) for named in placeholders_in(text)}
    return found


def _forms(scope: Scope) -> Iterator[Finding]:
    forms = [form for form in scope.declaration.of("ticket_forms").values() if form.value.fields]
    if not forms or any(form.value.existing for form in scope.declaration.of("ticket_forms").values()):
        return
    shown = {name for form in forms for name in form.value.fields}
    for condition in (each for form in forms for each in form.value.conditions):
        shown |= {*condition.when, *condition.show, *condition.required}  # whoever forgets one there is told of that
    for key, item in scope.declaration.of("ticket_fields").items():
        if key not in shown and _is_ours(item):
            yield IN_NO_FORM.found(item, (), "no form has this field, so nobody sees it", of_key=True)


def _categories(scope: Scope) -> Iterator[Finding]:
    filled = {item.value.category for item in scope.declaration.of("triggers").values()}
    for key, item in scope.declaration.of("trigger_categories").items():
        if key not in filled and _is_ours(item):
            yield CATEGORY.found(item, (), "no trigger of these files is in this category", of_key=True)


def _tags(scope: Scope) -> Iterator[Finding]:
    known = set(scope.declaration.of("tags")) | {item.name for item in scope.declaration.of("tags").values()}
    for kind in ("ticket_fields", "customer_fields"):
        for item in scope.declaration.of(kind).values():
            if item.value.existing:
                return  # its options are not known here
            known |= set(option_tags(item, scope).values())
            tag = getattr(item.value, "tag", None)
            known |= {tag} if tag else set()
    for kind in ("triggers", "automations", "macros"):
        for item in scope.declaration.of(kind).values():
            for action in item.value.then or ():
                if isinstance(action, AddTagsAction):
                    known |= set(action.add_tags)
                elif isinstance(action, ReplaceTagsAction):
                    known |= set(action.replace_all_tags)
    told: set[str] = set()
    for item, path, condition in _tag_conditions(scope):
        for tag in map(str, condition.values):
            if tag not in known and tag not in told:
                told.add(tag)
                yield TAG.found(item, path, f"nothing in these files sets the tag `{tag}`")


def _tag_conditions(scope: Scope) -> Iterator[tuple[Declared, tuple[str | int, ...], FieldCondition]]:
    """Conditions that a ticket has a tag."""
    for kind in PLACES:
        for item in scope.declaration.of(kind).values():
            for name in ("when", "when_any"):
                for index, each in enumerate(getattr(item.value, name)):
                    asks = isinstance(each, FieldCondition) and each.field == "tags"
                    if asks and each.operator in ("has", "has_any", "has_all"):
                        yield item, (name, index), each


def _same(scope: Scope, kind: str, rule: Rule, attributes: tuple[str, ...]) -> Iterator[Finding]:
    seen: dict[str, Declared] = {}
    items = [item for item in scope.declaration.of(kind).values() if _is_ours(item)]
    sizes = Counter(_size(item) for item in items)
    for item in items:
        if sizes[_size(item)] == 1:
            continue
        first = seen.setdefault(repr([_plain(getattr(item.value, name)) for name in attributes]), item)
        if first is not item:
            yield rule.found(item, (), f"“{first.name}” ({first.position}) is the very same", of_key=True)


def _size(item: Declared) -> tuple[int, ...]:
    """A cheap part of what must be equal, so that most need not be written out."""
    return tuple(len(getattr(item.value, name, None) or ()) for name in ("then", "when", "when_any", "for_"))


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.model_dump() if hasattr(value, "model_dump") else value

"""Tags that rules use and that nobody has said the meaning of, once tags are declared at all (grammar 48)."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.kinds.conditions import FieldCondition
from config.rules.conditions import PLACES
from config.rules.naming import option_tags
from config.rules.rule import Rule
from config.rules.scope import Scope, did_you_mean

CATALOGUE = (
    Rule(
        "tags.undeclared",
        "warning",
        "A rule uses a tag that nobody has declared, while others are.",
        "It may be misspelt, and the next person does not know what it means.",
        "Declare it under `tags`, or write the one that is meant.",
    ),
)
WITH_ACTIONS = ("triggers", "automations", "macros")


def check(scope: Scope) -> Iterator[Finding]:
    declared = {item.value.tag or item.key for item in scope.declaration.of("tags").values()}
    if not declared:
        return
    of_options = {
        tag
        for kind in ("ticket_fields", "customer_fields")
        for field in scope.declaration.of(kind).values()
        for tag in option_tags(field, scope).values()
    }
    for item, path, tag in tags_in(scope):
        if tag not in declared and tag not in of_options:
            yield item.finding(
                "tags.undeclared", "warning", path, f"nobody has said what the tag `{tag}` means",
                did_you_mean(tag, sorted(declared), "Declare it under  tags:  so that the next person knows."),
            )  # fmt: skip


def tags_in(scope: Scope) -> Iterator[tuple[Declared, Path_, str]]:
    """Every tag that rules set, take away or ask for: (object, path, tag)."""
    for kind in WITH_ACTIONS:
        for item in scope.declaration.of(kind).values():
            for index, action in enumerate(item.value.then or []):
                for verb in ("add_tags", "remove_tags", "replace_all_tags"):
                    for place, tag in enumerate(getattr(action, verb, ())):
                        yield item, ("then", index, verb, place), tag
    for item in scope.declaration.of("escalations").values():
        yield item, ("tag",), item.value.tag
    for kind in PLACES:
        for item in scope.declaration.of(kind).values():
            for name in ("when", "when_any"):
                for index, condition in enumerate(getattr(item.value, name)):
                    if not isinstance(condition, FieldCondition) or condition.field != "tags":
                        continue
                    for place, tag in enumerate(condition.values):
                        if isinstance(tag, str):
                            several = (place,) if isinstance(condition.value, list) else ()
                            yield item, (name, index, condition.operator, *several), tag

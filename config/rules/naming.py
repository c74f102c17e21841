"""Names that mean something else: field keys that every ticket has, options, tags of two fields (16, 31)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from config.declaration import Declared
from config.findings import Finding
from config.kinds.fields import Option
from config.names import folded
from config.rules.rule import Rule
from config.rules.scope import Scope
from config.vocabulary import TICKET

RESERVED = (*TICKET, "schedule", "created", "updated", "sla")


NAME_TWICE = Rule(
    "options.name-twice",
    "warning",
    "Two options of a field have the same name.",
    "The helpdesk takes both, and people see two that they cannot tell apart.",
    "Keep one of them; if one is the other under a new key, write  was: OLD_KEY  under the new one.",
)
CATALOGUE = (
    NAME_TWICE,
    Rule(
        "ticket_fields.reserved",
        "error",
        "A field's key is a word that every ticket has already.",
        "Conditions could not say which of the two they mean.",
        "Choose a key that says what the field is for.",
    ),
    Rule(
        "options.tag-twice",
        "error",
        "A tag belongs to two options.",
        "The helpdesk keeps one tag for one option in the whole account, and refuses the second.",
        "Give one of them its own `tag:`.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration.of("ticket_fields").values():
        if item.key in RESERVED and not item.value.existing:
            yield item.finding(
                "ticket_fields.reserved", "error", (), f"`{item.key}` is a field that every ticket has",
                "Choose another key, for example one that says what it is for.", of_key=True,
            )  # fmt: skip
    yield from _names(scope)
    yield from _tags(scope)


def _names(scope: Scope) -> Iterator[Finding]:
    for kind in ("ticket_fields", "customer_fields"):
        for item in scope.declaration.of(kind).values():
            seen: dict[str, str] = {}
            for key, option in item.value.choices().items():
                first = seen.setdefault(folded(str(option.name)), key)
                if first != key:
                    message = f"“{option.name}” is the name of the option `{first}`, too"
                    yield NAME_TWICE.found(item, ("options", key), message)


def option_tags(item: Declared, scope: Scope) -> dict[str, str]:
    """Option key → the tag that tickets get: made of the keys under which field and option were first made
    (grammar 31)."""
    return tags_of_options(item, scope.known.get("segments", set()))


def tags_of_options(item: Declared, segments: Iterable[str]) -> dict[str, str]:
    """The same, of a field whose options may be these segments."""
    field = item.value.was or item.key
    if item.value.options_from == "segments":
        return {key: f"{field}_{key}" for key in segments}
    choices: dict[str, Option] = item.value.choices()
    first = {key: key if option.was is None or option.was in choices else option.was for key, option in choices.items()}
    return {key: option.tag or f"{field}_{first[key]}" for key, option in choices.items()}


def _tags(scope: Scope) -> Iterator[Finding]:
    seen: dict[str, tuple[Declared, str]] = {}
    for kind in ("ticket_fields", "customer_fields"):
        for item in scope.declaration.of(kind).values():
            for key, tag in option_tags(item, scope).items():
                if tag in seen:
                    other, option = seen[tag]
                    yield item.finding(
                        "options.tag-twice", "error", ("options", key),
                        f"the tag `{tag}` already belongs to option `{option}` of `{other.key}` ({other.position})",
                        "A tag belongs to one option in the whole account: give this one its own `tag:`.",
                    )  # fmt: skip
                else:
                    seen[tag] = (item, key)

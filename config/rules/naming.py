"""Names that mean something else: field keys that every ticket has, options, tags of two fields (16, 31)."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from config.rules.scope import Scope
from config.vocabulary import TICKET

RESERVED = (*TICKET, "schedule", "created", "updated", "sla")


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration.of("ticket_fields").values():
        if item.key in RESERVED and not item.value.existing:
            yield item.finding(
                "ticket_fields.reserved", "error", (), f"`{item.key}` is a field that every ticket has",
                "Choose another key, for example one that says what it is for.", of_key=True,
            )  # fmt: skip
    yield from _tags(scope)


def option_tags(item: Declared, scope: Scope) -> dict[str, str]:
    """Option key → the tag that tickets get (grammar 31)."""
    if item.value.options_from == "segments":
        return {key: f"{item.key}_{key}" for key in scope.known.get("segments", set())}
    return {key: option.tag or f"{item.key}_{key}" for key, option in item.value.choices().items()}


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

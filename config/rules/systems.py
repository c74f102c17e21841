"""Rules and schema fragments that installed systems add."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from config.declaration import Declared
from config.findings import Finding
from config.locations import attributes_of
from config.registry import facts, fragment
from config.rules.scope import Scope, did_you_mean
from config.words import MEANT, attribute_hint

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "attributes below it",
    "null": "nothing",
}
"""How JSON Schema's types are called on the screen."""


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        for system, extras in getattr(item.value, "vendor", {}).items():
            schema = fragment(system, item.kind)
            if schema is None:
                yield item.finding(
                    "systems.extra", "error", (system,), f"{system} has no attributes of its own for this kind",
                    attribute_hint(system, attributes_of(type(item.value)))[0] if system in MEANT else "Remove it.",
                    of_key=True,
                )  # fmt: skip
                continue
            for error in _errors(schema, extras):
                yield from _findings(item, system, error)
    for system_facts in facts().values():
        for rule in system_facts.get("rules", ()):
            yield from rule(scope)


def _errors(schema: dict[str, Any], extras: object) -> Iterator[ValidationError]:
    from jsonschema import Draft7Validator  # takes a tenth of the time of `golive validate`, and is seldom needed

    return Draft7Validator(schema).iter_errors(extras)


def _findings(item: Declared, system: str, error: ValidationError) -> Iterator[Finding]:
    """What a fragment's error means, in our words."""
    path = (system, *error.absolute_path)
    given: Any = error.instance
    if error.validator == "additionalProperties" and isinstance(given, dict):
        known = sorted(error.schema.get("properties", {})) if isinstance(error.schema, dict) else []
        for name in given:
            if name not in known:
                yield item.finding(
                    "systems.extra", "error", (*path, name), f"{system} has no attribute `{name}` here",
                    did_you_mean(name, known), of_key=True,
                )  # fmt: skip
    elif error.validator == "type":
        value: Any = error.validator_value
        wanted = value if isinstance(value, list) else [value]
        expected = " or ".join(_TYPES[each] for each in wanted)
        yield item.finding(
            "systems.extra", "error", path, f"`{given}` stands where {expected} should be",
            "Look at its quotes." if wanted == ["string"] else "",
        )  # fmt: skip
    elif error.validator == "enum":
        allowed: Any = error.validator_value
        words = [str(word) for word in allowed]
        yield item.finding(
            "systems.extra", "error", path, f"`{given}` is not one of the words that {system} has",
            did_you_mean(str(given), words),
        )  # fmt: skip
    else:
        yield item.finding("systems.extra", "error", path, f"{system} does not take this: {error.message}")

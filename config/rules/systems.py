"""Rules and schema fragments that installed systems add."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.locations import attributes_of
from config.model import VendorPiece
from config.registry import facts, fragment
from config.rules.rule import Rule
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
_PIECES = {"when": "conditions", "when_any": "conditions", "then": "actions"}
"""Lists whose entries may be in a vendor's own words, and what the vendor's fragment for them is called."""


CATALOGUE = (
    Rule(
        "systems.extra",
        "error",
        "Something under a vendor's name is not what that system takes.",
        "It would be refused, or dropped without a word.",
        "Use the attributes that the system has.",
    ),
)


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
                yield from _findings(item, system, error, (system,))
        for path, system, piece in _pieces(item):
            schema = fragment(system, _PIECES[str(path[0])])
            if schema is None:
                yield item.finding(
                    "systems.extra", "error", path, f"{system} has no rules of its own words", "Remove it."
                )  # fmt: skip
                continue
            for error in _errors(schema, piece):
                yield from _findings(item, system, error, path)
    for system, system_facts in facts().items():
        named = scope.systems is not None and system in scope.systems
        if named or scope.systems is None:
            for rule in system_facts.get("rules", ()):
                yield from rule(scope)
        if named:
            for rule in system_facts.get("rules_where_named", ()):
                yield from rule(scope)


def _pieces(item: Declared) -> Iterator[tuple[Path_, str, dict[str, Any]]]:
    """Conditions and actions in a vendor's own words: (path, system, what is said)."""
    for name in _PIECES:
        for index, piece in enumerate(getattr(item.value, name, None) or ()):
            if isinstance(piece, VendorPiece):
                for system, said in piece.vendor.items():
                    yield (name, index, system), system, said


def _errors(schema: dict[str, Any], extras: object) -> Iterator[ValidationError]:
    from jsonschema import Draft7Validator  # takes a tenth of the time of `golive validate`, and is seldom needed

    return Draft7Validator(schema).iter_errors(extras)


def _findings(item: Declared, system: str, error: ValidationError, place: Path_) -> Iterator[Finding]:
    """What a fragment's error means, in our words."""
    path = (*place, *error.absolute_path)
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

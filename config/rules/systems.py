"""Rules and schema fragments that installed systems add."""

from __future__ import annotations

from collections.abc import Iterator

from jsonschema import Draft7Validator

from config.findings import Finding
from config.registry import facts, fragment
from config.rules.scope import Scope


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        for system, extras in getattr(item.value, "vendor", {}).items():
            schema = fragment(system, item.kind)
            if schema is None:
                yield item.finding(
                    "systems.extra", "error", (system,), f"{system} has no attributes of its own for this kind",
                    "Remove it.", of_key=True,
                )  # fmt: skip
                continue
            for error in Draft7Validator(schema).iter_errors(extras):
                path = (system, *error.absolute_path)
                yield item.finding("systems.extra", "error", path, error.message)
    for system_facts in facts().values():
        for rule in system_facts.get("rules", ()):
            yield from rule(scope)

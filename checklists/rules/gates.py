"""Gates: the items that they ask for are there."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.rules.scope import ChecklistScope
from config.findings import Finding
from config.words import suggestion


def check(scope: ChecklistScope) -> Iterator[Finding]:
    """All findings about gates."""
    items = scope.checklist.items
    for name, gate in scope.checklist.gates.items():
        for part, key, condition in gate.conditions():
            for index, each in enumerate(condition.items):
                if each not in items and not scope.has("items", each):
                    hint = suggestion(each, items, "Declare it under `items:`, or take it out here.")
                    yield scope.find(
                        "checklist.item",
                        "error",
                        ("gates", name),
                        (part, key, "items", index),
                        f"there is no item `{each}`",
                        hint,
                    )
            if not condition.items and not condition.outcome_of:
                yield scope.find(
                    "checklist.condition",
                    "error",
                    ("gates", name),
                    (part, key),
                    "this condition asks for nothing",
                    "Name its `items`.",
                    of_key=True,
                )

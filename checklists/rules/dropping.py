"""What a project leaves out: required items and conditions need a reason, and what is left out must be there."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.project import is_reason
from checklists.rules.scope import ChecklistScope
from config.findings import Finding
from config.words import suggestion

_WHY = "Write why:  drop: …   Who reads the board next year will ask."


def check(scope: ChecklistScope) -> Iterator[Finding]:
    """All findings about what is left out."""
    for key, listed in scope.checklist.items.items():
        if listed.item.drop is None:
            continue
        if not listed.item.id and not listed.item.name:
            yield scope.find(
                "checklist.drop",
                "error",
                ("items", key),
                (),
                f"the method has no item `{key}` that could be left out",
                suggestion(key, _others(scope, key), "Take the entry out, or correct its key."),
                of_key=True,
            )
        elif listed.item.required and not is_reason(listed.item.drop):
            yield scope.find(
                "checklist.drop",
                "error",
                ("items", key),
                ("drop",),
                "it is required, and nothing says why it is left out",
                _WHY,
            )
    for name, gate in scope.checklist.gates.items():
        for part in ("entrance", "success", "outcome"):
            for key, condition in getattr(gate, part).items():
                if condition.drop is not None and not is_reason(condition.drop):
                    yield scope.find(
                        "checklist.drop",
                        "error",
                        ("gates", name),
                        (part, key, "drop"),
                        "nothing says why this condition is left out",
                        _WHY,
                    )


def _others(scope: ChecklistScope, key: str) -> list[str]:
    """Keys of items that say what they are."""
    return [each for each, listed in scope.checklist.items.items() if each != key and listed.item.name]

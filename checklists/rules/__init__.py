"""What must hold over a whole checklist. Each check is a function from the scope to findings; each has a stable id."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checklists.loading import LoadedChecklist
from checklists.rules import dropping, gates, items, people, questions
from checklists.rules.scope import ChecklistScope
from config.declaration import Declaration
from config.findings import Finding

_CHECKS: tuple[Callable[[ChecklistScope], Iterator[Finding]], ...] = (
    items.check,
    dropping.check,
    gates.check,
    people.check,
    questions.check,
)


def check_checklist(loaded: LoadedChecklist, declaration: Declaration) -> Iterator[Finding]:
    """All findings of a project's checklist. Where it has no file, nothing is said."""
    if not loaded.files:
        return
    scope = ChecklistScope(loaded.checklist, declaration)
    for check in _CHECKS:
        yield from check(scope)

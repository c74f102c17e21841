"""What must hold over a whole checklist. Each check is a function from the scope to findings; each has a stable id."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set

from checklists.checklist import Listed
from checklists.loading import LoadedChecklist
from checklists.rules import dropping, easing, gates, items, people, questions
from checklists.rules.scope import ChecklistScope
from config.declaration import Declaration
from config.document import is_within, show_path
from config.findings import Finding

_CHECKS: tuple[Callable[[ChecklistScope], Iterator[Finding]], ...] = (
    items.check,
    dropping.check,
    easing.check,
    gates.check,
    people.check,
    questions.check,
)


def check_checklist(
    loaded: LoadedChecklist,
    declaration: Declaration,
    *,
    declared: Mapping[str, Set[str]] | None = None,
    perhaps: frozenset[str] = frozenset(),
) -> Iterator[Finding]:
    """All findings of a project's checklist. Where it has no file, nothing is said.

    declared: kind → keys of what `config/` says, valid or not; perhaps: words of its files that could not be read. By
    these a mistake there is not reported here again.
    """
    if not loaded.files:
        return
    scope = ChecklistScope(loaded.checklist, declaration, loaded.known, declared or {}, loaded.perhaps | perhaps)
    excused = [each for each in loaded.checklist.items.values() if each.item.allow]
    for check in _CHECKS:
        for finding in check(scope):
            if not any(_allows(each, finding) for each in excused):
                yield finding


def _allows(listed: Listed, finding: Finding) -> bool:
    """Whether an item says, with a reason, that it may break the rule (`x-allow`). Nothing excuses an error: without
    what is missing then, it could not be judged."""
    if finding.severity == "error" or finding.position.file != listed.document.file:
        return False
    return is_within(finding.path, show_path(listed.path)) and bool(listed.item.allow.get(finding.rule, "").strip())

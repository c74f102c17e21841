"""Where a project asks for less than the method: it needs a reason as leaving out does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from checklists.checklist import Checklist
from checklists.gate import Condition
from checklists.item import Item
from checklists.loading import merged, method
from checklists.project import is_reason
from checklists.rules.scope import ChecklistScope
from config.document import Path_
from config.findings import Finding
from config.phases import phase_words

_WHY = "Write why beside it:  because: …   Or take the line out, and it is asked for as the method does."


def check(scope: ChecklistScope) -> Iterator[Finding]:
    """All findings about what is asked for less than the method does."""
    for key, listed in scope.checklist.items.items():
        before = _method().items.get(key)
        if before is None or listed.item.drop or is_reason(listed.item.because):
            continue
        for attribute, message in _eased_item(before.item, listed.item):
            yield scope.find("checklist.eased", "error", ("items", key), (attribute,), message, _WHY)
    for name, gate in scope.checklist.gates.items():
        for part, key, condition in gate.conditions():
            earlier = getattr(_method().gates[name], part).get(key)
            if earlier is None or is_reason(condition.because):
                continue
            for attribute, message in _eased_condition(earlier, condition):
                path: Path_ = (part, key, attribute)
                yield scope.find("checklist.eased", "error", ("gates", name), path, message, _WHY)


@cache
def _method() -> Checklist:
    return merged(method(), []).checklist


def _eased_item(before: Item, now: Item) -> Iterator[tuple[str, str]]:
    """(Attribute, what is wrong) of each way in which an item holds more easily."""
    if now.waivable and not before.waivable:
        yield "waivable", "nobody can accept this risk, and nothing says why here somebody can"
    if now.break_glass and not before.break_glass:
        yield "break_glass", "not even breaking the glass passes this by, and nothing says why here it does"
    if now.advisory and not before.advisory:
        yield "advisory", "nothing says why this blocks nothing here"
    if before.required and not now.required:
        yield "required", "nothing says why this need not hold here"
    if set(now.only_if) - set(before.only_if):
        yield "only_if", "nothing says why this holds for fewer projects here"
    if before.probe and not now.probe:
        yield now.sort, "golive finds this out by itself, and nothing says why here it does not"


def _eased_condition(before: Condition, now: Condition) -> Iterator[tuple[str, str]]:
    missing = [each for each in before.items if each not in now.items]
    if missing:
        yield "items", f"the method asks for {', '.join(missing)} here, too, and nothing says why this gate does not"
    if before.lasting and not now.lasting:
        yield "lasting", "nothing says why later gates do not ask for this again"
    if set(now.only_if) - set(before.only_if):
        yield "only_if", "nothing says why this holds for fewer projects here"
    if before.outcome_of and now.outcome_of != before.outcome_of:
        yield "outcome_of", f"nothing says why what the {phase_words(before.outcome_of)} comes to is not asked for"

"""Who notices a change: customers, agents, or nobody.

It looks at words only: at an object as the YAML has it, before and after. So a plan from live systems and a review of
two revisions of the files judge alike.
"""

from __future__ import annotations

from collections.abc import Iterable

from config.results.plan import Action, Difference
from golive.changes.noticed_kinds import KINDS, entry_of, judged
from golive.changes.verdicts import AUDIENCES, KEEPS, Case, Verdict, Words, is_off


def audience_of(
    kind: str, key: str, action: Action, old: Words, new: Words, differences: Iterable[Difference]
) -> Verdict:
    """Who notices what happens to one object, and why.

    old, new: the object's words before and after, empty where it is not there. What is made anew counts as a whole, as
    does what comes or goes; what is let go stays as it is. Raises KeyError for a kind that is not in the table.
    """
    table = KINDS[kind]
    if action == "release":
        return KEEPS if kind == "people" else Verdict("nobody", "it stays as it is")
    if key.startswith("_") and action != "update":
        return Verdict("nobody", "golive makes it for others, which are judged by themselves")
    case = Case(kind, key, action, old, new)
    if is_off(case):
        return Verdict("nobody", "it is switched off")
    if action != "update":
        return judged(table.whole, case)
    found = [judged(entry_of(table, each.path), Case(kind, key, action, old, new, each)) for each in differences]
    unsaid = Verdict("nobody", "what it says stays the same")
    return min(found, key=lambda verdict: AUDIENCES.index(verdict.audience), default=unsaid)

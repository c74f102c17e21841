"""What is new in the files and there already, told by a live plan: it is reviewed, and nothing of it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from config.kinds import ALL_KINDS
from config.results.error import Error
from config.results.plan import PlanDocument
from config.results.review import ReviewChange, ReviewDocument

OTHER_FILES = "It was made from other files, values or for another environment than this review."


def with_live_plan(document: ReviewDocument, plan: PlanDocument) -> ReviewDocument:
    """The review with a live plan beside it. A plan that could not be made, or was made from other files, is an error.

    What the files declare for the first time, and what is live just so by a plan of all of them, is there already, as
    it is after taking over: it warns of nothing and nobody notices it.
    """
    made = replace(document, plan=plan)
    if plan.error is not None:
        why = f"{plan.error.what} {plan.error.why}".strip()
        said = Error("plan", "The live plan could not be made.", plan.error.where, why, plan.error.do)
        return replace(made, error=document.error or said)
    if plan.declared != document.head.declared or plan.environment != document.environment:
        again = "Make it again from these files:  golive plan --json"
        said = Error("plan", "The live plan is not about this change.", "", OTHER_FILES, again)
        return replace(made, error=document.error or said)
    if plan.part or plan.not_read or plan.unfinished:
        return made
    new = {(each.kind, each.key) for each in document.changes if _can_be_there(each)}
    there = new & {(kind, key) for kind, keys in plan.as_declared.items() for key in keys} - set(_said_of(plan))
    changes = [
        replace(each, there=True, audience="nobody") if (each.kind, each.key) in there else each
        for each in document.changes
    ]
    risks = [each for each in document.risks if (each.kind, each.key) not in there]
    return replace(made, changes=changes, risks=risks)


def _said_of(plan: PlanDocument) -> Iterator[tuple[str, str]]:
    """(kind, key) of everything of which a plan says more than that it is as the files say."""
    yield from ((each.kind, each.key) for each in (*plan.changes, *plan.drift))
    yield from ((each.kind, each.key) for each in (*plan.asleep, *plan.by_hand, *plan.not_sent, *plan.not_sent_parts))
    yield from ((each.kind, each.key) for each in plan.collisions)
    yield from ((each.kind, each.key) for each in plan.switched_off)


def _can_be_there(change: ReviewChange) -> bool:
    kind = ALL_KINDS.get(change.kind)
    return change.action == "create" and kind is not None and kind.applied and not kind.used_only

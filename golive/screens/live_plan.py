"""A plan's document in lines, for those who read it beside a review and have no connection to the systems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from config.results.findings import FindingEntry
from config.results.plan import Change, PlanDocument
from golive.changes.reaching import mails_said
from golive.screens.change_lines import plain
from golive.screens.changes import generated
from golive.screens.differences import lines_of
from golive.wording.words import SYMBOLS, Terms, ending, title_of


def title_of_answers(findings: Iterable[FindingEntry]) -> str:
    """What stands above the accounts' findings: a note speaks against nothing."""
    only_notes = all(each.severity == "note" for each in findings)
    return "What the accounts say beside it" if only_notes else "What the accounts say against it"


def plan_lines(plan: PlanDocument, terms: Terms | None = None) -> Iterator[str]:
    """Who gets mail or loses access, what is in the way or was changed by hand, and what would be done."""
    terms = terms or Terms.named(plan.names).with_former(plan.changes)
    yield "Who gets mail or loses access"
    yield from (f"  {line}" for line in plan.notices or ["Nobody."])
    if plan.cautions:
        yield from ("", "Look at this first")
        yield from (f"  {line}" for line in plan.cautions)
    if plan.findings:
        yield from ("", title_of_answers(plan.findings))
        yield from (f"  {each.severity}: {each.path}: {each.message}  ({each.rule})" for each in plan.findings)
    for each in plan.not_read:
        yield from ("", f"Not read: {each.system}{f', {each.what}' if each.what else ''}: {each.why}")
    if plan.unfinished:
        yield from ("", "An earlier run ended in the middle; what became of this is not known yet")
        yield from (f"  {title_of(each.kind)} {each.key} in {each.system}" for each in plan.unfinished)
    if plan.collisions:
        yield from ("", "In the way: a live object already has the name of one that golive would make")
        yield from (f"  {title_of(each.kind)} {each.name}  {each.do}" for each in plan.collisions)
    if plan.drift:
        yield from ("", "Changed by hand since the last run")
        yield from change_lines(plan.drift, terms, gone_by_hand)
    if plan.changes:
        yield from ("", "What would be done")
        yield from change_lines(plan.changes, terms, ending)
    counts = plan.summary
    yield ""
    anew = f", {counts.replace} to make anew" if counts.replace else ""
    mails = mails_said(plan.mails, plan.reach)
    yield f"{counts.create} to make, {counts.update} to change{anew}, {counts.delete} to remove; mails: {mails}."


def gone_by_hand(kind: str, action: str) -> str:
    """What is said behind an object that somebody has deleted."""
    return "deleted by hand" if action == "delete" else ""


def change_lines(changes: Iterable[Change], terms: Terms, ending_of: Callable[[str, str], str]) -> Iterator[str]:
    """Each change with its differences. ending_of: what is said behind one, from its kind and action."""
    for each in changes:
        named = generated(each) if each.key.startswith("_") else f"{title_of(each.kind)} {each.key}"
        name = f"  {each.name}" if each.name and not each.key.startswith("_") and each.name != each.key else ""
        end = ending_of(each.kind, each.action)
        yield f"{SYMBOLS[each.action]} {named}{name}{f'  {end}' if end else ''}"
        if each.action in ("update", "replace"):
            for line in lines_of(each.kind, each.diff, terms, each.key):
                yield f"    {plain(line)}".rstrip()

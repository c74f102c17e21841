"""What is known of a gate, as a document."""

from __future__ import annotations

from collections.abc import Iterable

from checklists.book import Book, BrokenGlass, Waiver, signer_of
from checklists.circumstances import Circumstances
from checklists.moments import written
from checklists.verdict import ConditionVerdict, Verdict
from config.results.gate import (
    GateAction,
    GateCondition,
    GateDocument,
    GateFact,
    GateGlass,
    GateItem,
    GateWaiver,
)
from golive.gates.collecting import Known

SHORT = 8
"""Digits of a digest by which people name an entry."""


def gate_document(known: Known, environment: str, phase: str) -> GateDocument:
    """Everything that is known of the gate of a phase."""
    circumstances, book = known.circumstances, known.book
    verdict = known.gate(phase)
    progress = book.progress
    conditions = [*verdict.conditions, *known.outcome(phase)]
    names = dict.fromkeys(name for each in conditions for name in each.items)
    read = known.facts.plan.at
    return GateDocument(
        environment=environment,
        phase=progress.phase,
        since=progress.since.get(progress.phase, ""),
        under_way=progress.goes_to,
        gate=phase,
        gate_name=verdict.name,
        digest=verdict.digest,
        reviewable=verdict.reviewable,
        open=verdict.open,
        blocked_by=list(verdict.blocked_by),
        decision=verdict.decision.state,
        decision_said=verdict.decision.said,
        conditions=[_condition(each) for each in conditions],
        items=[item_told(known.verdicts[name], circumstances) for name in names if name in known.verdicts],
        waivers=[waiver_told(each, circumstances) for each in book.waivers],
        actions=list(_actions(book)),
        broken_glass=[glass_told(each) for each in book.glass],
        calls=dict(known.calls),
        read_at=written(read) if read else "",
    )


def item_told(verdict: Verdict, known: Circumstances) -> GateItem:
    """One item with all that is known of it."""
    listed = known.checklist.items[verdict.item]
    item = listed.item
    return GateItem(
        key=listed.key,
        id=item.id or "",
        name=item.name or listed.key,
        phase=item.phase or "",
        owner=item.owner or "",
        sort="left_out" if item.drop else item.sort,
        state=verdict.state,
        base=verdict.base,
        said=verdict.said,
        blocks=verdict.blocks,
        why=item.why or "",
        fix=item.fix or "",
        asked=[known.people[key].name or key for key in verdict.asked],
        at=written(verdict.at) if verdict.at else None,
        until=written(verdict.until) if verdict.until else None,
        facts=[
            GateFact(
                each.probe,
                each.seen,
                each.said,
                written(each.at),
                written(each.at + each.lasts),
                dict(each.numbers),
                each.digest,
            )
            for each in verdict.observations
        ],
    )


def waiver_told(waiver: Waiver, known: Circumstances) -> GateWaiver:
    """A risk, and what has become of it."""
    return GateWaiver(
        waiver.id[:SHORT],
        waiver.item,
        waiver.reason,
        waiver.state(known.now),
        signer_of(waiver.asked).name,
        signer_of(waiver.approved).name if waiver.approved else "",
        written(waiver.until),
    )


def glass_told(glass: BrokenGlass) -> GateGlass:
    """A gate that was passed although it was closed."""
    return GateGlass(
        glass.id[:SHORT],
        glass.phase,
        glass.reason,
        glass.broken.by.name,
        glass.broken.at,
        glass.confirmed.by.name if glass.confirmed else "",
        glass.reviewed.by.name if glass.reviewed else "",
    )


def _condition(verdict: ConditionVerdict) -> GateCondition:
    return GateCondition(
        verdict.phase,
        verdict.part,
        verdict.key,
        verdict.id,
        verdict.name,
        verdict.state,
        list(verdict.items),
        verdict.left_out,
    )


def _actions(book: Book) -> Iterable[GateAction]:
    for each in book.actions:
        identifier = f"{each.decision[:SHORT]}.{each.number + 1}"
        yield GateAction(identifier, each.phase, each.what, each.who, written(each.due), each.done is not None)

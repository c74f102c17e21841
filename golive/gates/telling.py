"""What is known of a gate, as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checklists.book import Book, BrokenGlass, Waiver, signer_of
from checklists.circumstances import Circumstances
from checklists.due import within
from checklists.gating import earlier_gates, not_before
from checklists.glass import confirm_by, confirmed, for_what, is_late, others_than, reviewed, reviewing_roles
from checklists.moments import moment, written
from checklists.steps import to_do
from checklists.verdict import PASSED, ConditionVerdict, Verdict
from checklists.waiving import approval, waiver_state
from config.progress import HANDOFF
from config.results.gate import (
    GateAction,
    GateCondition,
    GateDocument,
    GateFact,
    GateGlass,
    GateItem,
    GateLess,
    GatePhase,
    GateWaiver,
    PhaseState,
)
from golive.gates.collecting import Known
from golive.gates.dates import dates_of, zone_of
from golive.workspace.opening import Opened

SHORT = 8
"""Digits of a digest by which people name an entry."""


DAYS = 30
"""So far ahead the board looks for dates."""


def gate_document(known: Known, opened: Opened, phase: str, *, everything: bool = False) -> GateDocument:
    """Everything that is known of the gate of a phase. everything: with the items of all other gates."""
    circumstances, book = known.circumstances, known.book
    verdict = known.gate(phase)
    progress = book.progress
    conditions = [*verdict.conditions, *known.outcome(phase)]
    phases = list(_phases(known, phase))
    names = dict.fromkeys(name for each in conditions for name in each.items)
    if everything:
        names |= dict.fromkeys(name for each in phases for name in each.items)
    items = [
        item_told(known.verdicts[name], circumstances, opened.environment_name)
        for name in names
        if name in known.verdicts
    ]
    dates, _ = within(dates_of(known, opened), circumstances.now, DAYS)
    read = known.facts.plan.at
    early = not_before(phase, circumstances)
    deciders = list(known.checklist.gates[phase].decision or ())
    return GateDocument(
        environment=opened.environment_name,
        phase=progress.phase,
        since=progress.since.get(progress.phase, ""),
        under_way=progress.goes_to,
        not_before=early.isoformat() if early else "",
        gate=phase,
        gate_name=verdict.name,
        digest=verdict.digest,
        reviewable=verdict.reviewable,
        open=verdict.open,
        blocked_by=list(verdict.blocked_by),
        decision=verdict.decision.state,
        decision_said=verdict.decision.said,
        decision_asked=[circumstances.people[key].name or key for key in verdict.decision.asked],
        decision_roles=deciders,
        conditions=[_condition(each) for each in conditions],
        items=items,
        waivers=[waiver_told(each, circumstances) for each in book.waivers],
        actions=list(_actions(book)),
        broken_glass=[glass_told(each, circumstances) for each in book.glass],
        calls=dict(known.calls),
        read_at=written(read) if read else "",
        now=written(circumstances.now),
        time_zone=zone_of(known.circumstances.declaration, known.checklist.figures),
        phases=phases,
        dates=dates,
        less=list(_asked_less(circumstances, phase)),
        figures=_figures(known, items),
        people={role: _named(circumstances, role) for role in dict.fromkeys(r for each in items for r in each.roles)},
    )


def _asked_less(known: Circumstances, phase: str) -> Iterator[GateLess]:
    """What a gate, and the gates before, would ask for by the method, and do not, or less so."""
    said = set[str]()
    for each in (*earlier_gates(phase), phase):
        for _, key, condition in known.checklist.gates[each].every_condition():
            ref = condition.id or key
            if condition.drop or condition.because:
                yield _less(ref, condition.name or key, condition.drop, condition.because)
            names = [] if condition.drop else [name for name in condition.items if name in known.checklist.items]
            for name in dict.fromkeys(names):
                item = known.checklist.items[name].item
                if (item.drop or item.because) and name not in said:
                    said.add(name)
                    yield _less(name, item.name or name, item.drop, item.because)


def _less(ref: str, name: str, drop: str | bool | None, because: str | None) -> GateLess:
    why = drop if isinstance(drop, str) else because
    return GateLess("left_out" if drop else "eased", ref, name, why or "")


def _phases(known: Known, asked: str) -> Iterator[GatePhase]:
    """All gates. Each item stands at the first that asks for it."""
    progress, seen = known.book.progress, set[str]()
    for phase, gate in known.checklist.gates.items():
        verdict = known.gate(phase)
        own = [
            name for each in verdict.conditions if each.part != "earlier" and not each.left_out for name in each.items
        ]
        items = [name for name in dict.fromkeys(own) if known.verdicts[name].state != "not_applicable"]
        held = [name for name in items if known.verdicts[name].state in PASSED]
        since = progress.handed_off if phase == HANDOFF else progress.since.get(phase, "")
        state: PhaseState = "entered" if since else "next" if phase == asked else "later"
        first = [name for name in items if name not in seen]
        seen.update(items)
        yield GatePhase(phase, gate.name, state, since, len(items), len(held), first)


def _figures(known: Known, items: Sequence[GateItem]) -> dict[str, str]:
    names = dict.fromkeys(name for each in items if each.step == "figure" for name in each.names)
    return {name: known.checklist.figures[name].name for name in names if name in known.checklist.figures}


def _named(known: Circumstances, role: str) -> list[str]:
    """Who has a role now, by name."""
    return [known.people[key].name or key for key in known.asked({role})]


def item_told(verdict: Verdict, known: Circumstances, environment: str) -> GateItem:
    """One item with all that is known of it. Commands in it name the environment."""
    listed = known.checklist.items[verdict.item]
    item = listed.item
    todo = to_do(listed, verdict, known)
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
        fix=(item.fix or "").replace("-e ENV", f"-e {environment}"),
        because=item.because or "",
        step=todo.step,
        names=list(todo.names),
        asked=[known.people[key].name or key for key in verdict.asked],
        roles=list(verdict.roles),
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
    agreed = approval(waiver, known)
    return GateWaiver(
        waiver.id[:SHORT],
        waiver.item,
        waiver.reason,
        waiver_state(waiver, known),
        signer_of(waiver.asked).name,
        signer_of(agreed).name if agreed else "",
        written(waiver.until),
    )


def glass_told(glass: BrokenGlass, known: Circumstances) -> GateGlass:
    """What was done although it should not, and who has looked at it."""
    second, review = confirmed(glass, known), reviewed(glass, known)
    others = others_than(glass, known.people)
    deciders = set(known.asked(reviewing_roles(glass, known.checklist)))
    asked = [] if review else [key for key in others if key in deciders] if second else others
    return GateGlass(
        id=glass.id[:SHORT],
        phase=glass.phase,
        for_what=for_what(glass),
        reason=glass.reason,
        by=glass.broken.by.name,
        at=glass.broken.at,
        items=list(glass.items),
        freeze=glass.freeze,
        confirm_by=written(confirm_by(glass)),
        confirmed_by=second.by.name if second else "",
        confirmed_at=second.at if second else "",
        late=is_late(glass, moment(second.at) if second else known.now),
        reviewed_by=review.by.name if review else "",
        reviewed_at=review.at if review else "",
        note=str(review.data.get("note", "")) if review else "",
        asked=[known.people[key].name or key for key in asked],
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

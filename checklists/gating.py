"""From the states of items to a gate: may its review be held, may its phase begin?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Literal

from checklists.checklist import Checklist
from checklists.circumstances import Circumstances
from checklists.gate import GATED, Condition
from checklists.glass import glass_said, reviewed
from checklists.moments import day_words, moment
from checklists.verdict import HOLDS, ConditionVerdict, DecisionVerdict, GateVerdict, Verdict, worst
from config.results.log_entry import LogEntry, canonical

Part = Literal["entrance", "success", "outcome", "earlier"]
TRACK: tuple[str, ...] = ("soft_launch", "rollout", "day_30", "day_60", "day_90")
"""Gates that lead one to the next. The handoff follows the rollout, beside the milestones."""


def gate_verdict(phase: str, known: Circumstances, items: Mapping[str, Verdict]) -> GateVerdict:
    """items: the state of every item."""
    gate = known.checklist.gates[phase]
    conditions = tuple(_conditions(phase, known, items))
    asked = {name: items[name] for each in conditions if not each.left_out for name in each.items if name in items}
    first = [each for each in conditions if each.part == "entrance"]
    reviewable = _hold(first, items)
    decision = _decision(phase, known, items)
    blocked = [f"{_title(name, known)}: {each.said}" for name, each in asked.items() if each.blocks]
    blocked += list(_glass(known)) + list(_overdue(known))
    if decision.state not in HOLDS:
        blocked.append(decision.said)
    return GateVerdict(
        phase,
        gate.name,
        conditions,
        asked,
        decision,
        reviewable,
        not blocked,
        gate_digest(phase, known.checklist),
        tuple(blocked),
    )


def gate_digest(phase: str, checklist: Checklist) -> str:
    """Of what a gate asks for: a decision about another gate is worth nothing."""
    gate = checklist.gates[phase]
    said = [[part, key, list(each.items), each.outcome_of, list(each.only_if)] for part, key, each in gate.conditions()]
    names = {name for _, _, each in gate.conditions() for name in each.items if name in checklist.items}
    items = {name: checklist.items[name].digest for name in names}
    return hashlib.sha256(canonical([said, items]).encode()).hexdigest()[:16]


def earlier_gates(phase: str) -> list[str]:
    """The gates that come before one."""
    before = ("soft_launch", "rollout") if phase == "handoff" else TRACK[: TRACK.index(phase)]
    return [each for each in GATED if each in before]


def _conditions(phase: str, known: Circumstances, items: Mapping[str, Verdict]) -> Iterator[ConditionVerdict]:
    gate = known.checklist.gates[phase]
    for part, key, condition in gate.conditions("entrance", "success"):
        yield _condition(phase, part, key, condition, known, items)
        if condition.outcome_of:
            for below, other in known.checklist.gates[condition.outcome_of].outcome.items():
                if not other.drop:
                    yield _condition(condition.outcome_of, part, below, other, known, items)
    for earlier in earlier_gates(phase):
        before = known.checklist.gates.get(earlier)
        for _, key, condition in before.conditions("entrance", "success") if before else ():
            if condition.lasting and not condition.outcome_of:
                yield _condition(earlier, "earlier", key, condition, known, items)


def outcome(phase: str, known: Circumstances, items: Mapping[str, Verdict]) -> list[ConditionVerdict]:
    """What a phase has to come to, as far as it has."""
    gate = known.checklist.gates[phase]
    return [_condition(phase, "outcome", key, each, known, items) for _, key, each in gate.conditions("outcome")]


def _condition(
    phase: str, part: Part, key: str, condition: Condition, known: Circumstances, items: Mapping[str, Verdict]
) -> ConditionVerdict:
    applies, why = known.checklist.answer(condition.only_if)
    names = tuple(name for name in condition.items if name in items)
    if applies is False:
        return ConditionVerdict(phase, part, key, condition.id or "", condition.name, "not_applicable", names, why)
    state = worst([items[name].state for name in names])
    if applies is None:
        state = worst([state, "unknown"])
    return ConditionVerdict(phase, part, key, condition.id or "", condition.name, state, names)


def _hold(conditions: list[ConditionVerdict], items: Mapping[str, Verdict]) -> bool:
    return not any(items[name].blocks for each in conditions if not each.left_out for name in each.items)


def _title(name: str, known: Circumstances) -> str:
    return known.checklist.items[name].item.name


def _decision(phase: str, known: Circumstances, items: Mapping[str, Verdict]) -> DecisionVerdict:
    gate = known.checklist.gates[phase]
    if not gate.decision:
        return DecisionVerdict("unknown", f"Nobody has said who decides about the {gate.name}: `decision` of the gate.")
    digest = gate_digest(phase, known.checklist)
    accepted = {each.id for each in known.book.open_waivers(known.now)}
    good: list[LogEntry] = []
    for entry in known.decisions(phase, set(gate.decision)):
        who = entry.by
        if entry.data["decision"] == "no_go":
            said = f"{who.name} decided no-go on {day_words(moment(entry.at))}: {entry.data.get('why', '')}".rstrip(
                ": "
            )
            return DecisionVerdict("fail", f"{said}.", known.asked(set(gate.decision)))
        if entry.data["gate"] != digest:
            said = f"{who.name} decided on {day_words(moment(entry.at))}; since then the gate asks for something else."
            return DecisionVerdict("out_of_date", said, known.asked(set(gate.decision)))
        if accepted - set(entry.data.get("waivers", ())):
            said = f"{who.name} decided on {day_words(moment(entry.at))}; since then another risk was accepted."
            return DecisionVerdict("out_of_date", said, known.asked(set(gate.decision)))
        good.append(entry)
    left = {role: many - known.many_in(role, good) for role, many in gate.decision.items()}
    missing = {role: many for role, many in left.items() if many > 0}
    if missing:
        who_ = ", ".join(f"{many} × {role.replace('_', ' ')}" for role, many in missing.items())
        return DecisionVerdict("unknown", f"Go or no-go is not decided yet: {who_}.", known.asked(set(missing)))
    names = ", ".join(dict.fromkeys(each.by.name for each in good))
    return DecisionVerdict("pass", f"Go, decided by {names} on {day_words(moment(good[-1].at))}.")


def _overdue(known: Circumstances) -> Iterator[str]:
    """Conditions of earlier decisions that were due and are not done."""
    for each in known.book.actions:
        done = each.done is not None and not known.unproven(each.done)
        if not done and known.now > each.due:
            where = known.checklist.gates[each.phase].name if each.phase in known.checklist.gates else each.phase
            yield f"A condition of the go for the {where} was due on {day_words(each.due)}: {each.what} ({each.who})."


def _glass(known: Circumstances) -> Iterator[str]:
    """What was done although it should not, and that nobody has reviewed."""
    for each in known.book.glass:
        if reviewed(each, known) is None:
            yield f"{glass_said(each)}, and it is not reviewed yet: {each.reason.rstrip('.')}."

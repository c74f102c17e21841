"""From the states of items to a gate: may its review be held, may its phase begin?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from checklists.binding import whole_digest
from checklists.checklist import Checklist, Listed
from checklists.circumstances import Circumstances
from checklists.gate import GATED, Condition
from checklists.glass import keeps_closed
from checklists.last_words import decisions_of
from checklists.milestones import MILESTONES, milestone_day
from checklists.moments import day_words, moment
from checklists.verdict import HOLDS, ConditionVerdict, DecisionVerdict, GateVerdict, Verdict, worst
from checklists.waiving import accepted_risks
from config.declaration import Declaration
from config.phases import phase_words
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
    blocked += [*_too_early(phase, known), *_glass(known), *_overdue(known)]
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
    """Of all that a gate asks for, by itself, of what came before and of what earlier gates asked for: a decision about
    another gate is worth nothing. What is left out and what may be passed by belong to it; reasons, hints and owners
    can be reworded."""
    own = checklist.gates[phase]
    asked: list[object] = [dict(own.decision or {})]
    names: set[str] = set()
    for key in dict.fromkeys((phase, *_asked_again(phase, checklist))):
        for part, name, condition in checklist.gates[key].every_condition():
            said = [list(condition.items), condition.outcome_of, list(condition.only_if), condition.lasting]
            asked.append([key, part, name, *said, checklist.answer(condition.only_if)[0], bool(condition.drop)])
            names.update(condition.items)
    items = {name: _weight(checklist.items[name], checklist) for name in names if name in checklist.items}
    return hashlib.sha256(canonical([asked, items]).encode()).hexdigest()[:16]


def _asked_again(phase: str, checklist: Checklist) -> list[str]:
    """Other gates of whose conditions a gate asks."""
    outcomes = [each.outcome_of for _, _, each in checklist.gates[phase].conditions() if each.outcome_of]
    return [each for each in (*earlier_gates(phase), *outcomes) if each in checklist.gates]


def _weight(listed: Listed, checklist: Checklist) -> list[object]:
    """What an item asks for, and how hard."""
    item = listed.item
    hard = [item.waivable, item.break_glass, item.advisory, bool(item.drop)]
    return [listed.digest, *hard, checklist.answer(item.only_if)[0], list(listed.unset)]


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
    deciders = known.asked(set(gate.decision))
    good: list[LogEntry] = []
    worthless = ""
    for entry in decisions_of(phase, known):
        who, on = entry.by, day_words(moment(entry.at))
        if entry.data["decision"] == "no_go":
            said = f"{who.name} decided no-go on {on}: {entry.data.get('why', '')}".rstrip(": ")
            return DecisionVerdict("fail", f"{said}.", deciders)
        since = _since_then(entry, phase, known)
        if since:
            worthless = f"{who.name} decided on {on}; {since}."
        else:
            good.append(entry)
    left = {role: many - known.many_in(role, good) for role, many in gate.decision.items()}
    missing = {role: many for role, many in left.items() if many > 0}
    if missing and worthless:
        return DecisionVerdict("out_of_date", worthless, deciders)
    if missing:
        who_ = ", ".join(f"{many} × {role.replace('_', ' ')}" for role, many in missing.items())
        return DecisionVerdict("unknown", f"Go or no-go is not decided yet: {who_}.", known.asked(set(missing)))
    names = ", ".join(dict.fromkeys(each.by.name for each in good))
    return DecisionVerdict("pass", f"Go, decided by {names} on {day_words(moment(good[-1].at))}.")


def _since_then(entry: LogEntry, phase: str, known: Circumstances) -> str:
    """Why a go is worth nothing any more; empty while it is."""
    left = known.book.left.get(phase)
    if left is not None and not known.book.chain.follows(entry, left):
        to = phase_words(str(left.data["phase"]))
        why = str(left.data.get("reason", "")).strip().rstrip(".")
        return (
            f"since then {left.by.name} went back to {to}, on {day_words(moment(left.at))}{f' ({why})' if why else ''}"
        )
    changed = changed_under_go(entry, phase, known.checklist, known.declaration)
    if changed:
        return f"since then {changed}"
    accepted = {each.id for each in accepted_risks(known)}
    return "since then another risk was accepted" if accepted - set(entry.data.get("waivers", ())) else ""


def changed_under_go(entry: LogEntry, phase: str, checklist: Checklist, declaration: Declaration) -> str:
    """What of the files a go was for is other now; empty where it is the same."""
    if entry.data["gate"] != gate_digest(phase, checklist):
        return "the gate asks for something else"
    if entry.data.get("config") != whole_digest(declaration):
        return "the configuration was changed"
    return ""


def not_before(phase: str, known: Circumstances) -> date | None:
    """The day (UTC) before which a milestone is not entered, while that lies ahead: what wakes then needs so many days
    of real tickets."""
    if phase not in MILESTONES:
        return None
    day = milestone_day(phase, known.book.progress, working_days=known.checklist.counts_working_days)
    return day if day is not None and known.now.date() < day else None


def _too_early(phase: str, known: Circumstances) -> Iterator[str]:
    day = not_before(phase, known)
    if day is not None:
        name = known.checklist.gates[phase].name
        yield f"{name} is on {day.day} {day:%B %Y}, counted from the start of the rollout; until then it is too early."


def _overdue(known: Circumstances) -> Iterator[str]:
    """Conditions of earlier decisions that were due and are not done."""
    for each in known.book.actions:
        done = each.done is not None and not known.unproven(each.done)
        if not done and known.now > each.due:
            where = known.checklist.gates[each.phase].name if each.phase in known.checklist.gates else each.phase
            yield f"A condition of the go for the {where} was due on {day_words(each.due)}: {each.what} ({each.who})."


def _glass(known: Circumstances) -> Iterator[str]:
    """What was done although it should not, and that nobody has reviewed."""
    yield from filter(None, (keeps_closed(each, known) for each in known.book.glass))

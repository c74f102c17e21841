"""Whether what is declared is live, and as it is declared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from checklists.facts import Facts, NotKnown
from checklists.probes.base import Answer, Probe
from config.kinds import ALL_KINDS
from config.model import Key, Model, defaults_to
from config.results.plan import Change, PlanDocument
from config.words import counted, some


class Kinds(Model):
    """Which kinds."""

    kinds: list[Key] = defaults_to([], description="The kinds that are looked at; all of them where none is named.")


class InStep(Probe):
    """What is declared and awake is live, and equal: nothing is pending, and nothing was changed by hand."""

    name = "in_step"
    looks_at = ("plan",)
    Parameters = Kinds

    def answer(self, given: Kinds, facts: Facts) -> Answer:
        plan = facts.plan.known()
        _check_read(plan, given.kinds)
        pending, by_hand = _of(plan.changes, given.kinds), _of(plan.drift, given.kinds)
        waiting = [f"{each.kind}/{each.key}" for each in plan.not_sent if _is_asked(each.kind, given.kinds)]
        numbers = {"pending": len(pending), "by_hand": len(by_hand), "not_sent": len(waiting)}
        looked_at = [pending, by_hand, waiting]
        if pending or by_hand:
            said = [f"{counted(len(pending), 'change')} pending ({some(pending)})"] if pending else []
            said += [f"{counted(len(by_hand), 'object')} changed by hand ({some(by_hand)})"] if by_hand else []
            return Answer("fail", f"{' and '.join(said)}.", numbers, looked_at)
        if waiting and given.kinds:
            return Answer(
                "fail", f"{some(waiting)} {'is' if len(waiting) == 1 else 'are'} not sent.", numbers, looked_at
            )
        return Answer("pass", "What the files declare is live, and as they say.", numbers, looked_at)


class Exists(Probe):
    """What is declared and awake is there, whatever was changed about it."""

    name = "exists"
    looks_at = ("plan",)
    Parameters = Kinds

    def answer(self, given: Kinds, facts: Facts) -> Answer:
        plan = facts.plan.known()
        _check_read(plan, given.kinds)
        made = [each for each in plan.changes if each.action in ("create", "replace")]
        missing = _of(made, given.kinds)
        gone = _of([each for each in plan.drift if each.action == "delete"], given.kinds)
        numbers = {"missing": len(missing), "gone": len(gone)}
        if missing or gone:
            return Answer("fail", f"Not there: {some([*gone, *missing])}.", numbers, [missing, gone])
        return Answer("pass", "All of it is there.", numbers, [missing, gone])


class UnchangedByHand(Probe):
    """Nobody has changed by hand what golive looks after."""

    name = "unchanged_by_hand"
    looks_at = ("plan",)
    Parameters = Kinds

    def answer(self, given: Kinds, facts: Facts) -> Answer:
        plan = facts.plan.known()
        _check_read(plan, given.kinds)
        changed = _of(plan.drift, given.kinds)
        held = [f"{each.kind}/{each.key}" for each in plan.switched_off if _is_asked(each.kind, given.kinds)]
        numbers = {"changed": len(changed), "switched_off": len(held)}
        if changed:
            return Answer("fail", f"Changed by hand: {some(changed)}.", numbers, [changed, held])
        if held:
            return Answer("warn", f"Switched off in a hurry, and still off: {some(held)}.", numbers, [changed, held])
        return Answer("pass", "Nothing was changed by hand.", numbers, [changed, held])


class PlanEmpty(Probe):
    """`golive plan` has nothing to do."""

    name = "plan_empty"
    looks_at = ("plan",)

    def answer(self, given: Any, facts: Facts) -> Answer:
        plan = facts.plan.known()
        _check_read(plan, ())
        numbers = {"changes": len(plan.changes), "by_hand": len(plan.drift), "collisions": len(plan.collisions)}
        names = _of([*plan.changes, *plan.drift], ())
        if plan.unfinished:
            return Answer(
                "fail", "An earlier run ended in the middle, and what became of it is not known.", numbers, names
            )
        if names or plan.collisions:
            return Answer(
                "fail", f"`golive plan` has something to do: {some(names) or 'names collide'}.", numbers, names
            )
        return Answer("pass", "`golive plan` has nothing to do.", numbers, names)


def _of(changes: Iterable[Change], kinds: Sequence[str]) -> list[str]:
    return [f"{each.kind}/{each.key}" for each in changes if _is_asked(each.kind, kinds)]


def _is_asked(kind: str, kinds: Sequence[str]) -> bool:
    return not kinds or kind in kinds


def _check_read(plan: PlanDocument, kinds: Sequence[str]) -> None:
    """Raises NotKnown where something that is asked for could not be read."""
    words = {ALL_KINDS[kind].title for kind in kinds if kind in ALL_KINDS}
    for each in plan.not_read:
        if not each.what or not kinds or any(word in each.what or each.what in word for word in words):
            what = f"the {each.what}s of {each.system}" if each.what else each.system
            raise NotKnown(f"{what[0].upper()}{what[1:]} could not be read: {each.why}.")

"""What has to be done about an item that does not hold, so that many of one sort can be said once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from checklists.checklist import Listed
from checklists.circumstances import Circumstances
from checklists.probes.later import METRICS_BRING, lacking
from checklists.verdict import HOLDS, Verdict
from config.results.gate import GateStep

STEPS: tuple[GateStep, ...] = get_args(GateStep)


@dataclass(frozen=True)
class ToDo:
    """step: what has to be done; empty where nothing has. names: the profiles or figures that nobody has said yet, or
    what golive itself lacks to find out."""

    step: GateStep
    names: tuple[str, ...] = ()


def to_do(listed: Listed, verdict: Verdict, known: Circumstances) -> ToDo:
    """What has to be done about an item."""
    item, checklist = listed.item, known.checklist
    if verdict.state in HOLDS:
        return ToDo("")
    if checklist.answer(item.only_if)[0] is None:
        return ToDo("answer", tuple(each for each in item.only_if if each not in checklist.profiles))
    if listed.unset:
        return ToDo("figure", listed.unset)
    match item.sort:
        case "sign_off":
            return ToDo("sign")
        case "evidence":
            return ToDo("attach")
        case "by_hand":
            return ToDo("confirm")
        case "metric" if not verdict.observations:
            return ToDo("wait", (METRICS_BRING,))
    if verdict.state == "fail":
        return ToDo("mend")
    missing = lacking(item.probe or {})
    return ToDo("wait", missing) if missing else ToDo("look")

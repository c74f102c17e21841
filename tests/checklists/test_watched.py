"""Whether the log shows a watch: so long, without a gap, from the beginning of a phase on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checklists.checklist import Checklist
from checklists.facts import Facts
from checklists.moments import written
from checklists.probes import PROBES
from tests.checklists.logs import added, chain_of

BEGAN = datetime(2026, 9, 21, 8, tzinfo=UTC)
PROBE = PROBES["watched"]


def watch(start: float, end: float, longest: int = 60, **more: Any) -> dict[str, Any]:
    """From and to in hours after 8 o'clock."""
    data = {"began": written(BEGAN + timedelta(hours=start)), "until": written(BEGAN + timedelta(hours=end))}
    return {**data, "looks": 100, "longest_gap": longest, "gaps": [], **more}


def answer(*watches: dict[str, Any], phase_at: float | None = None, **given: Any) -> tuple[str, str]:
    lines: list[str] = []
    if phase_at is not None:
        at = written(BEGAN + timedelta(hours=phase_at))
        for phase in ("soft_launch", "rollout"):
            lines = added(lines, "advance_started", at, {"phase": phase, "gate": "asked"})
            lines = added(lines, "advanced", at, {"phase": phase})
    for number, data in enumerate(watches):
        lines = added(lines, "watched", written(BEGAN + timedelta(hours=100 + number)), data)
    facts = Facts(BEGAN + timedelta(days=9), "handoff", Checklist(), log=chain_of(lines))
    seen = PROBE.observe(PROBE.Parameters.model_validate(given), facts)
    return seen.seen, seen.said


@pytest.mark.parametrize(
    ("watches", "wanted"),
    [
        ([], "unknown"),
        ([watch(0, 48)], "pass"),
        ([watch(0, 47.9)], "fail"),
        ([watch(0, 48, longest=3600)], "pass"),
        ([watch(0, 48, longest=3601)], "fail"),
        ([watch(0, 20), watch(20.5, 48)], "pass"),
        ([watch(0, 20), watch(21.5, 48)], "fail"),
        ([watch(0, 30), watch(20, 48)], "pass"),
        ([watch(0, 10, longest=9999), watch(10, 58)], "pass"),
        ([watch(0, 58), watch(59, 60, longest=9999)], "pass"),
        ([watch(0, 20), watch(0, 48)], "pass"),
        ([watch(0, 48), watch(0, 48, longest=9999)], "fail"),
        ([watch(0, 48, looks=0)], "unknown"),
    ],
)
def test_two_days(watches: list[dict[str, Any]], wanted: str) -> None:
    assert answer(*watches)[0] == wanted


def test_what_is_wrong_is_said() -> None:
    assert answer(watch(0, 30))[1] == "golive watched for 30 h; 48h are asked."
    assert answer(watch(0, 48, longest=7200))[1] == (
        "golive watched for 48 h, and for 120 min in between nobody looked; 60m are allowed."
    )
    assert answer(watch(0, 50))[1] == "golive watched for 50 h, without a gap of more than 60m."
    assert answer(watch(0, 30), **{"for": "24h", "within": "5m"})[0] == "pass"


@pytest.mark.parametrize(
    ("phase_at", "watches", "wanted"),
    [
        (None, [watch(0, 48)], "fail"),
        (0, [watch(0.5, 49)], "pass"),
        (0, [watch(2, 60)], "unknown"),
        (0, [watch(-20, 48)], "pass"),
        (0, [watch(-20, 40)], "fail"),
        (0, [watch(-20, -1)], "unknown"),
        (0, [watch(0.5, 24), watch(24.5, 49)], "pass"),
    ],
)
def test_from_the_beginning_of_a_phase_on(phase_at: float | None, watches: list[dict[str, Any]], wanted: str) -> None:
    assert answer(*watches, phase_at=phase_at, phase="rollout")[0] == wanted

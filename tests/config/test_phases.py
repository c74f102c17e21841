"""When objects are awake, and how durations and shares are read."""

from __future__ import annotations

import pytest

from config.duration import in_days, minutes, show
from config.phases import asleep_until
from config.share import fraction
from tests.config.samples import declared


@pytest.mark.parametrize(
    ("said", "awake", "asleep"),
    [
        ("", ["build", "soft_launch", "rollout", "day_90"], {}),
        (", phase: build", ["build", "rollout"], {}),
        (", phase: soft_launch", ["soft_launch", "day_30"], {"build": "soft_launch"}),
        (", phase: {from: soft_launch}", ["soft_launch", "rollout"], {"build": "soft_launch"}),
        (", phase: {from: soft_launch, until: rollout}", ["soft_launch"], {"build": "soft_launch", "rollout": "over"}),
        (", not_before: day_60", ["day_60", "day_90"], {"rollout": "day_60", "day_30": "day_60"}),
    ],
)
def test_asleep_until(said: str, awake: list[str], asleep: dict[str, str]) -> None:
    value = declared(f"groups: {{a: {{name: A{said}}}}}").declaration.of("groups")["a"].value
    assert [asleep_until(value, phase) for phase in awake] == [None] * len(awake)
    assert {phase: asleep_until(value, phase) for phase in asleep} == asleep


def test_the_rollout_is_awake_in_the_soft_launch_alone() -> None:
    value = declared("rollout: {soft_launch: {cohort: {share: 15%}}}").declaration.single("rollout")
    found = {phase: asleep_until(value, phase) for phase in ("build", "soft_launch", "rollout", "day_30")}
    assert found == {"build": "soft_launch", "soft_launch": None, "rollout": "over", "day_30": "over"}


def test_durations() -> None:
    assert [minutes(each) for each in ("30m", "4h", "2d")] == [30, 240, 2880]
    assert [show(each) for each in (30, 90, 240)] == ["30m", "90m", "4h"]
    assert in_days("2d") and not in_days("48h")


@pytest.mark.parametrize("text", ["", "0h", "4", "4 h", "-1h", "1.5h", "4H"])
def test_not_a_duration(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        minutes(text)


def test_share() -> None:
    assert [fraction(each) for each in ("1%", "75%", "100%")] == [0.01, 0.75, 1.0]

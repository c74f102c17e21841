"""Numbers and bands: counted, judged by the checklist's limits, told when they change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from checklists.bands import band_of
from checklists.item import Metric
from checklists.loading import merged, method
from config.document import parse_document
from golive.watching.numbers import (
    BETTER_AFTER,
    FEWEST,
    NUMBERS,
    BandChange,
    Counted,
    Standing,
    Threshold,
    judged,
    said,
    thresholds_of,
)
from tests.watching.worlds import HOUR, MINUTE, MONDAY, remembering, ticket


def metric(good: dict[str, Any] | None = None, red: dict[str, Any] | None = None, name: str = "x") -> Metric:
    limits = {word: each for word, each in (("good", good), ("red", red)) if each}
    return Metric.model_validate({"name": name, "window": "48h", **limits})


BREACHES = metric({"less_than": "5%"}, {"more_than": "15%"}, "sla_breaches")


@pytest.mark.parametrize(
    ("value", "form", "limits", "wanted"),
    [
        (0.049, "share", BREACHES, "good"),
        (0.05, "share", BREACHES, "warning"),
        (0.15, "share", BREACHES, "warning"),
        (0.151, "share", BREACHES, "red"),
        (240, "time", metric({"less_than": "4h"}, {"more_than": "12h"}), "warning"),
        (600, "time", metric({"less_than": "4h"}, {"more_than": "12h"}), "warning"),
        (721, "time", metric({"less_than": "4h"}, {"more_than": "12h"}), "red"),
        (7, "count", metric({"at_most": 10}), "good"),
        (11, "count", metric({"at_most": 10}), "warning"),
        (3, "count", metric({"at_least": 2, "at_most": 10}), "good"),
        (1, "count", metric(red={"at_most": 1}), "red"),
        (2, "count", metric(red={"at_most": 1}), "good"),
        (0.5, "share", metric({"at_least": 3}), None),
        (0.5, "share", metric(), None),
    ],
)
def test_bands(value: float, form: Any, limits: Metric, wanted: str | None) -> None:
    assert band_of(value, form, limits) == wanted


# ------------------------------------------------------------ what is counted


def counted(kept: int = 0, broken: int = 0, *tickets: Any, minutes: int = 0) -> Counted:
    return Counted(kept, broken, remembering(*tickets), MONDAY + MINUTE * minutes)


@pytest.mark.parametrize(
    ("name", "given", "wanted"),
    [
        ("sla_breaches", counted(18, 2), 0.1),
        ("sla_kept", counted(18, 2), 0.9),
        ("sla_breaches", counted(FEWEST - 2, 1), None),
        ("open_tickets", counted(0, 0, ticket(), ticket(id="36")), 2),
        ("open_tickets", counted(), 0),
        ("oldest_unanswered", counted(0, 0, ticket(made=MONDAY - HOUR), ticket(id="36"), minutes=30), 90),
        ("oldest_unanswered", counted(0, 0, ticket(replies=1)), 0),
    ],
)
def test_counting(name: str, given: Counted, wanted: float | None) -> None:
    assert NUMBERS[name].count(given) == (None if wanted is None else pytest.approx(wanted))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("sla_kept", 1, "100%"), ("sla_breaches", 0.0526, "5.3%"), ("sla_breaches", 0.2, "20%"),
     ("oldest_unanswered", 200, "3 h 20 min"), ("oldest_unanswered", 9, "9 min"), ("open_tickets", 412, "412")],
)  # fmt: skip
def test_as_people_write_it(name: str, value: float, words: str) -> None:
    assert said(NUMBERS[name], value) == words


# ------------------------------------------------------------ changes


def threshold(limits: Metric = BREACHES) -> Threshold:
    return Threshold("few_broken", NUMBERS["sla_breaches"], limits)


def course(*shares: tuple[int, int]) -> list[tuple[str | None, str]]:
    """What is told over a course of (minute, percent broken)."""
    standings: dict[str, Standing] = {}
    told = []
    for minute, percent in shares:
        standings, changes = judged(standings, [threshold()], counted(100 - percent, percent, minutes=minute))
        told += [(each.was, each.now) for each in changes]
        standings = {key: Standing(each.band, each.better_since) for key, each in standings.items()}
    return told


@pytest.mark.parametrize(
    ("shares", "wanted"),
    [
        ([(0, 0), (1, 4), (2, 0)], []),
        ([(0, 10)], [(None, "warning")]),
        ([(0, 0), (1, 10), (2, 12), (3, 20), (4, 30)], [("good", "warning"), ("warning", "red")]),
        ([(0, 20), (1, 10), (2, 20), (3, 10), (4, 20)], [(None, "red")]),
        ([(0, 20), (1, 10), (12, 10), (13, 10)], [(None, "red"), ("red", "warning")]),
        ([(0, 20), (1, 0), (12, 0), (13, 10), (14, 0)], [(None, "red"), ("red", "good"), ("good", "warning")]),
    ],
)
def test_worse_is_told_at_once_and_better_once_it_has_lasted(
    shares: list[tuple[int, int]], wanted: list[tuple[str | None, str]]
) -> None:
    assert course(*shares) == wanted
    assert timedelta(minutes=11) > BETTER_AFTER


def test_of_too_few_nothing_is_said() -> None:
    assert judged({}, [threshold()], counted(0, 3)) == ({}, [])


def test_a_change_says_by_how_much() -> None:
    _, (change,) = judged({"few_broken": Standing("good")}, [threshold()], counted(90, 10))
    assert change == BandChange(threshold(), pytest.approx(0.1), "good", "warning")


# ------------------------------------------------------------ which items

ITEM = "{name: N, phase: build, owner: lead, why: W., fix: F., metric: {name: open_tickets, window: 48h, LIMITS}}"


def thresholds(text: str) -> dict[str, str]:
    loaded = merged(method(), [parse_document(text, "checklists/own.yaml")])
    assert loaded.errors == []
    return {each.key: each.number.name for each in thresholds_of(loaded.checklist)}


def test_items_of_the_method_that_say_the_same_are_one() -> None:
    found = thresholds("people: {}")
    assert found == {"first_hours_breaches": "sla_breaches"}, "the others wait for the project's figures"
    assert thresholds("figures: {soft_launch_sla: 95%, soft_launch_length: 14d}") == {
        "soft_launch_sla_kept": "sla_kept", "soft_launch_breaches": "sla_breaches",
    }  # fmt: skip


def test_a_project_adds_its_own_and_leaves_others_out() -> None:
    own = ITEM.replace("LIMITS", "good: {less_than: 50}, red: {more_than: 200}")
    text = f"items:\n  queue: {own}\n  bare: {ITEM.replace(', LIMITS', '')}\n"
    assert thresholds(text) == {"first_hours_breaches": "sla_breaches", "queue": "open_tickets"}
    whole = ("soft_launch_breaches", "first_hours_breaches", "breaches_rare")
    dropped = "items:\n" + "".join(f"  {key}: {{drop: Not for us.}}\n" for key in whole)
    assert thresholds(dropped) == {}

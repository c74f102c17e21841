"""The course of a watch: looks, gaps, going on; its memory; whether it is alive."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from checklists.moments import written
from golive.terminal.fault import Fault
from golive.watching.course import Course, Courses, Gap, read_course
from golive.watching.judging import merged
from golive.watching.memory import Memory, keep, load_memory
from golive.watching.numbers import Standing
from golive.watching.running import begin, goes_on
from golive.watching.silence import alive
from tests.watching.worlds import HOUR, MINUTE, MONDAY, clock, remembering, seen, ticket

BEGAN = Course.beginning(MONDAY, "48h", "1m", "slack_channels/alerts")


def looked(*minutes: float) -> Course:
    course = BEGAN
    for minute in minutes:
        course = course.looked(MONDAY + MINUTE * minute, MINUTE)
    return course


def test_a_new_watch() -> None:
    assert (BEGAN.began, BEGAN.until, BEGAN.last) == (
        "2026-09-21T08:00:00Z", "2026-09-23T08:00:00Z", "2026-09-21T08:00:00Z",
    )  # fmt: skip
    assert BEGAN.is_unfinished


@pytest.mark.parametrize(
    ("minutes", "longest", "gaps"),
    [
        ([0, 1, 2, 3], 60, []),
        ([0, 5], 300, []),
        ([0, 1, 61, 62], 3600, [("2026-09-21T08:01:00Z", "2026-09-21T09:01:00Z")]),
        ([7], 420, [("2026-09-21T08:00:00Z", "2026-09-21T08:07:00Z")]),
        ([0, 10, 5, 11], 600, [("2026-09-21T08:00:00Z", "2026-09-21T08:10:00Z")]),
    ],
)
def test_gaps_are_what_was_not_looked_at(minutes: list[int], longest: int, gaps: list[tuple[str, str]]) -> None:
    course = looked(*minutes)
    assert (course.looks, course.longest) == (len(minutes), longest)
    assert course.gaps == tuple(Gap(*each) for each in gaps)


def test_a_course_is_read_as_it_was_kept(tmp_path: Path) -> None:
    courses = Courses(tmp_path, "sandbox")
    course = looked(0, 30).with_standings({"a": Standing("red", MONDAY), "b": Standing("good")})
    courses.keep(course)
    courses.keep(replace(BEGAN, began="2026-09-20T08:00:00Z", ended="over"))
    assert courses.last() == course
    assert courses.shown(course) == "checklists/evidence/sandbox/watch/2026-09-21T080000Z.json"
    courses.path(course).write_text("{}", encoding="utf-8")
    assert read_course(courses.path(course)) is None


@pytest.mark.parametrize(
    ("ended", "after", "wanted"),
    [("", 2 * HOUR, True), ("stopped", 47 * HOUR, True), ("", 48 * HOUR + 5 * MINUTE, True), ("", 49 * HOUR, False),
     ("over", HOUR, False), ("ended", HOUR, False), ("left", HOUR, False)],
)  # fmt: skip
def test_what_can_go_on(tmp_path: Path, ended: str, after: timedelta, wanted: bool) -> None:
    course = replace(looked(0), ended=ended)
    assert goes_on(course, MONDAY + after) is wanted
    courses = Courses(tmp_path, "sandbox")
    courses.keep(course)
    following = begin(courses, MONDAY + after, "24h", "5m", "", once=False, anew=False)
    assert (following.began == course.began) is wanted
    assert following.ended == ""
    if wanted:
        assert (following.asked, following.every, following.looks) == ("48h", "5m", 1)
    else:
        with pytest.raises(Fault):
            begin(courses, MONDAY + after, "24h", "1m", "", once=True, anew=False)
        assert begin(courses, MONDAY + after, "24h", "1m", "", once=True, anew=True).looks == 0


@pytest.mark.parametrize(
    ("course", "now", "due", "silent"),
    [
        (None, MONDAY, False, False),
        (looked(0), MONDAY + 10 * MINUTE, True, False),
        (looked(0), MONDAY + 11 * MINUTE, True, True),
        (replace(looked(0), ended="stopped"), MONDAY + HOUR, True, True),
        (replace(looked(0), ended="over"), MONDAY + HOUR, False, False),
        (looked(0), MONDAY + 49 * HOUR, False, False),
    ],
)
def test_whether_it_is_alive(course: Course | None, now: datetime, due: bool, silent: bool) -> None:
    found = alive(course, now, timedelta(minutes=10))
    assert (found.is_due, found.silent) == (due, silent)


# ------------------------------------------------------------ memory


def test_the_memory_is_read_as_it_was_kept(tmp_path: Path) -> None:
    path = tmp_path / ".golive" / "sandbox.watch.json"
    memory, _ = merged(Memory("w", 4), seen(MONDAY, ticket(clock(business=True), clock("next_reply", None, "paused")),
                                            ticket(clock(target=None), id="36", settled=False), whole=True),
                       set(), MONDAY)  # fmt: skip
    keep(path, memory.to_json())
    assert load_memory(path, "w", 4) == memory
    assert "Subject" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"golive_watch": 1}', '{"golive_watch": 2, "watch": "w", "looks": 1}']
)
def test_a_memory_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "memory.json"
    path.write_text(text, encoding="utf-8")
    assert load_memory(path, "w", 1) == Memory("w")
    assert load_memory(tmp_path / "nothing.json", "w", 1) == Memory("w")


@pytest.mark.parametrize(("watch", "looks"), [("other", 1), ("w", 2)])
def test_a_memory_of_another_look_is_not_used(tmp_path: Path, watch: str, looks: int) -> None:
    """Otherwise promises that ended would be counted twice."""
    path = tmp_path / "memory.json"
    keep(path, remembering(ticket()).to_json())
    assert json.loads(path.read_text(encoding="utf-8"))["looks"] == 1
    assert load_memory(path, watch, looks).tickets == {}
    assert written(MONDAY) == "2026-09-21T08:00:00Z"

"""The chain of a log: any edit, cut or reordering is found; branches of a repository meet without losing anything."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from config.chain import BrokenChain, gathered, verified
from config.results.log_entry import LogEntry
from tests.checklists.logs import ENVIRONMENT, added, chain_of, united

RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault of a log."""
_TIMES = st.integers(0, 59).map(lambda minute: f"2026-11-29T10:{minute:02d}:00Z")


def _later(lines: list[str], at: str) -> str:
    """A time that is not before the newest of a log, as golive notes it."""
    return max(at, chain_of(lines).newest)


@st.composite
def grown_logs(draw: Any) -> list[str]:
    """A log that several people have added to, on branches that were merged in any order."""
    lines: list[str] = added([], "attached", "2026-11-29T09:00:00Z", {"item": "first"})
    aside: list[str] = lines
    for step in range(draw(st.integers(0, 5))):
        branches = [lines] * draw(st.integers(1, 3))
        grown = []
        for number, branch in enumerate(branches):
            for index in range(draw(st.integers(0, 3))):
                branch = added(branch, "attached", _later(branch, draw(_TIMES)), {"item": f"{step}.{number}.{index}"})
            grown.append(branch)
        lines = grown[0]
        for other in grown[1:]:
            lines = united(lines, other) if draw(st.booleans()) else united(other, lines)
        if draw(st.booleans()):  # a branch that goes on from where it was, after it was merged once
            aside = added(aside, "attached", _later(aside, draw(_TIMES)), {"item": f"{step}.aside"})
            lines = united(lines, aside) if draw(st.booleans()) else united(aside, lines)
    return lines


@RELAXED
@given(grown_logs())
def test_whatever_branches_meet_the_log_is_whole(lines: list[str]) -> None:
    chain = chain_of(lines)
    assert len(chain.entries) == len(lines)
    place = {entry.digest: index for index, entry in enumerate(chain.ordered)}
    assert len(place) == len(lines)
    assert all(place[before] < place[entry.digest] for entry in chain.ordered for before in entry.after)


@RELAXED
@given(grown_logs())
def test_the_order_in_which_entries_count_does_not_depend_on_who_merged(lines: list[str]) -> None:
    here = added(lines, "attached", "2026-11-29T11:00:00Z", {"item": "here"})
    there = added(lines, "attached", "2026-11-29T10:59:00Z", {"item": "there"})
    ours, theirs = chain_of(united(here, there)), chain_of(united(there, here))
    assert [each.digest for each in ours.ordered] == [each.digest for each in theirs.ordered]
    assert ours.head == theirs.head


@RELAXED
@given(grown_logs(), st.data())
def test_any_changed_character_is_found(lines: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[number]) - 1))
    other = data.draw(st.characters(codec="utf-8", exclude_characters="\n"))
    assume(other != lines[number][place])
    changed = lines[number][:place] + other + lines[number][place + 1 :]
    with pytest.raises(BrokenChain):
        verified([*lines[:number], changed, *lines[number + 1 :]], ENVIRONMENT)


@RELAXED
@given(grown_logs(), st.data())
def test_an_entry_that_was_made_again_with_other_content_is_found(lines: list[str], data: st.DataObject) -> None:
    """Who recomputes the digest of a line breaks what stands behind it, or what a state remembers."""
    number = data.draw(st.integers(0, len(lines) - 1))
    head = chain_of(lines).head
    entry = LogEntry.of(lines[number])
    forged = replace(entry, data={"item": "forged"}).sealed
    changed = [*lines[:number], forged.line, *lines[number + 1 :]]
    try:
        chain = verified(changed, ENVIRONMENT)
    except BrokenChain:
        return
    assert not chain.extends(head)


@RELAXED
@given(grown_logs(), st.data())
def test_a_line_that_was_cut_out_is_found(lines: list[str], data: st.DataObject) -> None:
    """In the chain itself, or by the head that a state remembers."""
    number = data.draw(st.integers(0, len(lines) - 1))
    head = chain_of(lines).head
    try:
        chain = verified([*lines[:number], *lines[number + 1 :]], ENVIRONMENT)
    except BrokenChain:
        return
    assert not chain.extends(head)


@RELAXED
@given(grown_logs(), st.data())
def test_a_log_that_was_cut_at_its_end_does_not_extend_what_a_state_remembers(
    lines: list[str], data: st.DataObject
) -> None:
    keep = data.draw(st.integers(0, len(lines) - 1))
    assert not verified(lines[:keep], ENVIRONMENT).extends(chain_of(lines).head)


@RELAXED
@given(grown_logs(), st.data())
def test_lines_that_were_moved_are_found_or_mean_the_same(lines: list[str], data: st.DataObject) -> None:
    """Entries of two branches that knew nothing of each other have no order; all others have."""
    shuffled = data.draw(st.permutations(lines))
    assume(shuffled != lines)
    before = chain_of(lines)
    try:
        chain = verified(shuffled, ENVIRONMENT)
    except BrokenChain:
        assert gathered(shuffled, ENVIRONMENT) == [each.line for each in before.ordered]
        return
    assert [each.digest for each in chain.ordered] == [each.digest for each in before.ordered]
    assert chain.head == before.head


@RELAXED
@given(st.integers(2, 8), st.data())
def test_on_one_branch_no_line_can_be_moved_at_all(length: int, data: st.DataObject) -> None:
    lines: list[str] = []
    for number in range(length):
        lines = added(lines, "attached", "2026-11-29T09:00:00Z", {"item": str(number)})
    shuffled = data.draw(st.permutations(lines))
    assume(shuffled != lines)
    with pytest.raises(BrokenChain):
        verified(shuffled, ENVIRONMENT)


@RELAXED
@given(grown_logs(), st.data())
def test_what_git_leaves_behind_is_put_right(lines: list[str], data: st.DataObject) -> None:
    """Lines twice, and the marks of a conflict."""
    twice = data.draw(st.lists(st.sampled_from(lines), max_size=3))
    mixed = data.draw(st.permutations([*lines, *twice, "<<<<<<< HEAD", "=======", ">>>>>>> other"]))
    assert verified(gathered(mixed, ENVIRONMENT), ENVIRONMENT).head == chain_of(lines).head


def test_what_is_missing_is_not_put_right() -> None:
    lines = added(added([], "attached", "2026-11-29T09:00:00Z"), "attached", "2026-11-29T10:00:00Z", {"item": "b"})
    with pytest.raises(BrokenChain, match="missing"):
        gathered(lines[1:], ENVIRONMENT)


def test_a_line_of_another_environments_log_is_found() -> None:
    line = LogEntry.of(added([], "attached", "2026-11-29T09:00:00Z")[0])
    other = LogEntry(line.entry, "production", line.at, line.by, data=line.data).sealed
    with pytest.raises(BrokenChain, match="belongs to the log of production"):
        verified([other.line], ENVIRONMENT)


def test_a_line_that_says_the_same_otherwise_is_found() -> None:
    """Spaces and the order of keys mean nothing in JSON; here they are an edit."""
    line = added([], "attached", "2026-11-29T09:00:00Z", {"item": "first"})[0]
    with pytest.raises(BrokenChain, match="as golive writes it"):
        verified([json.dumps(json.loads(line))], ENVIRONMENT)


def test_a_line_that_stands_twice_is_found() -> None:
    lines = added(added([], "attached", "2026-11-29T09:00:00Z"), "attached", "2026-11-29T10:00:00Z", {"item": "b"})
    with pytest.raises(BrokenChain, match="second time"):
        verified([*lines, lines[-1]], ENVIRONMENT)


def test_a_line_of_an_earlier_time_than_what_it_follows_is_found() -> None:
    """Who puts the clock back cannot sign in a role that was lent until yesterday."""
    lines = added([], "attached", "2026-11-29T09:00:00Z")
    assert chain_of(added(lines, "attached", "2026-11-29T09:00:00Z", {"item": "the same second"}))
    with pytest.raises(BrokenChain, match="earlier time"):
        chain_of(added(lines, "attached", "2026-11-29T08:59:59Z", {"item": "put back"}))


def test_a_line_that_follows_two_is_not_earlier_than_the_later_one() -> None:
    first = added([], "attached", "2026-11-29T09:00:00Z")
    one = added(first, "attached", "2026-11-29T10:00:00Z", {"item": "one"})
    other = added(first, "attached", "2026-11-29T12:00:00Z", {"item": "other"})
    with pytest.raises(BrokenChain, match="earlier time"):
        chain_of(added(united(one, other), "attached", "2026-11-29T11:00:00Z", {"item": "between"}))
    with pytest.raises(BrokenChain, match="earlier time"):
        chain_of(added(united(other, one), "attached", "2026-11-29T11:00:00Z", {"item": "between"}))


def test_both_branches_may_have_begun_the_log() -> None:
    """Neither had one when they parted. What one of them says of its time, the other does not show."""
    one = added([], "attached", "2026-11-29T10:00:00Z", {"item": "one"})
    other = added([], "attached", "2026-11-20T10:00:00Z", {"item": "other"})
    other = added(other, "attached", "2026-11-21T10:00:00Z", {"item": "more"})
    chain = chain_of(added(united(one, other), "attached", "2026-11-30T10:00:00Z", {"item": "both"}))
    beside = {each.data["item"]: chain.latest_beside(each) for each in chain.entries}
    assert beside == {
        "one": "2026-11-21T10:00:00Z",
        "other": "2026-11-29T10:00:00Z",
        "more": "2026-11-29T10:00:00Z",
        "both": "",
    }


def test_nothing_of_anybody_but_name_role_and_address_stands_in_an_entry() -> None:
    by = json.loads(added([], "attached", "2026-11-29T09:00:00Z")[0])["by"]
    assert set(by) == {"name", "email", "roles", "key"}

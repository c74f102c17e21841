"""The chain of a log: any edit, cut or reordering is found; branches of a repository meet without losing anything."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from config.chain import BrokenChain, verified
from config.results.log_entry import LogEntry
from tests.checklists.logs import ENVIRONMENT, added, chain_of, united

_TIMES = st.integers(0, 59).map(lambda minute: f"2026-11-29T10:{minute:02d}:00Z")


@st.composite
def grown_logs(draw: Any) -> list[str]:
    """A log that several people have added to, on branches that were merged in any order."""
    lines: list[str] = added([], "attached", "2026-11-29T09:00:00Z", {"item": "first"})
    for step in range(draw(st.integers(0, 5))):
        branches = [lines] * draw(st.integers(1, 3))
        grown = []
        for number, branch in enumerate(branches):
            for index in range(draw(st.integers(0, 3))):
                branch = added(branch, "attached", draw(_TIMES), {"item": f"{step}.{number}.{index}"})
            grown.append(branch)
        lines = grown[0]
        for other in grown[1:]:
            lines = united(lines, other) if draw(st.booleans()) else united(other, lines)
    return lines


@given(grown_logs())
def test_whatever_branches_meet_the_log_is_whole(lines: list[str]) -> None:
    chain = chain_of(lines)
    assert len(chain.entries) == len(lines)
    place = {entry.digest: index for index, entry in enumerate(chain.ordered)}
    assert len(place) == len(lines)
    assert all(place[before] < place[entry.digest] for entry in chain.ordered for before in entry.after)


@given(grown_logs())
def test_the_order_in_which_entries_count_does_not_depend_on_who_merged(lines: list[str]) -> None:
    here = added(lines, "attached", "2026-11-29T11:00:00Z", {"item": "here"})
    there = added(lines, "attached", "2026-11-29T10:59:00Z", {"item": "there"})
    ours, theirs = chain_of(united(here, there)), chain_of(united(there, here))
    assert [each.digest for each in ours.ordered] == [each.digest for each in theirs.ordered]
    assert ours.head == theirs.head


@given(grown_logs(), st.data())
def test_any_changed_character_is_found(lines: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[number]) - 1))
    other = data.draw(st.characters(codec="utf-8", exclude_characters="\n"))
    assume(other != lines[number][place])
    changed = lines[number][:place] + other + lines[number][place + 1 :]
    with pytest.raises(BrokenChain):
        verified([*lines[:number], changed, *lines[number + 1 :]], ENVIRONMENT)


@given(grown_logs(), st.data())
def test_an_entry_that_was_made_again_with_other_content_is_found(lines: list[str], data: st.DataObject) -> None:
    """Who recomputes the digest of a line breaks what stands behind it, or what a state remembers."""
    number = data.draw(st.integers(0, len(lines) - 1))
    head = chain_of(lines).head
    entry = LogEntry.of(lines[number])
    forged = LogEntry(entry.entry, entry.environment, entry.at, entry.by, entry.after, {"item": "forged"}).sealed
    changed = [*lines[:number], forged.line, *lines[number + 1 :]]
    try:
        chain = verified(changed, ENVIRONMENT)
    except BrokenChain:
        return
    assert not chain.extends(head)


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


@given(grown_logs(), st.data())
def test_a_log_that_was_cut_at_its_end_does_not_extend_what_a_state_remembers(
    lines: list[str], data: st.DataObject
) -> None:
    keep = data.draw(st.integers(0, len(lines) - 1))
    assert not verified(lines[:keep], ENVIRONMENT).extends(chain_of(lines).head)


@given(grown_logs(), st.data())
def test_lines_that_were_moved_are_found_or_mean_the_same(lines: list[str], data: st.DataObject) -> None:
    """Only blocks of branches that nothing follows yet can stand in another order, and that order means nothing."""
    shuffled = data.draw(st.permutations(lines))
    assume(shuffled != lines)
    before = chain_of(lines)
    try:
        chain = verified(shuffled, ENVIRONMENT)
    except BrokenChain:
        return
    assert [each.digest for each in chain.ordered] == [each.digest for each in before.ordered]
    assert chain.head == before.head


def test_once_something_follows_no_line_can_be_moved_at_all() -> None:
    first = added([], "attached", "2026-11-29T09:00:00Z", {"item": "first"})
    here = added(first, "attached", "2026-11-29T10:00:00Z", {"item": "here"})
    there = added(first, "attached", "2026-11-29T09:30:00Z", {"item": "there"})
    closed = added(united(here, there), "attached", "2026-11-29T11:00:00Z", {"item": "closed"})
    assert len(LogEntry.of(closed[-1]).after) == 2
    with pytest.raises(BrokenChain, match="another place"):
        verified([closed[0], closed[2], closed[1], closed[3]], ENVIRONMENT)


def test_a_line_of_another_environments_log_is_found() -> None:
    line = LogEntry.of(added([], "attached", "2026-11-29T09:00:00Z")[0])
    other = LogEntry(line.entry, "production", line.at, line.by).sealed
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


def test_nothing_of_anybody_but_name_role_and_address_stands_in_an_entry() -> None:
    by = json.loads(added([], "attached", "2026-11-29T09:00:00Z")[0])["by"]
    assert set(by) == {"name", "email", "roles", "key"}

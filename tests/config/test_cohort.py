"""Who is in the soft launch: what holds for every cohort and every helpdesk."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.cohort import MEMBERS, STAGES, Membership, Organization, is_drawn, is_member
from config.kinds.rollout import Cohort

ANY_PACE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""What is tested holds on a busy machine, too."""
IDS = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=18)
DOMAINS = st.sampled_from([f"{letter}.example" for letter in "abcdefgh"])
SEGMENTS = st.sampled_from(["", "smb", "enterprise"])
ORGANIZATIONS = st.builds(
    Organization,
    id=st.integers(1, 10**13).map(str),
    account_ids=st.lists(st.one_of(IDS, st.just("")), max_size=2).map(tuple),
    domains=st.lists(DOMAINS, max_size=2).map(tuple),
    segment=SEGMENTS,
)
ENTRIES = st.lists(st.one_of(DOMAINS, IDS), max_size=4, unique=True)
SHARES = st.integers(1, 100)


def cohort(**said: Any) -> Cohort:
    return Cohort.model_validate(said)


LISTS = st.fixed_dictionaries({"always": ENTRIES, "never": ENTRIES, "internal": ENTRIES})
COHORTS = st.one_of(
    st.tuples(LISTS, SHARES).map(lambda said: cohort(**said[0], share=f"{said[1]}%")),
    st.tuples(LISTS, st.sampled_from(["smb", "enterprise"])).map(lambda said: cohort(**said[0], segment=said[1])),
)


def members(said: Cohort, organizations: list[Organization], stage: Any = "customers") -> set[str]:
    membership = Membership(said)
    return {each.id for each in organizations if is_member(membership.why(each), stage)}


@ANY_PACE
@given(LISTS, SHARES, SHARES, st.lists(ORGANIZATIONS))
def test_a_larger_share_only_adds(lists: dict[str, Any], one: int, other: int, there: list[Organization]) -> None:
    small, large = sorted((one, other))
    assert members(cohort(**lists, share=f"{small}%"), there) <= members(cohort(**lists, share=f"{large}%"), there)


@ANY_PACE
@given(COHORTS, st.lists(ORGANIZATIONS, unique_by=lambda each: each.id), st.randoms(use_true_random=False))
def test_neither_order_nor_others_decide(said: Cohort, there: list[Organization], chance: Any) -> None:
    whole = members(said, there)
    shuffled = list(there)
    chance.shuffle(shuffled)
    assert members(said, shuffled) == whole
    some = shuffled[: len(shuffled) // 2]
    assert members(said, some) == {each.id for each in some if each.id in whole}, "whoever comes or goes"


@ANY_PACE
@given(COHORTS, ORGANIZATIONS)
def test_never_is_out_and_always_is_in(said: Cohort, one: Organization) -> None:
    why = Membership(said).why(one)
    if set(one.names) & set(said.never):
        assert why == "never" and not any(is_member(why, stage) for stage in STAGES)
    elif set(one.names) & set(said.internal):
        assert why == "internal" and all(is_member(why, stage) for stage in STAGES)
    elif set(one.names) & set(said.always):
        assert why == "always" and is_member(why, "customers") and not is_member(why, "internal")


@ANY_PACE
@given(COHORTS, st.lists(ORGANIZATIONS))
def test_the_first_stage_is_part_of_the_second(said: Cohort, there: list[Organization]) -> None:
    assert members(said, there, "internal") <= members(said, there, "customers")


@ANY_PACE
@given(LISTS, st.lists(ORGANIZATIONS))
def test_all_of_a_segment_and_nobody_else(lists: dict[str, Any], there: list[Organization]) -> None:
    membership = Membership(cohort(**lists, segment="smb"))
    for each in there:
        if membership.why(each) in ("segment", "outside"):
            assert (membership.why(each) == "segment") == (each.segment == "smb")


@ANY_PACE
@given(st.lists(ORGANIZATIONS), LISTS)
def test_a_hundred_per_cent_is_everybody_but_never(there: list[Organization], lists: dict[str, Any]) -> None:
    membership = Membership(cohort(**lists, share="100%"))
    assert all(membership.why(each) == "never" or membership.why(each) in MEMBERS for each in there)


@settings(ANY_PACE, max_examples=30)
@given(SHARES, st.integers(0, 10**9), st.integers(500, 3000))
def test_the_share_is_met_about(share: int, first: int, count: int) -> None:
    """Drawn, not counted out: six standard deviations from what is expected are never reached."""
    drawn = sum(is_drawn(str(first + number), share) for number in range(count))
    expected = count * share / 100
    assert abs(drawn - expected) <= 6 * math.sqrt(count * share / 100 * (1 - share / 100)) + 1


def test_the_draw_is_the_same_for_ever() -> None:
    """Customers would change places with another draw, in the middle of a soft launch."""
    assert [each for each in range(60) if is_drawn(f"0017Q00000{each:05}QAZ", 15)] == [
        4,
        12,
        13,
        30,
        40,
        45,
        51,
        55,
        58,
    ]


@pytest.mark.parametrize(
    ("account_ids", "by"),
    [(("0017Q", "17"), "0017Q"), (("", "17"), "17"), ((), "9"), (("",), "9")],
)
def test_by_what_somebody_is_drawn(account_ids: tuple[str, ...], by: str) -> None:
    assert Organization("9", account_ids=account_ids).account_id == by


def test_both_forms_of_an_accounts_id_mean_the_same() -> None:
    """Somebody copies 15 characters out of a report, and the API answers with 18."""
    long, short, other = "0017Q00000AbCdEQAZ", "0017Q00000AbCdE", "0017Q00000AbCde"
    for written, there in ((long, short), (short, long)):
        cohort = Cohort.model_validate({"share": "1%", "always": [written]})
        assert Membership(cohort).why(Organization("1", account_ids=(there,))) == "always"
        assert Membership(cohort).entries_of(Organization("1", account_ids=(there,))) == [written]
        assert Membership(cohort).why(Organization("1", account_ids=(other,))) != "always", "capitals count"
    assert [is_drawn(long, each) for each in range(101)] == [is_drawn(short, each) for each in range(101)]


def test_entries_that_mean_somebody() -> None:
    membership = Membership(cohort(always=["a.example", "17", "gone.example"], share="15%"))
    assert membership.entries_of(Organization("9", account_ids=("17",), domains=("a.example", "b.example"))) == [
        "17",
        "a.example",
    ]
    assert membership.entries == {"a.example": "always", "17": "always", "gone.example": "always"}

"""The first answer that counts is the one: others before and after it are shown and do nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from checklists.glass import confirmed, reviewed, why_no_confirmation, why_no_review
from checklists.waiving import accepted_risks, waiver_state
from config.results.log_entry import Actor, LogEntry
from golive.gates.telling import glass_told, waiver_told
from tests.checklists.judged import GROUPS, NOW, PROJECT, Project, seen
from tests.checklists.logs import ENVIRONMENT, chain_of

BEGIN = Project().seen(probed="fail")
STRANGER = Actor("Eve", "eve@elsewhere.example", ("head",), "eve")
MINUTE = timedelta(minutes=1)


def by(project: Project, who: Actor, sort: str, data: dict[str, Any], at: datetime = NOW) -> Project:
    """The same with an entry by anybody at all."""
    when = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    chain = chain_of(project.lines)
    line = LogEntry(sort, ENVIRONMENT, when, who, chain.heads, data).sealed.line  # type: ignore[arg-type]
    return replace(project, lines=[*project.lines, line])


def newest(project: Project) -> str:
    return chain_of(project.lines).entries[-1].digest


# --- accepted risks


def answered(*who: str) -> Project:
    """A risk that Cai asks to accept, and who agrees, in this order. Ana decides about the gate."""
    project = BEGIN.waives("probed", approved_by=None)
    asked = newest(project)
    for number, each in enumerate(who, 1):
        data = {"waiver": asked, "item": "probed"}
        at = NOW + number * MINUTE
        if each == "eve":
            project = by(project, STRANGER, "waiver_approved", data, at)
        else:
            project = project.noted("waiver_approved", each, data, at)
    return project


@pytest.mark.parametrize("who", [["ana", "cai"], ["cai", "ana"], ["ana", "eve"], ["eve", "ana"], ["ben", "ana", "ben"]])
def test_an_approval_that_does_not_count_neither_makes_nor_unmakes_an_accepted_risk(who: list[str]) -> None:
    project = answered(*who)
    verdict = project.verdict("probed")
    assert (verdict.state, "Risk accepted by Ana Sol" in verdict.said) == ("waived", True)
    told = waiver_told(project.known.book.waivers[0], project.known)
    assert (told.state, told.approved_by) == ("approved", "Ana Sol")


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("cai", "Cai Lin asked for it and approved it, too"),
        ("ben", "Ben Ode does not decide about it"),
        ("eve", "Eve has no role in this project any more"),
    ],
)
def test_an_approval_that_does_not_count_is_said_and_the_risk_can_still_be_accepted(who: str, why: str) -> None:
    project = answered(who)
    verdict = project.verdict("probed")
    assert (verdict.state, why in verdict.said) == ("fail", True)
    assert waiver_state(project.known.book.waivers[0], project.known) == "asked"


def test_an_unsigned_approval_after_a_signed_one_does_nothing() -> None:
    project = answered("ana", "ana")
    project = replace(project, project=PROJECT + "signatures: {required: true}\n")
    first, second = (each for each in chain_of(project.lines).entries if each.entry == "waiver_approved")
    asked = {project.known.book.waivers[0].id: ""}
    for proofs in ({first.digest: ""}, {first.digest: "", second.digest: "forged"}, {second.digest: ""}):
        assert replace(project, proofs={**asked, **proofs}).verdict("probed").state == "waived", proofs
    assert "did not prove who they are" in project.verdict("probed").said


def test_asking_again_does_not_end_what_is_accepted() -> None:
    project = answered("ana").waives("probed", days=20, approved_by=None, at=NOW + 9 * MINUTE)
    assert project.verdict("probed").state == "waived"
    longer = project.noted("waiver_approved", "ana", {"waiver": newest(project)}, NOW + 10 * MINUTE)
    later = replace(longer, now=NOW + timedelta(days=15))
    assert later.verdict("probed").state == "waived", "the second one still runs"


def test_only_what_counts_and_runs_counts_towards_the_cap() -> None:
    limited = replace(BEGIN, project=PROJECT + "waivers: {at_most: 1}\n").seen(tried="fail")
    for first in (
        limited.waives("probed", approved_by="cai"),  # who asked
        limited.waives("probed", approved_by="ben"),  # who does not decide
        limited.waives("probed", days=1, at=NOW - timedelta(days=3)),  # over
        limited.waives("fixed"),  # its risk cannot be accepted
        limited.waives("probed", days=40),  # too long
        limited.waives("tried", days=5),  # the same item
    ):
        project = first.waives("tried", at=NOW + MINUTE)
        assert project.verdict("tried").state == "waived"
        assert {each.item for each in accepted_risks(project.known)} == {"tried"}
    full = limited.waives("probed").waives("tried", at=NOW + MINUTE)
    assert (full.verdict("probed").state, full.verdict("tried").state) == ("waived", "fail")
    assert "1 risks are accepted already" in full.verdict("tried").said


def test_a_risk_that_does_not_count_makes_no_decision_out_of_date() -> None:
    project = BEGIN.decides("ana").waives("probed", approved_by="cai")
    assert project.gate("soft_launch").decision.state == "pass"
    assert BEGIN.decides("ana").waives("probed").gate("soft_launch").decision.state == "out_of_date"


# --- broken glass


_LONG = {key: (seen("pass", lasts=timedelta(days=7)),) for key in ("probed", "fixed")}
READY = (
    Project(observations=_LONG, files={"list.md": "f" * 64})
    .signs("ana").signs("ben").attaches("shown", "list.md").decides("ana")
)  # fmt: skip
"""The gate of the soft launch is open."""


def glassed(*answers: tuple[str, str, timedelta], now: datetime = NOW) -> Project:
    """Glass that Cai broke, and what was answered how long after that. Ana decides about the gate."""
    data = {"phase": "soft_launch", "reason": "Fire.", "items": ["probed"]}
    project = replace(READY.noted("glass_broken", "cai", data), now=now)
    broken = newest(project)
    for sort, who, after in answers:
        said = {"glass": broken, "note": who}
        if who == "eve":
            project = by(project, STRANGER, sort, said, NOW + after)
        else:
            project = project.noted(sort, who, said, NOW + after)  # type: ignore[arg-type]
    return project


def test_the_gate_is_open_but_for_the_glass() -> None:
    assert READY.gate("soft_launch").open
    assert not glassed().gate("soft_launch").open


@pytest.mark.parametrize("who", [["ben", "cai"], ["cai", "ben"], ["eve", "ben"], ["ben", "eve"], ["ben", "ana"]])
def test_the_first_confirmation_that_counts_is_the_one(who: list[str]) -> None:
    answers = [("glass_confirmed", each, number * MINUTE) for number, each in enumerate(who, 1)]
    project = glassed(*answers)
    (glass,) = project.known.book.glass
    found = confirmed(glass, project.known)
    assert found is not None
    assert (found.by.name, glass_told(glass, project.known).confirmed_by) == ("Ben Ode", "Ben Ode")
    assert [bool(why_no_confirmation(glass, each, project.known)) for each in glass.confirmations] == [
        each in ("cai", "eve") for each in who
    ]


@pytest.mark.parametrize("who", [["ana", "cai"], ["cai", "ana"], ["ben", "ana"], ["ana", "ben"], ["eve", "ana", "eve"]])
def test_the_first_review_that_counts_is_the_one(who: list[str]) -> None:
    project = glassed(*(("glass_reviewed", each, number * MINUTE) for number, each in enumerate(who, 1)))
    (glass,) = project.known.book.glass
    found = reviewed(glass, project.known)
    assert found is not None
    assert (found.by.name, project.gate("soft_launch").open) == ("Ana Sol", True)
    assert "" in [why_no_review(glass, each, project.known) for each in glass.reviews]
    alone = glassed(*(("glass_reviewed", each, MINUTE) for each in who if each != "ana"))
    assert not alone.gate("soft_launch").open


def test_what_nobody_confirmed_within_a_day_says_so_and_stays_closed_until_it_is_reviewed() -> None:
    missed = "nobody else confirmed it within 24 hours"
    in_time, too_late = timedelta(hours=23, minutes=59), timedelta(hours=24, minutes=1)
    for answers, now, is_missed in [
        ((), in_time, False),
        ((), too_late, True),
        ([("glass_confirmed", "ben", in_time)], too_late, False),
        ([("glass_confirmed", "ben", too_late)], too_late, True),
        ([("glass_confirmed", "cai", in_time)], too_late, True),
        ([("glass_confirmed", "cai", in_time), ("glass_confirmed", "ben", too_late)], too_late, True),
    ]:
        project = glassed(*answers, now=NOW + now)
        for phase in ("soft_launch", "rollout"):
            gate = project.gate(phase)
            (said,) = [each for each in gate.blocked_by if "broke the glass" in each]
            assert (gate.open, missed in said) == (False, is_missed), (answers, said)
        assert glass_told(project.known.book.glass[0], project.known).late is is_missed
        after = project.noted("glass_reviewed", "ana", {"glass": project.known.book.glass[0].id}, NOW + too_late)
        assert after.gate("soft_launch").open


# --- signatures and decisions


def test_a_signature_that_does_not_count_takes_none_away_that_does() -> None:
    required = PROJECT + "signatures: {required: true}\n"
    project = replace(Project().signs("ana").signs("ben"), project=required)
    proofs = {each.digest: "" for each in chain_of(project.lines).entries}
    project = replace(project, proofs=proofs)
    assert project.verdict("signed").state == "pass"
    again = project.signs("ana", at=NOW + MINUTE)
    assert again.verdict("signed").state == "pass", "it is not signed with a key"
    assert replace(again, proofs={**proofs, newest(again): "forged"}).verdict("signed").state == "pass"
    taken = again.noted("withdrawn", "ana", {"item": "signed"}, NOW + 2 * MINUTE)
    assert taken.verdict("signed").state == "pass", "nor is its withdrawal"
    assert replace(taken, proofs={**proofs, newest(taken): ""}).verdict("signed").state == "unknown"


def test_the_last_signature_that_counts_is_the_one() -> None:
    other = GROUPS + "  second: {name: Second}\n"
    project = replace(Project().signs("ana").signs("ben"), config=other)
    assert project.verdict("signed").state == "out_of_date"
    assert project.signs("ana", at=NOW + MINUTE).signs("ben", at=NOW + MINUTE).verdict("signed").state == "pass"


def test_a_decision_that_does_not_count_takes_none_away_that_does() -> None:
    required = PROJECT + "signatures: {required: true}\n"
    for first, second, state in [("go", "no_go", "pass"), ("no_go", "go", "fail")]:
        project = replace(Project().decides("ana", first), project=required)
        project = replace(project, proofs={newest(project): ""})
        assert project.gate("soft_launch").decision.state == state
        assert project.decides("ana", second).gate("soft_launch").decision.state == state
    other = Actor("Ana Sol", "ana@client.example", ("lead",), "ana")
    data = {"phase": "soft_launch", "decision": "go", "gate": Project().gate("soft_launch").digest}
    project = by(Project().decides("ana", "no_go"), other, "decided", data, NOW + MINUTE)
    assert project.gate("soft_launch").decision.state == "fail", "in another role she does not decide"

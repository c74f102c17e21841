"""From the states of items to a gate: its review, its decision, and what makes a go worthless again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from checklists.gating import gate_digest
from tests.checklists.judged import (
    FILE,
    FOR_BEN,
    MAIL,
    NOW,
    OTHER_GROUPS,
    PROJECT,
    PROVEN,
    START,
    Project,
)
from tests.checklists.logs import united


def test_a_gate_is_reviewable_before_it_is_open() -> None:
    project = START.seen(probed="pass")
    assert project.gate("soft_launch").reviewable
    assert not project.gate("soft_launch").open
    assert not START.gate("soft_launch").reviewable


def _ready() -> Project:
    return Project(files=FILE).seen(probed="pass", fixed="pass").signs("ana").signs("ben").attaches("shown", "list.md")


def test_a_gate_opens_when_all_holds_and_somebody_says_go() -> None:
    assert "not decided yet" in _ready().gate("soft_launch").blocked_by[0]
    assert _ready().decides("ana").gate("soft_launch").open
    assert not _ready().decides("ana", "no_go").gate("soft_launch").open
    assert not _ready().decides("ben").gate("soft_launch").open


def test_a_decision_about_another_gate_or_before_a_new_risk_is_out_of_date() -> None:
    decided = _ready().decides("ana")
    other = Project(project=PROJECT + "items: {probed: {name: Otherwise}}\n", files=FILE, lines=decided.lines)
    assert other.gate("soft_launch").decision.state == "out_of_date"
    risky = decided.seen(probed="fail").waives("probed", at=NOW + timedelta(minutes=1))
    assert risky.gate("soft_launch").decision.state == "out_of_date"
    assert "another risk was accepted" in risky.gate("soft_launch").decision.said


def test_a_go_is_for_the_files_that_there_were() -> None:
    decided = _ready().decides("ana")
    other = replace(decided, config=OTHER_GROUPS)
    assert other.gate("soft_launch").decision.state == "out_of_date"
    assert "the configuration was changed" in other.gate("soft_launch").decision.said


def test_a_go_is_over_once_the_phase_was_left() -> None:
    """Whoever decides anew has to know of it, whatever the clocks say."""
    decided = _ready().decides("ana")
    through = {"phase": "soft_launch", "gate": decided.gate("soft_launch").digest}
    entered = decided.noted("advance_started", "ben", through).noted("advanced", "ben", through)
    assert entered.gate("soft_launch").decision.state == "pass"
    back = entered.noted("retreat_started", "cai", {"phase": "build"})
    assert back.gate("soft_launch").decision.state == "out_of_date"
    assert "since then Cai Lin went back to build" in back.gate("soft_launch").decision.said
    assert back.decides("ana").gate("soft_launch").decision.state == "pass"
    elsewhere = united(back.lines, entered.decides("ana").lines)
    assert replace(back, lines=elsewhere).gate("soft_launch").decision.state == "out_of_date"


def test_a_milestone_is_not_entered_before_its_day() -> None:
    """Thirty days of real tickets are thirty days, whoever decides otherwise."""
    project = Project()
    for phase in ("soft_launch", "rollout"):
        project = project.noted("advance_started", "ben", {"phase": phase, "gate": "asked"})
        project = project.noted("advanced", "ben", {"phase": phase})
    said = "Day 30 is on 29 December 2026, counted from the start of the rollout; until then it is too early."
    for now, early in (
        (NOW, True),
        (NOW.replace(month=12, day=28, hour=23, minute=59), True),
        (NOW.replace(month=12, day=29, hour=0), False),
    ):
        assert (said in replace(project, now=now).gate("day_30").blocked_by) is early
    assert not any("too early" in each for each in project.gate("handoff").blocked_by)


def test_an_old_go_does_not_stand_in_the_way_of_a_new_one() -> None:
    both = PROJECT.replace("email: cai@partner.example, roles: [", "email: cai@partner.example, roles: [head, ")
    project = replace(_ready(), project=both).decides("cai")
    changed = replace(project, config=OTHER_GROUPS, project=both)
    assert changed.gate("soft_launch").decision.state == "out_of_date"
    assert changed.decides("ana").gate("soft_launch").decision.state == "pass"


@pytest.mark.parametrize(
    "change",
    [
        "items: {done: {drop: No time.}}",
        "items: {done: {advisory: true}}",
        "items: {fixed: {waivable: true}}",
        "items: {done: {break_glass: false}}",
        "items: {probed: {probe: {files_valid: null, state_whole: null}}}",
        "gates: {soft_launch: {outcome: {served: {drop: No time.}}}, rollout: {decision: {head: 1}}}",
        "gates: {soft_launch: {success: {agreed: {lasting: false}}}, rollout: {decision: {head: 1}}}",
        "gates: {rollout: {decision: {lead: 1}}}",
        "gates: {rollout: {decision: {head: 1}, success: {fast: {only_if: [voice]}}}}",
    ],
)
def test_a_decision_is_about_all_that_the_gate_asks_for_and_how_hard(change: str) -> None:
    """Also about what earlier gates asked for, and what the phase before has come to."""
    people, gates = PROJECT[: PROJECT.index("gates:")], "gates: {rollout: {decision: {head: 1}}}"
    project = f"{people}{change}\n" + ("" if change.startswith("gates") else f"{gates}\n")
    before = gate_digest("rollout", Project().known.checklist)
    assert gate_digest("rollout", Project(project=f"{people}{gates}\n").known.checklist) == before
    assert gate_digest("rollout", Project(project=project).known.checklist) != before


@pytest.mark.parametrize("change", ["why: Otherwise.", "fix: Otherwise.", "owner: head", "source: The contract."])
def test_other_words_are_no_other_gate(change: str) -> None:
    before = gate_digest("rollout", Project().known.checklist)
    reworded = Project(project=f"{PROJECT}items: {{done: {{{change}}}}}\n")
    assert gate_digest("rollout", reworded.known.checklist) == before


def test_a_later_gate_asks_again_for_what_lasts() -> None:
    gate = _ready().attaches("done").decides("ana", phase="rollout").gate("rollout")
    assert gate.open
    assert {(each.part, each.key) for each in gate.conditions} >= {("earlier", "ready"), ("earlier", "agreed")}
    assert ("earlier", "shown") not in {(each.part, each.key) for each in gate.conditions}
    broken = _ready().attaches("done").decides("ana", phase="rollout").seen(probed="fail")
    assert not broken.gate("rollout").open


def test_a_gate_asks_what_the_phase_before_has_come_to() -> None:
    gate = _ready().gate("rollout")
    assert not gate.reviewable
    assert any("It is done" in each for each in gate.blocked_by)


def test_a_condition_of_a_decision_that_is_overdue_closes_the_next_gate() -> None:
    condition = {"what": "Train the night shift", "who": "Ben Ode", "due": "2026-12-01"}
    project = _ready().decides("ana", conditions=[condition])
    assert project.gate("soft_launch").open
    late = Project(files=FILE, lines=project.lines, now=NOW + timedelta(days=3))
    late = late.seen(probed="pass", fixed="pass")
    assert any("Train the night shift" in each for each in late.gate("rollout").blocked_by)


def test_a_condition_is_not_fulfilled_by_who_only_plays_somebody() -> None:
    condition = {"what": "Train the night shift", "who": "Ben Ode", "due": "2026-12-01"}
    decided = _ready().decides("ana", conditions=[condition])
    done = {"decision": decided.known.book.actions[0].decision, "number": 0}
    late = NOW + timedelta(days=3)
    fulfilled = replace(decided.noted("action_done", "ben", done), now=late).seen(probed="pass", fixed="pass")
    played = replace(decided.noted("action_done", "ben", {**done, "practice": True}), now=late)
    assert not any("night shift" in each for each in fulfilled.gate("rollout").blocked_by)
    assert any("night shift" in each for each in played.gate("rollout").blocked_by)


def test_broken_glass_stays_until_it_is_reviewed() -> None:
    project = (
        _ready()
        .decides("ana")
        .noted("glass_broken", "cai", {"phase": "soft_launch", "reason": "Fire", "items": ["probed"]})
    )
    glass = project.known.book.glass[0].id
    assert any("broke the glass" in each for each in project.gate("soft_launch").blocked_by)
    confirmed = project.noted("glass_confirmed", "ben", {"glass": glass})
    assert not confirmed.gate("soft_launch").open
    assert confirmed.noted("glass_reviewed", "ana", {"glass": glass}).gate("soft_launch").open


def test_no_decision_that_proves_nothing_takes_back_one_that_counts() -> None:
    """A go in the name of somebody who said no-go, of which nothing shows that it is theirs."""
    refused = _ready().decides("ana", "no_go", practice=False)
    assert "decided no-go" in refused.gate("soft_launch").decision.said
    played = refused.decides("ana", "go", practice=True)
    assert played.gate("soft_launch").decision.state == "fail"
    assert not played.gate("soft_launch").open
    proven = replace(
        refused.decides("ana", source="review", on_behalf_of=FOR_BEN),
        project=PROVEN.project,
        proofs={each.digest: "" for each in refused.known.book.chain.entries},
    )
    assert proven.gate("soft_launch").decision.state == "fail"


def test_nobody_decides_in_anothers_name() -> None:
    ana = {"name": "Ana Sol", "email": "ana@client.example", "key": "ana", "roles": ["head"], "evidence": "mail.eml",
           "digest": "aa"}  # fmt: skip
    project = replace(_ready(), files={**FILE, **MAIL}).decides("ben", on_behalf_of=ana)
    assert "not decided yet" in project.gate("soft_launch").decision.said

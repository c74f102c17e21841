"""Broken glass: confirmed by a second person in time, reviewed by somebody who decides, red until then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from checklists.moments import written
from config.results.log_entry import Actor, LogEntry
from tests.cli.gated import Gated
from tests.cli.project import PEOPLE, Project, project

__all__ = ["project"]

OWN = "groups: {billing: {name: Billing}}\n"
DECIDED = PEOPLE + "gates: {soft_launch: {decision: {head_of_support: 1}}, rollout: {decision: {finance: 1}}}\n"
BEN = Actor("Ben Ode", "ben@partner.example", ("consultant",), "ben")


def broken(gated: Gated, hours_ago: float = 1, phase: str = "soft_launch", by: Actor = BEN) -> str:
    """Glass that was broken so long ago, in the log; its ID. The log is golive's own."""
    book = gated.logbook
    at = written(datetime.now(UTC) - timedelta(hours=hours_ago))
    data = {"phase": phase, "reason": "Mail was lost", "items": ["channels_tried"]}
    entry = LogEntry("glass_broken", "sandbox", at, by, book.read().heads, data).sealed
    book.path.parent.mkdir(parents=True, exist_ok=True)
    with book.path.open("a", encoding="utf-8") as file:
        file.write(f"{entry.line}\n")
    return entry.digest[:8]


def board(gated: Gated) -> dict[str, object]:
    document = gated.golive("gate", "status", "--offline", "--json").checked("gate")
    (glass,) = document["broken_glass"]
    return {**glass, "blocks": any("broke the glass" in each for each in document["blocked_by"])}


def test_from_broken_to_reviewed(project: Project) -> None:
    gated = project(OWN, DECIDED)
    identifier = broken(gated)
    assert board(gated) | {"id": identifier, "blocks": True, "late": False} == board(gated)
    assert board(gated)["asked"] == ["Ana Sol", "Cai Lin"], "everybody but who broke it"

    own = gated.golive("gate", "glass", identifier, "--confirm", "--yes")
    assert (own.code, "Ben Ode broke it, so that somebody else has to confirm it." in own.err) == (2, True)
    gated.is_now("cai")
    early = gated.golive("gate", "glass", identifier, "--review", "--yes")
    assert (early.code, "Cai Lin does not decide about it" in early.err) == (2, True)
    assert "head of support" in early.err, "who decides about the gate that it passed by, not about another"
    confirmed = gated.golive("gate", "glass", identifier, "--confirm", "--note", "I was there", "--yes")
    assert confirmed.code == 0, confirmed.err
    assert (board(gated)["confirmed_by"], board(gated)["late"]) == ("Cai Lin", False)
    assert board(gated)["asked"] == ["Ana Sol"], "who decides"
    assert board(gated)["blocks"] is True
    again = gated.golive("gate", "glass", identifier, "--confirm", "--yes")
    assert (again.code, "Cai Lin has confirmed it" in again.err) == (2, True)

    gated.is_now("ana")
    assert gated.golive("gate", "glass", identifier, "--review", "--note", "Order was made", "--yes").code == 0
    found = board(gated)
    assert (found["reviewed_by"], found["note"], found["blocks"]) == ("Ana Sol", "Order was made", False)
    assert "broke the glass" not in gated.golive("gate", "status", "--offline").out
    history = gated.golive("gate", "history").out
    assert "Cai Lin confirmed the broken glass: I was there" in history
    assert "Ana Sol reviewed the broken glass: Order was made" in history
    assert gated.golive("log", "verify").code == 0


def test_a_late_confirmation_is_noted_as_late(project: Project) -> None:
    gated = project(OWN, DECIDED)
    identifier = broken(gated, hours_ago=25)
    assert "too late since" in gated.golive("gate", "status", "--offline").out
    gated.is_now("ana")
    done = gated.golive("gate", "glass", identifier, "--confirm", "--yes")
    assert (done.code, "later than 24 hours after it" in done.out) == (0, True)
    assert board(gated)["late"] is True
    assert "confirmed the broken glass, later than 24 hours after it" in gated.golive("gate", "history").out
    assert "late" in gated.golive("gate", "glass", identifier).out


def test_who_broke_it_reviews_it_in_no_role(project: Project) -> None:
    gated = project(OWN, DECIDED)
    by_ana = Actor("Ana Sol", "ana@client.example", ("head_of_support",), "ana")
    identifier = broken(gated, by=by_ana)
    gated.is_now("ana")
    own = gated.golive("gate", "glass", identifier, "--review", "--yes")
    assert (own.code, "somebody else has to review it" in own.err) == (2, True)
    # A line of one's own making in the log, past the command, is no review either.
    gated.logbook.append("glass_reviewed", by_ana, {"glass": board_id(gated), "note": "All is well"})
    assert board(gated)["reviewed_by"] == ""
    assert board(gated)["blocks"] is True


def test_an_answer_that_does_not_count_is_shown_and_stands_in_nobodys_way(project: Project) -> None:
    gated = project(OWN, DECIDED)
    identifier = broken(gated)
    stranger = Actor("Eve", "eve@elsewhere.example", ("head_of_support",), "eve")
    for sort in ("glass_confirmed", "glass_reviewed"):
        gated.logbook.append(sort, stranger, {"glass": board_id(gated), "note": ""})  # type: ignore[arg-type]
    shown = gated.golive("gate", "glass", identifier).out
    assert shown.count("not by Eve") == 2
    assert "Eve has no role in this project any more" in shown
    assert (board(gated)["confirmed_by"], board(gated)["reviewed_by"], board(gated)["blocks"]) == ("", "", True)
    gated.is_now("cai")
    assert gated.golive("gate", "glass", identifier, "--confirm", "--yes").code == 0
    gated.is_now("ana")
    assert gated.golive("gate", "glass", identifier, "--review", "--note", "Right.", "--yes").code == 0
    for sort in ("glass_confirmed", "glass_reviewed"):
        gated.logbook.append(sort, stranger, {"glass": board_id(gated), "note": ""})  # type: ignore[arg-type]
    assert (board(gated)["confirmed_by"], board(gated)["reviewed_by"]) == ("Cai Lin", "Ana Sol")
    assert board(gated)["blocks"] is False


def board_id(gated: Gated) -> str:
    """The whole digest of the only broken glass."""
    (entry,) = [each for each in gated.logbook.read().entries if each.entry == "glass_broken"]
    return entry.digest


def test_a_run_in_a_freeze_is_reviewed_by_whoever_decides_about_any_gate(project: Project) -> None:
    gated = project(OWN, DECIDED)
    identifier = broken(gated, phase="up")
    gated.is_now("cai")  # finance decides about the rollout
    assert gated.golive("gate", "glass", identifier, "--review", "--note", "Right.", "--yes").code == 0
    assert board(gated)["blocks"] is False


def test_where_nobody_decides_nobody_can_review(project: Project) -> None:
    gated = project(OWN)
    identifier = broken(gated)
    gated.is_now("ana")
    ran = gated.golive("gate", "glass", identifier, "--review", "--yes")
    assert (ran.code, "Nobody has said who decides about the gates." in ran.err) == (2, True)


@pytest.mark.parametrize("word", ["0000", "g", ""])
def test_what_nothing_is_called(project: Project, word: str) -> None:
    gated = project(OWN, DECIDED)
    assert gated.golive("gate", "glass").out.endswith("No glass was broken.\n")
    broken(gated)
    gated.commit("change")
    ran = gated.golive("gate", "glass", word, "--confirm", "--yes")
    assert (ran.code, "No broken glass is called" in ran.err) == (2, True)
    assert gated.golive("gate", "glass", "--confirm").code == 2


def test_a_review_says_what_was_found_and_is_given_once(project: Project) -> None:
    """Whoever reads it next year wants to know what followed from it."""
    gated = project(OWN, DECIDED)
    identifier = broken(gated)
    gated.is_now("ana")
    silent = gated.golive("gate", "glass", identifier, "--review", "--yes")
    assert (silent.code, "needs --note" in silent.err) == (2, True)
    assert gated.golive("gate", "glass", identifier, "--review", "--note", "The rule was wrong.", "--yes").code == 0
    again = gated.golive("gate", "glass", identifier, "--review", "--note", "Or was it?", "--yes")
    assert (again.code, "Ana Sol has reviewed it on" in again.err) == (2, True)
    assert "The rule was wrong." in gated.golive("gate", "glass", identifier).out

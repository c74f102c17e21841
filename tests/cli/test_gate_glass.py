"""Broken glass: confirmed by a second person in time, reviewed by somebody who decides, red until then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from checklists.moments import written
from config.results.log_entry import Actor, LogEntry
from golive.logbook import Logbook
from tests.cli.project import PEOPLE, Project, commit, is_now, project
from tests.cli.workspace import Workspace

__all__ = ["project"]

OWN = "groups: {billing: {name: Billing}}\n"
DECIDED = PEOPLE + "gates: {soft_launch: {decision: {head_of_support: 1}}, rollout: {decision: {finance: 1}}}\n"
BEN = Actor("Ben Okoro", "ben@acme.example", ("consultant",), "ben")


def broken(workspace: Workspace, hours_ago: float = 1, phase: str = "soft_launch", by: Actor = BEN) -> str:
    """Glass that was broken so long ago, in the log; its ID. The log is golive's own."""
    book = Logbook(workspace.root, "sandbox")
    at = written(datetime.now(UTC) - timedelta(hours=hours_ago))
    data = {"phase": phase, "reason": "Mail was lost", "items": ["channels_tried"]}
    entry = LogEntry("glass_broken", "sandbox", at, by, book.read().heads, data).sealed
    book.path.parent.mkdir(parents=True, exist_ok=True)
    with book.path.open("a", encoding="utf-8") as file:
        file.write(f"{entry.line}\n")
    return entry.digest[:8]


def board(workspace: Workspace) -> dict[str, object]:
    document = workspace.golive("gate", "status", "--offline", "--json").checked("gate")
    (glass,) = document["broken_glass"]
    return {**glass, "blocks": any("broke the glass" in each for each in document["blocked_by"])}


def test_from_broken_to_reviewed(project: Project) -> None:
    workspace = project(OWN, DECIDED)
    identifier = broken(workspace)
    assert board(workspace) | {"id": identifier, "blocks": True, "late": False} == board(workspace)
    assert board(workspace)["asked"] == ["Ana Wolf", "Cai Ito"], "everybody but who broke it"

    own = workspace.golive("gate", "glass", identifier, "--confirm", "--yes")
    assert (own.code, "Ben Okoro broke it, so that somebody else has to confirm it." in own.err) == (2, True)
    is_now(workspace, "cai")
    early = workspace.golive("gate", "glass", identifier, "--review", "--yes")
    assert (early.code, "Cai Ito does not decide about it" in early.err) == (2, True)
    assert "head of support" in early.err, "who decides about the gate that it passed by, not about another"
    confirmed = workspace.golive("gate", "glass", identifier, "--confirm", "--note", "I was there", "--yes")
    assert confirmed.code == 0, confirmed.err
    assert (board(workspace)["confirmed_by"], board(workspace)["late"]) == ("Cai Ito", False)
    assert board(workspace)["asked"] == ["Ana Wolf"], "who decides"
    assert board(workspace)["blocks"] is True
    again = workspace.golive("gate", "glass", identifier, "--confirm", "--yes")
    assert (again.code, "Cai Ito has confirmed it" in again.err) == (2, True)

    is_now(workspace, "ana")
    assert workspace.golive("gate", "glass", identifier, "--review", "--note", "Order was made", "--yes").code == 0
    found = board(workspace)
    assert (found["reviewed_by"], found["note"], found["blocks"]) == ("Ana Wolf", "Order was made", False)
    assert "broke the glass" not in workspace.golive("gate", "status", "--offline").out
    history = workspace.golive("gate", "history").out
    assert "Cai Ito confirmed the broken glass: I was there" in history
    assert "Ana Wolf reviewed the broken glass: Order was made" in history
    assert workspace.golive("log", "verify").code == 0


def test_a_late_confirmation_is_noted_as_late(project: Project) -> None:
    workspace = project(OWN, DECIDED)
    identifier = broken(workspace, hours_ago=25)
    assert "too late since" in workspace.golive("gate", "status", "--offline").out
    is_now(workspace, "ana")
    done = workspace.golive("gate", "glass", identifier, "--confirm", "--yes")
    assert (done.code, "later than 24 hours after it" in done.out) == (0, True)
    assert board(workspace)["late"] is True
    assert "confirmed the broken glass, later than 24 hours after it" in workspace.golive("gate", "history").out
    assert "late" in workspace.golive("gate", "glass", identifier).out


def test_who_broke_it_reviews_it_in_no_role(project: Project) -> None:
    workspace = project(OWN, DECIDED)
    by_ana = Actor("Ana Wolf", "ana@acme.example", ("head_of_support",), "ana")
    identifier = broken(workspace, by=by_ana)
    is_now(workspace, "ana")
    own = workspace.golive("gate", "glass", identifier, "--review", "--yes")
    assert (own.code, "somebody else has to review it" in own.err) == (2, True)
    # A line of one's own making in the log, past the command, is no review either.
    Logbook(workspace.root, "sandbox").append(
        "glass_reviewed", by_ana, {"glass": board_id(workspace), "note": "All is well"}
    )
    assert board(workspace)["reviewed_by"] == ""
    assert board(workspace)["blocks"] is True


def board_id(workspace: Workspace) -> str:
    """The whole digest of the only broken glass."""
    (entry,) = [each for each in Logbook(workspace.root, "sandbox").read().entries if each.entry == "glass_broken"]
    return entry.digest


def test_a_run_in_a_freeze_is_reviewed_by_whoever_decides_about_any_gate(project: Project) -> None:
    workspace = project(OWN, DECIDED)
    identifier = broken(workspace, phase="up")
    is_now(workspace, "cai")  # finance decides about the rollout
    assert workspace.golive("gate", "glass", identifier, "--review", "--yes").code == 0
    assert board(workspace)["blocks"] is False


def test_where_nobody_decides_nobody_can_review(project: Project) -> None:
    workspace = project(OWN)
    identifier = broken(workspace)
    is_now(workspace, "ana")
    ran = workspace.golive("gate", "glass", identifier, "--review", "--yes")
    assert (ran.code, "Nobody has said who decides about the gates." in ran.err) == (2, True)


@pytest.mark.parametrize("word", ["0000", "g", ""])
def test_what_nothing_is_called(project: Project, word: str) -> None:
    workspace = project(OWN, DECIDED)
    assert workspace.golive("gate", "glass").out.endswith("No glass was broken.\n")
    broken(workspace)
    commit(workspace)
    ran = workspace.golive("gate", "glass", word, "--confirm", "--yes")
    assert (ran.code, "No broken glass is called" in ran.err) == (2, True)
    assert workspace.golive("gate", "glass", "--confirm").code == 2

"""While the environment file says `freeze:`, nothing is changed, other than by recorded broken glass."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from tests.cli.gated import Gated
from tests.cli.project import Project, day, only, project
from tests.cli.workspace import Ran, Workspace

__all__ = ["project"]

pytestmark = pytest.mark.engine

OWN = """\
groups: {billing: {name: Billing}}
macros: {thanks: {name: Thanks, then: [{add_tags: [thanks]}]}}
"""
BROKEN = ("--break-glass", "--reason", "The pager is silent", "--yes")


def frozen(workspace: Workspace, first: int = -1, last: int = 1) -> dict[str, Any]:
    """A freeze from so many days before today to so many after it. Returns the settings without it."""
    settings = workspace.settings()
    said = {"from": day(first), "until": day(last), "why": "Black Friday"}
    workspace.set({**settings, "freeze": said})
    return settings


def log(gated: Gated) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gated.lines()] if gated.logbook.path.exists() else []


def is_refused(ran: Ran) -> None:
    assert ran.code == 1, ran.out
    assert f"Nothing may change in sandbox until {day(1)} (UTC); nothing was changed." in ran.err
    assert "Black Friday" in ran.err


def test_nothing_but_off_is_done_in_a_freeze(project: Project) -> None:
    gated = project(OWN)
    workspace = gated.workspace
    workspace.up()
    frozen(workspace)
    workspace.edit("Billing", "Invoices")
    workspace.sandbox.clear_log()
    assert f"Nothing may change here until {day(1)} (UTC): Black Friday." in workspace.golive("plan").out
    for command in (("up", "--yes"), ("undo", "--yes"), ("destroy", "--yes"), ("advance", "soft_launch", "--yes")):
        ran = workspace.golive(*command)
        is_refused(ran)
        assert ("--break-glass" in ran.err) is (command[0] != "destroy")
    assert workspace.sandbox.writes() == []
    assert log(gated) == []

    off = workspace.golive("off", "macros/thanks", "--reason", "It thanks twice", "--yes")
    assert off.code == 0, off.err
    assert workspace.one("macros", "Thanks")["active"] is False
    assert workspace.golive("on", "macros/thanks", "--yes").code == 0, "it was switched off in the freeze"
    assert workspace.one("macros", "Thanks")["active"] is True


def test_what_was_off_before_the_freeze_stays_off_in_it(project: Project) -> None:
    gated = project(OWN)
    workspace = gated.workspace
    workspace.up()
    assert workspace.golive("off", "macros/thanks", "--reason", "It thanks twice", "--yes").code == 0
    settings = workspace.settings()
    workspace.set({**settings, "freeze": f"{day(1)} Black Friday"})  # without a first day: nobody knows since when
    is_refused(workspace.golive("on", "macros/thanks", "--yes"))
    assert workspace.one("macros", "Thanks")["active"] is False
    workspace.set(settings)
    assert workspace.golive("on", "macros/thanks", "--yes").code == 0


@pytest.mark.parametrize(("first", "last"), [(-9, -1), (1, 9)])
def test_before_and_after_it_everything_is_done(project: Project, first: int, last: int) -> None:
    gated = project(OWN)
    workspace = gated.workspace
    frozen(workspace, first, last)
    workspace.up()
    assert "Billing" in workspace.titles("groups")


@pytest.mark.parametrize(
    ("at", "code"),
    [("2026-11-24T23:59:59", 0), ("2026-11-25T00:00:00", 1), ("2026-12-01T23:59:59", 1), ("2026-12-02T00:00:00", 0)],
)
def test_it_begins_and_ends_at_midnight_utc(
    project: Project, monkeypatch: pytest.MonkeyPatch, at: str, code: int
) -> None:
    """Wherever the machine is: its own midnight is another one."""
    workspace = project(OWN).workspace
    settings = workspace.settings()
    workspace.set({**settings, "freeze": {"from": "2026-11-25", "until": "2026-12-01", "why": "Black Friday"}})
    monkeypatch.setenv("TZ", "America/Toronto")
    monkeypatch.setattr("golive.clock.now", lambda: datetime.fromisoformat(f"{at}+00:00"))
    assert workspace.golive("up", "--yes").code == code
    assert bool(workspace.sandbox.writes()) is (code == 0)


def test_an_emergency_is_done_and_stands_in_the_log(project: Project) -> None:
    gated = project(OWN)
    workspace = gated.workspace
    frozen(workspace)
    gated.commit("freeze")
    ran = workspace.golive("up", *BROKEN, "--json")
    assert ran.code == 0, ran.err
    assert set(ran.results.values()) == {"done"}
    (entry,) = log(gated)
    assert (entry["entry"], entry["by"]["name"], entry["by"]["key"]) == ("glass_broken", "Ben Ode", "ben")
    assert entry["data"] == {
        "phase": "up",
        "reason": "The pager is silent",
        "items": [],
        "freeze": f"{day(1)} (UTC): Black Friday",
    }
    assert gated.git("log", "-1", "--format=%s", "--", "checklists/log") == "sandbox: glass broken for up\n"
    assert gated.git("status", "--short", "checklists/log") == ""
    verified = workspace.golive("log", "verify", "--json").document
    assert (verified["entries"], verified["head"]) == (1, entry["digest"])

    board = workspace.golive("gate", "status", "--offline").out
    assert "Ben Ode broke the glass to run golive up in a freeze" in board
    assert f"golive gate glass {entry['digest'][:8]} --confirm" in board

    # The state remembers the log from now on: whoever has it without that entry is behind.
    gated.git("rm", "-q", "-f", "checklists/log/sandbox.jsonl")
    behind = workspace.golive("plan")
    assert (behind.code, "is not as golive wrote it" in behind.err) == (1, True)


def test_a_run_that_is_repeated_is_no_second_emergency(project: Project) -> None:
    gated = project(OWN)
    workspace = gated.workspace
    frozen(workspace)
    assert workspace.golive("up", *BROKEN).code == 0
    workspace.edit("Billing", "Invoices")
    again = workspace.golive("up", *BROKEN)
    assert again.code == 0
    assert "The glass is broken already" in again.out
    assert [each["data"]["phase"] for each in log(gated)] == ["up"]
    workspace.edit("Invoices", "Money")
    assert workspace.golive("up", "--break-glass", "--reason", "Another one", "--yes").code == 0
    assert workspace.golive("undo", *BROKEN).code == 0
    assert [each["data"]["phase"] for each in log(gated)] == ["up", "up", "undo"]
    assert "Invoices" in workspace.titles("groups")


def test_nobody_breaks_glass_by_the_way(project: Project) -> None:
    """Without a reason, without a name, without something to do, and where nothing is frozen."""
    gated = project(OWN)
    workspace = gated.workspace
    settings = frozen(workspace)
    assert workspace.golive("up", "--break-glass", "--yes").code == 2
    assert workspace.golive("up", "--reason", "x", "--yes").code == 2
    gated.git("config", "user.email", "stranger@elsewhere.example")
    stranger = workspace.golive("up", *BROKEN)
    assert (stranger.code, "stranger@elsewhere.example is nobody of this project" in stranger.err) == (2, True)
    gated.is_now("ben")
    not_agreed = workspace.golive("up", "--break-glass", "--reason", "Nobody is asked")
    assert "Nobody can be asked here" in not_agreed.err
    assert log(gated) == []
    assert workspace.sandbox.writes() == []
    workspace.set(settings)
    free = workspace.golive("up", *BROKEN)
    assert (free.code, "no glass was broken" in free.out) == (0, True)
    assert log(gated) == []
    frozen(workspace)
    assert workspace.golive("up", *BROKEN).code == 0, "nothing is left to do"
    assert log(gated) == []


def test_mistakes_in_the_checklists_stop_no_emergency(project: Project) -> None:
    gated = project(OWN)
    workspace = gated.workspace
    frozen(workspace)
    workspace.config("items: {own: {nmae: Own}}\n", "checklists/own.yaml")
    assert workspace.golive("up", *BROKEN).code == 0
    assert len(log(gated)) == 1


def test_a_log_that_cannot_be_pushed_stops_before_anything_is_changed(project: Project, tmp_path: Any) -> None:
    gated = project(OWN)
    workspace = gated.workspace
    gated.git("init", "-q", "--bare", str(tmp_path / "origin.git"))
    gated.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    gated.git("push", "-q", "-u", "origin", "main")
    frozen(workspace)
    (tmp_path / "origin.git").rename(tmp_path / "gone.git")
    ran = workspace.golive("up", *BROKEN)
    assert (ran.code, "git could not push the log" in ran.err) == (1, True)
    assert workspace.sandbox.writes() == []
    done = workspace.golive("up", *BROKEN, "--no-push")
    assert done.code == 0, done.err
    assert len(log(gated)) == 1, "the same emergency"


def test_a_phase_is_entered_in_a_freeze_by_broken_glass_only(project: Project) -> None:
    decided = {"gates": {"soft_launch": {"decision": {"head_of_support": 1}}}}
    gated = project(OWN, only([], decided))
    workspace = gated.workspace
    workspace.up()
    frozen(workspace)
    gated.commit("freeze")
    assert workspace.golive("gate", "decide", "soft_launch", "go", "--as", "ana", "--yes").code == 0
    is_refused(workspace.golive("advance", "soft_launch", "--yes"))
    declined = workspace.golive("advance", "soft_launch", "--break-glass", "--reason", "Contract")
    assert (declined.code, "Nobody can be asked here" in declined.err) == (2, True)
    assert [each["entry"] for each in log(gated)] == ["decided"], "nobody agreed, so nothing is broken"
    done = workspace.golive("advance", "soft_launch", *BROKEN)
    assert done.code == 0, done.err
    entries = log(gated)
    assert [each["entry"] for each in entries] == ["decided", "glass_broken", "advance_started", "advanced"]
    glass, started = entries[1], entries[2]
    assert (glass["data"]["phase"], glass["data"]["items"]) == ("soft_launch", [])
    assert glass["data"]["freeze"].endswith("Black Friday")
    assert started["data"]["glass"] == glass["digest"]
    back = workspace.golive("retreat", "build", "--reason", "It was too early", "--yes")
    assert back.code == 0, "the way out of trouble stays open"
    assert log(gated)[-1]["entry"] == "retreated"


def test_a_closed_gate_is_passed_by_broken_glass_once_somebody_agrees(project: Project) -> None:
    gated = project(OWN, only(["licences_approved"], {}))
    workspace = gated.workspace
    workspace.up()
    gated.commit("change")
    closed = workspace.golive("advance", "soft_launch", "--yes")
    assert (closed.code, log(gated)) == (5, [])
    done = workspace.golive("advance", "soft_launch", *BROKEN)
    assert done.code == 0, done.err
    assert log(gated)[0]["data"] == {
        "phase": "soft_launch",
        "reason": "The pager is silent",
        "items": ["licences_approved"],
    }

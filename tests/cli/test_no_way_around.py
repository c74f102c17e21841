"""Ways around a gate that are none: a line by hand, a cut log, a retreat that goes forward, a go that is over."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import golive.verbs.advance as advancing
from checklists.binding import whole_digest
from config.progress import progress_of
from config.results.log_entry import Actor, EntrySort, LogEntry
from golive import clock
from golive.terminal.exits import Exit
from golive.workspace.logbook import Logbook
from golive.workspace.opening import open_environment
from tests.cli.gated import ITEMS, Gated, bare_checklist
from tests.cli.real_environment import Real, real
from tests.cli.test_advance import CONFIG, awake
from tests.cli.workspace import Workspace

__all__ = ["real"]
Small = Callable[[str], Workspace]
ANA = Actor("Ana Sol", "ana@client.example", ("head",), "ana")
NO_GO = {
    "phase": "soft_launch", "decision": "no_go", "why": "Mail loops", "gate": "x", "config": "x", "waivers": [],
    "states": {}, "dissent": [], "conditions": [],
}  # fmt: skip


@pytest.fixture
def gated(set_up: Small) -> Gated:
    return Gated.of(set_up(CONFIG))


def by_hand(gated: Gated, sort: EntrySort, data: dict[str, Any]) -> LogEntry:
    """A line that is whole in itself, and that no command has written."""
    lines = gated.lines() if gated.logbook.path.exists() else []
    at = gated.chain.newest or "2026-01-01T00:00:00Z"
    made = LogEntry(sort, "sandbox", at, ANA, gated.chain.heads, data).sealed
    gated.logbook.path.parent.mkdir(parents=True, exist_ok=True)
    gated.write_log([*lines, made.line])
    return made


def digest_of(gated: Gated) -> str:
    return whole_digest(open_environment(gated.root, None).loaded.declaration)


def test_a_retreat_never_goes_forward(gated: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    gated.go()
    assert gated.advance().code == 0
    with monkeypatch.context() as patch:
        patch.setattr(advancing, "carried", lambda *_: (_ for _ in ()).throw(RuntimeError("gone")))
        assert gated.retreat("build").code == Exit.BUG
    for phase in ("rollout", "day_90"):
        ran = gated.retreat(phase)
        assert ran.code == Exit.USAGE
        assert "There is no way back to" in ran.err
    assert awake(gated) == ["now", "soft"]
    assert gated.retreat("build").code == 0
    assert awake(gated) == ["gone", "now"]


@pytest.mark.parametrize(
    ("phase", "through", "why"),
    [
        ("soft_launch", {}, "No gate and no broken glass stands behind this entry: advance started, soft launch."),
        ("soft_launch", {"glass": "0" * 64}, "No gate and no broken glass stands behind this entry"),
        ("day_90", {"gate": "asked"}, "This entry does not follow from those before it: advance started, day 90."),
    ],
)
def test_a_line_by_hand_leads_nowhere(gated: Gated, phase: str, through: dict[str, Any], why: str) -> None:
    by_hand(gated, "advance_started", {"phase": phase, "config": digest_of(gated), **through})
    for arguments in (("plan",), ("up", "--yes"), ("advance", phase, "--yes"), ("log", "verify")):
        ran = gated.golive(*arguments)
        assert ran.code == Exit.FAILED, arguments
        assert why in ran.err, arguments
    assert awake(gated) == ["gone", "now"]


def test_a_line_by_hand_opens_no_gate(gated: Gated) -> None:
    """Also one that looks as a command's does: until its run has begun, the gate is asked."""
    by_hand(gated, "advance_started", {"phase": "soft_launch", "gate": "asked", "config": digest_of(gated)})
    ran = gated.advance()
    assert ran.code == Exit.GATE
    assert "The groups are agreed" in ran.out
    assert awake(gated) == ["gone", "now"]


def test_a_phase_that_no_run_has_reached_is_none(gated: Gated) -> None:
    for sort in ("advance_started", "advanced"):
        by_hand(gated, sort, {"phase": "soft_launch", "gate": "asked"})  # type: ignore[arg-type]
    ran = gated.golive("up", "--yes")
    assert ran.code == Exit.FAILED
    assert "Log and state do not know the same phase" in ran.err
    assert awake(gated) == ["gone", "now"]


def test_a_no_go_that_comes_before_the_run_counts(gated: Gated, tmp_path: Path) -> None:
    """Pushing was refused because somebody had decided otherwise meanwhile."""
    gated.go()
    gated.commit("go")
    bare, other = tmp_path / "remote.git", tmp_path / "other"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    gated.git("remote", "add", "origin", str(bare))
    gated.git("push", "-q", "-u", "origin", "main")
    subprocess.run(["git", "clone", "-q", str(bare), str(other)], check=True)
    Logbook(other, "sandbox").append("decided", ANA, NO_GO)
    for command in (["add", "-A"], ["commit", "-q", "-m", "no-go"], ["push", "-q"]):
        subprocess.run(["git", "-c", "user.name=Ana", "-c", "user.email=a@b.example", *command], cwd=other, check=True)

    ran = gated.advance()
    assert (ran.code, awake(gated)) == (Exit.FAILED, ["gone", "now"])
    assert "git pull" in ran.err
    gated.git("fetch", "-q")
    ran = gated.advance()
    assert ran.code == Exit.FAILED
    assert "It lacks an entry that others have added" in ran.err
    gated.git("pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    ran = gated.advance()
    assert ran.code == Exit.GATE
    assert "Mail loops" in ran.out
    assert awake(gated) == ["gone", "now"]
    assert gated.retreat("build").code == 0, "what was begun can be called off"
    gated.workspace.is_settled()


def test_a_line_that_was_cut_off_the_end_is_missed(gated: Gated) -> None:
    gated.go()
    gated.does("ana", "gate", "decide", "soft_launch", "no-go", "--why", "Loops", "--yes")
    gated.commit("no-go")
    gated.write_log(gated.lines()[:-1])
    for arguments in (
        ("advance", "soft_launch", "--yes"), ("gate", "status"), ("up", "--yes"), ("log", "verify"),
        ("gate", "decide", "soft_launch", "go", "--yes"), ("retreat", "build", "--reason", "x", "--yes"),
    ):  # fmt: skip
        ran = gated.golive(*arguments)
        assert ran.code == Exit.FAILED, arguments
        assert "An entry that stood in it in commit" in ran.err, arguments
    assert awake(gated) == ["gone", "now"]


def test_a_line_that_a_merge_has_dropped_is_missed(gated: Gated) -> None:
    """Git's plain history shows only the side from which the file was taken."""
    gated.go()
    gated.commit("go")
    gated.git("checkout", "-q", "-b", "no-go")
    gated.does("ana", "gate", "decide", "soft_launch", "no-go", "--why", "Loops", "--yes")
    gated.commit("no-go")
    gated.git("checkout", "-q", "main")
    gated.git("merge", "-q", "--no-ff", "-s", "ours", "-m", "all as it was", "no-go")
    for arguments in (("log", "verify"), ("advance", "soft_launch", "--yes")):
        ran = gated.golive(*arguments)
        assert ran.code == Exit.FAILED, arguments
        assert "An entry that stood in it in commit" in ran.err, arguments


def test_a_go_is_over_once_the_phase_was_left(gated: Gated) -> None:
    gated.go()
    assert gated.advance().code == 0
    assert gated.retreat("build").code == 0
    ran = gated.advance()
    assert ran.code == Exit.GATE
    assert "since then Ben Ode went back to build" in ran.out
    gated.does("ana", "gate", "decide", "soft_launch", "go", "--yes")
    assert gated.advance().code == 0


def test_a_go_is_for_the_files_that_there_were(gated: Gated) -> None:
    gated.go()
    gated.workspace.edit("name: Trigger now,", "name: Trigger at once,")
    gated.workspace.up()
    ran = gated.advance()
    assert ran.code == Exit.GATE
    assert "since then the configuration was changed" in ran.out


def test_the_handoff_needs_a_log_and_a_state_that_agree(gated: Gated) -> None:
    for phase in ("soft_launch", "rollout"):
        gated.go(phase)
        assert gated.advance(phase).code == 0
    gated.does("ana", "gate", "decide", "handoff", "go", "--yes")
    lines = gated.lines()
    assert gated.retreat("soft_launch").code == 0
    gated.git("reset", "-q", "--soft", "HEAD~2")  # nor does git remember
    gated.write_log(lines)
    for glass in ((), ("--break-glass", "--reason", "Contract ends")):
        ran = gated.advance("handoff", *glass)
        assert ran.code == Exit.FAILED
        assert "lacks entries that were there when the last run was made" in ran.err
    assert gated.lines() == lines


def test_a_handoff_is_over_once_the_rollout_was_left(gated: Gated) -> None:
    for phase in ("soft_launch", "rollout", "handoff"):
        gated.go(phase)
        assert gated.advance(phase).code == 0
    assert progress_of(gated.chain).handed_off
    assert gated.retreat("soft_launch").code == 0
    assert not progress_of(gated.chain).handed_off
    ran = gated.advance("handoff")
    assert ran.code == Exit.USAGE
    assert "handoff follows rollout" in ran.err


def test_what_ends_while_somebody_thinks_it_over_has_ended(set_up: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    gated = Gated.of(set_up(CONFIG), bare_checklist({"agreed": {**ITEMS["agreed"], "lasts": "2h"}}))
    gated.go()
    ask = advancing.ask

    def slow(*arguments: object, **more: object) -> None:
        ask(*arguments, **more)  # type: ignore[arg-type]
        later = clock.now() + timedelta(hours=3)
        monkeypatch.setattr(clock, "now", lambda: later)

    monkeypatch.setattr(advancing, "ask", slow)
    ran = gated.advance()
    assert ran.code == Exit.FAILED
    assert "Meanwhile the gate has closed: The groups are agreed" in ran.err
    assert "advance_started" not in gated.noted
    assert awake(gated) == ["gone", "now"]


def test_files_that_change_while_somebody_thinks_it_over_are_looked_at_again(
    gated: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    gated.go()
    ask = advancing.ask

    def slow(*arguments: object, **more: object) -> None:
        ask(*arguments, **more)  # type: ignore[arg-type]
        gated.workspace.edit("{name: Day shift}", "{name: Day crew}")

    monkeypatch.setattr(advancing, "ask", slow)
    ran = gated.advance()
    assert ran.code == Exit.FAILED
    assert "The files were changed while the gate was looked at" in ran.err
    assert "advance_started" not in gated.noted


def test_what_somebody_changes_by_hand_after_the_gate_was_asked_stops_it(
    gated: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    gated.go()
    plans = advancing.planned

    def late(*arguments: Any, **more: Any) -> Any:
        if more.get("entering"):
            group = gated.workspace.one("groups", "Day shift")
            gated.workspace.zendesk("PUT", f"groups/{group['id']}", {"group": {"name": "Somebody else's"}})
        return plans(*arguments, **more)

    monkeypatch.setattr(advancing, "planned", late)
    ran = gated.advance()
    assert ran.code == Exit.FAILED
    assert "groups/day" in ran.err
    assert "advance_started" not in gated.noted


def test_a_gate_goes_by_files_that_others_can_find(real: Real) -> None:
    """In a client's environment: who looks later has to see what the decision was about."""
    workspace = real(CONFIG)
    gated = Gated.of(workspace)
    gated.workspace.config(bare_checklist({"agreed": {**ITEMS["agreed"], "advisory": True}}), "checklists/project.yaml")
    for arguments in (("advance", "soft_launch", "--yes"), ("gate", "decide", "soft_launch", "go", "--yes")):
        if arguments[0] == "gate":
            gated.is_now("ana")
        ran = gated.golive(*arguments, "-e", "live")
        assert ran.code == Exit.FAILED, arguments
        assert "not committed" in ran.err
        assert "checklists/project.yaml" in ran.err
    gated.commit("less is asked for")
    assert gated.golive("gate", "decide", "soft_launch", "go", "--yes", "-e", "live").code == 0

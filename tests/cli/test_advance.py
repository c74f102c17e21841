"""From phase to phase and back, through the gate, in the sandbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import golive.gates.moving as moving
import golive.verbs.advance as advancing
from golive.terminal.exits import Exit
from stacks.state import record
from tests.cli.gated import ITEMS, Gated, bare_checklist
from tests.cli.project import day
from tests.cli.test_phases import ROUTE, active, trigger
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]
CONFIG = (
    ROUTE
    + "triggers:\n"
    + trigger("now", "")
    + trigger("soft", ", phase: soft_launch")
    + trigger("gone", ", phase: {from: build, until: soft_launch}")
    + trigger("late", ", phase: rollout")
    + trigger("month", ", not_before: day_30")
    + "groups:\n  night: {name: Night shift, phase: soft_launch}\n  day: {name: Day shift}\n"
)


@pytest.fixture
def gated(set_up: Small) -> Gated:
    return Gated.of(set_up(CONFIG))


def awake(gated: Gated) -> list[str]:
    """Which of our triggers are on."""
    found = active(gated.workspace, "triggers")
    return sorted(title.removeprefix("Trigger ") for title, on in found.items() if on and title.startswith("Trigger "))


def test_a_closed_gate_changes_nothing_and_says_why(gated: Gated) -> None:
    ran = gated.advance()
    assert ran.code == Exit.GATE
    assert "sign          The groups are agreed  agreed" in ran.out
    assert "Nothing was changed." in ran.out
    assert awake(gated) == ["gone", "now"]
    assert not gated.logbook.path.exists()


def test_there_and_back_and_there_again(gated: Gated) -> None:
    gated.go()
    ran = gated.advance()
    assert ran.code == 0, ran.err
    assert awake(gated) == ["now", "soft"]
    assert "Night shift" in gated.workspace.titles("groups")
    assert gated.noted == ["signed", "decided", "advance_started", "advanced"]
    gated.workspace.is_settled()
    assert gated.status()["phase"] == "soft_launch"

    assert gated.retreat().code == 0
    assert awake(gated) == ["gone", "now"]
    assert "Night shift" in gated.workspace.titles("groups"), "going back deletes nothing"
    gated.workspace.is_settled()

    gated.does("ana", "gate", "decide", "soft_launch", "go", "--yes")
    assert gated.advance().code == 0
    assert awake(gated) == ["now", "soft"]
    gated.go("rollout")
    assert gated.advance("rollout").code == 0
    assert awake(gated) == ["late", "now", "soft"]
    gated.workspace.is_settled()
    assert gated.golive("log", "verify").code == 0


def test_what_a_go_depends_on_is_said_where_the_phase_begins(gated: Gated) -> None:
    gated.does("ana", "gate", "sign", "agreed", "--yes")
    condition = f"Train the night shift | Mei Tan | {day(9)}"
    ran = gated.does(
        "ana", "gate", "decide", "soft_launch", "go", "--yes", "--condition", condition, "--dissent", "Cai: Too early"
    )
    assert "Against it, Cai: Too early" in ran.out
    assert "It depends on: Train the night shift (Mei Tan, until" in gated.advance().out
    history = gated.golive("gate", "history").out
    assert "it depends on: Train the night shift (Mei Tan, until" in " ".join(history.split())


INVITED = """\
people:
  grace: {name: Grace, email: grace@acme.example, role: agent, groups: [day], invite: {phase: soft_launch}}
"""


def test_whoever_was_invited_stays_and_nobody_has_changed_them(set_up: Small) -> None:
    """What the files say of an invitation is about the moment in which somebody is made."""
    gated = Gated.of(set_up(CONFIG + INVITED))
    gated.go()
    assert gated.advance("soft_launch", "--mail", "1").code == 0
    gated.workspace.is_settled()
    ran = gated.retreat()
    assert ran.code == 0
    assert "Grace" in [each["name"] for each in gated.workspace.listed("users")]
    assert "1 person whom a later phase has invited stays as they are, with their seat: Grace" in ran.out
    assert gated.workspace.plan().document["drift"] == []
    gated.workspace.is_settled()


def test_a_phase_follows_the_one_before_it(gated: Gated) -> None:
    ran = gated.advance("rollout")
    assert ran.code == Exit.USAGE
    assert "rollout follows soft launch" in ran.err
    assert gated.advance("handoff").code == Exit.USAGE
    assert gated.advance("day_30").code == Exit.USAGE


def test_nothing_else_may_be_pending(set_up: Small) -> None:
    gated = Gated.of(set_up(CONFIG), bare_checklist({"agreed": ITEMS["agreed"]}))
    gated.go()
    gated.workspace.edit("{name: Day shift}", "{name: Day crew}")
    ran = gated.advance()
    assert ran.code in (Exit.FAILED, Exit.GATE)
    assert "groups/day" in ran.err + ran.out
    assert "advance_started" not in gated.noted


def test_the_log_is_committed_before_anything_is_changed(gated: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    gated.go()

    def dies(*_: object) -> None:
        raise RuntimeError("the machine is gone")

    monkeypatch.setattr(advancing, "carried", dies)
    assert gated.advance().code == Exit.BUG
    assert gated.noted[-1] == "advance_started"
    assert gated.git("status", "--porcelain", "checklists/log") == ""
    assert awake(gated) == ["gone", "now"]


def test_an_advance_that_died_before_the_run_goes_on(gated: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    gated.go()
    with monkeypatch.context() as patch:
        patch.setattr(advancing, "carried", lambda *_: (_ for _ in ()).throw(RuntimeError("gone")))
        assert gated.advance().code == Exit.BUG
    refused = gated.golive("up", "--yes")
    assert refused.code == Exit.FAILED
    assert "golive advance soft_launch" in refused.err
    assert gated.golive("plan").code == 0
    assert gated.advance().code == 0
    assert gated.noted[-2:] == ["advance_started", "advanced"]
    assert awake(gated) == ["now", "soft"]
    gated.workspace.is_settled()


def test_an_advance_that_died_after_the_run_goes_on(gated: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    gated.go()
    with monkeypatch.context() as patch:
        patch.setattr(advancing, "finish", lambda *_: (_ for _ in ()).throw(RuntimeError("gone")))
        assert gated.advance().code == Exit.BUG
    assert awake(gated) == ["now", "soft"]
    assert gated.status()["under_way"] == "soft_launch"
    assert gated.advance().code == 0
    assert gated.noted.count("advance_started") == gated.noted.count("advanced") == 1
    gated.workspace.is_settled()


def test_an_advance_that_died_can_be_called_off(gated: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    gated.go()
    with monkeypatch.context() as patch:
        patch.setattr(advancing, "finish", lambda *_: (_ for _ in ()).throw(RuntimeError("gone")))
        assert gated.advance().code == Exit.BUG
    assert gated.retreat().code == 0
    assert awake(gated) == ["gone", "now"]
    gated.workspace.is_settled()
    assert gated.status()["phase"] == "build"


def test_a_way_back_that_died_leads_no_less_far(gated: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it has put to sleep wakes through a gate, and not by another way back."""
    gated.go()
    assert gated.advance().code == 0
    with monkeypatch.context() as patch:
        patch.setattr(advancing, "carried", lambda *_: (_ for _ in ()).throw(RuntimeError("gone")))
        assert gated.retreat("build").code == Exit.BUG
    assert gated.noted[-1] == "retreat_started"
    less = gated.retreat("soft_launch")
    assert (less.code, "There is no way back to soft launch" in less.err) == (Exit.USAGE, True)
    assert "The way back to build was begun" in less.err
    up = gated.golive("up", "--yes")
    assert up.code == Exit.FAILED
    assert "golive retreat build --reason TEXT" in up.err
    assert "or back" not in up.err
    assert awake(gated) == ["now", "soft"]
    assert gated.retreat("build").code == 0
    assert awake(gated) == ["gone", "now"]
    gated.workspace.is_settled()


def test_a_run_does_not_go_on_with_other_files(gated: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    gated.go()
    with monkeypatch.context() as patch:
        patch.setattr(advancing, "finish", lambda *_: (_ for _ in ()).throw(RuntimeError("gone")))
        gated.advance()
    gated.workspace.edit("{name: Day shift}", "{name: Day crew}")
    ran = gated.advance()
    assert ran.code == Exit.FAILED
    assert "others than when the way to soft launch was begun" in ran.err


def test_before_its_run_an_advance_with_other_files_asks_the_gate_again(
    gated: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    gated.go()
    with monkeypatch.context() as patch:
        patch.setattr(advancing, "carried", lambda *_: (_ for _ in ()).throw(RuntimeError("gone")))
        gated.advance()
    gated.workspace.edit("{name: Day shift}", "{name: Day crew}")
    ran = gated.advance()
    assert ran.code == Exit.GATE
    assert "since then groups/day changed" in ran.out
    assert awake(gated) == ["gone", "now"]


def test_what_was_added_while_the_gate_was_looked_at_is_looked_at_again(
    gated: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    gated.go()
    ask = advancing.ask

    def slow(*arguments: object, **more: object) -> None:
        ask(*arguments, **more)  # type: ignore[arg-type]
        gated.does("ana", "gate", "sign", "agreed", "--withdraw")

    monkeypatch.setattr(advancing, "ask", slow)
    ran = gated.advance()
    assert ran.code == Exit.FAILED
    assert "Somebody added to the log" in ran.err
    assert awake(gated) == ["gone", "now"]


def test_a_change_makes_a_signature_worthless_and_says_which(gated: Gated) -> None:
    gated.go()
    gated.workspace.edit("{name: Day shift}", "{name: Day crew}")
    gated.workspace.up()
    document = gated.status("soft_launch")
    agreed = next(each for each in document["items"] if each["key"] == "agreed")
    assert agreed["state"] == "out_of_date"
    assert "since then groups/day changed" in agreed["said"]
    assert gated.advance().code == Exit.GATE


def test_who_wrote_it_cannot_be_its_only_signer(set_up: Small) -> None:
    gated = Gated.of(set_up(CONFIG))
    gated.workspace.edit("{name: Day shift}", "{name: Day crew}")
    gated.workspace.up()
    gated.is_now("ana")
    gated.commit("Ana renames a group")
    gated.does("ana", "gate", "sign", "agreed", "--yes")
    document = gated.status("soft_launch")
    agreed = next(each for each in document["items"] if each["key"] == "agreed")
    assert agreed["state"] == "unknown"
    assert "Ana Sol wrote what is signed" in agreed["said"]
    assert agreed["asked"] == ["Cai Lin"]
    gated.does("cai", "gate", "sign", "agreed", "--yes")
    assert gated.states()["agreed"] == "pass"


def test_breaking_the_glass_goes_through_and_stays_on_record(gated: Gated) -> None:
    ran = gated.advance("soft_launch", "--break-glass", "--reason", "The old tool is down")
    assert ran.code == 0, ran.err
    assert gated.noted == ["glass_broken", "advance_started", "advanced"]
    assert gated.data(0)["items"] == ["agreed"]
    assert gated.data(1)["glass"]
    assert awake(gated) == ["now", "soft"]
    gated.go("rollout")
    assert gated.advance("rollout").code == Exit.GATE, "it is not reviewed yet"


def test_not_even_the_glass_passes_by_what_could_harm_somebody(set_up: Small) -> None:
    items = {"agreed": {**ITEMS["agreed"], "break_glass": False}}
    gated = Gated.of(set_up(CONFIG), bare_checklist(items))
    ran = gated.advance("soft_launch", "--break-glass", "--reason", "The old tool is down")
    assert ran.code == Exit.GATE
    assert "Not even breaking the glass" in ran.err
    assert awake(gated) == ["gone", "now"]


def test_a_strangers_name_opens_nothing(gated: Gated) -> None:
    gated.git("config", "user.email", "nobody@elsewhere.example")
    ran = gated.golive("gate", "sign", "agreed", "--yes")
    assert ran.code == Exit.USAGE
    assert "nobody of this project" in ran.err


def test_somebody_elses_role_cannot_be_signed(gated: Gated) -> None:
    ran = gated.golive("gate", "sign", "agreed", "--yes")
    assert ran.code == Exit.USAGE
    assert "Ben Ode is not asked to sign" in ran.err


def test_a_tampered_log_stops_everything(gated: Gated) -> None:
    gated.go()
    assert gated.advance().code == 0
    lines = gated.lines()
    gated.write_log([lines[0].replace("These are our groups", "Those are our groups"), *lines[1:]])
    for arguments in (
        ("plan",), ("up", "--yes"), ("advance", "rollout", "--yes"), ("gate", "status"), ("drift",), ("log", "verify"),
        ("retreat", "build", "--reason", "x", "--yes"), ("undo", "--yes"),
    ):  # fmt: skip
        ran = gated.golive(*arguments)
        assert ran.code == Exit.FAILED, arguments
        assert "checklists/log/sandbox.jsonl:1" in ran.err, arguments
    gated.write_log(lines)
    gated.workspace.is_settled()


def test_a_log_that_was_cut_is_refused(gated: Gated) -> None:
    """Also where what is left is whole in itself: the state remembers its head."""
    gated.go()
    assert gated.advance().code == 0
    gated.write_log(gated.lines()[:2])
    ran = gated.golive("up", "--yes")
    assert ran.code == Exit.FAILED
    assert "lacks entries that were there when the last run was made" in ran.err
    assert "git pull" in ran.err
    assert gated.golive("log", "verify").code == Exit.FAILED, "git has what was cut"


def test_a_stale_checkout_cannot_roll_production_back(gated: Gated) -> None:
    before = gated.git("rev-parse", "HEAD").strip()
    gated.go()
    assert gated.advance().code == 0
    gated.git("checkout", "-q", before)
    ran = gated.golive("up", "--yes")
    assert ran.code == Exit.FAILED
    assert "git pull" in ran.err
    assert awake(gated) == ["now", "soft"]
    gated.git("checkout", "-q", "main")
    gated.workspace.is_settled()


def test_the_state_remembers_phase_and_head(gated: Gated) -> None:
    gated.go()
    assert gated.advance().code == 0
    started = next(each for each in gated.chain.ordered if each.entry == "advance_started")
    remembered = _record(gated)
    assert remembered.phase == "soft_launch"
    assert remembered.log_head == started.digest
    assert moving.PHASES.index(remembered.phase) == 1


def _record(gated: Gated) -> object:
    from golive.runs.engine import engine_of
    from golive.terminal.screen import Screen
    from golive.workspace.opening import open_environment
    from stacks.interruption import Interruption

    opened = open_environment(gated.root, None)
    with Interruption() as interruption, engine_of(opened, Screen(), interruption) as engine:
        return record(engine.trusted_state())


def test_signatures_alone_change_nothing_in_the_state(gated: Gated) -> None:
    """Who signs makes no run necessary, and no saved plan worthless."""
    plan = gated.root / "plan.json"
    gated.workspace.edit("{name: Day shift}", "{name: Day crew}")
    assert gated.golive("plan", "--out", str(plan)).code == 0
    gated.does("ana", "gate", "sign", "agreed", "--yes")
    assert gated.golive("up", str(plan), "--yes").code == 0
    assert "Nothing to do" in gated.golive("up", "--yes").out

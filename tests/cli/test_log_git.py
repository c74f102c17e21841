"""Two branches that both write into the log, merged by git itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from checklists.moments import moment, written
from golive import clock
from golive.terminal.exits import Exit
from tests.cli.gated import ITEMS, Gated, bare_checklist
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]
SHOWN = {
    "shown": {"name": "It is shown", "phase": "build", "owner": "lead", "why": "W.", "fix": "F.",
              "evidence": {"what": "A list."}, "not_probed": "People keep it."},
    "agreed": ITEMS["agreed"],
}  # fmt: skip


@pytest.fixture
def gated(set_up: Small) -> Gated:
    return Gated.of(set_up("groups:\n  day: {name: Day shift}\n"), bare_checklist(SHOWN))


def attaches(gated: Gated, number: int) -> None:
    gated.does("ben", "gate", "attach", "shown", "--link", f"https://acme.example/{number}")
    gated.commit(f"evidence {number}")


def states(gated: Gated) -> dict[str, str]:
    return {each["key"]: each["state"] for each in gated.status("--offline")["items"]}


def verified(gated: Gated) -> int:
    ran = gated.golive("log", "verify", "--json")
    assert ran.code == 0, ran.err
    entries: int = ran.document["entries"]
    return entries


@pytest.mark.parametrize("begun", [True, False])
def test_what_both_branches_have_noted_is_there(gated: Gated, begun: bool) -> None:
    """Also where neither had a log when they parted."""
    if begun:
        attaches(gated, 0)
    gated.git("checkout", "-q", "-b", "other")
    attaches(gated, 1)
    attaches(gated, 2)
    gated.git("checkout", "-q", "main")
    gated.does("ana", "gate", "sign", "agreed", "--yes")
    gated.commit("signed")
    if not begun:
        (gated.root / "checklists" / "log" / ".gitattributes").unlink(missing_ok=False)
        gated.git("checkout", "-q", "--", "checklists/log/.gitattributes")
    gated.git("merge", "-q", "--no-edit", "other")
    assert verified(gated) == 3 + begun
    assert states(gated) == {"shown": "pass", "agreed": "pass"}
    attaches(gated, 3)
    assert len(gated.chain.entries[-1].after) == 2
    assert verified(gated) == 4 + begun


def test_a_branch_that_goes_on_after_it_was_merged(gated: Gated) -> None:
    attaches(gated, 0)
    gated.git("checkout", "-q", "-b", "other")
    attaches(gated, 1)
    gated.git("checkout", "-q", "main")
    attaches(gated, 2)
    gated.git("merge", "-q", "--no-edit", "other")
    attaches(gated, 3)
    gated.git("checkout", "-q", "other")
    attaches(gated, 4)
    gated.git("checkout", "-q", "main")
    gated.git("merge", "-q", "--no-edit", "other")
    assert verified(gated) == 5
    attaches(gated, 5)
    gated.git("checkout", "-q", "other")
    gated.git("merge", "-q", "--no-edit", "main")
    assert verified(gated) == 6


def test_a_merge_that_git_could_not_make_is_put_right(gated: Gated) -> None:
    attaches(gated, 0)
    gated.git("checkout", "-q", "-b", "other")
    attaches(gated, 1)
    gated.git("checkout", "-q", "main")
    attaches(gated, 2)
    ours = gated.lines()
    theirs = gated.git("show", "other:checklists/log/sandbox.jsonl").splitlines()
    gated.write_log(["<<<<<<< HEAD", *ours, "=======", *theirs, ">>>>>>> other"])
    ran = gated.golive("gate", "status", "--offline")
    assert ran.code == Exit.FAILED
    assert "golive log merge -e sandbox" in ran.err
    assert gated.golive("log", "merge").code == 0
    assert verified(gated) == 3


def test_it_is_said_how_much_git_can_show(gated: Gated) -> None:
    gated.does("ben", "gate", "attach", "shown", "--link", "https://acme.example/0")
    assert "1 entry" in gated.golive("log", "verify").out
    assert "git has none of it yet, and only git shows whether its end was cut off" in gated.golive("log", "verify").out
    gated.commit("one")
    assert "Everything of the one version that git has is still there." in gated.golive("log", "verify").out
    attaches(gated, 1)
    gated.commit("two")
    assert "Everything of the 2 versions that git has is still there." in gated.golive("log", "verify").out


def test_what_was_committed_once_may_not_go(gated: Gated) -> None:
    attaches(gated, 0)
    attaches(gated, 1)
    gated.write_log(gated.lines()[:1])
    gated.commit("somebody cuts the log")
    ran = gated.golive("log", "verify")
    assert ran.code == Exit.FAILED
    assert "is not there any more" in ran.err


def test_a_clock_that_is_behind_the_log_notes_nothing_earlier(gated: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    attaches(gated, 0)
    newest = gated.chain.newest
    monkeypatch.setattr(clock, "now", lambda: moment(newest) - timedelta(minutes=9))
    attaches(gated, 1)
    assert [each.at for each in gated.chain.entries] == [newest, newest]
    monkeypatch.setattr(clock, "now", lambda: moment(newest) - timedelta(minutes=11))
    ran = gated.golive("gate", "attach", "shown", "--link", "https://acme.example/2")
    assert (ran.code, "clock is behind the log" in ran.err) == (Exit.FAILED, True)
    assert len(gated.chain.entries) == 2


def test_a_line_that_was_dated_back_stops_everything(gated: Gated) -> None:
    attaches(gated, 0)
    first = gated.chain.entries[0]
    before = written(moment(first.at) - timedelta(days=20))
    gated.write_log([first.line, replace(first, at=before, after=(first.digest,)).sealed.line])
    ran = gated.golive("log", "verify")
    assert (ran.code, "names an earlier time than a line that it follows" in ran.err) == (Exit.FAILED, True)
    assert "sandbox.jsonl:2" in ran.err

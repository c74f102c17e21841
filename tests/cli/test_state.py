"""Locks, copies of the state, and states that golive does not trust."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from golive.verbs import state, unlock
from stacks.backups import KEPT, Backups
from tests.cli.test_resuming import state_file
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

OWN = "groups: {a: {name: Group A}}\n"


def lock(workspace: Workspace, pid: int, host: str = "") -> Path:
    """A lock as the engine writes it."""
    folder = workspace.root / ".pulumi-state" / ".pulumi" / "locks" / "organization" / "acme" / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    holder = {
        "pid": pid,
        "username": "ada",
        "hostname": host or socket.gethostname(),
        "timestamp": "2026-11-28T14:15:02.123456789Z",
    }
    file = folder / "0b5f.json"
    file.write_text(json.dumps(holder))
    return file


@contextmanager
def running(program: Path) -> Iterator[int]:
    """The number of a process of that program."""
    shutil.copy("/bin/sleep", program)
    process = subprocess.Popen([str(program), "60"])
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def test_the_lock_of_a_dead_run_is_released(set_up: Small, tmp_path: Path) -> None:
    workspace = set_up(OWN)
    dead = subprocess.Popen(["true"])
    dead.wait()
    for pid in (dead.pid, os.getpid()):  # the second number has gone to another program since
        file = lock(workspace, pid)
        workspace.config(OWN.replace("Group A", f"Group {pid}"))
        ran = workspace.golive("up", "--yes")
        assert ran.code == 0, ran.err
        assert (
            f"An earlier run has died (ada on {socket.gethostname()} (process {pid}, since 2026-11-28 14:15 UTC));"
            " its lock is released." in ran.err
        )
        assert not file.exists()
    with running(tmp_path / "pulumi") as pid:
        lock(workspace, pid)
        workspace.sandbox.clear_log()
        for arguments in (("up", "--yes"), ("destroy", "--yes"), ("unlock", "--yes"), ("state", "accept", "--yes")):
            ran = workspace.golive(*arguments)
            assert ran.code == 1
            assert f"at work{' in this environment' if arguments[0] != 'unlock' else ''}: ada on" in ran.err
            assert f"(process {pid}, since 2026-11-28 14:15 UTC)" in ran.err
        assert workspace.sandbox.log() == []


def test_a_lock_of_another_machine_is_released_by_hand(set_up: Small) -> None:
    workspace = set_up(OWN)
    assert "There is no lock." in workspace.golive("unlock").out
    file = lock(workspace, 1, "elsewhere")
    ran = workspace.golive("up", "--yes")
    assert (ran.code, "golive unlock" in ran.err, file.exists()) == (1, True, True)
    assert workspace.golive("unlock").code == 2  # nobody can be asked
    ran = workspace.golive("unlock", "--yes")
    assert (ran.code, "Locked by ada on elsewhere" in ran.out, file.exists()) == (0, True, False)
    workspace.is_settled()


def test_a_lock_that_cannot_be_read_is_released_by_hand(set_up: Small) -> None:
    workspace = set_up(OWN)
    file = lock(workspace, 1)
    file.write_text("")  # the machine went down while it was written
    ran = workspace.golive("up", "--yes")
    assert (ran.code, "nobody knows who" in ran.err, "golive unlock" in ran.err) == (1, True, True)
    assert (workspace.golive("unlock", "--yes").code, file.exists()) == (0, False)
    workspace.is_settled()


def test_no_lock_is_released_but_those_that_were_shown(set_up: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = set_up(OWN)
    file = lock(workspace, 1, "elsewhere")
    later = file.with_name("later.json")
    monkeypatch.setattr(unlock, "ask", lambda *_, **__: later.write_text(file.read_text()))
    ran = workspace.golive("unlock", "--yes")
    assert (ran.code, "Another run" in ran.err) == (1, True)
    assert file.exists() and later.exists()


def test_a_run_during_the_question_is_not_overwritten(set_up: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = set_up(OWN)
    first = workspace.golive("state", "list", "--json").document["copies"][0]["name"]
    workspace.edit("Group A", "Group B")
    monkeypatch.setattr(state, "ask", lambda *_, **__: workspace.up())
    ran = workspace.golive("state", "restore", first, "--yes")
    assert (ran.code, "Another run changed this environment" in ran.err) == (1, True)
    workspace.is_settled()


def test_copies_are_kept_listed_and_put_back(small: Small) -> None:
    workspace = small(OWN)
    assert "There is no copy yet" in workspace.golive("state", "list").out
    workspace.up()
    workspace.config(OWN.replace("}}", "}, b: {name: Group B}}"))
    workspace.up()
    assert "Copied" in workspace.golive("state", "backup").out
    listed = workspace.golive("state", "list", "--json").document["copies"]
    assert [(each["before"], each["objects"]) for each in listed] == [("backup", 2), ("up", 1), ("up", 0)]
    shown = workspace.golive("state", "list").out
    assert "before up: 1 object\n" in shown and "golive state restore NAME" in shown

    ran = workspace.golive("state", "restore", listed[1]["name"], "--yes")
    assert ran.code == 0
    assert "helpdesk/groups/b is forgotten: golive made it since" in ran.out
    assert [each["key"] for each in workspace.plan().document["collisions"]] == ["b"]
    newest = workspace.golive("state", "list", "--json").document["copies"][0]
    assert (newest["before"], newest["objects"]) == ("restore", 2)
    assert (
        "helpdesk/groups/b is looked after again" in workspace.golive("state", "restore", newest["name"], "--yes").out
    )
    workspace.is_settled()
    for name in ("nothing", "../../../etc/passwd"):
        assert workspace.golive("state", "restore", name, "--yes").code == 2
    assert all(each.file.stat().st_mode & 0o077 == 0 for each in Backups(workspace.root, "sandbox").all())


def test_only_the_last_copies_stay(set_up: Small) -> None:
    workspace = set_up(OWN)
    backups = Backups(workspace.root, "sandbox")
    held = backups.read(backups.all()[0])
    names = [backups.keep(held, "up").name for _ in range(KEPT + 3)]
    assert [each.name for each in backups.all()] == sorted(names)[-KEPT:]
    backups.all()[0].file.write_bytes(b"\x1f\x8b half")
    assert workspace.golive("state", "list").out.count("damaged") == 1
    ran = workspace.golive("state", "restore", backups.all()[0].name, "--yes")
    assert (ran.code, "is damaged" in ran.err) == (2, True)


Edit = Callable[[dict[str, Any]], Any]


def entry(whole: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        each for each in whole["checkpoint"]["latest"]["resources"] if each["urn"].endswith(f"/{key}")
    )
    return found


EDITS: dict[str, tuple[Edit, str]] = {
    "another id": (lambda whole: entry(whole, "a").update(id="1"), "something else has changed it"),
    "no id": (lambda whole: entry(whole, "a").pop("id"), "helpdesk/groups/a has no id"),
    "no payload": (lambda whole: entry(whole, "a")["inputs"].pop("payload"), "helpdesk/groups/a has no payload"),
    "a mode that is none": (lambda whole: entry(whole, "a")["inputs"].update(mode="theirs"), "has the mode `theirs`"),
    "twice": (
        lambda whole: whole["checkpoint"]["latest"]["resources"].append(entry(whole, "a")),
        "stands in it 2 times",
    ),
    "no record": (
        lambda whole: whole["checkpoint"]["latest"]["resources"].remove(entry(whole, "environment")),
        "The record of the environment is not in it",
    ),
    "a name that is none": (
        lambda whole: entry(whole, "a").update(urn=entry(whole, "a")["urn"].replace("helpdesk/groups/a", "x")),
        "is no name of a resource",
    ),
}


def test_a_state_that_was_changed_by_hand_is_refused(set_up: Small) -> None:
    workspace = set_up(OWN)
    file = state_file(workspace)
    good = file.read_text()
    texts = {"truncated": (good[: len(good) // 2], "It cannot be read"), "empty": ("", "It cannot be read")}
    for name, (edit, why) in EDITS.items():
        whole = json.loads(good)
        edit(whole)
        texts[name] = (json.dumps(whole), why)
    workspace.sandbox.clear_log()
    for name, (text, why) in texts.items():
        file.write_text(text)
        ran = workspace.golive("up", "--yes")
        assert ran.code == 1, name
        assert "golive does not trust the state of this environment; nothing was changed." in ran.err
        assert why in ran.err, f"{name}: {ran.err}"
        assert "golive state list" in ran.err
    assert workspace.sandbox.log() == []


def test_a_refused_state_is_restored_or_accepted(set_up: Small) -> None:
    workspace = set_up(OWN)
    workspace.golive("state", "backup")
    file = state_file(workspace)
    good = file.read_text()
    file.write_text(good[:100])
    assert workspace.golive("plan").code == 1
    assert workspace.golive("state", "accept", "--yes").code == 1
    newest = workspace.golive("state", "list", "--json").document["copies"][0]["name"]
    ran = workspace.golive("state", "restore", newest, "--yes")
    assert (ran.code, "The present state cannot be read; it is kept beside the copies." in ran.out) == (0, True)
    assert [each.read_text() for each in Backups(workspace.root, "sandbox").folder.glob("unreadable-*")] == [good[:100]]
    workspace.is_settled()

    assert "Nothing but golive has changed the state" in workspace.golive("state", "accept").out
    whole = json.loads(file.read_text())
    whole["checkpoint"]["latest"]["resources"].remove(entry(whole, "a"))
    file.write_text(json.dumps(whole))
    assert workspace.golive("plan").code == 1
    ran = workspace.golive("state", "accept", "--yes")
    assert (ran.code, "helpdesk/groups/a is not in it any more" in ran.out) == (0, True)
    assert [each["key"] for each in workspace.plan().document["collisions"]] == ["a"]


def test_files_with_mistakes_keep_nobody_from_the_copies(set_up: Small) -> None:
    workspace = set_up(OWN)
    workspace.config("groups: {a: {nam: x}}\n")
    assert workspace.golive("plan").code == 2
    assert workspace.golive("state", "list").code == 0
    assert workspace.golive("unlock").code == 0


@pytest.mark.parametrize("verb", ["list", "backup", "restore", "accept"])
def test_help(verb: str, small: Small) -> None:
    assert small(OWN).golive("state", verb, "--help").code == 0

"""The log's entries in git: no hook of the repository and no missing file keeps them from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.results.log_entry import Actor
from golive.gates.publishing import publish
from golive.terminal.fault import Fault
from golive.workspace.logbook import Logbook
from golive.workspace.repository import run_git

HOOKS = (
    "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-push", "reference-transaction",
    "post-index-change",
)  # fmt: skip


def git(folder: Path, *arguments: str) -> str:
    done = run_git(folder, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


@pytest.fixture
def logbook(tmp_path: Path) -> Logbook:
    """A log in a repository whose branch has a counterpart elsewhere."""
    root, other = tmp_path / "here", tmp_path / "there.git"
    root.mkdir()
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(other))
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "Ana Sol")
    git(root, "config", "user.email", "ana@client.example")
    git(root, "commit", "-q", "--allow-empty", "-m", "base")
    git(root, "remote", "add", "origin", str(other))
    git(root, "push", "-q", "-u", "origin", "main")
    made = Logbook(root, "sandbox")
    made.append("begun", Actor("Ana Sol"), {})
    return made


def published(logbook: Logbook) -> list[str]:
    """The files of the log that stand where others see them."""
    listed = git(logbook.root, "ls-tree", "-r", "--name-only", "origin/main")
    assert not git(logbook.root, "status", "--porcelain", "--", "checklists").strip()
    return listed.split()


LOG, ATTRIBUTES = "checklists/log/sandbox.jsonl", "checklists/log/.gitattributes"


def test_entries_are_committed_and_pushed(logbook: Logbook) -> None:
    assert publish(logbook, "begun") == "committed and pushed"
    assert published(logbook) == [ATTRIBUTES, LOG]
    assert publish(logbook, "nothing new") == "committed and pushed"
    assert git(logbook.root, "log", "-1", "--format=%s").strip() == "begun"


def test_no_hook_runs(logbook: Logbook, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for hook in HOOKS:
        file = logbook.root / ".git" / "hooks" / hook
        file.parent.mkdir(exist_ok=True)
        file.write_text(f'#!/bin/sh\necho {hook} >> "{ran}"\nexit 1\n', encoding="utf-8")
        file.chmod(0o755)
    assert run_git(logbook.root, "commit", "-q", "--allow-empty", "-m", "M").returncode, "the hooks would fail"
    assert ran.exists()
    ran.unlink()
    assert publish(logbook, "begun") == "committed and pushed"
    assert not ran.exists()
    assert git(logbook.root, "log", "-1", "--format=%B").strip() == "begun", "no hook has written into it"


def test_hooks_that_stand_elsewhere_run_no_more(logbook: Logbook, tmp_path: Path) -> None:
    folder = tmp_path / "hooks"
    folder.mkdir()
    (folder / "commit-msg").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (folder / "commit-msg").chmod(0o755)
    git(logbook.root, "config", "core.hooksPath", str(folder))
    assert publish(logbook, "begun") == "committed and pushed"


@pytest.mark.parametrize("tracked", [False, True])
def test_attributes_that_are_missing_are_written_again(logbook: Logbook, tracked: bool) -> None:
    if tracked:
        publish(logbook, "begun")
        logbook.append("begun", Actor("Ana Sol"), {})
    logbook.attributes.unlink()
    assert publish(logbook, "again") == "committed and pushed"
    assert published(logbook) == [ATTRIBUTES, LOG]


def test_attributes_that_git_is_told_to_ignore_are_left_out(logbook: Logbook) -> None:
    (logbook.root / ".git" / "info" / "exclude").write_text(".gitattributes\n", encoding="utf-8")
    assert publish(logbook, "begun") == "committed and pushed"
    assert published(logbook) == [LOG]


def test_what_git_refuses_is_said(logbook: Logbook) -> None:
    git(logbook.root, "remote", "set-url", "origin", str(logbook.root / "gone"))
    with pytest.raises(Fault) as fault:
        publish(logbook, "begun")
    assert "git could not push the log of sandbox" in fault.value.what
    assert publish(logbook, "begun", push=False) == "committed"

"""A log's new entries in git, where others see them."""

from __future__ import annotations

from subprocess import CompletedProcess

from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.logbook import Logbook
from golive.workspace.repository import run_git

_NO_HOOKS = ("-c", "core.hooksPath=/dev/null")
"""Hooks of the repository are for changes that people make; none of them may keep the log from saying what was done."""


def publish(logbook: Logbook, message: str, *, push: bool = True) -> str:
    """Commit the log, and push it where its branch has a counterpart elsewhere; none of the repository's hooks runs.
    Returns what was done, in words; empty where the workspace is in no repository. Raises Fault where git refuses, so
    that nothing is begun unseen."""
    root = logbook.root
    if _git(logbook, "rev-parse", "--git-dir").returncode:
        return ""
    logbook.keep_attributes()
    attributes = logbook.attributes.relative_to(root).as_posix()
    ignored = _git(logbook, "check-ignore", "--quiet", "--", attributes).returncode == 0
    paths = [logbook.shown, *([] if ignored else [attributes])]
    _do(logbook, "add", "--", *paths)
    if _git(logbook, "diff", "--cached", "--quiet", "--", *paths).returncode:
        _do(logbook, "commit", "--quiet", "-m", message, "--", *paths)
    if not push or _git(logbook, "rev-parse", "--abbrev-ref", "@{upstream}").returncode:
        return "committed"
    _do(logbook, "push", "--quiet")
    return "committed and pushed"


def _git(logbook: Logbook, *arguments: str) -> CompletedProcess[bytes]:
    return run_git(logbook.root, *_NO_HOOKS, *arguments)


def _do(logbook: Logbook, *arguments: str) -> None:
    done = _git(logbook, *arguments)
    if done.returncode == 0:
        return
    said = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
    raise Fault(
        "not_published",
        f"git could not {arguments[0]} the log of {logbook.environment}; nothing was begun.",
        where=logbook.shown,
        why=said[-1] if said else "git gave no reason.",
        do="Bring this checkout up to date:  git pull   Or, where pushing is not allowed here, commit only:  --no-push",
        exits=Exit.FAILED,
    )

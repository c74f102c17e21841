"""A log's new entries in git, where others see them."""

from __future__ import annotations

from golive.exits import Exit
from golive.fault import Fault
from golive.logbook import Logbook
from golive.repository import run_git


def publish(logbook: Logbook, message: str, *, push: bool = True) -> str:
    """Commit the log, and push it where its branch has a counterpart elsewhere. Returns what was done, in words; empty
    where the workspace is in no repository. Raises Fault where git refuses, so that nothing is begun unseen."""
    root = logbook.root
    if run_git(root, "rev-parse", "--git-dir").returncode:
        return ""
    paths = [logbook.shown, (logbook.path.parent / ".gitattributes").relative_to(root).as_posix()]
    _do(logbook, "add", "--", *paths)
    if run_git(root, "diff", "--cached", "--quiet", "--", *paths).returncode:
        _do(logbook, "commit", "--quiet", "--no-verify", "-m", message, "--", *paths)
    if not push or run_git(root, "rev-parse", "--abbrev-ref", "@{upstream}").returncode:
        return "committed"
    _do(logbook, "push", "--quiet", "--no-verify")
    return "committed and pushed"


def _do(logbook: Logbook, *arguments: str) -> None:
    done = run_git(logbook.root, *arguments)
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

"""Who runs golive, on which machine, and from which commit of the workspace's repository."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

SECONDS = 5.0
"""Nobody waits longer for git: a history without a commit is better than none."""

_PIPELINES = (
    ("GITHUB_ACTIONS", "GITHUB_ACTOR", "GitHub Actions"),
    ("GITLAB_CI", "GITLAB_USER_LOGIN", "GitLab CI"),
)
"""Variable that a pipeline sets, the one that names who started it, and what people call it."""


@dataclass(frozen=True)
class Authorship:
    """by: a person as git knows them, else as the system does; in a pipeline who started it. commit: in full, empty
    outside a repository. dirty: the workspace's files differ from that commit."""

    by: str
    host: str
    commit: str = ""
    dirty: bool = False


def authorship(root: Path) -> Authorship:
    """Who runs golive now, in the workspace at `root`."""
    commit = _git(root, "rev-parse", "--verify", "HEAD")
    changed = _git(root, "status", "--porcelain", "--", ".") if commit else ""
    return Authorship(_who(root), socket.gethostname(), commit, bool(changed))


def is_pipeline(by: str) -> bool:
    """Whether a run's `by` names a pipeline, whose machine keeps nothing."""
    return by.endswith(tuple(f" ({title})" for _, _, title in _PIPELINES))


def commits_between(root: Path, first: str, last: str) -> int:
    """How many commits lead from one to a later one; 0 where git does not say."""
    said = _git(root, "rev-list", "--count", f"{first}..{last}")
    return int(said) if said.isdecimal() else 0


def _who(root: Path) -> str:
    for mark, actor, title in _PIPELINES:
        if os.environ.get(mark, "").lower() in ("true", "1") and os.environ.get(actor):
            return f"{os.environ[actor]} ({title})"
    name, mail = _git(root, "config", "user.name"), _git(root, "config", "user.email")
    if name or mail:
        return f"{name} <{mail}>" if name and mail else name or mail
    return user_here()


def user_here() -> str:
    """Whoever this process belongs to, as this machine calls them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container whose user has no name
        return f"user {os.getuid()}"


def _git(root: Path, *arguments: str) -> str:
    """What git says, nothing where it cannot. It starts no program that the repository's settings name."""
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), *arguments]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else ""

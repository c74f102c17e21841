"""A workspace in a git repository of its own, with a project's people: what gates, freezes and logs need."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from checklists.loading import method
from tests.cli.workspace import Workspace

Project = Callable[..., Workspace]
PEOPLE = """\
people:
  ana: {name: Ana Wolf, email: ana@acme.example, roles: [head_of_support]}
  ben: {name: Ben Okoro, email: ben@acme.example, roles: [consultant]}
  cai: {name: Cai Ito, email: cai@acme.example, roles: [finance, support_lead]}
"""
ADDRESSES = {"ana": "ana@acme.example", "ben": "ben@acme.example", "cai": "cai@acme.example"}


def git(workspace: Workspace, *arguments: str) -> str:
    """A call of git in the workspace, which must succeed."""
    done = subprocess.run(["git", *arguments], cwd=workspace.root, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def is_now(workspace: Workspace, key: str) -> None:
    """Whom git knows here from now on."""
    git(workspace, "config", "user.name", key.title())
    git(workspace, "config", "user.email", ADDRESSES[key])


def commit(workspace: Workspace, message: str = "change") -> str:
    """Everything as it is, in a commit; its id."""
    git(workspace, "add", "-A")
    git(workspace, "commit", "-q", "--allow-empty", "-m", message)
    return git(workspace, "rev-parse", "HEAD")


@pytest.fixture
def project(small: Callable[[str], Workspace], monkeypatch: pytest.MonkeyPatch) -> Project:
    """A workspace with a configuration and checklists of its own, in git, in which Ben works."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)

    def make(text: str, checklists: str = PEOPLE) -> Workspace:
        workspace = small(text)
        workspace.config(checklists, "checklists/project.yaml")
        git(workspace, "init", "-q", "-b", "main")
        is_now(workspace, "ben")
        commit(workspace, "first")
        return workspace

    return make


def only(items: Iterable[str], more: Mapping[str, Any], people: str = PEOPLE) -> str:
    """A project's checklist in which, of the whole method, only these items are left; and what else it says."""
    kept = set(items)
    known = [key for document in method() for key in (document.data or {}).get("items", {})]
    assert kept <= set(known), kept - set(known)
    said: dict[str, Any] = {**yaml.safe_load(people), **more}
    said["items"] = {
        **{key: {"drop": "this test is about others"} for key in known if key not in kept},
        **dict(more.get("items", {})),
    }
    return yaml.safe_dump(said, sort_keys=False)


def day(offset: int) -> str:
    """A day so many days from today (UTC)."""
    return (datetime.now(UTC) + timedelta(days=offset)).date().isoformat()

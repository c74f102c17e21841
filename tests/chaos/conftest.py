"""Workspaces and accounts as they are before a verb, and what the accounts hold once it was left in peace."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.crash import VERBS, Verb, command
from tests.chaos.world import ACCOUNTS, held, others_at_work
from tests.cli.conftest import empty_state, engine, new_workspace, nothing_set, sandbox, small, workspace
from tests.cli.workspace import Workspace, point_to
from tests.live_sandbox import running_sandbox

__all__ = ["empty_state", "engine", "nothing_set", "sandbox", "small", "workspace"]

CLIENT, CHANGED = (
    Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("client.yaml", "client_changed.yaml")
)


@dataclass
class Prepared:
    """Where runs begin, and how they must end. tables, folder: before the verb. ends: what the accounts hold after the
    verb was left in peace. writes: how many it sent."""

    folders: dict[Verb, Path]
    tables: dict[Verb, Any]
    ends: dict[Verb, dict[str, list[str]]]
    writes: dict[Verb, int]


@pytest.fixture(scope="session")
def prepared(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("prepared")
    found = Prepared({}, {}, {}, {})
    with running_sandbox(ACCOUNTS) as sandbox:
        others_at_work(sandbox)
        workspace = new_workspace(folder, sandbox)
        (workspace.root / "config" / "company.yaml").unlink()
        for verb in VERBS:
            if verb != "destroy":
                workspace.config(CLIENT if verb == "up" else CHANGED)
            found.folders[verb] = folder / f"before-{verb}"
            shutil.copytree(workspace.root, found.folders[verb])
            found.tables[verb] = json.loads(sandbox.store.text())
            sandbox.clear_log()
            ran = workspace.golive(*command(verb))
            assert ran.code == 0, ran.out + ran.err
            found.ends[verb] = held(sandbox.store)
            found.writes[verb] = len(sandbox.writes())
    return found


@contextmanager
def beginning(prepared: Prepared, verb: Verb, folder: Path) -> Iterator[Workspace]:
    """A workspace and its accounts as they are before the verb."""
    with running_sandbox(memory=prepared.tables[verb]) as sandbox:
        shutil.copytree(prepared.folders[verb], folder / "acme")
        workspace = Workspace(folder / "acme", sandbox)
        point_to(workspace.root, sandbox.url.removeprefix("http://"))
        yield workspace


def end_in_peace(workspace: Workspace, verb: Verb) -> None:
    ran = workspace.golive(*command(verb))
    assert ran.code == 0, f"{ran.code}\n{ran.err}\n{ran.out}"

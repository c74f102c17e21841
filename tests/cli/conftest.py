"""Workspaces against a sandbox of their own, and the engine installed as golive itself does it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from stacks.engine.install import install
from tests.cli.workspace import Workspace, golive, point_to
from tests.live_sandbox import LiveSandbox, running_sandbox

ACCOUNT = Path(__file__).parents[2] / "stacks" / "reference" / "sandbox-account.yaml"
OUTSIDE = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "GITHUB_ACTIONS")


@pytest.fixture(scope="session")
def engine() -> Path:
    """The engine, from wherever this machine has it."""
    return install().path


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of whoever runs the tests plays a part."""
    for name in list(os.environ):
        if name in OUTSIDE or name.startswith("PULUMI_") or name.endswith(("_TOKEN", "_KEY")):
            monkeypatch.delenv(name)


@pytest.fixture
def sandbox() -> Iterator[LiveSandbox]:
    """A sandbox that holds the reference client's three accounts as they are before golive comes."""
    with running_sandbox(account()) as running:
        yield running


@pytest.fixture(scope="module")
def module_sandbox() -> Iterator[LiveSandbox]:
    """Like `sandbox`, for a whole file of tests."""
    with running_sandbox(account()) as running:
        yield running


def account() -> dict[str, Any]:
    """What the sandbox of a new workspace begins with."""
    found: dict[str, Any] = yaml.safe_load(ACCOUNT.read_text(encoding="utf-8"))
    return found


def new_workspace(folder: Path, sandbox: LiveSandbox, form: str = "--empty") -> Workspace:
    """`golive init`, its environment pointed to the running sandbox."""
    made = golive("-C", str(folder), "init", "acme", form)
    assert made.code == 0, made.err
    workspace = Workspace(folder / "acme", sandbox)
    point_to(workspace.root, sandbox.url.removeprefix("http://"))
    return workspace


@pytest.fixture(scope="session")
def empty_state(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose state is there and holds nothing: the engine takes a while to make one."""
    folder = tmp_path_factory.mktemp("empty")
    assert golive("-C", str(folder), "init", "acme", "--empty").code == 0
    assert golive("-C", str(folder / "acme"), "state", "backup").code == 0
    return folder / "acme"


def empty_workspace(folder: Path, sandbox: LiveSandbox, empty_state: Path) -> Workspace:
    """A new, empty workspace in this folder, with a state."""
    made = new_workspace(folder, sandbox)
    for part in (Path(".pulumi-state") / ".pulumi", Path(".golive") / "engine"):
        shutil.copytree(empty_state / part, made.root / part)
    return made


def with_config(workspace: Workspace, text: str) -> Workspace:
    """The workspace with a configuration of its own."""
    (workspace.root / "config" / "company.yaml").write_text(
        "company: {name: Acme, default_locale: en-US}\nroles: {agent: {name: Agent, like: agent}}\n", encoding="utf-8"
    )
    workspace.config(text)
    return workspace


@pytest.fixture
def workspace(empty_state: Path, tmp_path: Path, sandbox: LiveSandbox) -> Workspace:
    """A new, empty workspace."""
    return empty_workspace(tmp_path, sandbox, empty_state)


@pytest.fixture
def small(workspace: Workspace) -> Callable[[str], Workspace]:
    """A workspace with a configuration of its own."""
    return lambda text: with_config(workspace, text)


class Rewinding:
    """One workspace and its sandbox, put back to what they were right after a configuration's first `up`.

    That first run is made once for each configuration, instead of once for each test that begins with it.
    """

    def __init__(self, workspace: Workspace, copies: Path) -> None:
        self.workspace = workspace
        self._copies = copies
        self._kept: dict[str, tuple[Path, str]] = {}
        self._keep("")

    def set_up(self, text: str) -> Workspace:
        """The workspace with this configuration, in step with what is live."""
        if text not in self._kept:
            self._back("")
            with_config(self.workspace, text).up()
            self._keep(text)
        self._back(text)
        return self.workspace

    def _keep(self, text: str) -> None:
        copy = self._copies / str(len(self._kept))
        shutil.copytree(self.workspace.root, copy, symlinks=True)
        self._kept[text] = copy, self.workspace.sandbox.store.text()

    def _back(self, text: str) -> None:
        copy, memory = self._kept[text]
        shutil.rmtree(self.workspace.root)
        shutil.copytree(copy, self.workspace.root, symlinks=True)
        sandbox = self.workspace.sandbox
        sandbox.store.take(json.loads(memory))
        sandbox.heal()
        sandbox.clear_log()


@pytest.fixture(scope="session")
def rewinding(empty_state: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rewinding]:
    folder, copies = tmp_path_factory.mktemp("rewinding"), tmp_path_factory.mktemp("copies")
    with running_sandbox(account()) as sandbox:
        yield Rewinding(empty_workspace(folder, sandbox, empty_state), copies)


@pytest.fixture
def set_up(rewinding: Rewinding) -> Callable[[str], Workspace]:
    """A workspace with a configuration of its own that `up` has already been run for."""
    return rewinding.set_up


@pytest.fixture(scope="session")
def reference(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The reference client, set up once; a test that uses it must leave everything as it was."""
    with running_sandbox(account()) as sandbox:
        workspace = new_workspace(tmp_path_factory.mktemp("reference"), sandbox, "--example")
        workspace.first = workspace.up().document
        yield workspace

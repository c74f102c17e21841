"""A workspace with a toy system, and the project's own engine."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from provisioners.resource import Resource, Source
from provisioners.run_file import RunFolder, RunMode, RunRequest, SystemSettings
from stacks.automation import EnvironmentStack, Outcome, StackInput
from stacks.engine.install import install
from stacks.interruption import Interruption
from stacks.record import Record
from stacks.state import owned

TOY = Path(__file__).parent / "toy"
sys.path.insert(0, str(TOY))

RECORD = Record(tool_version="test", fingerprint_key="00ff").resource()


@pytest.fixture(scope="session")
def engine() -> Path:
    """The engine, installed as golive itself does it."""
    return install().path


def thing(key: str, name: str | None = None, **more: Any) -> Resource:
    """A toy thing; `options` are those of the resource, the rest is its payload."""
    options = more.pop("options", {})
    payload = {"name": name or key, **more}
    return Resource(
        f"helpdesk/things/{key}", "toy:Thing", payload, Source("things", key, "config/a.yaml", 1), **options
    )


@dataclass
class Account:
    """The toy's side: what is live, what was called, which faults come."""

    root: Path

    def live(self, type_: str = "toy:Thing") -> dict[str, dict[str, Any]]:
        """Name → payload."""
        return {item["payload"]["name"]: item["payload"] for item in self.items(type_).values()}

    def items(self, type_: str = "toy:Thing") -> dict[str, dict[str, Any]]:
        """Id → object."""
        files = (self.root / type_.replace(":", "-")).glob("*.json")
        return {file.stem: json.loads(file.read_text()) for file in files}

    def id_of(self, name: str) -> str:
        return next(id_ for id_, item in self.items().items() if item["payload"]["name"] == name)

    def add(self, name: str, identifier: str, **more: Any) -> None:
        folder = self.root / "toy-Thing"
        folder.mkdir(exist_ok=True)
        item = {"id": identifier, "made": "0", "payload": {"name": name, **more}}
        (folder / f"{identifier}.json").write_text(json.dumps(item))

    def edit(self, name: str, **more: Any) -> None:
        identifier = self.id_of(name)
        file = self.root / "toy-Thing" / f"{identifier}.json"
        item = json.loads(file.read_text())
        item["payload"].update(more)
        file.write_text(json.dumps(item))

    def remove(self, name: str) -> None:
        (self.root / "toy-Thing" / f"{self.id_of(name)}.json").unlink()

    def faults(self, **orders: str) -> None:
        """`create_A="drop note"`: what happens when `create A` is called; no orders: none."""
        named = {" ".join(order.split("_", 1)).replace("any", "*"): fault for order, fault in orders.items()}
        (self.root / "faults.json").write_text(json.dumps(named))

    def calls(self, *verbs: str) -> list[tuple[str, str]]:
        """(Verb, what) of every call so far, of these verbs if any are named."""
        file = self.root / "calls.log"
        lines = [line.split(" ", 4) for line in file.read_text().splitlines()] if file.exists() else []
        return [(line[2], line[4]) for line in lines if not verbs or line[2] in verbs]

    def writes(self) -> list[tuple[str, str]]:
        return self.calls("create", "update", "delete", "switch_off")

    def process_ids(self) -> set[int]:
        return {int(line.split(" ")[1]) for line in (self.root / "calls.log").read_text().splitlines()}


@dataclass
class Site:
    """A workspace and its account."""

    root: Path
    account: Account
    settings: dict[str, SystemSettings]
    python: Path
    folders: list[RunFolder] = field(default_factory=list)
    """Of every run so far; while they are here, the runs have somebody who waits for them."""

    def stack(self, mode: RunMode = "plan", interruption: Interruption | None = None) -> EnvironmentStack:
        """The stack, with a run folder of this mode. `owned` is what the state holds."""
        self.folders.append(RunFolder(self.root / ".golive" / "runs" / str(len(self.folders) + 1)))
        self.run.write_request(RunRequest(mode, self.settings))
        stack = EnvironmentStack(
            StackInput(
                self.root,
                "acme",
                "sandbox",
                self.run.folder,
                python=str(self.python),
                interruption=interruption or Interruption(),
            )
        )
        self.run.write_request(RunRequest(mode, self.settings, owned(stack.export_state())))
        return stack

    @property
    def run(self) -> RunFolder:
        """The folder of the last run."""
        return self.folders[-1]

    def events(self, name: str) -> list[dict[str, Any]]:
        """Events of that name in the last run."""
        return [event for event in self.run.events() if event["event"] == name]

    @property
    def plan_file(self) -> Path:
        return self.root / "plan.json"

    def plan(self, *resources: Resource) -> Outcome:
        return self.stack("plan").preview([RECORD, *resources], self.plan_file)

    def up(self, *resources: Resource, with_plan: bool = False) -> Outcome:
        stack = self.stack("up")
        return stack.up([RECORD, *resources], stack.export_state(), self.plan_file if with_plan else None)

    def destroy(self) -> Outcome:
        return self.stack("destroy").destroy()

    def drift(self) -> Outcome:
        return self.stack("drift").drift()


@pytest.fixture
def site(engine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """An empty workspace, its path with a space and an umlaut, whose system is the toy."""
    for name in ("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_BACKEND_URL"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "Kunde Ä"
    account = Account(tmp_path / "account")
    root.mkdir()
    account.root.mkdir()
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{TOY}${{PYTHONPATH:+:$PYTHONPATH}}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return Site(root, account, {"helpdesk": SystemSettings("toy", str(account.root), "env:TOY_TOKEN")}, python)


def operations(outcome: Outcome, phase: str = "apply", names: Sequence[str] = ()) -> dict[str, str]:
    """Key → operation, of everything but the record."""
    return {
        step.name.split("/")[2]: step.operation
        for step in outcome.of(phase)
        if step.name != RECORD.name and (not names or step.name in names)
    }

"""Workspaces with gates of their own: the method's conditions left out, a few items of the test's instead."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from checklists.loading import merged, method
from config.chain import Chain
from golive.workspace.logbook import Logbook
from tests.cli.workspace import Ran, Workspace

ITEMS: dict[str, Any] = {
    "settled": {
        "name": "What is declared is live", "phase": "build", "owner": "lead", "why": "Or nobody knows what is tested.",
        "fix": "golive up", "probe": {"plan_empty": None},
    },
    "agreed": {
        "name": "The groups are agreed", "phase": "build", "owner": "head", "why": "They are the client's.",
        "fix": "golive gate sign agreed", "sign_off": {"statement": "These are our groups.", "roles": {"head": 1}},
        "about": ["groups"], "not_probed": "Only they know.",
    },
}  # fmt: skip
"""What a gate asks for where a test says nothing else."""
PEOPLE = {
    "ana": {"name": "Ana Sol", "email": "ana@client.example", "roles": ["head"]},
    "ben": {"name": "Ben Ode", "email": "ben@partner.example", "roles": ["consultant", "lead"]},
    "cai": {"name": "Cai Lin", "email": "cai@client.example", "roles": ["lead", "head"]},
}
_IDENTITY = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")


def bare_checklist(items: dict[str, Any] | None = None, **more: Any) -> str:
    """A project's checklist that asks at every gate for these items and for nothing of the method."""
    own = ITEMS if items is None else items
    known = merged(method(), []).checklist
    gates: dict[str, Any] = {}
    for name, gate in known.gates.items():
        gates[name] = {part: {} for part in ("entrance", "success", "outcome")}
        for part, key, _ in gate.conditions():
            gates[name][part][key] = {"drop": "This test has items of its own."}
        gates[name]["success"]["own"] = {"name": "What this test asks for", "items": list(own)}
        gates[name]["decision"] = {"head": 1}
    return yaml.safe_dump({"people": PEOPLE, "items": own, "gates": gates, **more}, sort_keys=False)


@dataclass
class Gated:
    """A workspace in a git repository, with gates. Who runs golive is Ben."""

    workspace: Workspace

    @classmethod
    def of(cls, workspace: Workspace, checklist: str | None = None) -> Gated:
        made = cls(workspace)
        made.checklist(checklist or bare_checklist())
        made.git("init", "-q", "-b", "main")
        made.is_now("ben")
        made.commit("base")
        return made

    @property
    def root(self) -> Path:
        return self.workspace.root

    @property
    def logbook(self) -> Logbook:
        return Logbook(self.root, "sandbox")

    @property
    def chain(self) -> Chain:
        return self.logbook.read()

    @property
    def noted(self) -> list[str]:
        """What the log says, by its sorts, in order."""
        return [each.entry for each in self.chain.ordered]

    def checklist(self, text: str) -> None:
        for file in (self.root / "checklists").glob("*.yaml"):
            file.unlink()
        self.workspace.config(text, "checklists/project.yaml")

    def git(self, *arguments: str) -> str:
        environment = {name: value for name, value in os.environ.items() if name not in _IDENTITY}
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}{done.stdout}"
        return done.stdout

    def is_now(self, key: str) -> None:
        """Let git say that somebody else sits here."""
        self.git("config", "user.name", str(PEOPLE[key]["name"]))
        self.git("config", "user.email", str(PEOPLE[key]["email"]))

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def golive(self, *arguments: str) -> Ran:
        return self.workspace.golive(*arguments)

    def does(self, who: str, *arguments: str) -> Ran:
        """A command that must succeed, in somebody's name."""
        self.is_now(who)
        ran = self.golive(*arguments)
        assert ran.code == 0, f"{' '.join(arguments)}: {ran.code}\n{ran.err}\n{ran.out}"
        self.is_now("ben")
        return ran

    def go(self, phase: str = "soft_launch") -> None:
        """Everything that a gate of `ITEMS` asks for from people."""
        self.does("ana", "gate", "sign", "agreed", "--yes")
        self.does("ana", "gate", "decide", phase, "go", "--yes")

    def advance(self, phase: str = "soft_launch", *more: str) -> Ran:
        return self.golive("advance", phase, "--yes", *more)

    def retreat(self, phase: str = "build", *more: str) -> Ran:
        return self.golive("retreat", phase, "--yes", "--reason", "It loops", *more)

    def status(self, *more: str) -> dict[str, Any]:
        """The board, as a document."""
        ran = self.golive("gate", "status", *more, "--format", "json")
        assert ran.code == 0, ran.err
        found: dict[str, Any] = ran.document
        return found

    def states(self, phase: str = "soft_launch") -> dict[str, str]:
        """Item → its state, of everything that a gate asks for."""
        return {each["key"]: each["state"] for each in self.status(phase)["items"]}

    def write_log(self, lines: list[str]) -> None:
        """Somebody edits the log by hand."""
        self.logbook.path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def lines(self) -> list[str]:
        return self.logbook.path.read_text(encoding="utf-8").splitlines()

    def data(self, number: int) -> dict[str, Any]:
        """What one line of the log says."""
        found: dict[str, Any] = json.loads(self.lines()[number])["data"]
        return found

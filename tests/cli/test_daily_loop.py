"""A client's repository through its days, by git and the command line alone: taken over, changed on a branch, reviewed,
merged, carried out; changed by hand and brought back; switched off at night; undone."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.cli.conftest import account
from tests.cli.workspace import Workspace, golive
from tests.live_sandbox import running_sandbox
from tests.repository import ClientRepository
from tests.running_account import build

OLD_NAME, NEW_NAME = "Folder::Übergabe an Müller & Söhne", "Folder::Handing over"


def test_the_days_of_a_client(engine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTS_TOKEN", "sandbox")
    with running_sandbox(account()) as sandbox:
        build(sandbox.zendesk, triggers=24, macros=8)
        address = ("--url", f"{sandbox.url}/zendesk", "--token", "env:CLIENTS_TOKEN")
        assert golive("-C", str(tmp_path), "init", "acme", "--from-account", *address).code == 0
        days = Days(tmp_path / "acme", Workspace(tmp_path / "acme", sandbox))
        days.reviewed_as_it_was(tmp_path)
        days.changed_on_a_branch_and_merged()
        days.changed_by_hand_and_brought_back()
        days.switched_off_at_night()
        days.undone()


class Days:
    """Each of them begins and ends with a plan that has nothing to do."""

    def __init__(self, root: Path, workspace: Workspace) -> None:
        self.repository, self.workspace = ClientRepository(root), workspace
        self.repository.git("init", "-q", "-b", "main")
        self.repository.commit("As it was when we came")
        self.is_settled()

    def golive(self, verb: str, *arguments: str) -> str:
        ran = self.workspace.golive(verb, *arguments, "-e", "production")
        assert ran.code == 0, f"{verb} {arguments}\n{ran.err}\n{ran.out}"
        return ran.out + ran.err

    def write(self, verb: str, *arguments: str) -> str:
        return self.golive(verb, *arguments, "--yes", "--client", "Quayside Payments")

    def is_settled(self) -> None:
        document = self.workspace.golive("plan", "-e", "production", "--json").checked("plan")
        assert (document["changes"], document["drift"], document["collisions"]) == ([], [], [])

    def reviewed_as_it_was(self, folder: Path) -> None:
        """Everything is new to the files, and nothing changes: without the live plan nobody could know."""
        repository, plan = self.repository, folder / "plan.json"
        nothing = repository.git(
            "commit-tree", "-m", "nothing", repository.git("hash-object", "-t", "tree", os.devnull)
        )
        plan.write_text(self.workspace.golive("plan", "-e", "production", "--json").out, encoding="utf-8")
        alone = repository.review(nothing)
        assert "Customers get mail: Trigger " in alone.out
        beside = ("--plan", str(plan))
        for form in ("text", "markdown", "html"):
            said = repository.review(nothing, *beside, "--format", form)
            assert (said.code, "of the new ones are there already: nothing changes there." in said.out) == (0, True)
            assert "Customers get mail" not in said.out
        document = repository.review(nothing, *beside, "--format", "json").checked("review")
        assert {each["kind"] for each in document["changes"] if not each["there"]} == {
            "environments",
            "company",
            "roles",
        }
        self.workspace.edit(f"name: {OLD_NAME}", f"name: {NEW_NAME}", "config/macros.yaml")
        other = repository.review(nothing, *beside)
        assert (other.code, "The live plan is not about this change." in other.err) == (1, True)
        repository.git("checkout", "-q", ".")

    def changed_on_a_branch_and_merged(self) -> None:
        repository = self.repository
        repository.git("checkout", "-q", "-b", "sooner")
        self.workspace.edit(f"name: {OLD_NAME}", f"name: {NEW_NAME}", "config/macros.yaml")
        repository.commit("The name says what is meant")
        said = repository.review("main", "--format", "markdown")
        assert (said.code, NEW_NAME.split("::")[1] in said.out) == (0, True)
        agreed = re.search(r"I agree to review ([0-9a-f]+)", said.out)
        assert agreed is not None
        repository.git("checkout", "-q", "main")
        repository.git("merge", "-q", "--no-ff", "-m", f"Agreed: {agreed[1]}", "sooner")
        self.write("up")
        assert self.workspace.one("macros", NEW_NAME)
        assert "macro" in self.golive("history")
        self.is_settled()

    def changed_by_hand_and_brought_back(self) -> None:
        macro = self.workspace.one("macros", NEW_NAME)
        self.workspace.zendesk("PUT", f"macros/{macro['id']}", {"macro": {"title": "Folder::By hand"}})
        drifted = self.workspace.golive("drift", "-e", "production", "--format", "markdown", "--exit-code")
        assert (drifted.code, "By hand" in drifted.out) == (7, True)
        self.write("pull")
        changed = self.repository.git("diff", "--stat")
        assert "config/macros.yaml" in changed and "1 file changed, 1 insertion(+), 1 deletion(-)" in changed
        assert self.workspace.golive("drift", "-e", "production", "--exit-code").code == 0
        self.repository.commit("What was changed by hand")
        self.is_settled()

    def switched_off_at_night(self) -> None:
        rule = next(each for each in self.workspace.listed("triggers") if each["active"] and "Rule" in each["title"])
        key = "rule_" + rule["title"].split()[-1]
        self.write("off", f"triggers/{key}", "--reason", "It writes to everybody")
        assert not self.is_on(rule)
        assert "It writes to everybody" in self.golive("plan")
        self.write("up")
        assert not self.is_on(rule)
        self.write("on", f"triggers/{key}")
        assert self.is_on(rule)
        self.is_settled()

    def is_on(self, rule: dict[str, object]) -> bool:
        found = self.workspace.zendesk("GET", f"triggers/{rule['id']}")["trigger"]
        return bool(found["active"])

    def undone(self) -> None:
        self.workspace.edit("name: Folder::By hand", "name: Folder::A mistake", "config/macros.yaml")
        commit = self.repository.commit("A mistake")
        self.write("up")
        self.write("undo")
        assert self.workspace.one("macros", "Folder::By hand")
        self.repository.git("revert", "--no-edit", commit)
        self.is_settled()

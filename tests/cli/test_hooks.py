"""What others take from this project's root: a hook for pre-commit, and an action for GitHub's jobs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.cli.workspace import golive_process
from tests.repository import ClientRepository

ROOT = Path(__file__).parents[2]


def test_the_hook_checks_a_workspace(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert hook["language"] == "python" and hook["entry"] in project["scripts"]
    assert hook["pass_filenames"] is False
    repository = ClientRepository.new(tmp_path / "client")
    assert golive_process(*hook["args"], cwd=repository.root).code == 0
    repository.write("config/own.yaml", "gruops: {}\n")
    ran = golive_process(*hook["args"], cwd=repository.root)
    assert (ran.code, "Did you mean `groups`?" in ran.out) == (2, True)
    repository.write("config/own.yaml", "groups: {}\n")
    repository.write("checklists/own.yaml", "itmes: {}\n")
    ran = golive_process(*hook["args"], cwd=repository.root)
    assert (ran.code, "Did you mean `items`?" in ran.out) == (2, True)
    folder = hook["description"].split("args: [")[1].partition("]")[0].replace("FOLDER", "client").split(", ")
    assert golive_process(*folder, cwd=tmp_path).code == 2


@pytest.mark.parametrize(
    ("file", "runs"),
    [
        ("config/slas.yaml", True),
        ("acme/checklists/project.yaml", True),
        ("checklists/log/production.jsonl", False),
        ("acme/config/more/slas.yml", True),
        ("stacks/Pulumi.production.yaml", True),
        ("acme/Pulumi.yaml", True),
        ("README.md", False),
        ("myconfig/x.yaml", False),
        ("stacks/sandbox-account.yaml", False),
    ],
)
def test_for_which_files_the_hook_runs(file: str, runs: bool) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert bool(re.search(hook["files"], file)) == runs


def test_the_action_installs_what_is_locked_and_nothing_else() -> None:
    """That it works is tried where there is a network; here: it resolves nothing, and says what it offers."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (install,) = [step["run"] for step in action["runs"]["steps"] if step.get("id") == "install"]
    for line in re.findall(r"pip install .*?(?:[^\\]\n|$)", install, re.DOTALL):
        assert "--no-deps" in line
    assert "--require-hashes" in install and "requirements.lock" in install
    assert {name for name, said in action["inputs"].items() if said["description"]} == {"engine", "python-version"}

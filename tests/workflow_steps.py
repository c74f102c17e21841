"""Runs the steps of a GitHub workflow as its runner does: bash, variables, outputs; with a stand-in for `gh`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

GH = f"""#!{sys.executable}
import json, os, sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jq

file = Path(os.environ["GH_STATE"])
state = json.loads(file.read_text())
arguments = sys.argv[1:]
assert arguments.pop(0) == "api" and os.environ["GH_TOKEN"] == "token-of-the-job"
method, query, paginate, fields, path = "GET", None, False, {{}}, None
while arguments:
    word = arguments.pop(0)
    if word == "--method": method = arguments.pop(0)
    elif word == "--jq": query = arguments.pop(0)
    elif word == "--paginate": paginate = True
    elif word == "--silent": pass
    elif word in ("-f", "-F"):
        name, _, value = arguments.pop(0).partition("=")
        if word == "-F" and value.startswith("@"): value = Path(value[1:]).read_text()
        fields.setdefault(name, []).append(value)
    else:
        assert path is None, word
        path = urlsplit(word)
given = {{name.removesuffix("[]"): value if name.endswith("[]") else value[0] for name, value in fields.items()}}
if len(given.get("body", "").encode("utf-16-le")) // 2 > 65536: sys.exit("HTTP 422: Body is too long")
steps, asked = path.path.split("/"), parse_qs(path.query)
assert steps[:3] == ["repos", "acme", "support"], steps
state["calls"].append([method, "/".join(steps[3:])])
me = {{"login": "github-actions[bot]"}}
answer = None
match [method, *steps[3:]]:
    case ["GET", "issues", number, "comments"]:
        answer = [each for each in state["comments"] if each["issue"] == int(number)]
    case ["POST", "issues", number, "comments"]:
        new = {{"id": len(state["comments"]) + 1, "issue": int(number), "user": me, "body": given["body"]}}
        state["comments"].append(new)
    case ["PATCH", "issues", "comments", number]:
        next(each for each in state["comments"] if each["id"] == int(number))["body"] = given["body"]
    case ["GET", "issues"]:
        labels = set(asked["labels"][0].split(","))
        answer = [e for e in state["issues"] if e["state"] == asked["state"][0] and labels <= set(e["labels"])]
    case ["POST", "issues"]:
        state["issues"].append({{"number": len(state["issues"]) + 1, "user": me, "state": "open", **given}})
    case ["PATCH", "issues", number]:
        next(each for each in state["issues"] if each["number"] == int(number)).update(given)
    case other:
        sys.exit(f"the stand-in for gh does not know {{other}}")
file.write_text(json.dumps(state))
if query is not None:
    page = int(asked.get("per_page", ["30"])[0])
    for text in jq.compile(query).input_value(answer if paginate else answer[:page]).text().splitlines():
        print(text)
"""


@dataclass
class Ran:
    code: int
    out: str
    outputs: dict[str, str]


@dataclass
class Jobs:
    """The jobs of a workflow, run step by step in a folder.

    contexts: what expressions come to, such as `github.token`; one that is not there is an error.
    """

    workflow: dict[str, Any]
    folder: Path
    scratch: Path
    event: str = "pull_request"
    contexts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.scratch / "bin").mkdir(parents=True)
        (self.scratch / "temp").mkdir()
        gh = self.scratch / "bin" / "gh"
        gh.write_text(GH, encoding="utf-8")
        gh.chmod(0o755)
        self.store({"comments": [], "issues": [], "calls": []})

    @property
    def temp(self) -> Path:
        return self.scratch / "temp"

    @property
    def summary(self) -> Path:
        return self.scratch / "summary.md"

    @property
    def gh(self) -> dict[str, Any]:
        """What the stand-in keeps."""
        found: dict[str, Any] = json.loads((self.scratch / "gh.json").read_text(encoding="utf-8"))
        return found

    def store(self, state: dict[str, Any]) -> None:
        (self.scratch / "gh.json").write_text(json.dumps(state), encoding="utf-8")

    def step(self, job: str, identifier: str, **contexts: str) -> Ran:
        """Run one step, by its `id`. contexts: further ones, `__` for a dot."""
        said = self.workflow["jobs"][job]
        (step,) = [each for each in said["steps"] if each.get("id") == identifier]
        known = self.contexts | {name.replace("__", "."): value for name, value in contexts.items()}
        output = self.scratch / "output"
        output.write_text("", encoding="utf-8")
        variables = {
            **os.environ,
            "PATH": f"{self.scratch / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "GH_STATE": str(self.scratch / "gh.json"),
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": self.event,
            "GITHUB_OUTPUT": str(output),
            "GITHUB_REPOSITORY": "acme/support",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(self.temp),
        }
        for level in (self.workflow, said, step):
            variables |= {name: resolved(str(value), known) for name, value in level.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env=variables,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
        return Ran(done.returncode, done.stdout + done.stderr, outputs)


def resolved(text: str, contexts: dict[str, str]) -> str:
    """A text with its expressions carried out. Raises KeyError for one that nobody has said."""
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: contexts[found[1]], text)


def read_workflow(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found

"""A workspace as a person has it on disk, the command line on it, and a person's hands in the live systems."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import yaml

from config.kinds import kind_path
from golive.cli import run
from tests.live_sandbox import LiveSandbox

SCHEMAS = Path(__file__).parents[2] / "config" / "schemas"
SCRIPT = Path(sys.executable).with_name("golive")


@dataclass(frozen=True)
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on stdout."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    def checked(self, verb: str) -> dict[str, Any]:
        """The document, once it has passed the schema that is promised for the verb."""
        schema = json.loads((SCHEMAS / "results" / f"{verb}.json").read_text(encoding="utf-8"))
        jsonschema.validate(self.document, schema)
        return self.document

    @property
    def actions(self) -> dict[str, str]:
        """`system/kind/key` → action, of the document's changes."""
        return {_named(each): each["action"] for each in self.document["changes"]}

    @property
    def results(self) -> dict[str, str]:
        """`system/kind/key` → result, of the document's changes."""
        return {_named(each): each["result"] for each in self.document["changes"]}


def _named(change: Mapping[str, Any]) -> str:
    return "{system}/{kind}/{key}".format(**change)


def golive(*arguments: str) -> Ran:
    """The command line in this process, its streams caught. Nobody sits at a terminal."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(argument) for argument in arguments])
    return Ran(code, out.getvalue(), err.getvalue())


def golive_process(*arguments: str, cwd: Path, environment: Mapping[str, str] | None = None, text: str = "") -> Ran:
    """The installed console script, as a process of its own."""
    done = subprocess.run(
        [str(SCRIPT), *arguments],
        cwd=cwd,
        env=dict(os.environ if environment is None else environment),
        input=text,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def point_to(root: Path, address: str) -> None:
    """Let a new workspace's `sandbox` environment live at another address (`127.0.0.1:8411`)."""
    path = root / "stacks" / "Pulumi.sandbox.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"127\.0\.0\.1:\d+", address, text), encoding="utf-8")


def free_port() -> int:
    """A port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def written(objects: Mapping[str, Mapping[str, Any]]) -> str:
    """Objects of many kinds as one file."""
    file: dict[str, Any] = {}
    for kind, items in objects.items():
        *above, word = kind_path(kind)
        place = file
        for each in above:
            place = place.setdefault(each, {})
        place[word] = items
    return yaml.safe_dump(file, sort_keys=False)


@dataclass
class Workspace:
    """One workspace whose `sandbox` environment lives in a running sandbox."""

    root: Path
    sandbox: LiveSandbox
    first: dict[str, Any] = field(default_factory=dict)
    """What its first `up` came to, where a fixture has run it."""

    def golive(self, *arguments: str) -> Ran:
        return golive("-C", str(self.root), *arguments)

    def plan(self, *more: str) -> Ran:
        """`plan --json`, which must succeed and keep to its schema."""
        return self._documented("plan", *more)

    def up(self, *more: str) -> Ran:
        """`up --yes --json`, which must succeed and keep to its schema."""
        return self._documented("up", "--yes", *more)

    def _documented(self, *arguments: str) -> Ran:
        ran = self.golive(*arguments, "--json")
        assert ran.code == 0, f"{ran.code}\n{ran.err}\n{ran.out}"
        ran.checked(arguments[0])
        return ran

    def speaks(self, *locales: str) -> None:
        """The languages that somebody has given the help centre."""
        for brand in self.sandbox.store.table("zendesk", "brands").values():
            brand["_locales"] = list(locales)

    def on_enterprise(self) -> None:
        """From now on the helpdesk's account has the largest plan."""
        settings = self.settings()
        settings["systems"]["helpdesk"]["plan"] = "suite_enterprise"
        self.set(settings)
        self.sandbox.settings("zendesk", plan="enterprise")

    def is_settled(self) -> None:
        """A plan right now shows nothing at all."""
        document = self.plan().document
        assert document["changes"] == [], document["changes"]
        assert document["drift"] == []
        assert document["collisions"] == []

    def config(self, text: str, file: str = "config/own.yaml") -> None:
        """Write a file of the configuration."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, old: str, new: str, file: str = "config/own.yaml") -> None:
        """Change one place of a file; it must be there exactly once."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def settings(self, name: str = "sandbox") -> dict[str, Any]:
        """What an environment file says of golive's environment."""
        data = yaml.safe_load((self.root / "stacks" / f"Pulumi.{name}.yaml").read_text(encoding="utf-8"))
        found: dict[str, Any] = data["config"]["golive:environment"]
        return found

    def set(self, settings: Mapping[str, Any], name: str = "sandbox") -> None:
        """Write an environment file."""
        text = yaml.safe_dump({"config": {"golive:environment": dict(settings)}}, sort_keys=False)
        (self.root / "stacks" / f"Pulumi.{name}.yaml").write_text(text, encoding="utf-8")

    # A person's hands.

    def zendesk(self, method: str, path: str, body: Any = None, user: str = "") -> dict[str, Any]:
        """A call to the sandbox's Zendesk, such as the admin centre makes it. user: whose API token it is made with."""
        return self._call(f"zendesk/api/v2/{path}", method, body, user)

    def slack(self, method: str, **arguments: Any) -> dict[str, Any]:
        return self._call(f"slack/api/{method}", "POST", arguments)

    def crm(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """A call to the sandbox's Salesforce."""
        return self._call(f"salesforce/services/data/v59.0/{path}", method, body)

    def crm_records(self, query: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.crm("GET", f"query?q={quote(query)}")["records"]
        return found

    def _call(self, path: str, method: str, body: Any, user: str = "") -> dict[str, Any]:
        signed = f"Basic {b64encode(f'{user}/token:sandbox'.encode()).decode()}" if user else "Bearer sandbox"
        request = urllib.request.Request(
            f"{self.sandbox.url}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Authorization": signed, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
        found: dict[str, Any] = json.loads(text) if text else {}
        return found

    def listed(self, many: str, path: str | None = None) -> list[dict[str, Any]]:
        """All objects of one of Zendesk's lists."""
        found: list[dict[str, Any]] = self.zendesk("GET", f"{path or many}?per_page=100")[many]
        return found

    def titles(self, many: str, path: str | None = None) -> list[str]:
        """The names or titles in one of Zendesk's lists."""
        return [each.get("title") or each["name"] for each in self.listed(many, path)]

    def one(self, many: str, title: str, path: str | None = None) -> dict[str, Any]:
        """The one object of that name or title."""
        found = [each for each in self.listed(many, path) if title in (each.get("title"), each.get("name"))]
        assert len(found) == 1, f"{title}: {len(found)} of {self.titles(many, path)}"
        return found[0]

    def channels(self) -> dict[str, dict[str, Any]]:
        """Slack's channels by name, archived ones too."""
        found = self.slack("conversations.list", limit=200)["channels"]
        return {each["name"]: each for each in found}

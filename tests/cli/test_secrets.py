"""The value of a secret goes to the system that needs it, and nowhere else."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from stacks.engine.locate import engine_home
from tests.cli.conftest import account, new_workspace
from tests.cli.workspace import Workspace, golive_process
from tests.live_sandbox import running_sandbox

TOKEN = "tok-4f0b8c1d77aa42"
FIRST = "pager-9d31c5e2b6f0"
SECOND = "pager-1b77e08a4c53"
BASIC = "basic-55ce19f2a8d4"

OWN = """\
webhooks:
  pager:
    name: On-call pager
    url: http://127.0.0.1:9/pager
    method: POST
    format: json
    auth: {bearer: env:PAGER_TOKEN}
  desk:
    name: Risk desk
    url: env:DESK_URL
    method: POST
    format: json
    auth: {basic: {username: golive, password: env:DESK_PASSWORD}}
"""


@pytest.fixture
def guarded(engine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A workspace whose systems take a token of their own, and that declares two webhooks with secrets."""
    with running_sandbox(account(), token=TOKEN) as sandbox:
        workspace = new_workspace(tmp_path, sandbox)
        (workspace.root / "config" / "company.yaml").write_text("company: {name: Acme, default_locale: en-US}\n")
        workspace.config(OWN)
        settings = workspace.settings()
        for entry in settings["systems"].values():
            entry["token"] = "env:SYSTEMS_TOKEN"
        workspace.set(settings)
        monkeypatch.setenv("SYSTEMS_TOKEN", TOKEN)
        monkeypatch.setenv("PAGER_TOKEN", FIRST)
        monkeypatch.setenv("DESK_PASSWORD", BASIC)
        monkeypatch.setenv("DESK_URL", "http://127.0.0.1:9/desk?key=" + BASIC)
        yield workspace


def pager_token_is(workspace: Workspace, value: str) -> bool:
    """Whether the sandbox was given this token; it keeps no secret, but a digest of each."""
    rows = workspace.sandbox.store.table("zendesk", "webhooks").values()
    (pager,) = [each for each in rows if each["name"] == "On-call pager"]
    expected = hashlib.sha256(repr([("token", value)]).encode()).hexdigest()
    kept: str = pager["authentication"]["_digest"]
    return kept == expected


def files_holding(*places: Path, secrets: tuple[str, ...]) -> list[str]:
    """Every file below these places that has one of the secrets in it, in any encoding that text has."""
    found = []
    forms = [form for secret in secrets for form in (secret.encode(), secret.encode("utf-16-le"))]
    for place in places:
        for path in place.rglob("*"):
            with contextlib.suppress(FileNotFoundError):
                if path.is_file() and any(form in path.read_bytes() for form in forms):
                    found.append(str(path))
    return found


def test_no_secret_is_ever_seen(guarded: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    said = ""
    for verb in ("validate --json", "doctor", "plan", "up --yes --json", "plan --json", "drift --json"):
        ran = golive_process(*verb.split(), cwd=guarded.root)
        assert ran.code == 0, f"{verb}: {ran.err}"
        said += ran.out + ran.err
    assert pager_token_is(guarded, FIRST)

    monkeypatch.setenv("PAGER_TOKEN", SECOND)
    planned = guarded.plan()
    assert [each["diff"] for each in planned.document["changes"]] == [
        [{"path": "env:PAGER_TOKEN", "old": "the value of the last run", "new": "another value"}]
    ]
    rotated = guarded.golive("up", "--yes")
    assert rotated.code == 0, rotated.err
    assert pager_token_is(guarded, SECOND)
    assert guarded.plan().document["changes"] == []

    monkeypatch.setenv("PAGER_TOKEN", FIRST)
    guarded.edit("name: Risk desk", "name: Risk team")
    guarded.sandbox.fault(kind="error_500", system="zendesk", method="PATCH")
    failed = guarded.golive("up", "--yes", "--json")
    assert failed.code == 1
    said += planned.out + planned.err + rotated.out + rotated.err + failed.out + failed.err

    secrets = (TOKEN, FIRST, SECOND, BASIC)
    assert [secret for secret in secrets if secret in said] == []
    assert files_holding(guarded.root, engine_home(), secrets=secrets) == []
    assert "env:PAGER_TOKEN" in (guarded.root / "config" / "own.yaml").read_text(encoding="utf-8")

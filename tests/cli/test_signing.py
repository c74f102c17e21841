"""The signing secret of a webhook: the vendor makes it, a person hands it on, and each plan compares."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stacks.engine.locate import engine_home
from tests.cli.test_secrets import files_holding
from tests.cli.workspace import Workspace

pytestmark = pytest.mark.engine
Small = Callable[[str], Workspace]

OWN = """
webhooks:
  pager: {name: Pager, url: "https://pager.example/", signing: env:PAGER_SIGNING}
"""


def secret_of(workspace: Workspace) -> str:
    live = workspace.one("webhooks", "Pager")["id"]
    secret: str = workspace.zendesk("GET", f"webhooks/{live}/signing_secret")["signing_secret"]["secret"]
    return secret


def test_it_is_compared_by_each_plan_and_seen_nowhere(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER_SIGNING", "what-some-other-webhook-has")
    workspace = small(OWN)
    made = workspace.up()
    assert made.document["findings"] == [], "nothing is signed yet"
    assert [each["key"] for each in made.document["by_hand"]] == ["pager"]
    assert "Reveal secret" in made.document["by_hand"][0]["why"]
    workspace.sandbox.clear_log()
    planned = workspace.plan()
    (found,) = planned.document["findings"]
    assert found["message"].startswith("“Pager” signs with another secret than the one in PAGER_SIGNING")
    assert (planned.document["changes"], workspace.sandbox.writes()) == ([], [])

    first = secret_of(workspace)
    monkeypatch.setenv("PAGER_SIGNING", first)
    same = workspace.up()
    assert same.document["findings"] == []
    live = workspace.one("webhooks", "Pager")["id"]
    second = workspace.zendesk("POST", f"webhooks/{live}/signing_secret")["signing_secret"]["secret"]
    shown = workspace.golive("plan")
    assert "signs with another secret" in " ".join(shown.out.split())
    said = "".join(ran.out + ran.err for ran in (made, planned, same, shown))
    secrets = (first, second, "what-some-other-webhook-has")
    assert [secret for secret in secrets if secret in said] == []
    assert files_holding(workspace.root, engine_home(), secrets=secrets) == []


def test_another_variable_is_only_another_name(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = small(OWN)
    workspace.up()
    before = secret_of(workspace)
    monkeypatch.setenv("NEW_SIGNING", before)
    workspace.edit("PAGER_SIGNING", "NEW_SIGNING")
    (change,) = workspace.plan().document["changes"]
    assert change["diff"] == [{"path": "signing", "old": "env:PAGER_SIGNING", "new": "env:NEW_SIGNING"}]
    workspace.up()
    assert secret_of(workspace) == before
    workspace.is_settled()


def test_one_that_cannot_be_read_is_said(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = small(OWN)
    workspace.up()
    monkeypatch.setenv("PAGER_SIGNING", secret_of(workspace))
    (row,) = workspace.sandbox.store.table("zendesk", "webhooks").values()
    row["external_source"] = {"type": "zendesk_app"}
    (found,) = workspace.plan().document["findings"]
    assert "cannot be read" in found["message"] and "administrators only" in found["message"]


def test_it_is_never_written_out(small: Small) -> None:
    workspace = small(OWN.replace("env:PAGER_SIGNING", "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ"))
    ran = workspace.golive("validate")
    assert ran.code != 0
    assert "env:NAME" in ran.out + ran.err
    assert "dGhpc19" not in ran.out + ran.err

"""Secrets that somebody has written into a live system: they come into no file, and nothing that golive says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from golive.terminal.masking import masked_document
from tests.cli.conftest import account, new_workspace
from tests.cli.test_secrets import files_holding
from tests.cli.workspace import Ran, Workspace
from tests.live_sandbox import running_sandbox

SLACK = "abcdefSECRETabcdefSECRET"
TOKEN = "xoxb-1234567890-abcdefghijkl"
KEY = "0123456789abcdef0123456789abcdef"
QUERY = "SECRETKEY12345678"
SECRETS = (SLACK, TOKEN, KEY, QUERY)
OWN = """\
trigger_categories:
  route: {name: Routing}
webhooks:
  desk: {name: Desk, url: "https://desk.example/first"}
groups:
  care: {name: Care}
triggers:
  tell: {name: Tell, category: route, when: [{event: created}], then: [{call: webhooks/desk, body: {a: b}}]}
"""


@pytest.fixture
def changed(engine: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace that is live, and in whose helpdesk somebody has written secrets."""
    with running_sandbox(account()) as sandbox:
        workspace = new_workspace(tmp_path, sandbox)
        workspace.config(OWN)
        workspace.up()
        desk, tell = workspace.one("webhooks", "Desk")["id"], workspace.one("triggers", "Tell")
        address = f"https://hooks.slack.com/services/T000/B000/{SLACK}"
        workspace.zendesk("PATCH", f"webhooks/{desk}", {"webhook": {"endpoint": address}})
        body = f'{{"api_key": "{KEY}", "note": "{TOKEN}"}}'
        said = {**tell, "actions": [{"field": "notification_webhook", "value": [desk, body]}]}
        workspace.zendesk("PUT", f"triggers/{tell['id']}", {"trigger": said})
        care = workspace.one("groups", "Care")["id"]
        workspace.zendesk("PUT", f"groups/{care}", {"group": {"name": "Care team"}})
        other = {
            "name": "Other", "endpoint": f"https://o.example/?token={QUERY}", "http_method": "POST",
            "request_format": "json", "status": "active", "subscriptions": ["conditional_ticket_events"],
        }  # fmt: skip
        workspace.zendesk("POST", "webhooks", {"webhook": other})
        second = {name: said[name] for name in ("category_id", "conditions", "actions")}
        workspace.zendesk("POST", "triggers", {"trigger": {"title": "Second", "active": True, **second}})
        yield workspace


def test_it_is_masked_and_not_written(changed: Workspace) -> None:
    def run(*arguments: str) -> Ran:
        ran = changed.golive(*arguments)
        assert [each for each in SECRETS if each in ran.out + ran.err] == []
        return ran

    plan = run("plan", "--json")
    assert "https://hooks.slack.com/services/(masked)" in plan.out
    assert '"api_key": "(masked)"' in plan.out
    assert "services/(masked)" in run("plan").out
    assert "services/(masked)" in run("drift", "--format", "markdown").out

    taken = run("adopt", "webhooks", "triggers", "--yes")
    assert taken.code == 0, taken.err
    assert "webhook “Other”: a secret (`token`) is written out in its address" in taken.out
    assert "trigger “Second”: a token of Slack is written out in what it says" in taken.out
    own = changed.root / "config" / "own.yaml"
    assert "name: Other\n    existing: true" in own.read_text(encoding="utf-8")

    pulled = run("pull", "--yes")
    assert pulled.out.count("not written: ") == 2
    assert "the key of a Slack hook is written out in its address" in pulled.out
    assert "care: {name: Care team}" in (changed.root / "config" / "own.yaml").read_text(encoding="utf-8"), (
        "what holds no secret comes back"
    )
    assert files_holding(changed.root / "config", secrets=SECRETS) == []


def test_names_of_secrets_count_where_things_differ() -> None:
    difference = {
        "path": "then",
        "old": None,
        "new": [{"query": [["token", KEY], ["q", "1"]], "body": {"apiKey": KEY}}],
    }
    document = {"kind": "triggers", "key": "support_2_address", "diff": [difference]}
    shown = [{"query": [["token", "(masked)"], ["q", "1"]], "body": {"apiKey": "(masked)"}}]
    assert masked_document(document) == {**document, "diff": [{**difference, "new": shown}]}

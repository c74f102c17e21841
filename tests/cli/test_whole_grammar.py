"""A client in the whole grammar, of which this version applies a part: nothing is lost, nothing stops the rest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.cli.workspace import Workspace, golive
from tests.live_sandbox import running_sandbox

CLIENT = Path(__file__).parents[1] / "clients" / "halden_pay"


@pytest.fixture
def halden_pay(engine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    root = tmp_path / "halden_pay"
    shutil.copytree(CLIENT, root)
    for name in ("ZENDESK_TOKEN", "SALESFORCE_TOKEN", "SLACK_TOKEN"):
        monkeypatch.setenv(name, "sandbox")
    seed = yaml.safe_load((root / "stacks" / "sandbox-account.yaml").read_text(encoding="utf-8"))
    with running_sandbox(seed) as sandbox:
        path = root / "stacks" / "Pulumi.sandbox.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("127.0.0.1:8411", sandbox.url.removeprefix("http://")), encoding="utf-8")
        yield Workspace(root, sandbox)


def test_it_is_valid_and_the_method_has_something_to_say() -> None:
    ran = golive("-C", str(CLIENT), "validate", "--json")
    findings = ran.checked("validate")["findings"]
    assert ran.code == 0
    assert {each["rule"] for each in findings if each["severity"] != "note"} == {"GL-F02", "GL-K01", "GL-S09"}
    assert {each["severity"] for each in findings} == {"note", "warning"}
    later = {each["path"] for each in findings if each["rule"] == "applied.not-yet"}
    assert later == LATER


DECLARED = yaml.safe_load((CLIENT / "config" / "config.yaml").read_text(encoding="utf-8"))
LATER: set[str] = set()
"""What waits for a later version, none of it in the helpdesk."""


def test_it_comes_up_whole_as_far_as_the_helpdesk_goes(halden_pay: Workspace) -> None:
    shown = halden_pay.golive("plan", "--json").checked("plan")
    waiting = {(each["kind"], each["key"]) for each in shown["not_sent"]}
    assert waiting == {("people", "piet")}, "who is never invited"
    done = halden_pay.up()
    assert set(done.results.values()) == {"done"}
    for kind in ("views", "macros", "ticket_fields", "articles", "dynamic_content", "ticket_forms", "sla_policies"):
        declared = set(DECLARED["help_center"][kind] if kind == "articles" else DECLARED[kind])
        sent = {name.split("/")[2] for name in done.results if name.startswith(f"helpdesk/{kind}/")}
        assert declared <= sent, kind
    assert halden_pay.one("triggers", "Notify all agents of received request")["active"] is False
    assert "support-alerts" in halden_pay.channels()
    halden_pay.is_settled()


def test_its_rules_do_what_they_say_in_both_languages(halden_pay: Workspace) -> None:
    halden_pay.up()
    reset = halden_pay.one("macros", "Account::Password reset")
    [reply] = [each["value"] for each in reset["actions"] if each["field"] == "comment_value"]
    name = reply.strip("{}").removeprefix("dc.")
    [content] = [
        each for each in halden_pay.zendesk("GET", "dynamic_content/items")["items"] if each["placeholder"] == reply
    ]
    texts = {each["locale_id"]: each["content"] for each in content["variants"]}
    assert name and set(texts) == {1, 8}
    assert "Kind regards" in texts[1] and "Freundliche Grüße" in texts[8]
    assert "{{dc" not in "".join(texts.values()) and "{{article" not in "".join(texts.values())
    assert "/hc/en-us/articles/" in texts[1] and "/hc/de/articles/" in texts[8]

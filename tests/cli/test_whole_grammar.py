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
    assert any(each["rule"] == "applied.not-yet" and each["path"].startswith("views.") for each in findings)


def test_what_this_version_applies_comes_up_and_the_rest_is_named(halden_pay: Workspace) -> None:
    shown = halden_pay.golive("plan")
    assert shown.code == 0
    assert "Not sent" in shown.out
    assert "8 views" in shown.out
    assert "it needs the ticket field Request type, which is not sent" in shown.out
    done = halden_pay.up()
    assert set(done.results.values()) == {"done"}
    assert "helpdesk/macros/csm_review" in done.results
    assert "helpdesk/macros/password_reset" not in done.results
    assert "Request type" not in halden_pay.titles("ticket_fields")
    assert halden_pay.one("triggers", "Notify all agents of received request")["active"] is False
    assert "support-alerts" in halden_pay.channels()
    halden_pay.is_settled()

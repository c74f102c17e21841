"""What golive refuses before it sends anything: no workspace, no environment, no key, the wrong door, no engine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import account
from tests.cli.workspace import Workspace, golive, golive_process
from tests.live_sandbox import running_sandbox

GROUPS = "groups:\n  billing: {name: Billing}\n"
VERBS = ("validate", "plan", "up --yes", "drift", "destroy --yes", "doctor", "adopt groups/billing --yes")
TITLES = {"helpdesk": "Zendesk", "crm": "Salesforce", "chat": "Slack"}
Small = Callable[[str], Workspace]


@pytest.mark.parametrize("verb", VERBS)
def test_no_workspace(tmp_path: Path, verb: str) -> None:
    ran = golive("-C", str(tmp_path), *verb.split())
    assert ran.code == 2
    assert "There is no golive workspace here." in ran.err
    assert "golive init acme" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("verb", VERBS)
def test_an_unknown_environment(small: Small, verb: str) -> None:
    workspace = small(GROUPS)
    ran = workspace.golive(*verb.split(), "-e", "staging")
    assert ran.code == 6
    assert "There is no environment `staging`." in ran.err
    assert "This workspace has: production, sandbox." in ran.err
    assert workspace.sandbox.log() == []


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "validate"])
def test_production_is_never_chosen_by_itself(small: Small, verb: str) -> None:
    workspace = small(GROUPS)
    settings = {**workspace.settings(), "production": True}
    for file in (workspace.root / "stacks").glob("Pulumi.*.yaml"):
        file.unlink()
    workspace.set(settings, "production")
    ran = workspace.golive(*verb.split())
    assert ran.code == 6
    assert "This workspace has: production." in ran.err
    assert f"Say it:  golive {verb.split()[0]} -e production" in ran.err
    assert workspace.sandbox.log() == []


def test_the_only_environment_is_meant_where_it_is_not_production(small: Small) -> None:
    workspace = small(GROUPS)
    settings = workspace.settings()
    for file in (workspace.root / "stacks").glob("Pulumi.*.yaml"):
        file.unlink()
    workspace.set(settings, "staging")
    assert workspace.golive("plan").code == 0
    workspace.set(settings, "second")
    ran = workspace.golive("plan")
    assert ran.code == 6
    assert "This workspace has: second, staging." in ran.err


def test_a_workspace_is_found_from_inside(small: Small) -> None:
    workspace = small(GROUPS)
    ran = golive("-C", str(workspace.root / "config"), "validate")
    assert (ran.code, ran.err) == (0, "")


def test_a_verb_that_is_not_there() -> None:
    ran = golive("paln")
    assert ran.code == 2
    assert "There is no verb `paln`. Did you mean `golive plan`?" in ran.err


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str) -> None:
    ran = golive(verb.split()[0], "--help")
    assert ran.code == 0
    assert "Example:  golive " in ran.out


def with_token(workspace: Workspace, instance: str, variable: str) -> None:
    settings = workspace.settings()
    settings["systems"][instance]["token"] = f"env:{variable}"
    workspace.set(settings)


@pytest.mark.parametrize(
    ("instance", "variable"), [("helpdesk", "ZENDESK_TOKEN"), ("crm", "SALESFORCE_TOKEN"), ("chat", "SLACK_TOKEN")]
)
@pytest.mark.parametrize("value", [None, "", "not-the-token"])
def test_a_missing_or_wrong_token(
    small: Small, monkeypatch: pytest.MonkeyPatch, instance: str, variable: str, value: str | None
) -> None:
    workspace = small(GROUPS)
    with_token(workspace, instance, variable)
    if value is not None:
        monkeypatch.setenv(variable, value)
    ran = workspace.golive("plan", "--json")
    assert ran.code == 3
    error = ran.checked("plan")["error"]
    assert error["code"] == "credentials"
    if value:
        assert error["what"] == f"{TITLES[instance]} does not accept the token in {variable}"
        assert " GET " not in error["what"] + error["why"]
        assert error["why"]  # the vendor's own words
    else:
        assert error["what"] == f"golive cannot sign in to {TITLES[instance]}"
        assert error["why"] == f"the environment variable {variable} is not set"
    assert error["where"].startswith(f"{instance} at http://127.0.0.1:")
    assert "not-the-token" not in ran.out + ran.err
    assert workspace.sandbox.writes() == []
    examined = workspace.golive("doctor")
    assert examined.code == 3
    assert f"{error['what']}: {error['why']}" in examined.out
    looked_at = 4 if instance == "helpdesk" else 5  # what the plan carries is asked of a helpdesk that answers
    assert f"1 of {looked_at} failed." in examined.out


@pytest.mark.parametrize("value", ["abc\ndef", "abc def", "abc\u200bdef", "абв", "abc\x01"])
@pytest.mark.parametrize(
    ("instance", "variable"), [("helpdesk", "ZENDESK_TOKEN"), ("crm", "SALESFORCE_TOKEN"), ("chat", "SLACK_TOKEN")]
)
def test_a_token_that_no_header_can_carry(
    small: Small, monkeypatch: pytest.MonkeyPatch, instance: str, variable: str, value: str
) -> None:
    workspace = small(GROUPS)
    with_token(workspace, instance, variable)
    monkeypatch.setenv(variable, value)
    ran = workspace.golive("plan", "--json")
    assert ran.code == 3
    error = ran.checked("plan")["error"]
    assert error["what"] == f"golive cannot sign in to {TITLES[instance]}"
    assert f"in the environment variable {variable} cannot be part of a token" in error["why"]
    assert value not in ran.out + ran.err
    examined = workspace.golive("doctor")
    assert examined.code == 3
    assert "cannot be part of a token" in examined.out


@pytest.mark.parametrize("around", ["{}\n", " {} ", "\t{}\r\n"])
def test_what_a_copy_leaves_around_a_token_does_no_harm(
    small: Small, monkeypatch: pytest.MonkeyPatch, around: str
) -> None:
    workspace = small(GROUPS)
    with_token(workspace, "helpdesk", "ZENDESK_TOKEN")
    monkeypatch.setenv("ZENDESK_TOKEN", around.format("sandbox"))
    assert workspace.golive("doctor").code == 0


def test_a_missing_token_holds_up_every_verb_that_writes(small: Small) -> None:
    workspace = small(GROUPS)
    with_token(workspace, "helpdesk", "ZENDESK_TOKEN")
    for verb in ("up --yes", "destroy --yes", "adopt groups/billing --yes"):
        ran = workspace.golive(*verb.split())
        assert ran.code == 3
        assert "export ZENDESK_TOKEN=" in ran.err
    assert workspace.sandbox.writes() == []


@pytest.mark.parametrize(
    ("instance", "other"), [("helpdesk", "harbour"), ("crm", "00D000000000000EAA"), ("chat", "T00000000")]
)
def test_another_account_than_expected(small: Small, instance: str, other: str) -> None:
    workspace = small(GROUPS)
    settings = workspace.settings()
    right = {"helpdesk": "quayside", "crm": "00D7q00000Qs4PdEAJ", "chat": "T07QUAYSIDE"}[instance]
    settings["expect"] = {instance: other}
    workspace.set(settings)
    ran = workspace.golive("up", "--yes", "--json")
    assert ran.code == 3
    error = ran.checked("up")["error"]
    assert error["code"] == "wrong_account"
    assert right in error["what"]
    assert f"the environment file expects {other}" in error["what"]
    assert workspace.sandbox.writes() == []
    examined = workspace.golive("doctor")
    assert examined.code == 3
    assert f"the token opens {right}, and {other} is expected" in examined.out


def test_another_account_than_earlier_runs_had(set_up: Small) -> None:
    workspace = set_up(GROUPS)
    seed = account()
    seed["zendesk"]["subdomain"] = "harbour"
    with running_sandbox(seed) as other:
        text = (workspace.root / "stacks" / "Pulumi.sandbox.yaml").read_text(encoding="utf-8")
        moved = text.replace(workspace.sandbox.url, other.url)
        (workspace.root / "stacks" / "Pulumi.sandbox.yaml").write_text(moved, encoding="utf-8")
        ran = workspace.golive("up", "--yes")
        assert ran.code == 3
        assert "harbour, and earlier runs had quayside" in ran.err
        assert "expect: {helpdesk: harbour}" in ran.err
        assert other.writes() == []


def test_an_account_that_was_renamed(set_up: Small) -> None:
    workspace = set_up(GROUPS)
    workspace.zendesk(
        "PUT", f"brands/{workspace.one('brands', 'Quayside Payments')['id']}", {"brand": {"subdomain": "harbour"}}
    )
    assert workspace.golive("plan").code == 3
    workspace.set({**workspace.settings(), "expect": {"helpdesk": "harbour"}})
    said = "The account of helpdesk was quayside and is harbour from now on"
    planned = workspace.plan().document
    assert planned["notices"] == [said]
    assert planned["changes"] == []
    assert said in workspace.golive("drift").err
    assert said in workspace.golive("up", "--yes").out
    assert workspace.plan().document["notices"] == []
    workspace.set({**workspace.settings(), "expect": {}})
    workspace.is_settled()
    workspace.set({**workspace.settings(), "expect": {"helpdesk": "quayside"}})
    assert workspace.golive("plan").code == 3


def test_the_sandboxs_token_opens_nothing_else(small: Small) -> None:
    workspace = small(GROUPS)
    settings = workspace.settings()
    settings["systems"]["helpdesk"]["url"] = "https://acme.zendesk.example"
    workspace.set(settings)
    ran = workspace.golive("plan")
    assert ran.code == 2
    assert "names the sandbox's token, and its address is not this machine" in ran.err
    assert "token: env:NAME" in ran.err


def test_no_engine(small: Small, tmp_path: Path) -> None:
    workspace = small(GROUPS)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "env"):
        (tools / name).symlink_to(str(shutil.which(name)))
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}
    environment = {**os.environ, **nowhere, "GOLIVE_CACHE": str(tmp_path / "cache"), "PATH": str(tools)}
    for arguments in (["plan"], ["engine", "install"]):
        ran = golive_process(*arguments, cwd=workspace.root, environment=environment)
        assert ran.code == 1
        assert "There is no Pulumi engine, and none could be installed." in ran.err
        assert "no pulumi on PATH" in ran.err
        assert "cannot be reached" in ran.err
        assert "no Go on PATH" in ran.err
        assert "Install Go 1.25.11 or newer, or put a pulumi 3.259.0 on PATH" in ran.err
    status = golive_process("engine", "status", "--json", cwd=workspace.root, environment=environment)
    assert status.code == 1
    assert status.document["installed"] is False
    examined = golive_process("doctor", cwd=workspace.root, environment=environment)
    assert examined.code == 1
    assert "golive engine install" in examined.out
    assert workspace.sandbox.writes() == []

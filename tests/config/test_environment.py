"""Environment files: what they say, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.environment import Environment, is_example_address, read_environment
from config.findings import Finding

GOOD = """
encryptionsalt: v1:abc
config:
  golive:environment:
    production: true
    state: s3://bucket/halden
    systems:
      helpdesk: {type: zendesk, url: https://halden.example, token: env:ZENDESK_TOKEN, calls_per_minute: 400}
      chat: {type: slack, url: "http://127.0.0.1:8411/slack", token: sandbox}
    expect: {helpdesk: halden, chat: T07HALDEN}
    values: {name: Halden, count: 3, flag: true, share: 0.5}
    freeze: 2026-12-31 year's end
"""


def read(tmp_path: Path, text: str) -> tuple[Environment | None, list[Finding]]:
    path = tmp_path / "Pulumi.production.yaml"
    path.write_text(text)
    return read_environment(path, "stacks/Pulumi.production.yaml")


def test_good(tmp_path: Path) -> None:
    environment, findings = read(tmp_path, GOOD)
    assert findings == []
    assert environment is not None
    assert environment.production is True
    assert environment.systems["helpdesk"].calls_per_minute == 400
    assert environment.systems["chat"].token == "sandbox"
    assert environment.expect == {"helpdesk": "halden", "chat": "T07HALDEN"}
    assert environment.values == {"name": "Halden", "count": 3, "flag": True, "share": 0.5}


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("state: s3://bucket/halden", "why: x", "schema.unknown-attribute", 6),
        ("    state: s3://bucket/halden\n", "", "schema.missing", 4),
        ("production: true", "production: yes", "schema.type", 5),
        ("token: env:ZENDESK_TOKEN", "token: abc123", "schema.form", 8),
        ("https://halden.example", "halden.example", "schema.form", 8),
        ("calls_per_minute: 400", "calls_per_minute: 0", "schema.too-small", 8),
        ("calls_per_minute: 400", "calls_per_minute: many", "schema.type", 8),
        ("expect: {helpdesk: halden", "expect: {crm: halden", "environment.expect", 10),
        ("golive:environment", "golive:enviroment", "schema.unknown-attribute", 4),
        ("count: 3", "count: [3]", "schema.type", 11),
        ("{name: Halden", "{a-b: Halden", "schema.form", 11),
        ("config:", "config: [", "yaml.syntax", 3),
    ],
)
def test_bad(tmp_path: Path, old: str, new: str, rule: str, line: int) -> None:
    assert old in GOOD
    environment, findings = read(tmp_path, GOOD.replace(old, new))
    assert rule in [each.rule for each in findings]
    (finding,) = [each for each in findings if each.rule == rule]
    assert finding.position.line == line
    assert finding.position.file == "stacks/Pulumi.production.yaml"
    assert environment is None or rule == "environment.expect"


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "word\n"])
def test_empty(tmp_path: Path, text: str) -> None:
    environment, (finding,) = read(tmp_path, text)
    assert environment is None
    assert finding.rule == "environment.empty"


@pytest.mark.parametrize("text", ["config: {}\n", "config:\n", "encryptionsalt: x\n"])
def test_nothing_of_ours(tmp_path: Path, text: str) -> None:
    environment, findings = read(tmp_path, text)
    assert environment is None
    assert [each.rule for each in findings] in (["schema.missing"], ["schema.type"])


def test_a_token_that_is_written_out_is_not_repeated(tmp_path: Path) -> None:
    _, (finding,) = read(tmp_path, GOOD.replace("token: env:", "token: hunter2-", 1))
    assert (finding.rule, finding.hint) == ("schema.form", "Name an environment variable: env:NAME.")
    assert "hunter2" not in finding.message


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (", chat: T07HALDEN", "", 10, "this is production, and nothing says which account chat must be"),
        (
            "    expect: {helpdesk: halden, chat: T07HALDEN}\n", "", 5,
            "this is production, and nothing says which account helpdesk, chat must be",
        ),
    ],
)  # fmt: skip
def test_production_says_which_accounts_it_is(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    environment, (finding,) = read(tmp_path, GOOD.replace(old, new))
    assert environment is not None
    assert (finding.rule, finding.severity) == ("environment.expect-missing", "warning")
    assert (finding.position.line, finding.message) == (line, message)
    _, none = read(tmp_path, GOOD.replace(old, new).replace("production: true", "production: false"))
    assert none == []


@pytest.mark.parametrize(
    ("type_", "plan", "hint"),
    [
        ("zendesk", "suite_profesional", "Did you mean `suite_professional`?"),
        ("zendesk", "gold", "Known: suite_team, suite_growth, suite_professional, suite_enterprise, support_team, "),
        ("salesforce", "unlimted", "Did you mean `unlimited`?"),
        ("slack", "proo", "Did you mean `pro`?"),
    ],
)
def test_a_plan_that_the_vendor_does_not_sell(tmp_path: Path, type_: str, plan: str, hint: str) -> None:
    text = GOOD.replace("{type: zendesk,", f"{{type: {type_}, plan: {plan},")
    environment, (finding,) = read(tmp_path, text)
    assert environment is not None
    assert (finding.rule, finding.severity, finding.position.line) == ("environment.plan", "warning", 8)
    assert finding.hint.startswith(hint)
    assert finding.path == "config.golive:environment.systems.helpdesk.plan"


def test_plans_that_are_sold_and_systems_that_name_none(tmp_path: Path) -> None:
    for type_, plan in (("zendesk", "support_team"), ("salesforce", "enterprise"), ("unheard_of", "anything")):
        _, findings = read(tmp_path, GOOD.replace("{type: zendesk,", f"{{type: {type_}, plan: {plan},"))
        assert findings == []


@pytest.mark.parametrize(
    ("url", "still"),
    [
        ("https://your-subdomain.zendesk.com", True),
        ("https://your-domain.my.salesforce.com", True),
        ("https://halden.example/x", True),
        ("https://yourway.zendesk.com", False),
        ("https://slack.com", False),
        ("http://127.0.0.1:8411/zendesk", False),
    ],
)
def test_addresses_of_the_example(url: str, still: bool) -> None:
    assert is_example_address(url) is still

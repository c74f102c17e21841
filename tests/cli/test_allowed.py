"""What objects set aside under `x-allow`, as `golive validate` says it; and what a plan does not carry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.workspace import golive

TWICE = "groups:\n  one: {name: Support}\n  two:\n    name: Support\n    x-allow: {name.twice: Two offices.}\n"
CELLS = "{urgent: 1h, high: 2h, normal: 4h, low: 8h}"
POLICY = f"sla_policies: {{p: {{name: P, targets: {{first_reply: {CELLS}}}, hours: calendar}}}}\n"
UNUSED = """groups:
  b: {name: Support}
  a: {name: "${values.name}", x-allow: {name.twice: Two offices.}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new workspace with one environment."""
    made = golive("-C", str(tmp_path), "init", "acme", "--empty")
    assert made.code == 0, made.err
    for path in (tmp_path / "acme" / "stacks").glob("Pulumi.*.yaml"):
        if path.name != "Pulumi.sandbox.yaml":
            path.unlink()
    return tmp_path / "acme"


def settings(root: Path, name: str, **more: Any) -> None:
    """An environment like the sandbox's, with other values or another plan."""
    data = yaml.safe_load((root / "stacks" / "Pulumi.sandbox.yaml").read_text(encoding="utf-8"))
    environment = data["config"]["golive:environment"]
    environment["systems"]["helpdesk"] |= {"plan": more.pop("plan", "suite_enterprise")}
    environment |= more
    (root / "stacks" / f"Pulumi.{name}.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")


def test_how_many_are_allowed_is_said_and_which_is_data(root: Path) -> None:
    (root / "config" / "own.yaml").write_text(TWICE, encoding="utf-8")
    ran = golive("-C", str(root), "validate")
    assert (ran.code, "1 finding is allowed by `x-allow`, with a reason" in ran.out) == (0, True)
    document = golive("-C", str(root), "validate", "--json").checked("validate")
    assert document["findings"] == []
    (allowed,) = document["allowed"]
    assert (allowed["rule"], allowed["path"], allowed["reason"]) == ("name.twice", "groups.two.name", "Two offices.")
    assert allowed["file"] == "config/own.yaml" and allowed["line"] == 4


def test_an_exception_that_one_environment_needs_is_used(root: Path) -> None:
    (root / "config" / "own.yaml").write_text(UNUSED, encoding="utf-8")
    settings(root, "sandbox", values={"name": "Support"})
    settings(root, "other", values={"name": "Billing"})
    ran = golive("-C", str(root), "validate")
    assert (ran.code, "x-allow.unused" in ran.out, "1 finding is allowed" in ran.out) == (0, False, True)
    assert "x-allow.unused" in golive("-C", str(root), "validate", "-e", "other").out
    settings(root, "sandbox", values={"name": "Somebody"})
    assert "x-allow.unused" in golive("-C", str(root), "validate").out


def test_what_the_plan_of_an_environment_does_not_carry(root: Path) -> None:
    (root / "config" / "own.yaml").write_text(POLICY, encoding="utf-8")
    settings(root, "sandbox", plan="suite_growth")
    settings(root, "other", plan="suite_team")
    assert golive("-C", str(root), "validate", "-e", "sandbox").code == 0
    ran = golive("-C", str(root), "validate", "-e", "other")
    assert ran.code == 2 and "the plan suite_team does not carry an SLA policy" in ran.out and "ZD080" in ran.out
    assert golive("-C", str(root), "validate").code == 2
    refused = golive("-C", str(root), "plan", "-e", "other")
    assert refused.code == 2 and "suite_team" in refused.out + refused.err

"""Checking files and showing help start at once: nothing that talks to a system is loaded for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("zenpy", "simple_salesforce", "slack_sdk", "pulumi", "grpc", "requests")
PROBE = """
import json, sys
from golive.cli import run
code = run(sys.argv[1:])
print(json.dumps({"code": code, "modules": sorted({name.partition(".")[0] for name in sys.modules})}))
"""
FILES = {
    "Pulumi.yaml": 'name: acme\nruntime: python\ngolive: {format: 1, requires: ">=0.1"}\n',
    "config/all.yaml": """
roles: {agent: {name: Agent, like: agent}}
people:
  eva: {name: Eva, email: eva@acme.example, role: agent, zendesk: {alias: E}, x-allow: {ZD003: Known.}}
trigger_categories: {c: {name: C}}
triggers:
  t: {name: T, category: c, when: [{field: tags, has: x}], then: [{set: priority, to: high}]}
schedules:
  s: {name: S, time_zone: Europe/Berlin, hours: {mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []}}
integrations:
  crm: {fields: {arr: {object: Account, name: ARR, type: currency}}}
  slack: {channels: {ops: {name: ops}}}
""",
}


@pytest.mark.parametrize("verb", ["--help", "validate --help", "validate", "schema"])
def test_nothing_that_talks_to_a_system_is_loaded(verb: str, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-P", "-c", PROBE, "-C", str(tmp_path), *verb.split()], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout.splitlines()[-1])
    assert said["code"] == 0, ran.stderr
    assert [name for name in HEAVY if name in said["modules"]] == []
    if verb in ("validate", "schema"):
        assert "provisioners" in said["modules"], "the rules of systems were asked"


def test_the_host_starts_without_the_vocabulary() -> None:
    """Every run starts the host: it moves payloads, and need not know what the YAML may say."""
    rooms = ("host.__main__", "zendesk.collections", "salesforce", "hubspot", "slack")
    loaded = ", ".join(f"provisioners.{room}" for room in rooms)
    probe = f"import sys, {loaded}; print('pydantic' in sys.modules, 'config.kinds' in sys.modules)"
    ran = subprocess.run([sys.executable, "-P", "-c", probe], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (0, "False False\n"), ran.stderr

"""A webhook's secret that is not there: who needs it, and where that stands."""

from __future__ import annotations

import pytest

from tests.cli.real_environment import Real, real

__all__ = ["real"]

OWN = """\
webhooks:
  desk: {name: Desk, url: https://desk.example/x, auth: {api_key: {header: X-Key, value: env:DESK_KEY}}}
  theirs: {name: Theirs, existing: true}
  pager:
    name: Pager
    url: env:PAGER_ADDRESS
    auth: {bearer: env:NOPE_TOKEN}
"""


def test_a_secret_that_is_not_there_is_named_with_its_webhook(real: Real, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = real(OWN)
    monkeypatch.setenv("DESK_KEY", "of-theirs")
    monkeypatch.setenv("PAGER_ADDRESS", "https://pager.example/x")
    examined = workspace.golive("doctor", "-e", "live")
    assert examined.code == 3
    assert "pager (config/own.yaml:4" in examined.out and "variable NOPE_TOKEN is not set" in examined.out
    assert "export NOPE_TOKEN=…" in examined.out and "1 of " in examined.out

    ran = workspace.golive("plan", "-e", "live", "--json")
    assert ran.code == 3
    error = ran.checked("plan")["error"]
    assert error["what"] == "The webhook `pager` needs a secret that is not there."
    assert error["where"].startswith("config/own.yaml:4")
    assert "NOPE_TOKEN is not set" in error["why"] and "golive doctor -e live" in error["do"]

    monkeypatch.delenv("DESK_KEY")
    both = workspace.golive("doctor", "-e", "live", "--json").document
    assert [each["said"].split()[0] for each in both["checks"] if each["name"] == "webhook"] == ["desk", "pager"]

    monkeypatch.setenv("DESK_KEY", "of-theirs")
    monkeypatch.setenv("NOPE_TOKEN", "of-theirs-too")
    assert "Everything is there." in workspace.golive("doctor", "-e", "live").out


def test_in_the_sandbox_nobody_has_to_set_one(real: Real) -> None:
    workspace = real(OWN)
    workspace.zendesk("POST", "webhooks", {"webhook": {**THEIRS, "name": "Theirs"}})
    assert workspace.golive("doctor").code == 0
    assert workspace.golive("plan").code == 0


THEIRS = {
    "endpoint": "https://theirs.example",
    "http_method": "POST",
    "request_format": "json",
    "status": "active",
    "subscriptions": ["conditional_ticket_events"],
}

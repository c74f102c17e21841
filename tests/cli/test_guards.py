"""What must be said before golive writes where it could harm somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.cli.proxy import door
from tests.cli.workspace import Ran, Workspace

Small = Callable[[str], Workspace]
Real = Callable[..., Workspace]

OWN = """\
groups:
  billing: {name: Billing}
  tier_2: {name: Tier 2}
people:
  ana: {name: Ana Real, email: ana@acme-payments.com, role: agent, groups: [tier_2], default_group: tier_2, invite: now}
"""


@pytest.fixture
def real(small: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[Real]:
    """A workspace with an environment `live` whose systems do not look like the sandbox."""
    monkeypatch.setenv("LIVE_TOKEN", "sandbox")
    with ExitStack() as doors:

        def make(text: str, production: bool = False) -> Workspace:
            workspace = small(text)
            address = doors.enter_context(door(workspace.sandbox.url))
            settings = workspace.settings()
            settings["production"] = production
            for entry in settings["systems"].values():
                entry["url"] = entry["url"].replace(workspace.sandbox.url, address)
                entry["token"] = "env:LIVE_TOKEN"
            workspace.set(settings, "live")
            return workspace

        yield make


def refused(ran: Ran, code: str) -> dict[str, str]:
    """The refusal in the document of `up --json`, with nothing done."""
    assert ran.code == 2
    document = ran.checked("up")
    assert set(ran.results.values()) <= {"not_tried"}
    error: dict[str, str] = document["error"]
    assert error["code"] == code
    return error


def test_mails_and_deletions_are_said_as_numbers(real: Real) -> None:
    workspace = real(OWN)
    up = ("up", "-e", "live", "--yes", "--json")
    assert "Agents: 1 gets an invitation by mail: Ana Real" in workspace.golive("plan", "-e", "live").out
    error = refused(workspace.golive(*up), "number")
    assert error["what"] == "This run causes 1 mail to people, and --mail says 0."
    assert error["do"] == "If that is meant:  --mail 1"
    refused(workspace.golive(*up, "--mail", "2"), "number")
    assert workspace.sandbox.writes() == []
    done = workspace.golive(*up, "--mail", "1")
    assert done.code == 0, done.err
    assert set(done.results.values()) == {"done"}

    workspace.edit("  billing: {name: Billing}\n", "")
    workspace.sandbox.clear_log()
    error = refused(workspace.golive(*up), "number")
    assert error["what"] == "This run deletes 1 object, and --delete says 0."
    assert workspace.sandbox.writes() == []
    done = workspace.golive(*up, "--delete", "1")
    assert done.code == 0, done.err
    assert "Billing" not in workspace.titles("groups")


def test_destroy_needs_its_number_too(real: Real) -> None:
    workspace = real("groups:\n  billing: {name: Billing}\n")
    assert workspace.golive("up", "-e", "live", "--yes").code == 0
    ran = workspace.golive("destroy", "-e", "live", "--yes")
    assert ran.code == 2
    assert "--delete 1" in ran.err
    assert "Billing" in workspace.titles("groups")
    assert workspace.golive("destroy", "-e", "live", "--yes", "--delete", "1").code == 0
    assert "Billing" not in workspace.titles("groups")


def test_production_wants_the_clients_name(real: Real) -> None:
    workspace = real("groups:\n  billing: {name: Billing}\n", production=True)
    planned = workspace.golive("plan", "-e", "live").out
    assert planned.splitlines()[0].startswith("Acme · PRODUCTION · live · 127.0.0.1:")
    assert planned.endswith("Make it so:  golive up -e live\n")
    error = refused(workspace.golive("up", "-e", "live", "--yes", "--json"), "client")
    assert error["do"] == '--client "Acme"'
    error = refused(workspace.golive("up", "-e", "live", "--yes", "--json", "--client", "Quayside"), "client")
    assert "“Quayside”" in error["why"]
    error = refused(workspace.golive("up", "-e", "live", "--json"), "no_terminal")
    assert "Nobody can be asked here" in error["what"]
    assert workspace.sandbox.writes() == []
    done = workspace.golive("up", "-e", "live", "--yes", "--client", "Acme")
    assert done.code == 0, done.err
    assert "Billing" in workspace.titles("groups")


def test_example_people_are_refused_outside_the_sandbox(real: Real) -> None:
    workspace = real(OWN.replace("acme-payments.com", "quayside.example"))
    workspace.sandbox.clear_log()
    for verb in ("plan", "up --yes --mail 1"):
        ran = workspace.golive(*verb.split(), "-e", "live")
        assert ran.code == 2
        assert "1 person has an address that cannot exist: ana@quayside.example." in ran.err
        assert "config/own.yaml:5:" in ran.err
    assert workspace.sandbox.writes() == []
    assert workspace.golive("plan", "-e", "sandbox").code == 0


def test_a_secret_that_is_not_set_is_named(real: Real) -> None:
    workspace = real(
        "webhooks:\n  pager: {name: Pager, url: https://pager.acme-payments.com, method: POST, format: json, "
        "auth: {bearer: env:ACME_PAGER}}\n"
    )
    ran = workspace.golive("plan", "-e", "live", "--json")
    assert ran.code == 3
    error = ran.checked("plan")["error"]
    assert "ACME_PAGER" in error["why"]
    assert "export ACME_PAGER=" in error["do"]
    assert workspace.sandbox.writes() == []


def test_the_words_sandbox_token_does_not_open_it(real: Real) -> None:
    workspace = real("groups: {}\n")
    settings = workspace.settings("live")
    settings["systems"]["chat"]["token"] = "sandbox"
    workspace.set(settings, "live")
    ran = workspace.golive("plan", "-e", "live")
    assert ran.code == 2
    assert "`chat` names the sandbox's token, and what answers at its address is not the sandbox." in ran.err

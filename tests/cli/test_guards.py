"""What must be said before golive writes where it could harm somebody."""

from __future__ import annotations

import pytest
import yaml

from tests.cli.real_environment import Real, Small, real
from tests.cli.workspace import Ran

__all__ = ["real"]

OWN = """\
groups:
  billing: {name: Billing}
  tier_2: {name: Tier 2}
people:
  ana: {name: Ana Real, email: ana@acme-payments.com, role: agent, groups: [tier_2], default_group: tier_2, invite: now}
"""


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


def test_nothing_is_written_while_the_environment_is_frozen(small: Small) -> None:
    workspace = small("groups: {billing: {name: Billing}}\n")
    settings = workspace.settings()
    workspace.set({**settings, "freeze": "2999-12-31 Black Friday"})
    assert "Nothing may change here until 2999-12-31 (UTC): Black Friday." in workspace.golive("plan").out
    for verb in ("up", "destroy"):
        ran = workspace.golive(verb, "--yes", "--json")
        if verb == "up":
            assert (ran.code, ran.document["error"]["code"]) == (1, "frozen")
            assert ran.document["error"]["why"] == "Black Friday"
    assert workspace.sandbox.writes() == []
    workspace.set({**settings, "freeze": "2020-12-31 Black Friday"})
    workspace.up()
    workspace.set({**settings, "freeze": "2999-12-31"})
    assert workspace.golive("destroy", "--yes").code == 1
    assert "Billing" in workspace.titles("groups")
    workspace.set({**settings, "freeze": "next week"})
    assert "YYYY-MM-DD" in workspace.golive("validate").out


def test_many_objects_gone_at_once_are_asked_about(real: Real) -> None:
    groups = "".join(f"  g{number}: {{name: Group {number}}}\n" for number in range(8))
    workspace = real(f"groups:\n{groups}")
    up = ("up", "-e", "live", "--yes", "--json")
    assert workspace.golive(*up).code == 0
    for number in range(3):
        workspace.zendesk("DELETE", f"groups/{workspace.one('groups', f'Group {number}')['id']}")
    workspace.sandbox.clear_log()
    error = refused(workspace.golive(*up), "gone")
    assert error["what"] == "3 of our 8 groups are gone from helpdesk; nothing was changed."
    assert "--remake 3" in error["do"]
    assert workspace.sandbox.writes() == []
    refused(workspace.golive(*up, "--remake", "2"), "gone")
    assert workspace.golive(*up, "--remake", "3").code == 0
    workspace.zendesk("DELETE", f"groups/{workspace.one('groups', 'Group 5')['id']}")
    assert workspace.golive(*up).code == 0, "one alone is everyday life"


def test_production_says_which_accounts_it_must_be(real: Real) -> None:
    workspace = real("groups:\n  billing: {name: Billing}\n", production=True)
    planned = workspace.golive("plan", "-e", "live")
    assert planned.code == 0, planned.err
    missing = "Nothing says which account helpdesk, crm, chat must be: write `expect:`"
    assert missing in planned.out
    assert missing in workspace.golive("up", "-e", "live", "--yes", "--client", "Acme").out
    checked = workspace.golive("validate", "-e", "live")
    assert checked.code == 0
    assert "stacks/Pulumi.live.yaml:3:" in checked.out
    examined = workspace.golive("doctor", "-e", "live")
    assert examined.code == 1
    wanted = "expect: {helpdesk: quayside, crm: 00D7q00000Qs4PdEAJ, chat: T07QUAYSIDE}"
    assert wanted in examined.out
    workspace.set({**workspace.settings("live"), **yaml.safe_load(wanted)}, "live")
    assert workspace.golive("doctor", "-e", "live").code == 0
    assert "Nothing says" not in workspace.golive("plan", "-e", "live").out
    assert "Pulumi.live.yaml" not in workspace.golive("validate", "-e", "live").out


def test_the_examples_addresses_are_not_tried(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = small("groups:\n  billing: {name: Billing}\n")
    monkeypatch.setenv("ZENDESK_TOKEN", "some")
    monkeypatch.setenv("SALESFORCE_TOKEN", "some")
    planned = workspace.golive("plan", "-e", "production")
    assert planned.code == 1
    assert "The address of helpdesk is still the example's" in planned.err
    examined = workspace.golive("doctor", "-e", "production")
    assert examined.code == 3  # there is no token for Slack
    for instance in ("helpdesk", "crm"):
        assert f"The address of {instance} is still the example's" in examined.out


MANY = "groups:\n" + "".join(f"  g{number}: {{name: Group {number}}}\n" for number in range(12))


def test_a_large_share_of_a_kind_is_named(real: Real) -> None:
    workspace = real(MANY)
    up = ("up", "-e", "live", "--yes", "--json")
    assert workspace.golive(*up).code == 0
    workspace.config("".join(MANY.splitlines(keepends=True)[:9]))
    workspace.sandbox.clear_log()
    error = refused(workspace.golive(*up, "--delete", "4"), "share")
    what = "This run deletes or switches off 4 of 12 groups in helpdesk, which is 33%; nothing was changed."
    assert error["what"] == what
    assert error["do"] == "If it is meant:  --delete 4 --share groups"
    refused(workspace.golive(*up, "--delete", "4", "--share", "macros"), "share")
    refused(workspace.golive(*up, "--share", "groups"), "number")
    assert workspace.sandbox.writes() == []
    workspace.config("".join(MANY.splitlines(keepends=True)[:10]))
    assert workspace.golive(*up, "--delete", "3").code == 0, "a quarter is not large"
    workspace.config("groups: {g0: {name: Group 0}}\n")
    assert workspace.golive(*up, "--delete", "8").code == 0, "nor is anything large of nine"

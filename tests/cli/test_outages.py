"""A system that is down or broken: what was done, what was not, and that a second `up` completes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tests.cli.conftest import account
from tests.cli.workspace import Ran, Workspace, free_port
from tests.live_sandbox import running_sandbox

Small = Callable[[str], Workspace]

OWN = """\
groups:
  billing: {name: Billing}
macros:
  greet: {name: Greeting, then: [{add_tags: [greeted]}]}
  hand_over: {name: Hand over, then: [{set: group, to: billing}]}
integrations:
  crm:
    fields:
      arr: {object: Account, name: Yearly revenue, type: currency}
  slack:
    channels:
      alerts: {name: support-alerts}
    alerts:
      p1:
        name: Every P1
        to: alerts
        when: [{field: priority, changed_to: urgent}]
        text: "P1 {{ticket.id}}"
"""
WAY_TO_SLACK = "helpdesk/slack_channels/alerts"
"""The webhook in the helpdesk that posts to the channel."""
NEEDS_SLACK = {"chat/slack_channels/alerts", WAY_TO_SLACK, "helpdesk/alerts/p1"}
EVERYTHING = {
    "helpdesk/groups/billing",
    "helpdesk/macros/greet",
    "helpdesk/macros/hand_over",
    "crm/crm_fields/arr",
    *NEEDS_SLACK,
}


def own(results: dict[str, str]) -> dict[str, str]:
    """Results of what the files declare, without what golive makes around it."""
    return {name: result for name, result in results.items() if "/_" not in name}


def done_and_not(ran: Ran, missing: set[str]) -> None:
    """Everything but `missing` is done."""
    results = own(ran.results)
    assert set(results) == EVERYTHING
    assert {name for name, result in results.items() if result != "done"} == missing


def completes(workspace: Workspace, missing: set[str]) -> None:
    """A second run does the rest and no more; nothing is there twice."""
    second = workspace.up()
    assert set(own(second.results)) == missing
    assert set(second.results.values()) == {"done"}
    workspace.is_settled()
    for many in ("groups", "macros", "triggers", "webhooks"):
        twice = [name for name, count in Counter(workspace.titles(many)).items() if count > 1]
        assert twice == []
    assert "Every P1" in workspace.titles("triggers")


def test_a_system_that_is_down(small: Small) -> None:
    workspace = small(OWN)
    port = free_port()
    settings = workspace.settings()
    settings["systems"]["chat"]["url"] = f"http://127.0.0.1:{port}/slack"
    workspace.set(settings)

    planned = workspace.golive("plan")
    assert planned.code == 0, planned.err
    assert "Slack was not read" in planned.out
    examined = workspace.golive("doctor")
    assert examined.code == 1
    assert "fail chat" in examined.out

    ran = workspace.golive("up", "--yes", "--json")
    assert ran.code == 4
    ran.checked("up")
    done_and_not(ran, NEEDS_SLACK)
    assert {own(ran.results)[name] for name in NEEDS_SLACK} == {"not_tried"}
    assert "`golive up` goes on from there." in ran.err
    assert "Billing" in workspace.titles("groups")
    with running_sandbox(account(), port=port):
        workspace.sandbox.clear_log()
        completes(workspace, NEEDS_SLACK)


def test_a_system_that_answers_500_on_everything(small: Small) -> None:
    workspace = small(OWN)
    workspace.sandbox.fault(kind="error_500", system="slack")
    ran = workspace.golive("up", "--yes", "--json")
    assert ran.code == 4
    done_and_not(ran, NEEDS_SLACK)
    assert {own(ran.results)[name] for name in NEEDS_SLACK} == {"not_tried"}
    assert "Slack was not read" in ran.err
    workspace.sandbox.heal()
    completes(workspace, NEEDS_SLACK)


def test_what_the_vendor_refuses_is_in_plain_words(small: Small) -> None:
    """Which object, what the vendor says of which field, what to do; the rest is done."""
    workspace = small(OWN)
    workspace.sandbox.fault(kind="drop_field", value="title", system="zendesk", method="POST", path="macros", times=1)
    ran = workspace.golive("up", "--yes")
    assert ran.code == 4
    *_, told = ran.out.partition("failed")
    assert told.startswith("  macro greet  ") and "config/own.yaml" in told.splitlines()[0]
    assert "Zendesk refuses it: Title: cannot be blank (POST macros)." in told
    assert "Give it a value in the files and run the same command again." in told
    assert "Record" not in told and "{" not in told


def test_everything_is_down(small: Small) -> None:
    workspace = small(OWN)
    workspace.sandbox.fault(kind="error_503")
    workspace.sandbox.clear_log()
    ran = workspace.golive("up", "--yes", "--json")
    assert ran.code == 1
    assert set(ran.results.values()) == {"not_tried"}
    assert workspace.sandbox.writes() == []
    workspace.sandbox.heal()
    completes(workspace, EVERYTHING)


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        ({"method": "POST", "path": r"^/api/v2/macros$"}, {"helpdesk/macros/greet", "helpdesk/macros/hand_over"}),
        ({"method": "POST", "path": r"^/api/v2/webhooks$"}, {WAY_TO_SLACK, "helpdesk/alerts/p1"}),
    ],
)
def test_one_path_fails_in_mid_run(small: Small, rule: dict[str, str], missing: set[str]) -> None:
    workspace = small(OWN)
    workspace.sandbox.fault(kind="error_500", system="zendesk", **rule)
    ran = workspace.golive("up", "--yes", "--json")
    assert ran.code == 4
    ran.checked("up")
    done_and_not(ran, missing)
    assert "Traceback" not in ran.err
    workspace.sandbox.heal()
    completes(workspace, missing)


def test_what_failed_says_why_and_what_depends_on_it_was_not_tried(small: Small) -> None:
    workspace = small(OWN)
    workspace.sandbox.fault(kind="error_500", system="zendesk", method="POST", path="/groups$")
    ran = workspace.golive("up", "--yes")
    assert ran.code == 4
    lines = ran.out.splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith("failed  group billing"))
    assert "config/own.yaml:2" in lines[place]
    assert lines[place + 1] == "    Zendesk: Sorry, something went wrong (POST groups)."
    assert lines[place + 2].startswith("    The trouble is the vendor's own: wait a few minutes")
    place = next(i for i, line in enumerate(lines) if line.startswith("not tried  macro hand_over"))
    assert lines[place + 1].strip() == "it needs the group Billing, which failed."
    assert lines[-1].endswith("1 failed, 1 not tried. `golive up` goes on from there.")
    workspace.sandbox.heal()
    completes(workspace, {"helpdesk/groups/billing", "helpdesk/macros/hand_over"})


def test_a_lost_reply_makes_nothing_twice(small: Small) -> None:
    workspace = small(OWN)
    for path in ("groups", "macros", "triggers"):
        workspace.sandbox.fault(kind="cut_after", system="zendesk", method="POST", path=f"/{path}$", times=1)
    workspace.sandbox.fault(kind="cut_after", system="slack", path="conversations.create", times=1)
    ran = workspace.golive("up", "--yes", "--json")
    assert ran.code == 0, ran.err
    assert set(own(ran.results).values()) == {"done"}
    workspace.sandbox.heal()
    workspace.is_settled()
    assert workspace.titles("groups").count("Billing") == 1
    assert workspace.titles("macros").count("Greeting") == 1


def test_a_system_that_goes_down_is_not_taken_for_empty(set_up: Small) -> None:
    workspace = set_up(OWN)
    workspace.sandbox.fault(kind="error_500", system="zendesk", method="GET", path="/macros")
    ran = workspace.golive("plan", "--json")
    assert ran.code == 0, ran.err
    assert ran.document["drift"] == []
    assert ran.actions == {}
    assert ran.document["not_read"][0]["system"] == "helpdesk"
    assert "Zendesk was not read" in ran.err
    drifted = workspace.golive("drift", "--exit-code")
    assert drifted.code == 1
    assert "Zendesk was not read" in drifted.out
    assert drifted.out.endswith("In what could be read, nothing was changed by hand.\n")
    drifted = workspace.golive("drift", "--json", "--exit-code")
    assert drifted.code == 1
    assert drifted.checked("drift")["not_read"][0]["system"] == "helpdesk"
    assert "Zendesk was not read" in drifted.err
    assert workspace.golive("plan", "--exit-code").code == 1
    assert workspace.golive("drift").code == 0
    assert workspace.golive("up", "--yes").code == 4  # what was not read is not known to be as the files say
    workspace.config(OWN.replace("Billing", "Invoices"))
    workspace.sandbox.heal()
    workspace.sandbox.fault(kind="error_500", system="slack")
    assert workspace.golive("plan", "--exit-code", "--json").code == 7
    workspace.config(OWN)
    workspace.sandbox.heal()
    workspace.is_settled()


@pytest.mark.parametrize(
    ("instance", "path", "typo"),
    [
        ("helpdesk", "/zendesk", "/zendsk"),
        ("helpdesk", "/zendesk", "/zendesk/x"),
        ("crm", "/salesforce", "/salesforce/api"),
        ("chat", "/slack", "/slack/x"),
    ],
)
def test_a_typo_in_an_address_is_not_an_outage(small: Small, instance: str, path: str, typo: str) -> None:
    workspace = small(OWN)
    settings = workspace.settings()
    entry = settings["systems"][instance]
    entry["url"] = entry["url"].replace(path, typo)
    workspace.set(settings)
    for verb in ("plan", "drift", "up --yes"):
        ran = workspace.golive(*verb.split())
        assert ran.code == 1
        assert f"at the address of {instance}" in ran.err
        assert f"Correct `url:` of {instance} in the environment file." in ran.err
    examined = workspace.golive("doctor")
    assert examined.code == 1
    assert f"at the address of {instance}" in examined.out
    assert workspace.sandbox.writes() == []


def test_a_throttled_system_holds_up_no_other(small: Small) -> None:
    groups = "".join(f"  g{number}: {{name: Group {number}}}\n" for number in range(20))
    workspace = small(f"groups:\n{groups}integrations: {{slack: {{channels: {{calls: {{name: calls}}}}}}}}\n")
    workspace.sandbox.fault(kind="throttle", system="slack", path="conversations.create", value=6, times=1)
    ran = workspace.up()
    assert set(ran.results.values()) == {"done"}
    writes = [(each["system"], each["status"]) for each in workspace.sandbox.writes()]
    slack = [place for place, (system, _) in enumerate(writes) if system == "slack"]
    made = [place for place, (system, _) in enumerate(writes) if system == "zendesk"]
    assert [writes[place][1] for place in slack[:2]] == [429, 200]
    assert len(made) == 20 and max(made) < slack[1], "the helpdesk waited for Slack"


LOOKED_UP = """\
groups:
  theirs: {name: Theirs, existing: true}
  readers: {name: Readers}
roles: {agent: {name: Agent, like: agent}, reader: {name: Reader, like: light_agent}}
people:
  kim: {name: Kim Oh, email: kim@acme-payments.com, role: reader, groups: [theirs]}
trigger_categories: {route: {name: Route}}
triggers:
  fence:
    name: Fence
    category: route
    replaces: Notify requester and CCs of comment update
    when: [{event: updated}]
    then: [{set: group, to: theirs}]
  received: {name: Notify all agents of received request, existing: vendor_default, active: false}
help_center:
  categories: {help: {name: Help}}
  sections: {start: {name: Start, category: help}}
  articles:
    everybody: {name: For all, section: start, body: Hello, customers: {can: see}}
    signed_in: {name: For customers, section: start, body: Hello, zendesk: {user_segment: signed_in}}
    editors: {name: For us, section: start, body: Hello, zendesk: {permission_group: Agents and admins}}
    some: {name: For some, section: start, body: Hello, for: [groups/readers]}
"""


def test_what_is_only_looked_up_holds_nobody_up(workspace: Workspace) -> None:
    """Before anything is there and afterwards: the plan is made of what was last known."""
    workspace.config("company: {name: Acme, default_locale: en-US}\n", "config/company.yaml")
    workspace.config(LOOKED_UP)
    workspace.on_enterprise()
    workspace.speaks("en-us")
    workspace.zendesk("POST", "groups", {"group": {"name": "Theirs"}})
    down = {"kind": "error_503", "system": "zendesk"}
    for told in ("For all", "In what could be read there is nothing to do."):
        workspace.sandbox.fault(**down)
        for verb in ("plan", "drift"):
            ran = workspace.golive(verb)
            assert ran.code == 0, (verb, ran.err)
            assert "Zendesk was not read" in ran.out
            assert verb == "drift" or told in ran.out
        stopped = workspace.golive("up", "--yes", "--json")
        assert set(stopped.results.values()) <= {"not_tried"}, stopped.err
        workspace.sandbox.heal()
        workspace.up("--mail", "10")
    workspace.is_settled()

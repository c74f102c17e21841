"""A run that goes by what golive remembers asks the account, too, before it sends anything: `undo`, `on`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.cli.test_accounts_asked import FORM
from tests.cli.workspace import Ran, Workspace, written

SetUp = Callable[[str], Workspace]
ASK = {
    "name": "Ask again",
    "when": [{"hours_since": "created", "less_than": "24h"}, {"field": "tags", "has_none": ["asked"]}],
    "then": [{"email": "requester", "subject": "Still there?", "body": "Look."}, {"add_tags": ["asked"]}],
}
TO_ANA = """\
groups: {g: {name: Night}}
people: {ana: {name: Ana Real, email: ana@real.test, role: agent, groups: [g], invite: now}}
trigger_categories: {route: {name: Route}}
triggers:
  first: {name: First, category: route, when: [{event: created}], then: [{set: assignee, to: ana}]}
"""
REACHES = "Customers: about 2 get a mail within the hour from “Ask again”"


def automation(**more: Any) -> str:
    return written({"automations": {"ask": {**ASK, **more}}})


def with_tickets(workspace: Workspace) -> Workspace:
    """Two tickets on which the automation would act, and one on which it has."""
    for tags in ([], ["asked"], []):
        workspace.zendesk("POST", "tickets", {"ticket": {"subject": "S", "comment": {"body": "B"}, "tags": tags}})
    return workspace


def schedule(**more: Any) -> str:
    when = [{"hours_since": "updated", "more_than": "1000d"}]
    return written({"deletion_schedules": {"old": {"name": "Old ones", "of": "tickets", "when": when, **more}}})


def said(ran: Ran, part: str = "findings") -> Mapping[str, str]:
    return {each["rule"]: each.get("severity") or each["reason"] for each in ran.document[part]}


def test_an_undo_says_on_how_many_tickets_an_automation_acts_again(set_up: SetUp) -> None:
    workspace = with_tickets(set_up(automation()))
    workspace.config(automation(active=False))
    workspace.up()
    planned = workspace.golive("undo", "--dry-run", "--json").checked("undo")
    assert planned["notices"][0] == REACHES
    assert f"Who gets mail or loses access\n  {REACHES}" in workspace.golive("undo", "--dry-run").out
    assert workspace.golive("undo", "--yes", "--mail", "9").code == 0


def test_an_undo_sends_nothing_that_the_account_would_refuse(small: SetUp) -> None:
    workspace = small(TO_ANA)
    workspace.up("--mail", "1")
    workspace.edit("{set: assignee, to: ana}", "{add_tags: [first]}")
    workspace.edit("name: Night", "name: Day")
    workspace.up()
    ana = workspace.one("users", "Ana Real")["id"]
    workspace.zendesk("PUT", f"users/{ana}", {"user": {"suspended": True}})
    workspace.sandbox.clear_log()
    refused = workspace.golive("undo", "--yes", "--json")
    error = refused.document["error"]
    assert (refused.code, error["code"], error["where"]) == (2, "account_refuses", "config/own.yaml:5"), refused.err
    assert said(refused) == {"ZD103": "error"} and "--exclude KIND/KEY" in error["do"]
    assert workspace.sandbox.writes() == []
    said_first = "What the accounts say against it\n  error  triggers.first  “First” gives tickets to Ana Real, who is"
    assert said_first in workspace.golive("undo", "--dry-run").out
    rest = workspace.golive("undo", "--yes", "--exclude", "triggers", "--json")
    assert (rest.code, said(rest), rest.results) == (0, {}, {"helpdesk/groups/g": "done"}), rest.err


def test_an_undo_is_not_asked_about_what_else_the_files_declare(small: SetUp) -> None:
    """A promise that goes by customers' tags is asked about in every plan, whatever changes."""
    fields = {"tier": {"of": "organization", "name": "Tier", "type": "dropdown", "options": {"gold": "Gold"}}}
    targets = {"first_reply": dict.fromkeys(("urgent", "high", "normal", "low"), "1h")}
    when = [{"field": "organization.tier", "is": "gold"}]
    policy = {"name": "Gold", "when": when, "targets": targets, "hours": "calendar"}
    objects = {"customer_fields": fields, "sla_policies": {"gold": policy}}
    workspace = small(written({**objects, "groups": {"g": {"name": "Night"}}}))
    workspace.up()
    workspace.config(written({**objects, "groups": {"g": {"name": "Day"}}}))
    assert said(workspace.up()) == {"ZD130": "warning"}
    assert said(workspace.golive("undo", "--yes", "--json")) == {}


def test_switching_on_says_on_how_many_tickets_an_automation_acts(set_up: SetUp) -> None:
    workspace = with_tickets(set_up(automation()))
    off = workspace.golive("off", "automations/ask", "--reason", "Too many", "--yes", "--json").checked("off")
    assert (off["result"], off["cautions"], off["findings"]) == ("done", [], [])
    on = workspace.golive("on", "automations/ask", "--yes")
    assert f"Who gets mail or loses access\n  {REACHES}" in on.out, on.err
    assert workspace.one("automations", "Ask again")["active"]


def test_switching_on_says_what_the_account_says_and_keeps_to_the_exceptions_of_the_files(set_up: SetUp) -> None:
    workspace = set_up(schedule())
    reasons = {"ZD133": "Ana has looked.", "ZD134": "They have the add-on."}
    for more, findings, allowed in (
        ({}, {"ZD133": "warning"}, {}),
        ({"x-allow": reasons}, {}, {"ZD133": "Ana has looked."}),
    ):
        workspace.config(schedule(**more))
        assert workspace.golive("off", "deletion_schedules/old", "--reason", "Look first", "--yes").code == 0
        on = workspace.golive("on", "deletion_schedules/old", "--yes", "--json")
        assert (on.checked("on")["result"], said(on), said(on, "allowed")) == ("done", findings, allowed)


def test_nobody_is_asked_before_something_is_switched_off(small: SetUp) -> None:
    """At night it takes the fewest calls; what the helpdesk refuses, it refuses itself."""
    workspace = small(FORM % "")
    workspace.up()
    workspace.sandbox.clear_log()
    refused = workspace.golive("off", "ticket_forms/f", "--reason", "Old", "--yes")
    assert refused.code != 0, refused.out
    assert "default" in refused.err + refused.out
    assert workspace.one("ticket_forms", "F")["active"]
    assert [each["method"] for each in workspace.sandbox.writes()] == ["PUT"]

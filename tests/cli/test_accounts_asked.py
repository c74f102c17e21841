"""What a live account says against a plan: told with its rule, sent never, and set aside with a reason only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cli.workspace import Ran, Workspace

Small = Callable[[str], Workspace]
QUEUE = "groups: {g: {name: Night}}\nqueues: {q: {name: Q, when: [{field: status, is: open}], groups: [g]%s}}\n"
FORM = "ticket_forms:\n  f: {name: F, fields: [subject], default: true%s}\n"


def rules(ran: Ran, part: str = "findings") -> dict[str, str]:
    """Rule → severity, or reason, of what the plan's document says."""
    entries: list[dict[str, Any]] = ran.checked("plan")[part]
    return {each["rule"]: each.get("severity") or each["reason"] for each in entries}


def test_an_error_is_told_with_its_rule_and_nothing_is_sent(small: Small) -> None:
    workspace = small(QUEUE % "")
    workspace.sandbox.settings("zendesk", plan="growth")
    planned = workspace.golive("plan", "--json")
    assert (planned.code, rules(planned)) == (2, {"ZD127": "error"})
    (found,) = planned.document["findings"]
    assert (found["file"], found["line"], found["path"]) == ("config/own.yaml", 2, "queues.q")
    assert found["hint"].startswith("Route by triggers and groups. Or give the sandbox the plan that the client has: ")
    text = workspace.golive("plan")
    assert text.code == 2
    assert "What the accounts say against it\n  error  queues.q  this account does not have a queue" in text.out
    assert "which empties it).  (ZD127)" in text.out
    assert "The account would refuse 1 thing: `golive up` sends nothing before that is settled." in text.out
    workspace.sandbox.clear_log()
    refused = workspace.golive("up", "--yes", "--json")
    error = refused.document["error"]
    assert (refused.code, error["code"], error["where"]) == (2, "account_refuses", "config/own.yaml:2")
    assert "(ZD127)" in error["why"] and "x-allow: {ZD127: …}" in error["do"] and "--exclude" in error["do"]
    assert set(refused.results.values()) == {"not_tried"}
    assert workspace.sandbox.writes() == []


def test_the_rest_can_be_sent_without_it(small: Small) -> None:
    workspace = small(QUEUE % "")
    workspace.sandbox.settings("zendesk", plan="growth")
    assert workspace.plan("--exclude", "queues").document["findings"] == []
    assert workspace.up("--exclude", "queues").results == {"helpdesk/groups/g": "done"}


def test_a_reason_sets_aside_what_rests_on_the_vendors_pages(small: Small) -> None:
    workspace = small(QUEUE % ", x-allow: {ZD127: They switch it on tonight.}")
    workspace.sandbox.settings("zendesk", plan="growth")
    planned = workspace.plan()
    assert (rules(planned), rules(planned, "allowed")) == ({}, {"ZD127": "They switch it on tonight."})
    assert "1 more is allowed by `x-allow`, with a reason" in workspace.golive("plan").out
    workspace.sandbox.settings("zendesk", plan="professional")
    workspace.up()
    assert rules(workspace.plan()) == {}, "of what does not change the account is not asked"


def test_a_warning_is_told_and_sent_and_can_be_set_aside(small: Small) -> None:
    workspace = small(FORM % "")
    assert rules(workspace.plan()) == {"ZD107": "warning"}
    workspace.config(FORM % ", x-allow: {ZD107: ' '}")
    assert "x-allow.reason" in workspace.golive("validate").out
    workspace.config(FORM % ", x-allow: {ZD107: The client asked for it.}")
    assert workspace.golive("validate", "--json").document["findings"] == []
    assert rules(workspace.plan(), "allowed") == {"ZD107": "The client asked for it."}
    workspace.up()
    workspace.edit("name: F,", "name: Form,")
    assert rules(workspace.plan()) == {"x-allow.unused": "warning"}


def test_an_exception_that_could_not_be_asked_about_is_not_called_unused(small: Small) -> None:
    workspace = small(FORM % ", x-allow: {ZD121: No status of its own.}")
    assert rules(workspace.plan()) == {"ZD107": "warning", "x-allow.unused": "warning"}
    workspace.sandbox.fault(kind="forbidden", system="zendesk", path="brands/check|accounts/available|account/settings")
    planned = workspace.plan()
    assert "ZD100" in rules(planned) and "x-allow.unused" not in rules(planned)


def test_what_the_account_would_refuse_cannot_be_set_aside(small: Small) -> None:
    workspace = small("ticket_statuses: {s: {name: In review, category: open, x-allow: {ZD108: We dare.}}}\n")
    workspace.zendesk("PUT", "account/settings", {"settings": {"tickets": {"custom_statuses_enabled": False}}})
    assert "x-allow.refused" in workspace.golive("validate").out
    assert rules(workspace.golive("plan", "--json")) == {"ZD108": "error"}


def test_names_that_are_taken_and_names_that_nothing_bears(small: Small) -> None:
    """They have blocks of their own, which tell how to go on; the exit codes are those of always."""
    workspace = small("groups: {support: {name: Support}, gone: {existing: Gone}}\n")
    planned = workspace.golive("plan", "--json")
    assert (planned.code, rules(planned)) == (0, {"ZD101": "error", "ZD102": "warning"})
    text = workspace.golive("plan").out
    assert "(ZD101)" in text and "(ZD102)" in text and "What the accounts say against it" not in text
    assert workspace.golive("up", "--yes", "--json").document["error"]["code"] == "collision"


PEOPLE = """\
groups: {billing: {name: Billing}}
people:
  ben: {name: Ben Hill, email: ben@acme-payments.com, role: agent, invite: now, groups: [billing]}
"""


def test_seats_that_are_paid_for_stand_in_the_environment_file(small: Small) -> None:
    workspace = small(PEOPLE)
    settings = workspace.settings()
    settings["systems"]["helpdesk"]["seats"] = 1
    workspace.set(settings)
    planned = workspace.plan()
    assert rules(planned) == {"ZD104": "warning"}
    assert planned.document["seats"]["helpdesk"] == {"taken": 1, "given_back": 0, "in_use": 1, "paid_for": 1}
    assert "Seats for agents: 1 more is taken; 1 is in use now; 1 is paid for" in workspace.golive("plan").out


def test_a_fields_type_never_changes(small: Small) -> None:
    workspace = small("ticket_fields: {f: {name: F, type: text}}\n")
    workspace.up()
    workspace.edit("type: text", "type: integer")
    assert rules(workspace.golive("plan", "--json")) == {"ZD106": "error"}


def test_a_category_that_somebody_uses_stays(small: Small) -> None:
    workspace = small("trigger_categories: {c: {name: Routing}}\n")
    workspace.up()
    category = workspace.one("trigger_categories", "Routing")["id"]
    rule = {
        "title": "By hand",
        "category_id": category,
        "conditions": {"all": [{"field": "status", "operator": "is", "value": "open"}], "any": []},
        "actions": [{"field": "current_tags", "value": "x"}],
    }
    workspace.zendesk("POST", "triggers", {"trigger": rule})
    workspace.config("")
    planned = workspace.plan()
    assert rules(planned)["ZD114"] == "warning"
    found = next(each for each in planned.document["findings"] if each["rule"] == "ZD114")
    assert (found["file"], found["line"], found["path"]) == ("", 0, "trigger_categories/c")
    assert "“Routing” would be deleted, and holds “By hand”" in workspace.golive("plan").out


def test_doctor_says_which_plan_the_account_has(small: Small) -> None:
    workspace = small("")

    def told(plan: str | None) -> tuple[int, str, str]:
        settings = workspace.settings()
        settings["systems"]["helpdesk"]["plan"] = plan
        workspace.set(settings)
        ran = workspace.golive("doctor", "--json")
        [check] = [each for each in ran.document["checks"] if each["name"] == "plan"]
        return ran.code, check["said"], check["do"]

    assert told(None)[:2] == (0, "helpdesk: what it shows is suite_professional or trial")
    assert told("suite_professional") == (0, "helpdesk: suite_professional, as far as the account shows it", "")
    code, said, do = told("suite_enterprise")
    assert code == 1 and said.startswith(
        "helpdesk: suite_enterprise carries a role with rights of its own, and this acc"
    )
    account = "the `plan` in stacks/sandbox-account.yaml"  # outside the sandbox the client is to be asked
    assert do == f"Correct `plan:` of helpdesk in stacks/Pulumi.sandbox.yaml, or {account}."
    code, said, do = told("suite_growth")
    assert code == 0 and "does not carry a sixth custom object, and this account has it" in said and "add-on" in do

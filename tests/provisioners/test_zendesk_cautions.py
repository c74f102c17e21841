"""What an account's own lists and settings say of what is declared."""

from __future__ import annotations

from pathlib import Path

import pytest

from provisioners.errors import SystemFault
from provisioners.zendesk import SYSTEM
from provisioners.zendesk.cautions import cautions
from provisioners.zendesk.client import Reply, ZendeskClient
from tests.live_sandbox import running_sandbox
from tests.provisioners.zendesk_workspace import PICTURE, SEED, compiled, connection, declaration

DECLARED = """
segments: {big: {name: Big}}
customer_fields: {size: {of: organization, name: Size, type: dropdown, options_from: segments}}
trigger_categories: {c: {name: C}}
triggers:
  again: {name: Again, category: c, when: [{field: reopens, more_than: 1}], then: [{add_tags: [x]}]}
sla_policies:
  big:
    name: Big customers
    when: [{field: organization.size, is: big}]
    hours: calendar
    targets: {first_reply: {urgent: 1h, high: 1h, normal: 1h, low: 1h}}
"""


def test_tags_of_customers_that_are_off_are_said(tmp_path: Path) -> None:
    declared = declaration(DECLARED, tmp_path)
    resources = compiled(declared).resources
    with running_sandbox() as sandbox:
        client = ZendeskClient(connection(sandbox.url))
        [line] = cautions(client, declared, resources)
        assert line.startswith(
            "“Tags on users and organizations” are off in this account, so that “Big customers” match"
        )
        assert list(cautions(client, declared, [])) == [line], "also while nothing changes"
        client.put("account/settings", {"settings": {"user": {"tagging": True}}})
        sandbox.clear_log()
        assert list(cautions(client, declared, resources)) == []
        assert sandbox.writes() == []


def test_the_tag_of_the_mark_is_said_to_be_missing_when_it_is_made(tmp_path: Path) -> None:
    declared = declaration("rollout: {soft_launch: {cohort: {share: 15%, internal: [acme.example]}}}", tmp_path)
    resources = compiled(declared).resources
    off = Other({"account/settings": {"settings": {"user": {"tagging": False}}}, "triggers/definitions": {}})
    [line] = cautions(off, declared, resources)  # type: ignore[arg-type]
    assert "tickets do not bear `in_rollout`" in line
    assert list(cautions(off, declared, [])) == [], "and not each time: the fence does without"  # type: ignore[arg-type]
    on = Other({"triggers/definitions": {}})
    assert list(cautions(on, declared, resources)) == []  # type: ignore[arg-type]


class Other:
    """An account that knows less, or says nothing."""

    def __init__(self, answers: dict[str, object]) -> None:
        self.answers = {"account/settings": {"settings": {"user": {"tagging": True}}}, **answers}

    def get(self, path: str) -> Reply:
        answer = self.answers[path]
        if isinstance(answer, SystemFault):
            raise answer
        assert isinstance(answer, dict)
        return Reply(answer, {})


def test_what_an_account_does_not_list(tmp_path: Path) -> None:
    declared = declaration(DECLARED, tmp_path)
    resources = [each for each in compiled(declared).resources if each.type == "zendesk:Trigger"]

    def lines(subjects: list[dict[str, object]]) -> list[str]:
        account = Other({"triggers/definitions": {"definitions": {"conditions_all": subjects}}})
        return list(cautions(account, declared, resources))  # type: ignore[arg-type]

    assert lines([{"subject": "status", "operators": []}]) == [
        "This account's triggers cannot ask `reopens`, as again does: look at its plan."
    ]
    assert lines([{"subject": "reopens", "operators": [{"value": "is"}]}]) == [
        "This account's triggers cannot ask `reopens` for `greater_than`, as again does."
    ]
    assert lines([{"subject": "reopens", "operators": [{"value": "greater_than"}]}]) == []
    assert lines([{"subject": "reopens"}]) == [], "a list without operators says nothing of them"
    silent = Other({"triggers/definitions": SystemFault("refused", "x", "no such page")})
    assert list(cautions(silent, declared, resources)) == [  # type: ignore[arg-type]
        "What triggers can ask in this account could not be read: no such page"
    ]


def test_what_is_deleted_for_good_is_said_while_a_schedule_is_on(tmp_path: Path) -> None:
    said = "deletion_schedules: {old: {name: Old, of: tickets, ACTIVE when: [{hours_since: updated, more_than: 400d}]}}"
    with running_sandbox() as sandbox:
        client = ZendeskClient(connection(sandbox.url))
        on = declaration(said.replace("ACTIVE", ""), tmp_path)
        [line] = cautions(client, on, compiled(on).resources)
        assert line.startswith("“Old” deletes archived tickets, with everything that customers and agents wrote")
        off = declaration(said.replace("ACTIVE", "active: false,"), tmp_path)
        assert list(cautions(client, off, compiled(off).resources)) == []


STATUSES = """
ticket_statuses:
  with_bank: {name: With the bank, category: pending, default: true}
  in_review: {name: In review, category: open, active: ACTIVE}
"""


def test_statuses_that_the_account_cannot_have_are_said(tmp_path: Path) -> None:
    declared = declaration(STATUSES.replace("ACTIVE", "false"), tmp_path)
    resources = compiled(declared).resources
    with running_sandbox() as sandbox:
        client = ZendeskClient(connection(sandbox.url))
        assert list(cautions(client, declared, resources)) == []
        assert list(cautions(client, declared, [])) == []
        made = client.post(
            "custom_statuses", {"custom_status": {"status_category": "open", "agent_label": "In review"}}
        )
        client.put("custom_status/default", {"ids": str(made.body["custom_status"]["id"])})
        [line] = cautions(client, declared, resources)
        assert line.startswith("“In review” is the default of its category, which Zendesk does not switch off")
        another = STATUSES.replace("ACTIVE", "false") + "  at_work: {name: At work, category: open, default: true}\n"
        both = declaration(another, tmp_path)
        assert list(cautions(client, both, compiled(both).resources)) == [], "the default moves before"
        client.put("account/settings", {"settings": {"tickets": {"custom_statuses_enabled": False}}})
        [line] = cautions(client, declared, resources)
        assert line.startswith("Custom ticket statuses are not activated in this account")


ROLES = """
roles:
  lead: {name: Lead, like: agent, rights: {delete_tickets: true}}
  light: {name: Light, like: light_agent}
people:
  ada: {name: Ada, email: ada@acme.example, role: lead, invite: now}
  kim: {name: Kim, email: kim@acme.example, role: light, invite: now}
"""


def test_roles_that_the_plan_does_not_have_are_said(tmp_path: Path) -> None:
    declared = declaration(ROLES, tmp_path)
    resources = compiled(declared).resources
    with running_sandbox() as sandbox:
        client = ZendeskClient(connection(sandbox.url))
        own, light = cautions(client, declared, resources)
        assert own.startswith("This account's plan has no roles with rights of their own, so that “Lead” is not made")
        assert own.endswith("without `rights` it is agent.")
        assert light.startswith("This account's plan lists no roles, so that golive cannot make light agents of kim.")
        assert list(cautions(client, declared, [])) == []
    with running_sandbox({"zendesk": {"plan": "enterprise"}}) as sandbox:
        assert list(cautions(ZendeskClient(connection(sandbox.url)), declared, resources)) == []


def test_what_policies_can_ask_is_listed_in_a_form_of_its_own(tmp_path: Path) -> None:
    declared = declaration(
        """
groups: {one: {name: One}}
sla_policies:
  big:
    name: Big customers
    when: [{field: group, is: one}, {field: type, is: incident}]
    hours: calendar
    targets: {first_reply: {urgent: 1h, high: 1h, normal: 1h, low: 1h}}
""",
        tmp_path,
    )
    resources = compiled(declared).resources

    def lines(*known: dict[str, object]) -> list[str]:
        account = Other({"slas/policies/definitions": {"definitions": {"all": list(known), "any": []}}})
        return list(cautions(account, declared, resources))  # type: ignore[arg-type]

    group = {"value": "group_id", "operators": [{"value": "is"}]}
    assert lines(group) == ["This account's SLA policies cannot ask `type`, as big does: look at its plan."]
    types = {"list": [{"value": "problem"}]}
    assert lines(group, {"value": "type", "operators": [{"value": "is"}], "values": types}) == [
        "This account's SLA policies cannot ask `type` for the value `incident`, as big does: look whether the account "
        "has it."
    ]


def test_an_action_that_the_account_does_not_list(tmp_path: Path) -> None:
    declared = declaration(DECLARED, tmp_path)
    resources = [each for each in compiled(declared).resources if each.type == "zendesk:Trigger"]
    account = Other({"triggers/definitions": {"definitions": {"actions": [{"subject": "status"}]}}})
    [line] = cautions(account, declared, resources)  # type: ignore[arg-type]
    assert line.startswith("This account's triggers cannot do `current_tags`, as again does")


def test_the_sandbox_lists_everything_that_is_sent(tmp_path: Path) -> None:
    """The reference that is tried whole: no false alarm."""
    text = (Path(__file__).parent / "zendesk_workspace.yaml").read_text(encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(PICTURE)
    declared = declaration(text, tmp_path, checked=False)
    with running_sandbox(SEED) as sandbox:
        client = ZendeskClient(connection(sandbox.url))
        found = list(cautions(client, declared, compiled(declared).resources))
    assert [line for line in found if "cannot" in line] == []


def test_a_signing_secret_that_nobody_has_named_here_is_said_in_a_real_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PAGER_SIGNING", raising=False)
    declared = declaration(
        "webhooks: {pager: {name: Pager, url: 'https://p.example/', signing: env:PAGER_SIGNING}}", tmp_path
    )
    with running_sandbox() as sandbox:
        client = ZendeskClient(connection(sandbox.url))
        SYSTEM.collections(connection(sandbox.url))["zendesk:Webhook"].create(compiled(declared).resources[0].payload)
        assert list(cautions(client, declared, [])) == []
        client.sandbox = False
        [line] = cautions(client, declared, [])
        assert "PAGER_SIGNING is not set" in line and "Webhooks > Pager > Reveal secret" in line

"""What an account's own lists and settings say of what is declared."""

from __future__ import annotations

from pathlib import Path

from provisioners.errors import SystemFault
from provisioners.zendesk.cautions import cautions
from provisioners.zendesk.client import Reply, ZendeskClient
from tests.live_sandbox import running_sandbox
from tests.provisioners.zendesk_workspace import compiled, connection, declaration

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

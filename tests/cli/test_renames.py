"""A key is renamed, once and again: nothing is lost, and nothing has to be done."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

FIELDS = """\
segments: {big: {name: Big}, small: {name: Small}}
customer_fields:
  size: {of: organization, name: Size, type: dropdown, options_from: segments}
ticket_fields:
  reason: {name: Reason, type: dropdown, options: {refund: Refund, other: Other}}
trigger_categories: {route: {name: Route}}
triggers:
  big_refund:
    name: A big customer wants a refund
    category: route
    when: [{field: organization.size, is: big}, {field: reason, is: refund}]
    then: [{email: requester, subject: We are on it, body: "Size: {{organization.fields.size}}"}]
sla_policies:
  big:
    name: Big
    when: [{field: organization.size, is: big}]
    hours: calendar
    targets: {first_reply: {urgent: 1h, high: 1h, normal: 1h, low: 1h}}
integrations:
  crm:
    fields:
      size: {object: Account, name: Size, type: dropdown, options_from: segments}
    access: {support: {name: Support, read: [size]}}
"""


def rename(workspace: Workspace, *pairs: tuple[str, str]) -> None:
    path = workspace.root / "config" / "own.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_keys_of_fields_segments_and_options_renamed_twice(set_up: Small) -> None:
    workspace = set_up(FIELDS)
    made = {many: workspace.listed(many) for many in ("organization_fields", "ticket_fields", "triggers")}
    policies = workspace.listed("sla_policies", "slas/policies")
    crm = workspace.sandbox.store.table("salesforce", "CustomField")
    values = {key: row["Metadata"]["valueSet"]["valueSetDefinition"]["value"] for key, row in crm.items()}
    workspace.sandbox.clear_log()

    rename(
        workspace,
        ("  size: {of:", "  tier: {was: size, of:"),
        ("organization.size", "organization.tier"),
        ("fields.size", "fields.tier"),
        ("big: {name: Big}", "large: {name: Big, was: big}"),
        ("is: big}", "is: large}"),
        ("reason: {name", "why: {was: reason, name"),
        ("{field: reason", "{field: why"),
        ("refund: Refund", "money_back: {name: Refund, was: refund}"),
        ("is: refund", "is: money_back"),
        ("      size: {object", "      account_tier: {was: size, object"),
        ("read: [size]", "read: [account_tier]"),
        ("access: {support: {name", "access: {helpers: {was: support, name"),
    )
    workspace.is_settled()
    workspace.up()
    rename(
        workspace,
        ("  tier: {was: size, of:", "  band: {was: tier, of:"),
        ("organization.tier", "organization.band"),
        ("fields.tier", "fields.band"),
        ("large: {name: Big, was: big}", "huge: {name: Big, was: large}"),
        ("is: large}", "is: huge}"),
        ("why: {was: reason, name", "cause: {was: why, name"),
        ("{field: why", "{field: cause"),
        ("money_back: {name: Refund, was: refund}", "refunded: {name: Refund, was: money_back}"),
        ("is: money_back", "is: refunded"),
        ("account_tier: {was: size, object", "band: {was: account_tier, object"),
        ("read: [account_tier]", "read: [band]"),
        ("access: {helpers: {was: support, name", "access: {first_line: {was: helpers, name"),
    )
    workspace.is_settled()
    workspace.up()
    workspace.is_settled()

    assert workspace.sandbox.writes() == []
    assert {many: workspace.listed(many) for many in made} == made
    assert workspace.listed("sla_policies", "slas/policies") == policies
    after = workspace.sandbox.store.table("salesforce", "CustomField")
    assert {key: row["Metadata"]["valueSet"]["valueSetDefinition"]["value"] for key, row in after.items()} == values

    rename(workspace, ("huge: {name: Big, was: large}", "huge: {name: Very big, was: large}"))
    changed = {
        f"{each['kind']}/{each['key']}": [(diff["path"], diff["old"], diff["new"]) for diff in each["diff"]]
        for each in workspace.plan().document["changes"]
    }
    assert changed == {
        "customer_fields/band": [("options.huge.name", "Big", "Very big")],
        "crm_fields/band": [("options.huge", "Big", "Very big")],
    }
    workspace.up()
    workspace.is_settled()
    options = workspace.one("organization_fields", "Size")["custom_field_options"]
    assert [(each["name"], each["value"]) for each in options] == [("Very big", "size_big"), ("Small", "size_small")]


ALERT = """\
integrations:
  slack:
    channels: {ops: {name: ops}}
    alerts:
      urgent: {name: Urgent, to: ops, when: [{field: priority, changed_to: urgent}], text: "{{ticket.id}}"}
"""


def test_an_alert_renamed_twice_posts_nothing_again(set_up: Small) -> None:
    workspace = set_up(ALERT)
    before = workspace.one("triggers", "Urgent")
    rename(
        workspace,
        ("urgent: {name", "p1: {was: urgent, name"),
        ("channels: {ops: {name", "channels: {alarms: {was: ops, name"),
        ("to: ops", "to: alarms"),
    )
    planned = {
        f"{each['kind']}/{each['key']}": [diff["path"] for diff in each["diff"]]
        for each in workspace.plan().document["changes"]
    }
    told = "the note in the helpdesk that names the key from which it was made, and nothing else"
    assert planned == {"slack_channels/alarms": ["description"], "alerts/p1": ["description"]}, told
    workspace.up()
    rename(workspace, ("p1: {was: urgent, name", "highest: {was: p1, name"))
    workspace.up()
    after = workspace.one("triggers", "Urgent")
    assert (after["id"], after["conditions"], after["actions"]) == (
        before["id"],
        before["conditions"],
        before["actions"],
    )
    assert after["actions"][-1]["value"] == "golive-alert-urgent"
    workspace.is_settled()

"""Live objects that bear the name of a declared one: nothing is overwritten; adopting them is a word of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

OWN = """\
groups:
  billing: {name: Billing}
  tier_2: {name: Tier 2}
macros:
  greet:
    name: Greeting
    on_remove: release
    then: [{add_tags: [greeted]}]
integrations:
  slack:
    channels:
      alerts: {name: support-alerts, topic: What cannot wait, on_remove: release}
"""


def test_nothing_at_all_is_changed_while_something_is_in_the_way(small: Small) -> None:
    workspace = small(OWN)
    theirs = workspace.zendesk("POST", "groups", {"group": {"name": "Billing"}})["group"]
    workspace.slack("conversations.create", name="support-alerts")
    workspace.sandbox.clear_log()

    planned = workspace.plan().document
    found = {(each["kind"], each["key"]): each for each in planned["collisions"]}
    assert set(found) == {("groups", "billing"), ("slack_channels", "alerts")}
    billing = found["groups", "billing"]
    assert (billing["system"], billing["name"], billing["id"]) == ("helpdesk", "Billing", str(theirs["id"]))
    assert (billing["file"], billing["line"]) == ("config/own.yaml", 2)
    assert "golive adopt groups/billing" in billing["do"]

    text = workspace.golive("plan").out
    assert "In the way: a live object already has the name of one that golive would make" in text
    assert "  group Billing  golive adopt groups/billing  config/own.yaml:2" in text
    assert text.count("give one of the two another name") == 1
    assert "+ group billing" not in text, "it is not made"
    assert "2 to make, 2 in the way of what is there" in text
    assert text.endswith("Settle what is in the way first; until then `golive up` changes nothing.\n")

    raised = workspace.golive("up", "--yes", "--json")
    assert raised.code == 1
    document = raised.checked("up")
    assert document["error"]["code"] == "collision"
    assert "Billing" in document["error"]["what"]
    assert len(document["collisions"]) == 2
    assert set(raised.results.values()) == {"not_tried"}
    assert workspace.sandbox.writes() == []
    assert workspace.golive("plan", "--exit-code").code == 7


def test_adopt_update_and_let_go(small: Small) -> None:
    workspace = small(OWN)
    theirs = workspace.zendesk(
        "POST",
        "macros",
        {"macro": {"title": "Greeting", "actions": [{"field": "current_tags", "value": "hello"}]}},
    )["macro"]
    workspace.zendesk("POST", "groups", {"group": {"name": "Billing"}})
    workspace.sandbox.clear_log()

    refused = workspace.golive("adopt", "macros/greet")
    assert refused.code == 2
    assert "Nobody can be asked here" in refused.err
    adopted = workspace.golive("adopt", "macros/greet", "--yes")
    assert adopted.code == 0, adopted.err
    assert f"there is “Greeting” (id {theirs['id']})" in adopted.out
    assert "would then change" in adopted.out
    assert "greeted" in adopted.out
    assert "hello" in adopted.out
    assert "golive looks after macros/greet from now on." in adopted.out
    same = workspace.golive("adopt", "groups/billing", "--yes")
    assert same.code == 0, same.err
    assert "It is as the files say." in same.out
    assert workspace.sandbox.writes() == []
    again = workspace.golive("adopt", "macros/greet", "--yes")
    assert again.code == 2
    assert "golive looks after `macros/greet` already." in again.err

    planned = workspace.plan()
    assert planned.document["collisions"] == []
    assert planned.document["drift"] == []
    assert planned.actions == {
        "helpdesk/groups/tier_2": "create",
        "helpdesk/macros/greet": "update",
        "chat/slack_channels/alerts": "create",
    }
    workspace.up()
    live = workspace.one("macros", "Greeting")
    assert live["id"] == theirs["id"]
    assert live["actions"] == [{"field": "current_tags", "value": "greeted"}]
    workspace.is_settled()

    destroyed = workspace.golive("destroy", "--yes", "--json")
    assert destroyed.code == 0, destroyed.err
    assert destroyed.actions == {
        "helpdesk/groups/tier_2": "delete",
        "chat/slack_channels/alerts": "delete",
        "helpdesk/groups/billing": "release",
        "helpdesk/macros/greet": "release",
    }
    assert set(destroyed.results.values()) == {"done"}
    assert "Greeting" in workspace.titles("macros")
    assert "Billing" in workspace.titles("groups")
    assert "Tier 2" not in workspace.titles("groups")
    assert workspace.channels()["support-alerts"]["is_archived"] is True
    assert workspace.golive("destroy", "--yes").out.endswith("golive has made nothing here.\n")


def test_destroy_deletes_what_was_made_whatever_on_remove_says(set_up: Small) -> None:
    workspace = set_up(
        "ticket_fields:\n"
        "  note: {name: Internal note, type: text, on_remove: release}\n"
        "macros:\n"
        "  greet: {name: Greeting, on_remove: switch_off, then: [{add_tags: [greeted]}]}\n"
        "groups:\n"
        "  support: {name: Support, existing: true}\n"
    )
    refused = workspace.golive("destroy")
    assert refused.code == 2
    assert "Greeting" in workspace.titles("macros")
    said = workspace.golive("destroy", "--yes")
    assert said.code == 0, said.err
    assert "1 ticket field\n    note (Internal note)" in said.out
    assert "1 macro\n    greet (Greeting)" in said.out
    assert "Done. 2 objects are deleted, 1 is let go.\n" in said.out
    assert "This is let go, and stays as it is now" in said.out
    assert "Greeting" not in workspace.titles("macros")
    assert "Internal note" not in workspace.titles("ticket_fields")
    assert "Support" in workspace.titles("groups")


def test_adopt_names_what_cannot_be(small: Small) -> None:
    workspace = small(OWN)
    for address in ("macros/nobody", "billing", "groups/"):
        ran = workspace.golive("adopt", address, "--yes")
        assert ran.code == 2
        assert "neither in these files nor live" in ran.err
    absent = workspace.golive("adopt", "macros/greet", "--yes")
    assert absent.code == 1
    assert "There is no live object of that name." in absent.err
    assert "`golive up` makes it." in absent.err
    for _ in range(2):
        workspace.zendesk(
            "POST", "macros", {"macro": {"title": "Greeting", "actions": [{"field": "status", "value": "open"}]}}
        )
    twice = workspace.golive("adopt", "macros/greet", "--yes")
    assert twice.code == 1
    assert "There are 2 live objects of that name (id " in twice.err


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ticket_fields: {KEY: {name: Plan name, type: text}}\n", "ticket_fields"),
        ("people: {KEY: {name: Ben, email: ben@acme-payments.com, role: agent, invite: now}}\n", "people"),
    ],
)
def test_a_new_key_without_was_takes_no_name_that_stays_taken(set_up: Small, text: str, kind: str) -> None:
    workspace = set_up(text.replace("KEY", "old"))
    workspace.config(text.replace("KEY", "fresh"))
    document = workspace.plan().document
    [collision] = document["collisions"]
    assert (collision["kind"], collision["key"]) == (kind, "fresh")
    assert "write `was: old` under `fresh`" in collision["do"]
    workspace.sandbox.clear_log()
    refused = workspace.golive("up", "--yes")
    assert refused.code == 1
    assert "write `was: old` under `fresh`" in refused.out
    assert workspace.sandbox.writes() == []
    workspace.config(text.replace("KEY: {", "fresh: {was: old, "))
    workspace.up()
    workspace.is_settled()

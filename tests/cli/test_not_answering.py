"""`pull`, `adopt` and `release` while a system does not answer: it is named, the others' part goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.test_outages import OWN
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

CHANNEL = """\
groups: {billing: {name: Billing}}
integrations: {slack: {channels: {alerts: {name: support-alerts, topic: Ours}}}}
"""
FIELD = """\
groups: {billing: {name: Billing}}
integrations: {crm: {fields: {arr: {object: Account, name: Yearly revenue, type: currency}}}}
"""
DOWN = {"kind": "error_503", "system": "zendesk"}


def channel_of(workspace: Workspace, name: str) -> str:
    channels = workspace.slack("conversations.list", limit=200)["channels"]
    return next(str(each["id"]) for each in channels if each["name"] == name)


def test_the_others_part_is_pulled(small: Small) -> None:
    workspace = small(CHANNEL)
    workspace.up()
    workspace.slack("conversations.setTopic", channel=channel_of(workspace, "support-alerts"), topic="Theirs")
    group = workspace.one("groups", "Billing")["id"]
    workspace.zendesk("PUT", f"groups/{group}", {"group": {"name": "Money"}})
    workspace.sandbox.fault(**DOWN)

    ran = workspace.golive("pull", "--yes", "--json")
    assert ran.code == 1, ran.err
    document = ran.checked("pull")
    assert [each["key"] for each in document["pulled"]] == ["alerts"]
    assert [each["system"] for each in document["not_read"]] == ["helpdesk"]
    assert "Zendesk was not read" in ran.err
    written = (workspace.root / "config" / "own.yaml").read_text(encoding="utf-8")
    assert "topic: Theirs" in written and "Billing" in written

    again = workspace.golive("pull", "--yes")
    assert again.code == 1
    assert "In what could be read, nothing was changed by hand." in again.out

    workspace.sandbox.heal()
    whole = workspace.golive("pull", "--yes", "--json")
    assert whole.code == 0 and [each["key"] for each in whole.checked("pull")["pulled"]] == ["billing"]


def test_where_nothing_of_it_answers_the_system_is_named(small: Small) -> None:
    workspace = small(CHANNEL)
    workspace.up()
    workspace.sandbox.fault(**DOWN)
    before = workspace.golive("state", "show", "--json").out
    for arguments in (
        ("pull", "groups"),
        ("adopt", "macros", "--dry-run"),
        ("adopt", "macros/greeting", "--dry-run"),
        ("adopt", "groups/billing"),
        ("release", "groups/billing"),
    ):
        ran = workspace.golive(*arguments, *([] if "--dry-run" in arguments else ["--yes"]))
        assert ran.code == 1, (arguments, ran.out, ran.err)
        assert "Zendesk does not answer; nothing was changed." in ran.err
        assert "golive doctor" in ran.err
    assert workspace.golive("state", "show", "--json").out == before


def test_a_field_of_the_crm_is_let_go_and_taken_over_again_while_the_helpdesk_is_down(small: Small) -> None:
    """What the verb does not mean holds it up nowhere, and nothing is said of it."""
    workspace = small(FIELD)
    workspace.up()
    workspace.sandbox.fault(**DOWN)
    ran = workspace.golive("release", "crm_fields/arr", "--yes")
    assert ran.code == 0, ran.err
    workspace.config(FIELD)
    linked = workspace.golive("adopt", "crm_fields/arr", "--yes")
    assert linked.code == 0, linked.err
    assert "Zendesk" not in linked.out + linked.err
    workspace.sandbox.heal()
    workspace.is_settled()


def test_a_first_adoption_says_what_it_did_not_look_for(small: Small) -> None:
    workspace = small("")
    workspace.slack("conversations.create", name="sales")
    workspace.sandbox.fault(**DOWN)
    ran = workspace.golive("adopt", "--all", "--yes", "--json")
    assert ran.code == 1, ran.err
    document = ran.checked("adopt")
    assert "sales" in [each["key"] for each in document["taken"]]
    assert [each["system"] for each in document["not_read"]] == ["helpdesk"]
    assert "Zendesk was not read" in ran.err

    more = workspace.golive("adopt", "--all", "--dry-run")
    assert more.code == 1
    assert "In what could be read, nothing is left to take over." in more.out


@pytest.mark.parametrize("address", ["macros/greet", "nothing/at_all"])
def test_with_nothing_looked_after_no_empty_list_of_kinds_is_given(small: Small, address: str) -> None:
    workspace = small(OWN)
    ran = workspace.golive("release", address, "--yes")
    assert ran.code == 2
    assert "The kinds here: ." not in ran.err
    assert ("It is declared" if address == "macros/greet" else "In sandbox it looks after nothing yet.") in ran.err

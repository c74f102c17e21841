"""An alert that begins or ceases to wait for hours is another object at the vendor: it comes, and the old one goes. No
other key may come to mean another sort of object."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.workspace import Workspace

pytestmark = pytest.mark.engine
Small = Callable[[str], Workspace]

AT_ONCE = """
integrations:
  slack:
    channels: {calls: {name: calls}}
    alerts:
      urgent: {name: Urgent, to: calls, when: [{field: priority, is: urgent}, {field: status, is: open}], text: Look}
      other: {name: Other, to: calls, when: [{event: created}], text: Look}
"""
LATER = AT_ONCE.replace("{field: status, is: open}]", "{field: status, is: open}, {hours_since: open, is: 4h}]")


OURS = ("Urgent", "Other")


def titles(workspace: Workspace) -> tuple[list[str], list[str]]:
    """Those of ours that are on: triggers, and automations."""
    found = []
    for many in ("triggers", "automations"):
        listed = workspace.zendesk("GET", many)[many]
        found.append(
            sorted(each["title"] for each in listed if each["active"] and each["title"] in ("Urgent", "Other"))
        )
    return found[0], found[1]


def test_it_moves_there_and_back(small: Small) -> None:
    workspace = small(AT_ONCE)
    workspace.up()
    assert titles(workspace) == (["Other", "Urgent"], [])
    for text, there in ((LATER, (["Other"], ["Urgent"])), (AT_ONCE, (["Other", "Urgent"], []))):
        workspace.config(text)
        (change,) = workspace.plan().document["changes"]
        assert (change["key"], change["action"], [each["path"] for each in change["diff"]]) == (
            "urgent",
            "replace",
            ["when"],
        ), workspace.golive("plan").out
        ran = workspace.golive("up", "--yes")
        assert ran.code == 0, ran.out + ran.err
        assert titles(workspace) == there
        assert all_of_ours(workspace) == 2, "the old one is gone"
        workspace.is_settled()


def all_of_ours(workspace: Workspace) -> int:
    return sum(
        workspace.titles(many).count(title) for many in ("triggers", "automations") for title in ("Urgent", "Other")
    )


def test_where_the_new_one_cannot_be_made_the_old_one_stays_at_work(small: Small) -> None:
    workspace = small(AT_ONCE)
    workspace.up()
    workspace.config(LATER)
    workspace.sandbox.fault(kind="error_500", system="zendesk", method="POST")
    ran = workspace.golive("up", "--yes", "--json")
    assert ran.code == 1
    assert titles(workspace)[0] == ["Other", "Urgent"], ran.out
    workspace.sandbox.heal()
    workspace.up()
    assert titles(workspace) == (["Other"], ["Urgent"])
    assert all_of_ours(workspace) == 2
    workspace.is_settled()


def test_it_comes_back_with_undo(small: Small) -> None:
    workspace = small(AT_ONCE)
    workspace.up()
    workspace.config(LATER)
    workspace.up()
    ran = workspace.golive("undo", "--yes")
    assert ran.code == 0, ran.out + ran.err
    assert titles(workspace) == (["Other", "Urgent"], [])
    assert all_of_ours(workspace) == 2


def test_it_does_not_get_another_key_in_the_same_run(small: Small) -> None:
    workspace = small(AT_ONCE)
    workspace.up()
    workspace.sandbox.clear_log()
    workspace.config(LATER.replace("urgent: {", "pressing: {was: urgent, "))
    ran = workspace.golive("up", "--yes")
    assert ran.code == 2
    assert "`alerts/pressing` gets another key and becomes another sort of rule at once" in " ".join(ran.err.split())
    assert workspace.sandbox.writes() == []
    assert titles(workspace) == (["Other", "Urgent"], [])


FIELD = "customer_fields: {tier: {of: organization, type: text, name: Tier%s}}\n"


@pytest.mark.parametrize("more", ["", ", existing: tier"])
def test_a_field_of_another_sort_of_customer_takes_no_field_with_it(small: Small, more: str) -> None:
    workspace = small(FIELD % "")
    workspace.up()
    workspace.sandbox.clear_log()
    workspace.config(FIELD.replace("organization", "requester") % more)
    for verb in (("plan",), ("up", "--yes")):
        ran = workspace.golive(*verb)
        assert ran.code == 2
        assert "`customer_fields/tier` is another sort of object" in " ".join(ran.err.split())
    assert workspace.sandbox.writes() == []
    [field] = workspace.zendesk("GET", "organization_fields")["organization_fields"]
    assert field["title"] == "Tier"
    assert workspace.golive("destroy", "--yes").code == 0


def test_a_saved_plan_covers_it(small: Small) -> None:
    """What was shown is carried out; a change of the old one by hand since stops it before its first write."""
    workspace = small(AT_ONCE)
    workspace.up()
    workspace.config(LATER)
    plan = workspace.root / "plan.json"
    assert workspace.golive("plan", "--out", str(plan)).code == 0
    urgent = workspace.one("triggers", "Urgent")
    workspace.zendesk("PUT", f"triggers/{urgent['id']}", {"trigger": {"title": "Urgent!"}})
    workspace.sandbox.clear_log()
    refused = workspace.golive("up", str(plan), "--yes")
    assert refused.code == 1 and "somebody changed alerts/urgent in the live system" in refused.err, refused.err
    assert workspace.sandbox.writes() == []
    workspace.zendesk("PUT", f"triggers/{urgent['id']}", {"trigger": {"title": "Urgent"}})
    ran = workspace.golive("up", str(plan), "--yes", "--json")
    assert (ran.code, ran.results) == (0, {"helpdesk/alerts/urgent": "done"}), ran.err
    assert titles(workspace) == (["Other"], ["Urgent"])
    assert all_of_ours(workspace) == 2

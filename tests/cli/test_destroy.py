"""Everything that golive made goes, what was there before stays, and what could not go is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from golive.carrying.approval import check_own_user
from golive.terminal.fault import Fault
from provisioners.resource import ResourceName
from provisioners.system import Account
from stacks.steps import Side
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

OWN = """\
groups: {billing: {name: Billing}, tier_2: {name: Tier 2}}
macros:
  to_billing: {name: To billing, then: [{set: group, to: billing}]}
  greet: {name: Greet, then: [{add_tags: [x]}]}
"""


def test_what_could_not_go_is_left_with_what_it_needs_and_the_record(set_up: Small) -> None:
    workspace = set_up(OWN)
    macro = workspace.one("macros", "To billing")["id"]
    workspace.sandbox.fault(kind="error_500", system="zendesk", method="DELETE", path=f"macros/{macro}")
    ran = workspace.golive("destroy", "--yes", "--json")
    assert ran.code == 4
    assert ran.results == {
        "helpdesk/groups/billing": "not_tried",
        "helpdesk/groups/tier_2": "done",
        "helpdesk/macros/greet": "done",
        "helpdesk/macros/to_billing": "failed",
    }
    why = {each["key"]: each.get("why") for each in ran.document["changes"]}
    assert why["billing"] == "macros/to_billing needs it and could not be deleted."
    assert why["to_billing"].startswith("Sorry, something went wrong")
    assert "not tried  group billing\n    the macro To billing needs it and could not be deleted." in ran.err
    assert "2 deleted, 2 left. Run it again to go on." in ran.err
    assert "Billing" in workspace.titles("groups")
    workspace.sandbox.heal()
    settings = workspace.settings()
    settings["expect"] = {}
    workspace.set(settings)
    assert workspace.golive("destroy", "--yes").code == 0
    assert "Billing" not in workspace.titles("groups")
    assert workspace.plan().document["summary"]["create"] == 4


def test_a_membership_that_was_there_stays(small: Small) -> None:
    workspace = small("groups: {support: {name: Support, existing: true}}\npeople: {}\n")
    user = workspace.zendesk("POST", "users", {"user": {"name": "Ana", "email": "ana@acme.example", "role": "agent"}})
    memberships = workspace.listed("group_memberships")
    workspace.config(
        "groups: {support: {name: Support, existing: true}, two: {name: Two}}\n"
        "people: {ana: {name: Ana, email: ana@acme.example, role: agent, groups: [support, two], invite: now}}\n"
    )
    assert workspace.golive("adopt", "people/ana", "--yes").code == 0
    workspace.up()
    workspace.is_settled()
    assert len(workspace.listed("group_memberships")) == len(memberships) + 1
    ran = workspace.golive("destroy", "--yes")
    assert ran.code == 0
    gone, _, kept = ran.out.partition("This stays, and loses what golive added to it")
    assert "person" not in gone
    assert "  Zendesk: person Ana\n    1 group membership\n" in kept
    assert "Done. 1 object is deleted, 2 are let go." in ran.out
    assert workspace.listed("group_memberships") == memberships
    assert user["user"]["id"] in {each["id"] for each in workspace.listed("users")}


def test_a_category_stays_while_triggers_of_others_are_in_it(set_up: Small) -> None:
    workspace = set_up(
        "trigger_categories: {route: {name: Route}}\n"
        "triggers: {a: {name: A, category: route, when: [{event: created}], then: [{add_tags: [x]}]}}\n"
    )
    workspace.config("trigger_categories: {}\n")
    assert "deleted, unless triggers are still in it" in workspace.golive("plan").out
    ran = workspace.golive("up", "--yes", "--json")
    assert ran.code == 0, ran.err
    assert "left  trigger category route: 1 trigger is still in it" in ran.err
    [category] = [each for each in ran.checked("up")["changes"] if each["kind"] == "trigger_categories"]
    assert (category["action"], category["result"]) == ("release", "done")
    assert category["why"].startswith("1 trigger is still in it")
    assert ran.document["summary"]["delete"] == 0
    assert "Route" in workspace.titles("trigger_categories")
    assert workspace.one("triggers", "A")["active"] is False
    workspace.is_settled()


def test_what_another_run_adds_meanwhile_is_not_deleted_unseen(set_up: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = set_up(OWN)

    def meanwhile(*_: object, **__: object) -> None:
        workspace.edit("tier_2: {name: Tier 2}", "tier_2: {name: Tier 2}, third: {name: Third}")
        workspace.up()

    monkeypatch.setattr("golive.verbs.destroy.ask", meanwhile)
    ran = workspace.golive("destroy", "--yes")
    assert (ran.code, "Another run changed this environment" in ran.err) == (1, True)
    assert {"Billing", "Tier 2", "Third"} <= set(workspace.titles("groups"))


def test_a_system_that_the_environment_no_longer_names_stays_and_the_others_go(small: Small) -> None:
    text = "integrations: {slack: {channels: {ops: {name: ops}}}}\n"
    workspace = small("people: {}\n")
    workspace.zendesk("POST", "users", {"user": {"name": "Ana", "email": "ana@acme.example", "role": "agent"}})
    person = "{ana: {name: Ana, email: ana@acme.example, role: agent, groups: [two], invite: now}}"
    workspace.config(f"groups: {{two: {{name: Two}}}}\npeople: {person}\n{text}")
    assert workspace.golive("adopt", "people/ana", "--yes").code == 0
    workspace.up()
    settings = workspace.settings()
    del settings["systems"]["helpdesk"]
    settings["expect"] = {}
    workspace.set(settings)
    ran = workspace.golive("destroy", "--yes")
    assert ran.code == 4, ran.err
    assert "the environment file no longer names the system helpdesk" in ran.out
    assert workspace.channels()["ops"]["is_archived"]


def test_golive_does_not_delete_the_person_whose_token_it_has() -> None:
    accounts = {"helpdesk": Account("acme", "Acme", "Ana@acme.example")}
    name = ResourceName("helpdesk", "people", "ana")
    ours = {str(name): Side("1", {"email": "ana@acme.example"}, origin="made", label="Ana")}
    with pytest.raises(Fault, match="Ana would be deleted, and golive works with this person's token"):
        check_own_user({name.object}, ours, accounts)

"""Everything that golive made goes, what was there before stays, and what could not go is said."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

OWN = """\
groups: {billing: {name: Billing}, tier_2: {name: Tier 2}}
macros:
  to_billing: {name: To billing, then: [{set: group, to: billing}]}
  greet: {name: Greet, then: [{add_tags: [x]}]}
"""


def test_what_could_not_go_is_left_with_what_it_needs_and_the_record(small: Small) -> None:
    workspace = small(OWN)
    workspace.up()
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


def test_a_category_stays_while_triggers_of_others_are_in_it(small: Small) -> None:
    workspace = small(
        "trigger_categories: {route: {name: Route}}\n"
        "triggers: {a: {name: A, category: route, when: [{event: created}], then: [{add_tags: [x]}]}}\n"
    )
    workspace.up()
    workspace.config("trigger_categories: {}\n")
    assert "deleted, unless triggers are still in it" in workspace.golive("plan").out
    ran = workspace.golive("up", "--yes")
    assert ran.code == 0, ran.err
    assert "left  trigger category route: 1 trigger is still in it" in ran.out
    assert "Route" in workspace.titles("trigger_categories")
    assert workspace.one("triggers", "A")["active"] is False
    workspace.is_settled()

"""The old values of a run come back: shown first, carried out by the engine, and nothing of what came later is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import account, new_workspace
from tests.cli.real_environment import Real, real
from tests.cli.test_history import COMPANY, commit, git, in_git
from tests.cli.workspace import Ran, Workspace
from tests.live_sandbox import running_sandbox

__all__ = ["real"]

pytestmark = pytest.mark.engine

BEFORE = """\
groups:
  billing: {name: Billing}
  tech: {name: Tech}
people:
  ana: {name: Ana Real, email: ana@real.test, role: agent, groups: [billing, tech], invite: now}
trigger_categories:
  route: {name: Routing, order: [to_billing, to_tech]}
triggers:
  to_billing: {name: To billing, category: route, when: [{event: created}], then: [{set: group, to: billing}]}
  to_tech: {name: To tech, category: route, when: [{event: created}], then: [{set: group, to: tech}]}
  received:
    name: We have it
    category: route
    active: false
    when: [{event: created}]
    then: [{add_tags: [got]}]
macros:
  close: {name: Close it, then: [{set: group, to: billing}]}
  thanks: {name: Thanks, on_remove: delete, then: [{set: group, to: tech}]}
  bye: {name: Bye, then: [{add_tags: [bye]}]}
webhooks:
  pager: {name: Pager, url: "https://pager.example/hook", on_remove: release}
ticket_fields:
  area: {name: Area, type: dropdown, options: {pay: Payments, api: API}}
sla_policies:
  all: {name: All, when: [], targets: {first_reply: {urgent: 30m, high: 1h, normal: 4h, low: 8h}}, hours: calendar}
"""
AFTER = """\
groups:
  billing: {name: Finance}
  new: {name: New}
people:
  ana: {name: Ana Real, email: ana@real.test, role: agent, groups: [billing, new], invite: now}
trigger_categories:
  route: {name: Routing, order: [to_new, to_billing]}
triggers:
  to_billing: {name: To finance, category: route, when: [{event: created}], then: [{set: group, to: billing}]}
  to_new: {name: To new, category: route, when: [{event: created}], then: [{set: group, to: new}]}
  we_have: {name: We have it, was: received, category: route, when: [{event: created}], then: [{add_tags: [got]}],
            replaces: "Notify requester and CCs of received request"}
macros:
  close: {name: Close it, active: false, then: [{set: group, to: new}]}
  hello: {name: Hello, on_remove: delete, then: [{add_tags: [hello]}]}
  hi: {name: Hi, then: [{add_tags: [hi]}]}
ticket_fields:
  area: {name: Area, type: dropdown, options: {pay: Payments, api: Interfaces, new: New}}
  fresh: {name: Fresh, type: text}
sla_policies:
  all: {name: All, when: [], targets: {first_reply: {urgent: 15m, high: 1h, normal: 4h, low: 8h}}, hours: calendar}
"""
LISTS = ("groups", "triggers", "macros", "webhooks", "ticket_fields", "group_memberships", "trigger_categories")
VENDORS_OWN = "Notify requester and CCs of received request"


def seen(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """What is live, by list and name, in words: without ids, and without what an id stands for."""
    found: dict[str, dict[str, Any]] = {"slas": {}}
    groups = {str(each["id"]): each["name"] for each in workspace.listed("groups")}
    for many in LISTS:
        found[many] = {}
        for each in workspace.listed(many):
            if many == "group_memberships":
                found[many][f"{each['user_id']} in {groups[str(each['group_id'])]}"] = True
                continue
            kept = {name: each[name] for name in ("active", "status", "position") if name in each}
            actions = [
                {**action, "value": groups.get(str(action.get("value")), action.get("value"))}
                for action in each.get("actions", ())
            ]
            options = [option["name"] for option in each.get("custom_field_options") or ()]
            found[many][each.get("title") or each["name"]] = {**kept, "actions": actions, "options": options}
    for each in workspace.listed("sla_policies", "slas/policies"):
        found["slas"][each["title"]] = each["policy_metrics"]
    return found


@pytest.fixture(scope="module")
def made(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace in git that is up, as `BEFORE` says; its tests go on from each other."""
    with running_sandbox(account()) as sandbox:
        workspace = new_workspace(tmp_path_factory.mktemp("undo"), sandbox)
        workspace.config(COMPANY, "config/company.yaml")
        workspace.config(BEFORE)
        in_git(workspace)
        workspace.up()
        yield workspace


def undo(workspace: Workspace, *more: str, code: int = 0) -> Ran:
    """`undo --yes --json`, which keeps to its schema."""
    ran = workspace.golive("undo", "--yes", "--json", *more)
    assert ran.code == code, f"{ran.code}\n{ran.err}\n{ran.out}"
    ran.checked("undo")
    return ran


def test_a_run_of_many_sorts_is_undone_and_the_commit_with_it(made: Workspace) -> None:
    before = seen(made)
    made.config(AFTER)
    changed = commit(made, "many things")
    plan = made.plan().document
    assert plan["cannot_be_undone"] == [
        "group Tech: `golive undo` makes it anew, under another id",
        "macro Thanks: `golive undo` makes it anew, under another id",
        "tickets of the group Tech lose it, and do not get it back",
        "open tickets of Ana Real in the groups that they leave lose their assignee",
    ]
    number = made.up().document["run"]
    assert not made.one("triggers", VENDORS_OWN)["active"]

    made.sandbox.clear_log()
    made.config("macros: [", "config/broken.yaml")
    dry = made.golive("undo", "--dry-run")
    assert (dry.code, made.sandbox.writes()) == (0, [])
    for line in (
        f"Undo run {number}: up of ",
        "Cannot be undone\n  macro Hello: `golive up` makes it anew, under another id",
        "group new: it was made by that run, and stays, because something that stays needs it",
        "ticket field fresh: it was made by that run, and stays",
        "Looked after again, because that run had let go of it\n  trigger to_tech, macro bye, webhook pager",
        "Comes back under another id, without what people had entered\n  group tech, macro thanks",
        "first reply 15 min → 30 min",
        "renamed Finance → Billing",
        f"switches the vendor's rule “{VENDORS_OWN}” on again",
        f"Make it so:  golive undo {number}",
    ):
        assert line in dry.out, dry.out
    part = made.golive("undo", "--dry-run", "--exclude", "sla_policies", "--exclude", "ticket_fields")
    assert f"Make it so:  golive undo {number} --exclude sla_policies --exclude ticket_fields\n" in part.out
    (made.root / "config" / "broken.yaml").unlink()

    ran = undo(made)
    assert set(ran.results.values()) == {"done"}
    assert ran.document["undoes"]["number"] == number
    assert f"To keep it undone:  git revert {changed[:12]}" in ran.err
    after = seen(made)
    made_since = {"groups": {"New"}, "triggers": {"To new"}, "macros": {"Hi"}, "ticket_fields": {"Fresh"}}
    for many, names in made_since.items():
        left = {name: after[many].pop(name) for name in names}
        assert not any(each.get("active") for each in left.values()) or many == "ticket_fields"
    assert after["ticket_fields"]["Area"].pop("options") == ["Payments", "API", "New"]
    assert before["ticket_fields"]["Area"].pop("options") == ["Payments", "API"]
    for world in (before, after):  # an order leaves others where they stand
        for each in world["triggers"].values():
            each.pop("position")
    assert after == before
    pending = made.plan()
    assert pending.actions["helpdesk/groups/billing"] == "update"
    assert pending.actions["helpdesk/triggers/to_new"] == "update"
    assert (pending.document["drift"], pending.document["collisions"]) == ([], [])
    again = undo(made, code=2)
    assert again.document["error"]["code"] == "undone"
    assert "Nothing more of run" in made.golive("undo", str(number), "--yes").out

    git(made, "revert", "--no-edit", "HEAD")
    ran = made.up()
    assert ran.actions == {
        "helpdesk/groups/new": "delete",
        "helpdesk/macros/hi": "switch_off",
        "helpdesk/ticket_fields/fresh": "release",
        "helpdesk/triggers/to_new": "switch_off",
        "helpdesk/triggers/received": "update",  # lets go of the vendor's rule, which is on again
    }
    made.is_settled()


def test_what_somebody_changed_by_hand_is_left_unless_it_is_counted(made: Workspace) -> None:
    made.edit("close: {name: Close it,", "close: {name: Close this, active: false,")
    made.edit("bye: {name: Bye,", "bye: {name: Bye bye,")
    number = made.up().document["run"]
    close, bye = made.one("macros", "Close this")["id"], made.one("macros", "Bye bye")["id"]
    made.zendesk("PUT", f"macros/{close}", {"macro": {"title": "Close that"}})
    tags = [{"field": "current_tags", "value": "by_hand"}]
    made.zendesk("PUT", f"macros/{bye}", {"macro": {"actions": tags}})
    made.sandbox.clear_log()

    refused = made.golive("undo", "--yes", "--by-hand", "2")
    assert (refused.code, "--by-hand 1" in refused.err, made.sandbox.writes()) == (2, True, [])
    shown = made.golive("undo", "--dry-run").out
    assert "Changed by hand in Zendesk since our last run" in shown
    assert "macro close: somebody has changed the same by hand since" in shown
    assert f"golive undo {number} --by-hand 1" in shown
    ran = undo(made)
    assert ran.results == {"helpdesk/macros/bye": "done"}
    bye_now = made.zendesk("GET", f"macros/{bye}")["macro"]
    assert (bye_now["title"], bye_now["actions"]) == ("Bye", tags)
    assert made.one("macros", "Close that")["active"] is False

    ran = undo(made, str(number), "--by-hand", "1")
    assert ran.results == {"helpdesk/macros/close": "done"}
    close_now = made.zendesk("GET", f"macros/{close}")["macro"]
    assert (close_now["title"], close_now["active"]) == ("Close it", True)
    made.edit("close: {name: Close this, active: false,", "close: {name: Close it,")
    made.edit("bye: {name: Bye bye,", "bye: {name: Bye,")
    made.up()
    made.is_settled()


def test_nothing_is_undone_below_what_came_after_it(made: Workspace) -> None:
    made.config("groups: {fresh: {name: Fresh group}}\n", "config/more.yaml")
    made.edit("thanks: {name: Thanks,", "thanks: {name: Thank you,")
    first = made.up().document["run"]
    made.edit("thanks: {name: Thank you,", "thanks: {name: Many thanks,")
    made.edit("then: [{set: group, to: billing}]}\n  thanks", "then: [{set: group, to: fresh}]}\n  thanks")
    made.up()
    made.sandbox.clear_log()
    ran = undo(made, str(first), code=1)
    error = ran.document["error"]
    assert error["code"] == "in_the_way"
    assert f"run {first + 1} has changed the same of macro thanks" in error["why"]
    assert "group fresh was made by it, and macro close needs it by now" in error["why"]
    assert f"golive undo {first} --exclude macros/thanks --exclude groups/fresh" in error["do"]
    assert made.sandbox.writes() == []
    assert made.golive("off", "macros/bye", "--reason", "x", "--yes").code == 0
    ran = undo(made)  # the last `up`, not what was switched off since
    assert ran.document["undoes"]["number"] == first + 1
    assert not made.one("macros", "Bye")["active"]
    ran = undo(made, str(first))
    assert ran.actions == {"helpdesk/macros/thanks": "update", "helpdesk/groups/fresh": "delete"}
    assert "Fresh group" not in made.titles("groups")
    off = made.golive("history", "macros/bye", "--json").document["runs"][0]["number"]
    assert undo(made, str(off)).results == {"helpdesk/macros/bye": "done"}
    assert made.one("macros", "Bye")["active"]
    assert made.plan().document["switched_off"] == []


def test_an_undo_is_guarded_like_any_other_run(real: Real) -> None:
    macro = "macros: {hello: {name: Hello, on_remove: delete, then: [{add_tags: [hello]}]}}\n"
    workspace = real(macro, production=True)
    live = ("-e", "live", "--yes", "--client", "Acme")
    assert workspace.golive("up", *live).code == 0
    workspace.sandbox.clear_log()
    refused = workspace.golive("undo", "-e", "live", "--yes", "--delete", "1")
    assert (refused.code, "PRODUCTION" in refused.out, '--client "Acme"' in refused.err) == (2, True, True)
    refused = workspace.golive("undo", *live)
    assert (refused.code, "--delete 1" in refused.err) == (2, True)
    assert workspace.sandbox.writes() == []
    assert workspace.golive("undo", *live, "--delete", "1").code == 0
    assert "Hello" not in workspace.titles("macros")


def test_an_undo_counts_the_mails_that_it_causes(set_up: Callable[[str], Workspace]) -> None:
    address = "channels: {s: {type: email, name: Us, address: %s@acme.example}}\n"
    workspace = set_up(address % "help")
    workspace.config(address % "hello")
    assert workspace.golive("up", "--yes").code == 0
    undone = undo(workspace)
    assert undone.document["mails"] == 1
    said = "Addresses: help@acme.example gets a mail to be verified; hello@acme.example stops taking mail"
    assert said in undone.document["notices"]


def test_an_undo_says_whether_the_files_still_say_it(set_up: Callable[[str], Workspace]) -> None:
    text = "groups: {one: {name: One}}\nmacros: {m: {name: %s, then: [{set: group, to: one}]}}\n"
    workspace = set_up(text % "Before")
    for files_after, said in (
        ("Before", "The files no longer say what run"),
        ("After", "The files still say what run"),
    ):
        workspace.config(text % "After")
        assert workspace.golive("up", "--yes").code == 0
        workspace.config(text % files_after)
        ran = undo(workspace)
        assert said in ran.err, ran.err
        assert ("To keep it undone" in ran.err) is (files_after == "After")

"""A plan right after `up` is empty, whatever the `up` was for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

OWN = """\
groups:
  billing: {name: Billing}
  tier_2: {name: Tier 2}
ticket_fields:
  reason:
    name: Reason
    type: dropdown
    help: {agents: Correct it before you solve.}
    options:
      refund: Refund
      question: Question
      other: Something else
macros:
  greet: {name: Greeting, then: [{add_tags: [greeted]}]}
  hand_over: {name: Hand over, then: [{set: group, to: billing}]}
trigger_categories:
  route: {name: Route}
triggers:
  first: {name: First, category: route, when: [{event: created}], then: [{add_tags: [one]}]}
  second:
    name: Second
    category: route
    when: [{field: reason, is: refund}]
    then: [{set: group, to: billing}]
  third: {name: Third, category: route, when: [{field: tags, has: two}], then: [{add_tags: [three]}]}
"""


def diffs(document: dict[str, Any], list_: str = "changes") -> dict[str, dict[str, tuple[Any, Any]]]:
    """`kind/key` → attribute → old and new."""
    return {
        f"{change['kind']}/{change['key']}": {each["path"]: (each["old"], each["new"]) for each in change["diff"]}
        for change in document[list_]
    }


def order(workspace: Workspace) -> list[str]:
    """Our triggers in the order in which they run."""
    found = [each for each in workspace.listed("triggers") if each["title"] in ("First", "Second", "Third", "Zeroth")]
    return [each["title"] for each in sorted(found, key=lambda each: int(each["position"]))]


def test_changes_and_new_titles(set_up: Small) -> None:
    workspace = set_up(OWN)
    before = {each["title"]: each["id"] for each in workspace.listed("macros")}
    group = workspace.one("groups", "Tier 2")["id"]
    workspace.edit("{name: Tier 2}", "{name: Second line}")
    workspace.edit("{name: Greeting, then: [{add_tags: [greeted]}]}", "{name: Hello, then: [{add_tags: [hello]}]}")
    workspace.edit("question: Question", "question: A question")
    planned = workspace.plan().document
    assert {change["action"] for change in planned["changes"]} == {"update"}
    assert diffs(planned) == {
        "groups/tier_2": {"name": ("Tier 2", "Second line")},
        "macros/greet": {
            "name": ("Greeting", "Hello"),
            "then": ([{"add_tags": ["greeted"]}], [{"add_tags": ["hello"]}]),
        },
        "ticket_fields/reason": {"options.question": ("Question", "A question")},
    }
    workspace.up()
    workspace.is_settled()
    assert workspace.one("groups", "Second line")["id"] == group
    assert workspace.one("macros", "Hello")["id"] == before["Greeting"]
    options = workspace.one("ticket_fields", "Reason")["custom_field_options"]
    assert [each["name"] for each in options] == ["Refund", "A question", "Something else"]


def test_null_clears(set_up: Small) -> None:
    text = (
        "webhooks:\n  pager: {name: Pager, url: http://127.0.0.1:9, method: POST, format: json, "
        "auth: {bearer: env:PAGER}}\n"
        "integrations: {slack: {channels: {alerts: {name: alerts, topic: What cannot wait}}}}\n"
    )
    workspace = set_up(text)
    workspace.config(text.replace("{bearer: env:PAGER}", "null").replace("topic: What cannot wait", "topic: null"))
    planned = workspace.plan()
    assert planned.actions == {"helpdesk/webhooks/pager": "update", "chat/slack_channels/alerts": "update"}
    workspace.up()
    assert "authentication" not in workspace.one("webhooks", "Pager")
    assert workspace.channels()["alerts"]["topic"]["value"] == ""
    workspace.is_settled()


HELPS = """\
ticket_fields:
  note: {name: Note, type: text, help: {agents: For us, customers: For you}}
customer_fields:
  csm: {of: organization, name: CSM, type: text, help: {agents: For us}}
macros:
  greet: {name: Greeting, help: {agents: For us}, then: [{add_tags: [greeted]}]}
"""


@pytest.mark.parametrize("cleared", ["{agents: null, customers: null}", "null"])
def test_null_clears_the_help(set_up: Small, cleared: str) -> None:
    workspace = set_up(HELPS)
    note, macro = workspace.one("ticket_fields", "Note"), workspace.one("macros", "Greeting")
    assert (note["agent_description"], note["description"], macro["description"]) == ("For us", "For you", "For us")
    workspace.config(
        HELPS.replace("{agents: For us, customers: For you}", cleared).replace("{agents: For us}", cleared)
    )
    changes = diffs(workspace.plan().document)
    assert changes["macros/greet"] == {"help": ({"agents": "For us"}, None)}
    assert changes.keys() == {"ticket_fields/note", "customer_fields/csm", "macros/greet"}
    workspace.up()
    note, macro = workspace.one("ticket_fields", "Note"), workspace.one("macros", "Greeting")
    csm = workspace.one("organization_fields", "CSM")
    for text in (note["agent_description"], macro["description"], csm["description"]):
        assert text in ("", None)
    assert note["description"] == "Note", "where nothing is told, the vendor shows the title"
    workspace.is_settled()
    workspace.config(HELPS.replace(", help: {agents: For us}", ""))
    workspace.up()
    assert workspace.one("macros", "Greeting")["description"] in ("", None), "what is not said is left as it is"
    assert workspace.one("ticket_fields", "Note")["agent_description"] == "For us"
    workspace.is_settled()


def test_new_keys_new_order_new_options(set_up: Small) -> None:
    workspace = set_up(OWN)
    ids = {many: {each["id"] for each in workspace.listed(many)} for many in ("groups", "macros", "triggers")}
    assert order(workspace) == ["First", "Second", "Third"]
    workspace.edit("  billing: {name: Billing}", "  finance: {name: Billing, was: billing}")
    text = (workspace.root / "config" / "own.yaml").read_text(encoding="utf-8")
    head, first, rest = text.partition("  first: ")
    line, _, rest = rest.partition("\n")
    text = (head + rest + first + line + "\n").replace("to: billing", "to: finance")
    text = text.replace("      other: Something else\n", "      other: Something else\n      idea: An idea\n")
    workspace.config(text)
    planned = workspace.plan()
    assert set(planned.actions.values()) == {"update"}
    assert diffs(planned.document) == {
        "ticket_fields/reason": {"options.idea": (None, "An idea")},
        "trigger_categories/route": {"order": (["first", "second", "third"], ["second", "third", "first"])},
    }
    assert "“First” now stands after “Third”" in workspace.golive("plan").out
    workspace.up()
    workspace.is_settled()
    assert order(workspace) == ["Second", "Third", "First"]
    assert {many: {each["id"] for each in workspace.listed(many)} for many in ids} == ids
    options = workspace.one("ticket_fields", "Reason")["custom_field_options"]
    assert [each["name"] for each in options] == ["Refund", "Question", "Something else", "An idea"]


def test_options_renamed_and_removed(set_up: Small) -> None:
    workspace = set_up(OWN)
    before = {each["name"]: each["value"] for each in workspace.one("ticket_fields", "Reason")["custom_field_options"]}
    workspace.edit("      question: Question\n", "      asking: {name: Question, was: question}\n")
    workspace.edit("      other: Something else\n", "")
    assert diffs(workspace.plan().document) == {"ticket_fields/reason": {"options.other": ("Something else", None)}}
    assert "can still be chosen, so that the tickets that hold it keep it" in workspace.golive("plan").out
    workspace.up()
    workspace.is_settled()
    said = workspace.golive("plan").out
    assert "“Reason” has in Zendesk the option “Something else”" in said, "it is not forgotten"
    assert "What the accounts say beside it" in said
    after = {each["name"]: each["value"] for each in workspace.one("ticket_fields", "Reason")["custom_field_options"]}
    assert after == before, "tickets hold tags: none changes, and what was let go stays"
    workspace.edit("      refund: Refund\n", "      refund: {name: Money back, tag: reason_refund}\n")
    assert diffs(workspace.plan().document) == {"ticket_fields/reason": {"options.refund": ("Refund", "Money back")}}


def test_what_leaves_the_files(set_up: Small) -> None:
    lines = "".join(
        f"  {way}: {{name: Macro {way}, on_remove: {way}, then: [{{add_tags: [{way}]}}]}}\n"
        for way in ("delete", "switch_off", "release")
    )
    workspace = set_up(
        f"macros:\n{lines}  plain: {{name: Macro plain, then: [{{add_tags: [plain]}}]}}\n"
        "ticket_fields:\n  note: {name: Note, type: text}\n"
        "groups:\n  billing: {name: Billing}\n"
    )
    workspace.config("groups: {}\n")
    planned = workspace.plan()
    assert planned.actions == {
        "helpdesk/macros/delete": "delete",
        "helpdesk/macros/switch_off": "switch_off",
        "helpdesk/macros/release": "release",
        "helpdesk/macros/plain": "switch_off",
        "helpdesk/ticket_fields/note": "release",
        "helpdesk/groups/billing": "delete",
    }
    said = workspace.golive("plan").out
    assert "- Macro delete  deleted  macro delete" in said
    assert "Macro release  has left the files: left as it is, and no longer looked after  macro release" in said
    assert "has left the files: switched off, and no longer looked after" in said
    assert set(workspace.up().results.values()) == {"done"}
    active = {each["title"]: each["active"] for each in workspace.listed("macros") if each["title"].startswith("Macro")}
    assert active == {"Macro switch_off": False, "Macro release": True, "Macro plain": False}
    assert "Note" in workspace.titles("ticket_fields")
    assert "Billing" not in workspace.titles("groups")
    workspace.is_settled()


def test_hand_edits_are_put_right(set_up: Small) -> None:
    workspace = set_up(OWN)
    group = workspace.one("groups", "Tier 2")
    workspace.zendesk("PUT", f"groups/{group['id']}", {"group": {"name": "The others"}})
    trigger = workspace.one("triggers", "First")
    workspace.zendesk("PUT", f"triggers/{trigger['id']}", {"trigger": {"active": False}})
    macro = workspace.one("macros", "Greeting")
    workspace.zendesk("DELETE", f"macros/{macro['id']}")
    field = workspace.one("ticket_fields", "Reason")
    workspace.zendesk("PUT", f"ticket_fields/{field['id']}", {"ticket_field": {"required": True}})
    workspace.sandbox.clear_log()

    drifted = workspace.golive("drift", "--json", "--exit-code")
    assert drifted.code == 7
    document = drifted.checked("drift")
    assert diffs(document, "drift") == {
        "groups/tier_2": {"name": ("Tier 2", "The others")},
        "triggers/first": {"active": (True, False)},
        "macros/greet": {},
        "ticket_fields/reason": {"agents.required": ("never", "on_solve")},
    }
    actions = {each["key"]: each["action"] for each in document["drift"]}
    assert actions == {"tier_2": "update", "first": "update", "greet": "delete", "reason": "update"}
    said = workspace.golive("drift").out
    assert "Changed by hand in Zendesk since our last run" in said
    assert "deleted Greeting  macro greet" in said
    assert "changed Tier 2: renamed Tier 2 → The others  group tier_2" in said

    told = workspace.golive("plan").out
    assert "~ Tier 2: renamed The others → Tier 2  put back  group tier_2" in told
    assert "needed on solving" not in told and "made again" in told, told
    planned = workspace.plan()
    assert diffs(planned.document, "drift") == diffs(document, "drift")
    declared = [each["key"] for each in planned.document["changes"]]
    assert [each["key"] for each in planned.document["drift"]] == declared
    assert planned.actions == {
        "helpdesk/groups/tier_2": "update",
        "helpdesk/triggers/first": "update",
        "helpdesk/macros/greet": "create",
        "helpdesk/ticket_fields/reason": "update",
    }
    assert workspace.sandbox.writes() == []
    workspace.up()
    workspace.is_settled()
    assert workspace.one("groups", "Tier 2")["id"] == group["id"]
    assert workspace.one("triggers", "First")["active"] is True
    assert workspace.one("macros", "Greeting")["id"] != macro["id"]
    assert workspace.one("ticket_fields", "Reason")["required"] is False


def test_what_only_golive_remembers_calls_nobody(set_up: Small) -> None:
    workspace = set_up(OWN)
    workspace.edit("name: Greeting, then", "name: Greeting, on_remove: delete, why: Politeness, then")
    assert diffs(workspace.plan().document) == {"macros/greet": {"on_remove": ("switch_off", "delete")}}
    workspace.sandbox.clear_log()
    workspace.up()
    assert workspace.sandbox.writes() == []
    workspace.is_settled()


def test_a_hand_edit_that_the_files_then_take_over(set_up: Small) -> None:
    workspace = set_up(OWN)
    group = workspace.one("groups", "Tier 2")
    workspace.zendesk("PUT", f"groups/{group['id']}", {"group": {"name": "Second line"}})
    workspace.edit("{name: Tier 2}", "{name: Second line}")
    document = workspace.plan().document
    assert document["changes"] == []
    assert list(diffs(document, "drift")) == ["groups/tier_2"]
    workspace.sandbox.clear_log()
    workspace.up()
    assert workspace.sandbox.writes() == []
    workspace.is_settled()


def test_a_new_trigger_among_all_others_is_put_where_they_stand(small: Small) -> None:
    trigger = "  {0}: {{name: {0}, category: route, when: [{{event: created}}], then: [{{add_tags: [x]}}]}}\n"
    workspace = small(
        'trigger_categories: {route: {name: Route, order: [a, "...", z]}}\ntriggers:\n'
        + "".join(trigger.format(key) for key in "amz")
    )
    for key in "bc":
        workspace.up()
        workspace.is_settled()
        with (workspace.root / "config" / "own.yaml").open("a", encoding="utf-8") as file:
            file.write(trigger.format(key))
    assert "all others:\n        + the trigger c\n" in workspace.golive("plan").out
    workspace.up()
    workspace.is_settled()
    live = sorted(workspace.listed("triggers"), key=lambda each: each["position"])
    assert [each["title"] for each in live if each["title"] in "abcmz"] == ["a", "m", "b", "c", "z"]

"""What is still pointed to stays, whatever failed around it: live, and in the state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

CHANGES = {
    "a group that macros point to": (
        "groups: {old: {name: Old team}}\nmacros: {hand: {name: Hand over, then: [{set: group, to: old}]}}\n",
        "groups: {new: {name: New team}}\nmacros: {hand: {name: Hand over, then: [{set: group, to: new}]}}\n",
        {"kind": "error_500", "system": "zendesk", "method": "POST", "path": "groups"},
        "helpdesk/groups/old",
        {"helpdesk/groups/new": "create", "helpdesk/macros/hand": "update", "helpdesk/groups/old": "delete"},
    ),
    "a field that is let go, and the macro itself fails": (
        "ticket_fields: {old: {name: Old, type: text}, new: {name: New, type: text}}\n"
        "macros: {note: {name: Note, then: [{set: old, to: x}]}}\n",
        "ticket_fields: {new: {name: New, type: text}}\nmacros: {note: {name: Note, then: [{set: new, to: x}]}}\n",
        {"kind": "error_500", "system": "zendesk", "method": "PUT", "path": "macros"},
        "helpdesk/ticket_fields/old",
        {"helpdesk/macros/note": "update", "helpdesk/ticket_fields/old": "release"},
    ),
    "a channel of another system": (
        "integrations: {slack: {channels: {old: {name: old}}, alerts: {a: {name: A, to: old, "
        "when: [{event: created}], text: Hi}}}}\n",
        "integrations: {slack: {channels: {new: {name: new}}, alerts: {a: {name: A, to: new, "
        "when: [{event: created}], text: Hi}}}}\n",
        {"kind": "error_500", "system": "slack", "path": "conversations.create"},
        "helpdesk/slack_channels/old",
        {
            "chat/slack_channels/new": "create",
            "helpdesk/slack_channels/new": "create",
            "helpdesk/alerts/a": "update",
            "helpdesk/slack_channels/old": "delete",
            "chat/slack_channels/old": "delete",
        },
    ),
}


@pytest.mark.parametrize("before, after, fault, old, actions", CHANGES.values(), ids=CHANGES.keys())
def test_nothing_in_use_goes(
    set_up: Small, before: str, after: str, fault: dict[str, str], old: str, actions: dict[str, str]
) -> None:
    workspace = set_up(before)
    workspace.config(after)
    assert workspace.plan().actions == actions
    workspace.sandbox.fault(**fault)
    workspace.sandbox.clear_log()
    ran = workspace.golive("up", "--yes", "--json")
    assert ran.code in (1, 4), ran.err
    assert ran.results[old] != "done"
    assert ran.results[old] == "not_tried" or "still points to it" in ran.err
    assert not [each for each in workspace.sandbox.writes() if each["method"] == "DELETE"]
    workspace.sandbox.heal()
    assert set(workspace.plan().actions.items()) <= set(actions.items()), "the state can be read, and the rest is left"
    workspace.up()
    workspace.is_settled()

"""Who has been invited stays held to the files, whatever becomes of the invitation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

ADA = """\
groups: {one: {name: One}, two: {name: Two}}
people:
  ada: {name: Ada, email: ada@acme.example, role: agent, groups: [one, two], invite: now}
"""


def ada(workspace: Workspace) -> dict[str, Any]:
    return next(each for each in workspace.listed("users") if each["email"] == "ada@acme.example")


def test_an_invitation_that_is_taken_back(small: Small) -> None:
    workspace = small(ADA)
    workspace.up("--mail", "1")
    workspace.edit("invite: now", "invite: never")
    workspace.is_settled()
    workspace.zendesk("PUT", f"users/{ada(workspace)['id']}", {"user": {"role": "admin"}})
    planned = workspace.plan().document
    assert [each["path"] for change in planned["drift"] for each in change["diff"]] == ["role"]
    assert planned["mails"] == 0
    workspace.edit("groups: [one, two]", "groups: [one]")
    workspace.up()
    assert ada(workspace)["role"] == "agent"
    memberships = workspace.listed("group_memberships")
    two = workspace.one("groups", "Two")["id"]
    assert two not in [each["group_id"] for each in memberships if each["user_id"] == ada(workspace)["id"]]
    workspace.is_settled()

"""A new key together with more: what cannot be changed in place, and what leaving the files does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cli.workspace import Workspace

SetUp = Callable[[str], Workspace]
MAIL = "channels:\n  mail: {type: email, name: Support, address: support@acme-payments.com}\n"
POST = "channels:\n  post: {was: mail, type: email, name: Support, address: help@acme-payments.com}\n"


def addresses(workspace: Workspace) -> set[str]:
    found = {each["email"] for each in workspace.listed("recipient_addresses")}
    return {each for each in found if each.endswith("@acme-payments.com")}


def test_what_is_made_anew_under_another_key_is_one_change_and_leaves_nothing_behind(set_up: SetUp) -> None:
    workspace = set_up(MAIL)
    workspace.config(POST)
    document = workspace.plan().document
    assert [(each["key"], each["action"]) for each in document["changes"]] == [("post", "replace")]
    assert document["deletions"] == 1
    assert document["notices"] == [
        "Addresses: help@acme-payments.com gets a mail to be verified; support@acme-payments.com stops taking mail"
    ]
    assert workspace.up().results == {"helpdesk/channels/post": "done"}
    assert addresses(workspace) == {"help@acme-payments.com"}
    workspace.is_settled()

    undone = workspace.golive("undo", "--yes", "--json", "--delete", "1")
    assert undone.results == {"helpdesk/channels/mail": "done"}, undone.err
    assert addresses(workspace) == {"support@acme-payments.com"}
    workspace.config(MAIL)
    workspace.is_settled()


def test_an_undo_also_brings_back_what_leaving_the_files_means(set_up: SetUp) -> None:
    workspace = set_up("macros: {a: {name: A, on_remove: delete, then: [{add_tags: [x]}]}}\n")
    workspace.config("macros: {b: {name: B, was: a, then: [{add_tags: [x]}]}}\n")
    assert workspace.up().results == {"helpdesk/macros/b": "done"}
    undone: dict[str, Any] = workspace.golive("undo", "--yes", "--json").results
    assert undone == {"helpdesk/macros/a": "done"}
    assert workspace.one("macros", "A")["active"]
    workspace.config("")
    assert workspace.plan().actions == {"helpdesk/macros/a": "delete"}

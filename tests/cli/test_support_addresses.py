"""Support addresses: the vendor's own spelling is no difference, and the default waits until it is verified."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

ADDRESSES = """\
channels:
  billing: {type: email, name: Billing, address: Billing@Acme.example, default: true}
  own: {type: email, name: Own, address: Own@Quayside.zendesk.com}
trigger_categories: {route: {name: Route}}
triggers:
  sorted:
    name: Sorted
    category: route
    when: [{field: received_at, is: billing}]
    then: [{add_tags: [billing]}]
"""


def verify(workspace: Workspace, name: str) -> None:
    """What the admin centre's button does; the vendor takes a moment."""
    path = f"recipient_addresses/{workspace.one('recipient_addresses', name)['id']}"
    workspace.zendesk("PUT", f"{path}/verify")
    for _ in range(50):
        if workspace.zendesk("GET", path)["recipient_address"]["forwarding_status"] == "verified":
            return
        time.sleep(0.1)
    raise AssertionError("never verified")


def test_an_outside_address_becomes_the_default_once_it_is_verified(small: Small) -> None:
    workspace = small(ADDRESSES)
    first = workspace.plan().document
    assert [(each["kind"], each["key"]) for each in first["by_hand"]] == [("channels", "billing")]
    assert set(workspace.up("--mail", "1").results.values()) == {"done"}
    address = workspace.one("recipient_addresses", "Billing")
    assert (address["email"], address["default"]) == ("billing@acme.example", None)
    workspace.is_settled()
    [step] = workspace.plan().document["by_hand"]
    assert "verify the address" in step["why"]
    assert "By hand" in workspace.golive("plan", "--all").out

    verify(workspace, "Billing")
    planned = workspace.plan().document
    assert planned["drift"] == []
    [change] = planned["changes"]
    assert (change["kind"], change["key"], change["action"]) == ("channels", "billing", "update")
    assert change["diff"] == [{"path": "default", "old": False, "new": True}]
    workspace.up()
    assert workspace.one("recipient_addresses", "Billing")["default"] is True
    workspace.is_settled()
    assert workspace.plan().document["by_hand"] == []


def test_what_another_made_the_default_is_put_right(small: Small) -> None:
    workspace = small(ADDRESSES.replace(", default: true", "").replace("zendesk.com}", "zendesk.com, default: true}"))
    assert workspace.plan().document["by_hand"] == []
    workspace.up("--mail", "1")
    assert workspace.one("recipient_addresses", "Own")["default"] is True
    workspace.is_settled()
    verify(workspace, "Billing")
    workspace.is_settled()
    path = f"recipient_addresses/{workspace.one('recipient_addresses', 'Billing')['id']}"
    workspace.zendesk("PUT", path, {"recipient_address": {"default": True}})
    [drift] = workspace.plan().document["drift"]
    assert drift["diff"] == [{"path": "default", "old": True, "new": False}]
    workspace.up()
    assert workspace.one("recipient_addresses", "Own")["default"] is True

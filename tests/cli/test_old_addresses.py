"""Mail to the addresses that customers have in their address books arrives in the new helpdesk."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from golive.terminal.exits import Exit
from tests.cli.gated import Gated, bare_checklist
from tests.cli.workspace import Ran, Workspace

Small = Callable[[str], Workspace]
CONFIG = """
channels:
  support: {type: email, name: Support, address: support@acme.example}
  billing: {type: email, name: Billing, address: billing@acme.example}
"""
MIGRATION = """
name: The shared inbox
source: {mailbox: {paths: [exports/inbox.mbox]}}
addresses:
  Old@acme.example: {fate: forward, into: support@acme.example}
  invoices@acme.example: {fate: merge, into: billing@acme.example}
  gone@acme.example: {fate: close}
"""
LANDS = {"lands": {"name": "Old addresses land", "phase": "build", "owner": "lead", "why": "W.", "fix": "F.",
                   "probe": {"old_address_lands": {}}}}  # fmt: skip


@pytest.fixture
def gated(set_up: Small) -> Gated:
    made = Gated.of(set_up(CONFIG), bare_checklist(LANDS))
    made.workspace.config("x", "exports/inbox.mbox")
    made.workspace.config(MIGRATION, "migrations/inbox.yaml")
    return made


def forwards(gated: Gated, **to: str) -> None:
    """What the client's mail server does. to: old → new, before the @."""
    said = {f"{old}@acme.example": f"{new}@acme.example" for old, new in to.items()}
    gated.workspace.sandbox.settings("zendesk", forwards=said)


def tries(gated: Gated, *more: str) -> Ran:
    return gated.golive("try", "addresses", "--wait", "5", "--yes", "--json", *more)


def results(ran: Ran) -> dict[str, str]:
    return {each["channel"]: each["result"] for each in ran.document["tries"]}


def state(gated: Gated) -> tuple[str, str]:
    item: dict[str, Any] = next(each for each in gated.status()["items"] if each["key"] == "lands")
    return item["state"], item["said"]


def test_a_mail_to_each_old_address_becomes_a_ticket_where_it_should(gated: Gated) -> None:
    assert state(gated)[1].startswith("Never tried: invoices@acme.example, old@acme.example")
    forwards(gated, old="support", invoices="support")
    ran = tries(gated)
    assert (ran.code, results(ran)) == (Exit.FAILED, {"invoices@acme.example": "fail", "old@acme.example": "pass"})
    assert "it came in through support@acme.example" in json.dumps(ran.document)
    assert state(gated)[0] == "fail"
    forwards(gated, old="support", invoices="billing")
    assert results(tries(gated, "Invoices@acme.example")) == {"invoices@acme.example": "pass"}
    assert state(gated) == ("pass", "Mail to 2 old addresses becomes a ticket where it should.")
    assert gated.noted == ["address_tried"] * 3 and (gated.root / gated.data(-1)["file"]).exists()
    assert gated.workspace.listed("tickets") == []

    said = MIGRATION.replace("merge, into: billing", "merge, into: support")
    gated.workspace.config(said, "migrations/inbox.yaml")
    assert state(gated)[1].startswith("Goes elsewhere than when it was tried: invoices@acme.example")
    gated.workspace.config(f"{said}\nwrong: true\n", "migrations/inbox.yaml")
    assert state(gated)[0] == "unknown"


def test_what_the_mail_server_loses_is_found(gated: Gated) -> None:
    ran = tries(gated, "old@acme.example")
    assert (ran.code, results(ran)) == (Exit.FAILED, {"old@acme.example": "fail"})
    assert gated.golive("try", "addresses", "--by-hand", "It arrived").code == 0
    assert state(gated)[0] == "pass"


def test_only_addresses_that_lead_to_the_new_helpdesk_are_tried(gated: Gated) -> None:
    ran = tries(gated, "gone@acme.example")
    assert ran.code == Exit.USAGE and "is no address that is forwarded or merged" in ran.err
    (gated.root / "migrations" / "inbox.yaml").unlink()
    assert "No old address is named" in tries(gated).err
    assert state(gated)[0] == "unknown"
    channel = "address: support@acme.example, forwards_from: help@acme.example"
    gated.workspace.config(CONFIG.replace("address: support@acme.example", channel))
    assert "Never tried: help@acme.example" in state(gated)[1]

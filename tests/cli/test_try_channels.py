"""Channels tried as customers use them: what arrives, what becomes of it, and that nothing stays."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from typing import Any

import pytest

from golive.terminal.exits import Exit
from provisioners.trial import TrialTicket
from provisioners.zendesk.trial import ZendeskTrials
from tests.cli.gated import Gated, bare_checklist
from tests.cli.workspace import Ran, Workspace

Small = Callable[[str], Workspace]
CONFIG = """
groups:
  desk: {name: Desk}
trigger_categories:
  route: {name: Route}
channels:
  support: {type: email, name: Support, address: support@acme.example}
  phone: {type: voice, name: Phone, by_hand: true}
triggers:
  to_desk:
    name: To the desk
    category: route
    when: [{event: created}]
    then: [{set: group, to: desk}, {set: priority, to: normal}]
  receipt:
    name: We have it
    category: route
    phase: soft_launch
    replaces: Notify requester and CCs of received request
    when: [{event: created}]
    then: [{email: requester, subject: "We have {{ticket.id}}", body: Thank you.}]
"""
TRIED = {"tried": {"name": "All channels were tried", "phase": "build", "owner": "lead", "why": "W.", "fix": "F.",
                   "probe": {"channels_tried": {"lasts": "14d"}}}}  # fmt: skip


@pytest.fixture
def gated(set_up: Small) -> Gated:
    return Gated.of(set_up(CONFIG), bare_checklist(TRIED))


def tries(gated: Gated, *more: str) -> Ran:
    return gated.golive("try", "channels", "--yes", "--json", *more)


def one(ran: Ran) -> dict[str, Any]:
    found: list[dict[str, Any]] = ran.document["tries"]
    assert len(found) == 1
    return found[0]


def test_a_message_arrives_is_judged_and_leaves_nothing_behind(gated: Gated) -> None:
    ran = tries(gated, "support")
    assert ran.code == 0, ran.err
    found = one(ran)
    assert (found["result"], found["way"]) == ("pass", "mail")
    assert found["ticket"]["group"] == "Desk"
    assert found["ticket"]["priority"] == "normal"
    assert found["ticket"]["channel"] == "email"
    assert "Rules that still sleep see to: reply" in found["said"]
    workspace = gated.workspace
    assert workspace.listed("tickets") == []
    assert workspace.zendesk("GET", "deleted_tickets")["deleted_tickets"] == []
    assert not [each for each in workspace.listed("users") if "trial" in str(each["email"])]


def test_what_was_seen_is_kept_and_noted(gated: Gated) -> None:
    tries(gated, "support")
    assert gated.noted == ["tried"]
    data = gated.data(0)
    kept = json.loads((gated.root / data["file"]).read_text(encoding="utf-8"))
    assert kept["mark"].startswith("golive-")
    assert (data["channel"], data["result"]) == ("support", "pass")


def test_once_the_rule_is_awake_its_receipt_is_missed(gated: Gated) -> None:
    tries(gated)
    gated.does("ben", "try", "channels", "phone", "--by-hand", "Grace called; it rang at the desk", "--yes")
    gated.does("ana", "gate", "decide", "soft_launch", "go", "--yes")
    assert gated.advance().code == 0
    assert "receipt “We have" in one(tries(gated, "support"))["said"]
    rule = gated.workspace.one("triggers", "We have it")
    gated.workspace.zendesk("PUT", f"triggers/{rule['id']}", {"trigger": {"active": False}})
    ran = tries(gated, "support", "--wait", "5")
    assert ran.code == Exit.FAILED
    assert "the customer got no receipt" in one(ran)["said"]


def test_a_ticket_without_a_group_is_not_as_it_should_be(gated: Gated) -> None:
    rule = gated.workspace.one("triggers", "To the desk")
    gated.workspace.zendesk("PUT", f"triggers/{rule['id']}", {"trigger": {"active": False}})
    ran = tries(gated, "support", "--wait", "5")
    assert ran.code == Exit.FAILED
    assert "it has no group" in one(ran)["said"]
    assert gated.workspace.listed("tickets") == []


def test_an_address_that_the_helpdesk_does_not_know_gets_no_ticket(gated: Gated) -> None:
    address = gated.workspace.one("recipient_addresses", "Support")
    gated.workspace.zendesk("DELETE", f"recipient_addresses/{address['id']}")
    ran = tries(gated, "support", "--wait", "5")
    assert ran.code == Exit.FAILED
    assert "No ticket came within 5 s" in one(ran)["said"]


def test_a_try_that_is_stopped_leaves_nothing_and_is_not_noted(gated: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    find = ZendeskTrials.find

    def stopped(trials: ZendeskTrials, mark: str) -> TrialTicket | None:
        if not trials.client.guard.stop.is_set():
            signal.raise_signal(signal.SIGINT)
            monkeypatch.setattr(ZendeskTrials, "find", find)
        return find(trials, mark)

    monkeypatch.setattr(ZendeskTrials, "find", stopped)
    ran = tries(gated, "support")
    assert (ran.code, one(ran)["result"]) == (Exit.CANCELLED, "skipped"), ran.err
    assert gated.workspace.listed("tickets") == []
    assert not gated.logbook.path.exists()


def test_the_gate_asks_for_every_channel_and_for_a_fresh_try(gated: Gated) -> None:
    assert gated.states()["tried"] == "unknown"
    tries(gated)
    tried = next(each for each in gated.status()["items"] if each["key"] == "tried")
    assert (tried["state"], tried["said"]) == ("unknown", "Never tried: phone.")
    gated.does("ben", "try", "channels", "phone", "--by-hand", "Grace called; it rang at the desk", "--yes")
    tried = next(each for each in gated.status()["items"] if each["key"] == "tried")
    assert tried["state"] == "warn", "it holds, and does not say more than was tried"
    assert tried["said"].startswith("Tried, but for reply: rules see to that which still sleep.")


def test_once_nothing_sleeps_a_try_shows_all_of_it(set_up: Small) -> None:
    gated = Gated.of(set_up(CONFIG.replace("    phase: soft_launch\n", "")), bare_checklist(TRIED))
    tries(gated)
    gated.does("ben", "try", "channels", "phone", "--by-hand", "Grace called; it rang at the desk", "--yes")
    assert gated.states()["tried"] == "pass"


def test_what_only_a_person_can_try_is_said(gated: Gated) -> None:
    ran = gated.golive("try", "channels", "--yes")
    assert ran.code == 0
    assert "phone: only a person can try it" in ran.out
    assert gated.golive("try", "channels", "fax", "--yes").code == Exit.USAGE


def test_nothing_is_sent_where_nobody_agrees(gated: Gated) -> None:
    ran = gated.golive("try", "channels")
    assert ran.code == Exit.USAGE
    assert gated.workspace.zendesk("GET", "deleted_tickets")["deleted_tickets"] == []
    assert not gated.logbook.path.exists()

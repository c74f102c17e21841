"""Nothing that tickets hold leaves the files without the number being said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pulumi.automation import Deployment

from config.results.plan import Change
from golive.carrying.held_values import values_lost
from golive.runs.running import Session
from provisioners.resource import Compiled, Resource, Source
from provisioners.run_file import SystemSettings
from provisioners.system import Connection
from stacks.state import Adopted, with_adopted
from tests.cli.workspace import Workspace, written
from tests.live_sandbox import LiveSandbox

SetUp = Callable[[str], Workspace]

OPTIONS = {"late": "Late", "lost": "Lost", "odd": "Odd"}


def _field(**more: Any) -> str:
    return written({"ticket_fields": {"reason": {"name": "Reason", "type": "dropdown", "options": OPTIONS, **more}}})


def _with_tickets(workspace: Workspace) -> Workspace:
    field = workspace.one("ticket_fields", "Reason")["id"]
    for value in ("reason_late", "reason_late", "reason_lost", ""):
        ticket = {"subject": "S", "comment": {"body": "B"}, "custom_fields": [{"id": field, "value": value}]}
        workspace.zendesk("POST", "tickets", {"ticket": ticket})
    workspace.sandbox.clear_log()
    return workspace


def test_of_each_choice_that_leaves_it_is_said_how_many_tickets_hold_it(set_up: SetUp) -> None:
    workspace = _with_tickets(set_up(_field()))
    workspace.config(_field(options={}, type="dropdown").replace("options: {}", "options: {new: New}"))
    assert workspace.plan().document["cautions"] == [
        "golive lets go of the choice “Late” of ticket field “Reason”, which stays where it is: 2 tickets hold it.",
        "golive lets go of the choice “Lost” of ticket field “Reason”, which stays where it is: 1 ticket holds it.",
        "golive lets go of the choice “Odd” of ticket field “Reason”, which stays where it is: no ticket holds it.",
    ]
    assert workspace.sandbox.writes() == []


def test_a_choice_under_another_key_leaves_nothing(set_up: SetUp) -> None:
    workspace = _with_tickets(set_up(_field()))
    workspace.config(_field(options={**OPTIONS, "late": {"name": "Too late", "tag": "too_late"}}))
    assert workspace.plan().document["cautions"] == []


@pytest.mark.parametrize(
    ("leaves", "said"),
    [
        ("delete", "Ticket field “Reason” is deleted, with every value: 3 tickets hold it."),
        ("switch_off", "Ticket field “Reason” is switched off, and what is in it stays: 3 tickets hold it."),
    ],
)
def test_of_a_field_that_leaves_it_is_said_how_many_tickets_hold_a_value(set_up: SetUp, leaves: str, said: str) -> None:
    workspace = _with_tickets(set_up(_field(on_remove=leaves)))
    workspace.config(written({"groups": {}}))
    assert said in workspace.plan().document["cautions"]
    assert said in " ".join(workspace.golive("plan").out.split())


def test_values_that_are_lost_are_counted_of_what_is_there(sandbox: LiveSandbox) -> None:
    """What an object is about to become holds none yet."""
    settings = SystemSettings("zendesk", f"{sandbox.url}/zendesk", "sandbox", sandbox=True)
    will = Resource("helpdesk/ticket_statuses/s", "zendesk:TicketField", {}, Source("ticket_statuses", "s", "", 0))
    was = replace(will, type="zendesk:CustomStatus")
    session = SimpleNamespace(
        state=with_adopted(Deployment(3, {}), "acme", "sandbox", [Adopted(was, "77", {})]),
        compiled=Compiled([will]),
        reached=SimpleNamespace(settings={"helpdesk": settings}),
        reading=lambda instance, calls: Connection(instance, settings, read_only=True),
    )
    change = Change("helpdesk", "ticket_statuses", "s", "replace")
    assert values_lost(cast("Session", session), [change]) == [(change, 0)]
    [asked] = [each["query"] for each in sandbox.log() if "search/count" in each["path"]]
    assert "custom_status_id" in asked

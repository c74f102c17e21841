"""A deletion schedule deletes tickets for good: a plan says how many, and outside the sandbox their number is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from golive.carrying.saving import read
from tests.cli.real_environment import Real, real
from tests.cli.test_automation_reach import LIVE, refusal, ticket
from tests.cli.workspace import Workspace, written

__all__ = ["real"]

SetUp = Callable[[str], Workspace]
BEGINS = "beginning within 72 hours"


def schedule(days: int, **more: Any) -> str:
    when = [{"hours_since": "updated", "more_than": f"{days}d"}]
    return written({"deletion_schedules": {"old": {"name": "Old tickets", "of": "tickets", "when": when, **more}}})


def with_old_tickets(workspace: Workspace) -> Workspace:
    """Two tickets that have been closed for a year, one that was closed a month ago, and one that is still open."""
    tickets = workspace.sandbox.store.table("zendesk", "tickets")
    now = datetime.now(UTC)
    for days, status in ((400, "closed"), (400, "closed"), (30, "closed"), (400, "open")):
        row = tickets[str(ticket(workspace))]
        closed = (now - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
        row.update(status=status, updated_at=closed, created_at="2020-01-01T00:00:00Z")
    return workspace


def test_what_it_deletes_stands_first_whatever_is_allowed(set_up: SetUp) -> None:
    allowed = {"x-allow": {"ZD133": "Ana has looked at it."}}
    workspace = with_old_tickets(set_up(schedule(3650, **allowed)))
    workspace.config(schedule(200, **allowed))
    planned = workspace.plan().document
    assert planned["notices"] == [f"Tickets: about 2 are deleted for good by “Old tickets”, {BEGINS}"]
    assert planned["cannot_be_undone"] == [f"about 2 tickets that “Old tickets” deletes, {BEGINS}"]
    assert (planned["deletions"], planned["mails"]) == (0, 0)
    workspace.config(schedule(1, **allowed))
    [line] = workspace.plan().document["notices"]
    assert line.startswith(f"Tickets: at most 3 are deleted for good by “Old tickets”, {BEGINS} (Zendesk's search")
    workspace.config(schedule(3650, name="Old ones"))
    assert workspace.plan().document["notices"] == [], "another name deletes nothing more"
    workspace.config(schedule(1, active=False))
    assert workspace.plan().document["notices"] == []


def test_what_cannot_be_counted_is_said(small: SetUp) -> None:
    workspace = small(schedule(3650, of="customers"))
    assert workspace.plan().document["notices"] == [
        f"Customers: how many are deleted for good by “Old tickets”, {BEGINS}, could not be counted: Zendesk can only "
        "be asked how many tickets fit"
    ]


def test_its_tickets_are_named_as_a_number(real: Real, tmp_path: Path) -> None:
    workspace, file = with_old_tickets(real(schedule(3650))), tmp_path / "plan.json"
    assert workspace.golive("up", *LIVE, "--yes").code == 0
    workspace.config(schedule(200))
    workspace.sandbox.clear_log()
    error = refusal(workspace.golive("up", *LIVE, "--yes"), workspace)
    assert error["what"] == "This run begins to delete about 2 tickets for good, and --delete-records says 0."
    assert error["do"].startswith("If that is meant:  --delete-records 2  ")
    refusal(workspace.golive("up", *LIVE, "--yes", "--delete", "2"), workspace)
    workspace.golive("plan", *LIVE, "--out", str(file))
    assert [(each.name, each.tickets) for each in read(file).reach or []] == [("Old tickets", 2)]
    assert workspace.golive("up", *LIVE, "--yes", "--delete-records", "2").code == 0
    assert workspace.golive("off", "deletion_schedules/old", *LIVE, "--reason", "Look", "--yes").code == 0
    workspace.sandbox.clear_log()
    on = ("on", "deletion_schedules/old", *LIVE, "--yes")
    assert refusal(workspace.golive(*on), workspace)["code"] == "number"
    assert workspace.golive(*on, "--delete-records", "2").code == 0


def test_what_deletes_nothing_takes_no_number(real: Real) -> None:
    workspace = real("groups: {billing: {name: Billing}}\n")
    error = refusal(workspace.golive("up", *LIVE, "--yes", "--delete-records", "2"), workspace)
    assert error["what"] == "This run deletes 0 records for good, and --delete-records says 2."

"""`golive due`: on the screen, as a document, in a calendar; and it calls nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from checklists.moments import written
from config.results.log_entry import Actor, LogEntry
from tests.cli.gated import Gated
from tests.cli.project import PEOPLE, Project, day, project

__all__ = ["project"]

HOURS = "{mon: ['09:00-17:00'], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []}"
BEN = Actor("Ben Ode", "ben@partner.example", ("consultant",), "ben")


def schedule(last: str, name: str = "Support desk") -> str:
    holidays = f"[{{name: Feast, date: {last}}}]"
    return f"schedules: {{main: {{name: {name}, time_zone: Europe/Berlin, hours: {HOURS}, holidays: {holidays}}}}}\n"


def rolled_out(gated: Gated, days_ago: int) -> None:
    """A log in which the rollout began so many days ago, with glass that was broken half an hour ago."""
    book, now = gated.logbook, datetime.now(UTC)
    book.path.parent.mkdir(parents=True, exist_ok=True)
    for sort, at, data in (
        *(
            (sort, now - timedelta(days=days_ago), {"phase": phase, "gate": "asked"})
            for phase in ("soft_launch", "rollout")
            for sort in ("advance_started", "advanced")
        ),
        ("glass_broken", now - timedelta(minutes=30), {"phase": "rollout", "reason": "Mail was lost", "items": []}),
    ):
        entry = LogEntry(sort, "sandbox", written(at), BEN, book.read().heads, data).sealed  # type: ignore[arg-type]
        with book.path.open("a", encoding="utf-8") as file:
            file.write(f"{entry.line}\n")


def due(gated: Gated, *more: str) -> dict[str, Any]:
    ran = gated.golive("due", "--json", *more)
    assert ran.code == 0, ran.err
    return ran.checked("due")


def test_what_comes_up_is_told_without_a_call(project: Project) -> None:
    gated = project(schedule(day(12)), PEOPLE + "figures: {time_zone: America/Toronto}\n")
    workspace = gated.workspace
    rolled_out(gated, days_ago=28)
    workspace.set({**workspace.settings(), "freeze": {"from": day(3), "until": day(5), "why": "Black Friday"}})
    workspace.sandbox.clear_log()
    document = due(gated)
    assert workspace.sandbox.log() == []
    assert (document["phase"], document["days"], document["time_zone"]) == ("rollout", 30, "America/Toronto")
    assert [(each["ref"].partition("/")[0], each["overdue"]) for each in document["entries"]] == [
        ("glass", True), ("glass", False), ("milestone", False), ("freeze", False), ("freeze", False),
        ("holiday", False),
    ]  # fmt: skip
    assert document["entries"][2]["at"] == f"{day(2)}T00:00:00Z"
    assert document["following"]["ref"] == "milestone/day_60"
    assert [each["ref"] for each in due(gated, "--days", "2")["entries"]][-1] == "milestone/day_30"

    text = workspace.golive("due").out
    assert text.index("Overdue") < text.index("The broken glass is to be reviewed") < text.index("In the next 30 days")
    assert ", in 2 days  milestone\n" in text
    assert ", in 12 days  holidays\n" in text
    assert "After that: " in text and "day 60 after the rollout." in text
    assert "Times are those of America/Toronto; days are those of UTC." in text
    assert "config/own.yaml:1" in text


def test_a_calendar_takes_the_file_and_moves_what_it_has_already(project: Project, tmp_path: Path) -> None:
    hostile = '"A; b, c\\\\d\\nBEGIN:VEVENT, ünïcode 日本語 日本語 日本語 日本語 日本語 日本語 日本語"'
    gated = project(schedule(day(12), hostile))
    workspace = gated.workspace
    rolled_out(gated, days_ago=28)
    file = tmp_path / "due.ics"
    ran = workspace.golive("due", "--ics", str(file))
    assert (ran.code, "Written to" in ran.err) == (0, True)
    raw = file.read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")
    calendar = Calendar.from_ical(raw)
    assert isinstance(calendar, Calendar)
    events = calendar.walk("VEVENT")
    entries = due(gated)["entries"]
    assert len(events) == len(entries) == 4, "what looks like an event in a name is none"
    assert calendar["version"] == "2.0" and calendar["prodid"]
    assert all({"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(each) for each in events)
    assert [each["SUMMARY"] for each in events] == [f"Acme: {each['what']}" for each in entries]
    assert "A; b, c\\d BEGIN:VEVENT, ünïcode 日本語" in events[3]["SUMMARY"].replace("\n", " ")
    first, milestone = events[1], events[2]
    assert milestone["DTSTART"].dt == date.fromisoformat(day(2))
    assert milestone["DTEND"].dt == date.fromisoformat(day(3)), "the day after the last one"
    assert first["DTSTART"].dt == datetime.fromisoformat(entries[1]["at"])
    assert "golive gate status day_30" in milestone["DESCRIPTION"]

    workspace.edit(day(12), day(13))
    workspace.golive("due", "--ics", str(file))
    again = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [each["UID"] for each in again] == [each["UID"] for each in events]
    assert again[3]["DTSTART"].dt == date.fromisoformat(day(13))


def test_an_api_token_has_an_end_that_the_vendor_has_announced(project: Project) -> None:
    gated = project("groups: {billing: {name: Billing}}\n")
    workspace = gated.workspace
    settings = workspace.settings()
    settings["systems"] = {
        "helpdesk": {"type": "zendesk", "url": "https://acme.zendesk.com", "token": "env:T", "user": "me@acme.example"},
        "chat": {"type": "slack", "url": "https://slack.com", "token": "env:T"},
    }
    settings["expect"] = {}
    workspace.set(settings, "live")
    until = (date(2027, 4, 30) - datetime.now(UTC).date()).days
    document = due(gated, "-e", "live", "--days", str(max(until, 0)))
    (key,) = document["entries"]
    assert (key["sort"], key["at"]) == ("credential", "2027-04-30T23:59:59Z")
    assert "nobody used for 30 days" in document["notes"][0]
    if until > 0:
        assert due(gated, "-e", "live", "--days", str(until - 1))["entries"] == []
    settings["systems"]["helpdesk"] = {
        "type": "zendesk",
        "url": "https://acme.zendesk.com",
        "sign_in": {"client_id": "golive", "client_secret": "env:SECRET"},
    }
    workspace.set(settings, "live")
    signs_in = due(gated, "-e", "live", "--days", "9999")
    assert (signs_in["entries"], signs_in["notes"]) == ([], []), "of other ways in nothing is known"


def test_nothing_comes_up(project: Project) -> None:
    gated = project("groups: {billing: {name: Billing}}\n")
    workspace = gated.workspace
    ran = workspace.golive("due", "--days", "7")
    assert (ran.code, "Nothing comes up in the next 7 days." in ran.out) == (0, True)
    assert "counted from the rollout, which has not begun" in ran.out


@pytest.mark.parametrize("arguments", [("--days", "-1"), ("--ics", "/nowhere/at/all/due.ics")])
def test_wrong_usage(project: Project, arguments: tuple[str, str]) -> None:
    assert project("groups: {}\n").golive("due", *arguments).code == 2


def test_one_document_on_failure_too(project: Project) -> None:
    ran = project("groups: {}\n").golive("due", "--json", "-e", "nowhere")
    assert (ran.code, ran.checked("due")["error"]["code"]) == (6, "no_environment")

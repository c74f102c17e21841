"""The day on which an old tool ends, for the people who are there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.results.migration_delta import MigrationDeltaDocument
from golive.screens.migration_cutover import CutoverDay, cutover_sheet
from migrations.declared.migration import Migration
from migrations.declared.reading import read_migration

FILE = """name: Inbox
source:
  mailbox: {paths: [inbox.mbox]}
addresses:
  help@old.example: {fate: forward, into: support@new.example}
"""
FOUND = MigrationDeltaDocument("inbox", "Inbox", "production", changes={"new": 3}, unfinished=2, minutes=[1, 40])


@pytest.fixture
def declared(tmp_path: Path) -> Migration:
    path = tmp_path / "inbox.yaml"
    path.write_text(FILE, encoding="utf-8")
    read = read_migration(path, "migrations/inbox.yaml").value
    assert read is not None
    return read


def row(sheet: str, words: str) -> list[str]:
    [line] = [line for line in sheet.splitlines() if line.startswith("| ") and words in line]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_each_step_has_its_hour_and_who_does_it(declared: Migration) -> None:
    day = CutoverDay(
        datetime(2026, 10, 24, 21, tzinfo=UTC), "Europe/Dublin", {"consultant": ["Inês"], "it_security": ["Fergal"]}
    )
    sheet = cutover_sheet(FOUND, declared, day, " -e production")
    assert row(sheet, "Forward help@")[1:4:2] == ["Sat 24 Oct 22:00", "Fergal (IT security)"]
    assert row(sheet, "--cutover -e production")[1:4:2] == ["Sat 24 Oct 22:30", "Inês (consultant)"]
    assert row(sheet, "migrate verify")[1] == "Sat 24 Oct 23:30"  # forty minutes of sending, and a quarter of an hour
    assert row(sheet, "Every day until")[1] == "Sun 25 Oct 21:00"  # clocks were put back, a day is a day
    assert row(sheet, "migrate archive")[1] == "Fri 22 Jan 2027"
    assert row(sheet, "read-only")[3] == "admin"  # whom nobody has named
    assert "`golive try addresses help@old.example -e production`" in sheet  # to be copied
    assert "--at '2026-10-24 22:00' -e production" in sheet
    assert "golive migrate rollback inbox -e production" in sheet.partition("## The way back")[2]


def test_without_a_day_the_hours_are_counted(declared: Migration) -> None:
    sheet = cutover_sheet(FOUND, declared, CutoverDay(), "")
    assert [row(sheet, words)[1] for words in ("migrate plan", "Forward", "read-only", "migrate archive")] == [
        "T-24 h", "T", "T+15 min", "T+90 days",
    ]  # fmt: skip

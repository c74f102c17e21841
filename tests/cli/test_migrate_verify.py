"""What verify calls a mistake, what it calls work, and that its sum says what is there by now."""

from __future__ import annotations

import base64
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.cli.test_migrate_delta import changed_by_somebody, opened
from tests.cli.test_migrate_run import document, migrate, tickets, wired
from tests.cli.workspace import Workspace

__all__ = ["wired"]
pytestmark = pytest.mark.engine
MAJA = "maja@tidewater.example"
TELLS = {
    "title": "Thank the customer",
    "conditions": {"all": [{"field": "update_type", "operator": "is", "value": "Change"}], "any": []},
    "actions": [{"field": "notification_user", "value": ["requester_id", "Thanks", "Thank you"]}],
}


def found_wrong(said: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Check → (old id, what was said)."""
    wrong = (each for each in said["checks"] if each["wrong"])
    return {each["check"]: [(one["source"], one["said"]) for one in each["examples"]] for each in wrong}


def test_a_file_that_holds_something_else_is_found_by_its_content(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    right = document(wired, "verify")
    assert (right["files_by_content"], right["files_by_size"]) == (1, 0)
    assert "Files: 1 loaded again and compared by content." in migrate(wired, "verify").out
    [file] = wired.sandbox.store.table("zendesk", "attachments").values()
    content = base64.b64decode(file["_content"])
    file["_content"] = base64.b64encode(content[::-1]).decode()  # as large as it was
    assert found_wrong(document(wired, "verify", code=1)) == {
        "files": [("5@a", f"{file['file_name']} holds something else than was sent")]
    }
    unread = document(wired, "verify", "--files", "0.0001%")
    assert (unread["files_by_content"], unread["files_by_size"]) == (0, 1)
    file["_secret"] = "another"  # its address leads nowhere any more
    [(_, said)] = found_wrong(document(wired, "verify", code=1))["files"]
    assert "cannot be loaded" in said


def test_a_rule_that_acted_is_named(wired: Workspace) -> None:
    opened(wired)
    document(wired, "run", "--yes")
    wired.sandbox.zendesk("POST", "triggers", {"trigger": TELLS})
    changed_by_somebody(wired.sandbox, tickets(wired)["4@a"], status="pending")
    [(source, said)] = found_wrong(document(wired, "verify", code=1))["silence"]
    assert (source, said) == ("4@a", "Thank the customer: Notification")
    path = wired.root / "migrations" / "inbox.yaml"
    decided = 'live_triggers:\n  "Thank the customer": {decision: It carries our answers}\n'
    path.write_text(path.read_text(encoding="utf-8") + decided, encoding="utf-8")
    assert document(wired, "verify")["worked_on"] == 1


def test_what_rules_do_upon_the_teams_work_is_ordinary_unless_nobody_did_anything(wired: Workspace) -> None:
    opened(wired)
    document(wired, "run", "--yes")
    changing = {"conditions": TELLS["conditions"], "actions": [{"field": "priority", "value": "high"}]}
    wired.sandbox.zendesk("POST", "triggers", {"trigger": {"title": "Waiting goes up", **changing}})
    changed_by_somebody(wired.sandbox, tickets(wired)["4@a"], status="pending")
    assert document(wired, "verify")["worked_on"] == 1
    audits = tickets(wired)["4@a"]["_audits"]
    [audit] = [each for each in audits if any(one.get("value") == "pending" for one in each["events"])]
    audit["author_id"] = -1  # as the vendor writes what an automation does
    audit["events"] = [each for each in audit["events"] if (each.get("via") or {}).get("channel") == "rule"]
    assert found_wrong(document(wired, "verify", code=1))["silence"] == [("4@a", "Waiting goes up: Change")]


def test_work_of_the_team_is_no_mistake_as_long_as_all_that_was_sent_is_there(wired: Workspace) -> None:
    opened(wired)
    document(wired, "run", "--yes")
    held = tickets(wired)["4@a"]
    note = {"body": "We look into it", "public": False}
    changed_by_somebody(wired.sandbox, held, comment=note, status="pending", tags=["imported", "vip"], priority="high")
    said = document(wired, "verify")
    assert (said["is_right"], said["worked_on"]) == (True, 1)
    assert said["worked_on_tickets"] == [{"source": "4@a", "target": str(held["id"])}]
    assert f"1 were worked on since, which is no mistake: {held['id']}" in migrate(wired, "verify").out
    first = tickets(wired)["1@a"]
    first["updated_at"] = held["updated_at"] = tickets(wired)["4@a"]["updated_at"]
    first["_comments"][2]["public"] = True
    tickets(wired)["4@a"]["_comments"][0]["body"] = tickets(wired)["4@a"]["_comments"][0]["html_body"] = "x"
    wrong = found_wrong(document(wired, "verify", code=1))
    assert {check: each[0][0] for check, each in wrong.items()} == {"private": "1@a", "bodies": "4@a"}


def test_what_is_not_there_any_more_is_not_counted_as_imported(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    wired.sandbox.zendesk("DELETE", f"tickets/{tickets(wired)['4@a']['id']}")
    said = document(wired, "verify", code=1)
    by_type = {each["type"]: (each["imported"], each["unexplained"]) for each in said["sums"] if each["by"] == "type"}
    assert (by_type["tickets"], by_type["comments"]) == ((42, 1), (44, 1))
    months = [each["unexplained"] for each in said["sums"] if each["by"] == "month" and each["word"] == "2024-03"]
    assert months == [1]


def test_numbers_of_the_old_tool_are_held_against_what_was_read(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    path = wired.root / "migrations" / "inbox.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}shown: {{tickets: 43}}\n", encoding="utf-8")
    assert "shows 43 tickets, and as many were read" in migrate(wired, "verify").out
    path.write_text(f"{before}shown: {{tickets: 44}}\n", encoding="utf-8")
    [number] = document(wired, "verify", code=1)["shown"]
    assert number == {"what": "tickets", "shown": 44, "read": 43}
    for verb, code in (("profile", 0), ("verify", 1), ("report", 0)):
        assert "shows 44 tickets; 43 were read" in migrate(wired, verb, code=code).out


def by_type(said: dict[str, Any], what: str) -> dict[str, dict[str, int]]:
    """Type → one number of the sum."""
    return {each["type"]: each[what] for each in said["sums"] if each["by"] == "type"}


def test_what_came_and_was_never_understood_is_unexplained(wired: Workspace) -> None:
    """The sum's source is what the old tool gave out, and not what golive made of it."""
    document(wired, "run", "--yes")
    before = document(wired, "verify")
    staging = wired.root / ".golive" / "migrations" / "inbox" / "staging.sqlite"
    with closing(sqlite3.connect(staging)) as database, database:
        [(lost,)] = database.execute("SELECT id FROM comments WHERE ticket = '1@a' ORDER BY at DESC LIMIT 1").fetchall()
        database.execute("DELETE FROM comments WHERE id = ?", (lost,))
    said = document(wired, "verify", code=1)
    assert by_type(said, "source") == by_type(before, "source")
    assert by_type(said, "unexplained")["comments"] == 1
    assert said["lost"] == [{"type": "comments", "id": lost}]
    assert f"comment {lost}: the old tool gave it out" in migrate(wired, "verify", code=1).out


def test_whoever_is_named_and_was_never_sent_is_unexplained(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    assert set(by_type(document(wired, "verify"), "unexplained").values()) == {0}
    ledger = wired.root / "migrations" / "ledger" / "inbox.sandbox.sqlite"
    with closing(sqlite3.connect(ledger)) as database, database:
        gone = database.execute("DELETE FROM entries WHERE type = 'people' AND source = ?", (MAJA,)).rowcount
    assert gone == 1
    assert by_type(document(wired, "verify", code=1), "unexplained")["people"] == 1


def test_the_sum_says_why(wired: Workspace) -> None:
    path = wired.root / "migrations" / "inbox.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}window: {{since: 2024-03-02}}\n", encoding="utf-8")
    document(wired, "run", "--yes")
    said = document(wired, "verify")
    left = {each["reason"]: each["number"] for each in said["reasons"] if each["type"] == "tickets"}
    assert left == {"it began before 2024-03-02": by_type(said, "skipped")["tickets"]}
    assert "left out: it began" in (out := migrate(wired, "verify").out) and "it began before 2024-03-02" in out


def test_every_number_of_the_sum_has_its_reasons(wired: Workspace) -> None:
    path = wired.root / "migrations" / "inbox.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}window: {{since: 2024-03-06}}\n", encoding="utf-8")
    document(wired, "run", "--yes")
    said = document(wired, "verify")
    for what in ("skipped", "failed", "quarantined"):
        counted: dict[str, int] = {}
        for each in said["reasons"]:
            if each["fate"] == what:
                counted[each["type"]] = counted.get(each["type"], 0) + each["number"]
        assert counted == {type_: number for type_, number in by_type(said, what).items() if number}
    assert by_type(said, "skipped")["comments"] > by_type(said, "skipped")["tickets"] > 0


def test_what_is_not_read_to_its_end_has_no_sum(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    staging = wired.root / ".golive" / "migrations" / "inbox"
    [raw] = (staging / "raw").iterdir()
    with raw.open("ab") as file:
        file.write(b"\x1f\x8b\x08")  # what a process that was killed left behind
    assert document(wired, "verify")["is_right"]
    with closing(sqlite3.connect(staging / "staging.sqlite")) as database, database:
        database.execute("UPDATE notes SET value = '' WHERE key = 'whole'")  # as a delta leaves it that was killed
    assert "is not read to its end" in migrate(wired, "verify", code=1).err

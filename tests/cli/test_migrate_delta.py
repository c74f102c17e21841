"""An old tool that goes on while its past is brought over: what is new, what has changed, and what people look at."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from migrations.ledger.ledger import Ledger
from tests.cli.conftest import empty_workspace
from tests.cli.test_migrate_run import MAILS, MIGRATION, document, migrate, tickets, wired
from tests.cli.workspace import Workspace
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.migrations.mailbox.mails import CUSTOMER, TEAM, mail, mbox
from tests.migrations.zendesk.old_account import SEED, imported

__all__ = ["wired"]
pytestmark = pytest.mark.engine

LATER = (
    *MAILS,
    mail("6@a", day=28, sender="jo@ferry.example", to=TEAM, subject="Re: Long", text="More", In_Reply_To="<4@a>"),
    mail("7@a", day=29, sender="new@shop.example", subject="Another"),
)


def next_step(workspace: Workspace) -> str:
    """What the status says comes next."""
    [entry] = workspace.golive("migrate", "status", "--json").document["migrations"]
    return str(entry["next"])


def goes_on(workspace: Workspace, *mails: bytes) -> None:
    """The inbox is exported again."""
    (workspace.root / "exports" / "inbox.mbox").write_bytes(mbox(*mails))


def ledger_of(workspace: Workspace) -> Ledger:
    return Ledger(workspace.root / "migrations" / "ledger" / "inbox.sandbox.sqlite")


def sent_long_ago(workspace: Workspace) -> None:
    """The run was yesterday."""
    ledger = ledger_of(workspace)
    ledger.close()
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as database:
        database.execute("UPDATE entries SET at = strftime('%Y-%m-%dT%H:%M:%fZ', at, '-1 day')")


def changed_by_somebody(sandbox: LiveSandbox, ticket: dict[str, Any], **values: Any) -> None:
    """As an agent does it in the admin centre."""
    sandbox.zendesk("PUT", f"tickets/{ticket['id']}", {"ticket": values})


def opened(workspace: Workspace, *, waits: bool = False) -> None:
    """The migration's file, by which unanswered mails stay open, and what is not finished may wait."""
    path = workspace.root / "migrations" / "inbox.yaml"
    said = MIGRATION.replace("unanswered: {to: closed, decision: Done in the old inbox}", "unanswered: {to: open}")
    path.write_text(said + ("open_tickets: wait\n" if waits else ""), encoding="utf-8")
    for kind in ("triggers", "automations"):  # nothing of the account's own may act on open tickets
        for rule in workspace.sandbox.store.table("zendesk", kind).values():
            rule["active"] = False


def test_what_is_new_and_what_has_changed(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    before = {source: row["id"] for source, row in tickets(wired).items()}
    goes_on(wired, *LATER)
    wired.sandbox.clear_log()
    plan = document(wired, "delta", "--check")
    assert plan["changes"] == {"new": 1, "changed": 1, "same": 42}
    assert (plan["records"]["tickets"], plan["records"]["comments"], plan["run"]) == (2, 3, None)
    assert wired.sandbox.writes() == []
    assert {each["fate"]: each["subject"] for each in plan["found"]} == {"new": "Another", "changed": "Long"}
    assert next_step(wired) == "golive migrate delta inbox --as-read"
    assert document(wired, "map")["renumbered"] > 0  # which decides nothing
    assert not document(wired, "delta", "--check", "--as-read")["decided_anew"]
    assert "1  changed: made anew, and the former one deleted" in migrate(wired, "delta", "--check").out

    refused = migrate(wired, "delta", "--yes", code=2)
    assert "--replace-tickets 1" in refused.err and {each["id"] for each in tickets(wired).values()} == {
        *before.values()
    }
    done = document(wired, "delta", "--yes", "--replace-tickets", "1")
    assert (done["run"]["made"]["tickets"], done["run"]["refused"], done["run"]["is_whole"]) == (2, [], True)
    now = tickets(wired)
    assert {source for source, row in now.items() if before.get(source) != row["id"]} == {"4@a", "7@a"}
    assert [each["plain_body"] for each in now["4@a"]["_comments"]][-1] == "More"
    ledger = ledger_of(wired)
    assert ledger.former.ids("tickets", "4@a") == [str(before["4@a"])]
    ledger.close()
    assert next_step(wired) == "golive migrate verify inbox"
    assert document(wired, "verify")["is_right"]
    assert next_step(wired) == "golive migrate report inbox"  # the old tool was just looked at
    assert document(wired, "delta", "--yes")["changes"] == {"same": 44}
    made = sum(document(wired, "report")["made"].values())
    before_that = len(wired.sandbox.store.table("zendesk", "deleted_tickets"))
    assert before_that == 1
    refused = migrate(wired, "rollback", "--for-good", "--yes", "--delete-records", str(made), code=2)
    assert f"--delete-records {made + 1}" in refused.err
    document(wired, "rollback", "--for-good", "--yes", "--delete-records", str(made + 1))
    assert tickets(wired) == {} and wired.sandbox.store.table("zendesk", "deleted_tickets") == {}
    assert document(wired, "rollback", "--for-good", "--yes")["made"] == {}


def test_what_was_worked_on_is_left_alone_and_named(wired: Workspace) -> None:
    opened(wired)
    document(wired, "run", "--yes")
    sent_long_ago(wired)
    held = tickets(wired)["4@a"]
    changed_by_somebody(wired.sandbox, held, comment={"body": "We look into it", "public": False})
    goes_on(wired, *LATER)
    found = document(wired, "delta", "--yes", "--replace-tickets", "0")
    assert (found["changes"]["worked_on"], found["changes"].get("changed", 0)) == (1, 0)
    [left] = found["left"]
    assert (left["source"], left["target"], left["subject"]) == ("4@a", str(held["id"]), "Long")
    assert left["page"].endswith(f"/agent/tickets/{held['id']}")
    assert tickets(wired)["4@a"]["id"] == held["id"]
    assert "--also 4@a" in migrate(wired, "delta", "--check").out
    done = document(wired, "delta", "--as-read", "--also", "4@a", "--yes", "--replace-tickets", "1")
    assert done["run"]["made"]["tickets"] == 1 and tickets(wired)["4@a"]["id"] != held["id"]


def test_what_is_gone_on_either_side_is_named(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    held = tickets(wired)
    wired.sandbox.zendesk("DELETE", f"tickets/{held['4@a']['id']}")
    goes_on(wired, *(each for each in LATER if b"Message-ID: <3@c>" not in each))
    found = document(wired, "delta", "--yes")
    assert {each["fate"]: each["source"] for each in found["left"]} == {"deleted": "4@a", "vanished": "3@c"}
    assert "4@a" not in tickets(wired) and tickets(wired)["3@c"]["id"] == held["3@c"]["id"]


def test_an_export_that_was_cut_off_is_told(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    goes_on(wired, *MAILS[:12])
    for _ in range(2):  # it stays one, however often somebody looks
        said = migrate(wired, "delta", "--check").out
        assert "The old tool has given out less than the time before" in said and "where it had 43" in said
    goes_on(wired, *LATER)
    assert "given out less" not in migrate(wired, "delta", "--check").out


def test_open_tickets_wait_for_the_cutover(wired: Workspace, tmp_path: Path) -> None:
    opened(wired, waits=True)
    document(wired, "run", "--yes")
    finished = set(tickets(wired))
    plan = document(wired, "delta", "--check", "--as-read")
    assert plan["waiting"] == plan["unfinished"] == 43 - len(finished) > 0
    day = ("--runsheet", str(tmp_path / "cutover.md"), "--at", "2026-12-12 18:00")
    last = document(wired, "delta", "--cutover", "--yes", *day)
    assert (last["waiting"], len(tickets(wired))) == (0, 43)
    sheet = (tmp_path / "cutover.md").read_text(encoding="utf-8")
    assert "| Sat 12 Dec 18:15 |" in sheet
    assert "golive migrate delta inbox --cutover" in sheet and "golive migrate verify inbox" in sheet
    document(wired, "delta", "--as-read", "--yes")  # without --cutover: what came with it stays
    assert document(wired, "verify")["is_right"] and len(tickets(wired)) == 43


def test_what_still_comes_into_the_old_tool_and_what_answers_it_in_the_new_one(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    sandbox = wired.sandbox
    held = tickets(wired)["1@a"]
    sandbox.forward(600)
    for subject in ("Re: A card", "Something else"):
        body = {"subject": subject, "comment": {"body": "?"}, "requester_id": held["requester_id"]}
        sandbox.zendesk("POST", "tickets", {"ticket": body})
    sandbox.forward(600)
    today = time.strftime("%d %b %Y %H:%M:%S +0000", time.gmtime(time.time() + 60))
    late = mail("8@a", sender=CUSTOMER, subject="Late").replace(
        b"Date: 01 Mar 2024 10:00:00 +0100", f"Date: {today}".encode()
    )
    goes_on(wired, *MAILS, late)
    found = document(wired, "delta", "--check")
    assert found["arrived"] == {"support@quayside.example": 1}
    [reply] = found["replies"]
    assert (reply["belongs_to"], reply["source"], reply["subject"]) == (str(held["id"]), "1@a", "Re: A card")


@pytest.mark.parametrize("path", ["tickets/destroy_many", "imports/tickets/create_many"])
@pytest.mark.parametrize("kind", ["cut_after", "cut_before", "error_500"])
def test_a_lost_answer_loses_nothing_and_sends_nothing_twice(wired: Workspace, path: str, kind: str) -> None:
    document(wired, "run", "--yes")
    goes_on(wired, *LATER)
    wired.sandbox.fault(kind=kind, system="zendesk", path=path, times=1)
    first = wired.golive("migrate", "delta", "inbox", "--yes", "--replace-tickets", "1")
    assert first.code in (0, 1), first.err
    wired.sandbox.heal()
    anew = document(wired, "delta", "--as-read", "--check")["changes"].get("changed", 0)
    document(wired, "delta", "--as-read", "--yes", "--replace-tickets", str(anew))
    rows = wired.sandbox.store.table("zendesk", "tickets").values()
    assert (
        sum("imported" in row["tags"] for row in rows) == len(tickets(wired)) == 44
        and document(wired, "verify")["is_right"]
    )


def test_what_cannot_be_brought_back_is_not_asked_for_twice(wired: Workspace) -> None:
    document(wired, "run", "--limit", "3", "--yes")
    made = sum(document(wired, "report")["made"].values())
    document(wired, "rollback", "--yes", "--delete-records", str(made))
    deleted = wired.sandbox.store.table("zendesk", "deleted_tickets")
    del deleted[next(iter(deleted))]  # somebody else has done it meanwhile
    wired.sandbox.fault(kind="cut_after", system="zendesk", path="deleted_tickets/destroy_many", times=1)
    people = made - 3
    again = wired.golive("migrate", "rollback", "inbox", "--for-good", "--yes", "--delete-records", str(3 + people))
    wired.sandbox.heal()
    if again.code:
        left = 3 + people
        document(wired, "rollback", "--for-good", "--yes", "--delete-records", str(left))
    assert deleted == {} and document(wired, "rollback", "--for-good", "--yes")["made"] == {}


def test_an_old_zendesk_is_asked_only_for_what_has_changed(empty_state: Path, tmp_path: Path) -> None:
    with running_sandbox(SEED) as old, running_sandbox() as new:
        workspace = empty_workspace(tmp_path, new, empty_state)
        workspace.up()
        first, second, third = (imported(old, subject=f"Number {number}") for number in range(3))
        old.forward(120)  # the export leaves out what was changed in the last minute
        path = workspace.root / "migrations" / "inbox.yaml"
        path.parent.mkdir(exist_ok=True)
        source = {"zendesk": {"api": {"url": f"{old.url}/zendesk", "token": "sandbox"}, "help_center": False}}
        path.write_text(yaml.safe_dump({"name": "Old", "source": source}), encoding="utf-8")
        document(workspace, "extract")
        document(workspace, "map")
        decide(path)
        document(workspace, "run", "--yes")
        before = {source: row["id"] for source, row in tickets(workspace).items()}
        assert set(before) == {str(first), str(second), str(third)}

        fourth = imported(old, subject="New", status="closed", updated_at=now_there(old))
        row = old.store.table("zendesk", "tickets")[str(second)]
        row |= {"subject": "Number 1, after all", "updated_at": now_there(old)}
        old.zendesk("DELETE", f"tickets/{third}")
        old.forward(120)
        new.forward(300)  # nothing may be of the future there
        old.clear_log()
        done = document(workspace, "delta", "--yes", "--replace-tickets", "1")
        assert done["changes"] == {"new": 1, "changed": 1, "same": 1, "vanished": 1} and done["since"]
        asked = {call["path"].partition("/api/v2/")[2] for call in old.log()}
        assert {f"tickets/{second}/comments", f"tickets/{fourth}/comments"} <= asked
        assert f"tickets/{first}/comments" not in asked
        now = tickets(workspace)
        assert now[str(second)]["subject"] == "Number 1, after all" and now[str(second)]["id"] != before[str(second)]
        assert now[str(third)]["id"] == before[str(third)]
        assert [each["source"] for each in done["left"]] == [str(third)]


def decide(path: Path) -> None:
    """What a person writes where golive proposes nothing."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for sort, rows in data["mapping"].items():
        for row in rows.values():
            if "to" not in row:
                row |= {"to": "placeholder"} if sort == "people" else {"drop": True, "decision": "Nobody uses it"}
    path.write_text(yaml.safe_dump(data), encoding="utf-8")


def now_there(sandbox: LiveSandbox) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(sandbox.store.clock()))

"""A migration through the command line: read, counted, mapped."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from golive.terminal.exits import Exit
from migrations.sources.source import SourceFault
from tests.cli.conftest import new_workspace
from tests.cli.workspace import Ran, Workspace
from tests.live_sandbox import LiveSandbox
from tests.migrations.mailbox.mails import CUSTOMER, TEAM, mail, mbox

MAILS = (
    mail("1@a", subject="A refund for my card", X_Gmail_Labels="Refunds"),
    mail("2@b", day=2, sender=TEAM, to=CUSTOMER, subject="Re: A refund for my card", In_Reply_To="<1@a>"),
    mail("3@a", day=9, subject="A refund again", X_Gmail_Labels="Other"),
    mail("3@a", day=9, subject="A refund again", X_Gmail_Labels="Other"),
    b"no mail\n",
)
FILE = """name: The shared inbox
source:
  mailbox: {paths: [exports/inbox.mbox]}   # from Takeout
own: [quayside.example]
"""


@pytest.fixture
def workspace(sandbox: LiveSandbox, tmp_path: Path) -> Workspace:
    made = new_workspace(tmp_path, sandbox, "--example")
    for name, content in (("exports/inbox.mbox", mbox(*MAILS)), ("migrations/old_inbox.yaml", FILE.encode())):
        path = made.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return made


def migrate(workspace: Workspace, verb: str, *more: str, code: int = 0) -> Ran:
    ran = workspace.golive("migrate", verb, "old_inbox", *more)
    assert ran.code == code, ran.err
    return ran


def document(workspace: Workspace, verb: str, *more: str) -> dict[str, Any]:
    return migrate(workspace, verb, *more, "--json").checked(f"migrate-{verb}")


def next_step(workspace: Workspace) -> str:
    found = workspace.golive("migrate", "status", "--json").document["migrations"]
    return str(next(each["next"] for each in found if each["key"] == "old_inbox"))


def test_it_is_read_once_and_counted(workspace: Workspace) -> None:
    assert migrate(workspace, "extract").out.splitlines() == [
        "The shared inbox: 2 people, 2 tickets, 3 comments",
        "  put aside: 1 comment; each with the reason:  golive migrate profile old_inbox",
        "  left out: 1 comment; each with the reason:  golive migrate profile old_inbox",
        "",
        "It is read to its end; 5 entries read now. What it holds:  golive migrate profile old_inbox",
    ]
    again = document(workspace, "extract")
    assert (again["is_whole"], again["read"], again["records"]) == (True, 0, {"people": 2, "tickets": 2, "comments": 3})

    said = migrate(workspace, "profile", "--html", str(workspace.root / "profile.html")).out
    for line in (
        "from 2024-03-01 to 2024-03-09",
        "2  ████████",
        "labels  ticket  filled in 2, 2 different: Other 1, Refunds 1",
    ):
        assert line in said
    assert "1  comment, put aside: no mail that can be read  exports/inbox.mbox@" in said
    assert "1  comment, left out: the same mail again" in said
    page = (workspace.root / "profile.html").read_text(encoding="utf-8")
    assert "<h2>By month</h2>" in page and "Refunds" in page and "<script" not in page
    counted = document(workspace, "profile")
    assert counted["drivers"] == [{"words": "refund", "tickets": 2, "share": 1.0}]
    assert {each["reason"]: each["number"] for each in counted["left_out"]} == {
        "no mail that can be read": 1,
        "the same mail again": 1,
    }


def test_a_reading_that_somebody_stops_says_so(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not that the old tool does not answer: the call was given up for it."""

    def given_up(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        raise SourceFault("the old tool", "it does not answer", "")

    monkeypatch.setattr("golive.migrating.rereading.extract", given_up)
    said = migrate(workspace, "extract", code=int(Exit.CANCELLED))
    assert "Stopped; nothing is lost. To go on:  golive migrate extract old_inbox" in said.out


def test_the_file_gets_every_word_and_keeps_what_people_wrote(workspace: Workspace) -> None:
    migrate(workspace, "extract")
    said = migrate(workspace, "map", "--exit-code", code=7).out
    path = workspace.root / "migrations" / "old_inbox.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.startswith(FILE) and "answered: {to: closed, records: 1}" in text
    line = text.splitlines().index("    support@quayside.example: {records: 2}") + 1
    assert "person “support@quayside.example”  2 records" in said
    assert "Written into it now: 4 new lines, 2 of which wait for your decision." in said
    assert next_step(workspace) == "golive migrate map old_inbox --check"
    assert f"migrations/old_inbox.yaml:{line}" in said
    assert workspace.golive("validate").code == 0

    decided = text.replace(
        "support@quayside.example: {records: 2}", "support@quayside.example: {to: placeholder} # gone"
    )
    path.write_text(
        decided.replace("labels: {records: 2}", "labels: {drop: true, decision: Nobody uses them}"), encoding="utf-8"
    )
    assert "Every word has its place." in migrate(workspace, "map", "--exit-code").out
    kept = path.read_text(encoding="utf-8")
    assert "support@quayside.example: {to: placeholder, records: 2} # gone" in kept
    assert migrate(workspace, "map").out.count("Written into it") == 0
    lossy = document(workspace, "map", "--check")["lossy"]
    assert [(each["path"][-1], each["decision"]) for each in lossy] == [("labels", "Nobody uses them")]


@pytest.mark.parametrize(
    ("arguments", "what", "do"),
    [
        (("extract", "old_inbx"), "There is no migrations/old_inbx.yaml.", "Did you mean `old_inbox`?"),
        (("profile", "old_inbox"), "Nothing of The shared inbox was read yet.", "golive migrate extract old_inbox"),
        (("map", "old_inbox"), "Nothing of The shared inbox was read yet.", "golive migrate extract old_inbox"),
    ],
)
def test_what_cannot_be_done_is_said(workspace: Workspace, arguments: tuple[str, str], what: str, do: str) -> None:
    ran = workspace.golive("migrate", *arguments)
    assert ran.code == 2 and what in ran.err and do in ran.err
    error = json.loads(workspace.golive("migrate", *arguments, "--json").out)["error"]
    assert error["what"] == what and do in error["do"]


def test_a_file_that_is_wrong_or_missing_is_a_finding(workspace: Workspace) -> None:
    path = workspace.root / "migrations" / "old_inbox.yaml"
    path.write_text(FILE.replace("inbox.mbox", "inbx.mbox").replace("own:", "owned:"), encoding="utf-8")
    found = {each["rule"]: each for each in workspace.golive("validate", "--json").document["findings"]}
    assert found["schema.unknown-attribute"]["file"] == "migrations/old_inbox.yaml"
    path.write_text(FILE.replace("inbox.mbox", "inbx.mbox"), encoding="utf-8")
    [finding] = [
        each for each in workspace.golive("validate", "--json").document["findings"] if each["rule"] == "migration.path"
    ]
    assert "Did you mean `exports/inbox.mbox`?" in finding["hint"]
    ran = workspace.golive("migrate", "extract", "old_inbox")
    assert ran.code == 2 and "has a mistake; nothing was done" in ran.err


def test_status_says_what_comes_next(workspace: Workspace) -> None:
    def entry() -> dict[str, Any]:
        found = workspace.golive("migrate", "status", "--json").checked("migrate-status")["migrations"]
        return next(each for each in found if each["source"] == "Shared inbox" and "own" not in each["name"])

    assert entry()["next"] == "golive migrate extract old_inbox"
    migrate(workspace, "extract")
    found = entry()
    assert (found["next"], found["is_whole"], found["open"]) == ("golive migrate map old_inbox", True, 4)
    assert found["addresses"] == ["support@quayside.example"] and found["counted"]["comments"] == 5
    said = workspace.golive("migrate", "status").out
    assert "4 words have no place" in said and "Next:  golive migrate map old_inbox" in said
    (workspace.root / "migrations" / "old_inbox.yaml").write_text("name: x\n", encoding="utf-8")
    assert "Next:  golive validate" in workspace.golive("migrate", "status").out


def test_an_export_that_holds_less_than_the_one_before_is_told(workspace: Workspace) -> None:
    migrate(workspace, "extract")
    (workspace.root / "exports" / "inbox.mbox").write_bytes(mbox(*MAILS[:1]))
    assert "--again" in migrate(workspace, "extract", code=1).err
    said = migrate(workspace, "extract", "--again").out
    assert "1 ticket, where it had 2 the time before; 1 comment, where it had 3 the time before" in said
    assert "given out less" in migrate(workspace, "extract", "--again").out, "it is told until something was sent"


def test_what_another_version_has_read_is_read_again(workspace: Workspace) -> None:
    migrate(workspace, "extract")
    staging = workspace.root / ".golive" / "migrations" / "old_inbox" / "staging.sqlite"
    with closing(sqlite3.connect(staging)) as database, database:
        database.execute("UPDATE notes SET value = '0' WHERE key = 'format'")
    [entry] = workspace.golive("migrate", "status", "old_inbox", "--json").document["migrations"]
    assert entry["next"] == "golive migrate extract old_inbox --again"
    assert "another version" in migrate(workspace, "profile", code=1).err
    assert document(workspace, "extract", "--again")["is_whole"]
    migrate(workspace, "profile")

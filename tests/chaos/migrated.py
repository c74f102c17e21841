"""Histories that are brought over while golive dies, and all that came of it, in a form that can be compared."""

from __future__ import annotations

import random
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from migrations.ledger.ledger import Ledger
from migrations.staging.staging import Staging
from tests.cli.workspace import SCRIPT, Workspace
from tests.migrations.mailbox.mails import mail, mbox
from tests.migrations.staged import content

KEY = "old"
LATENCY = 0.08
"""Seconds before each call of a run that is to die is carried out, so that some die while one is under way."""
BEGINS_JOB = "create_many|destroy_many"
"""The calls that make or delete something: what golive does not know of them when it dies, it has to find out."""
_OF_A_RUN = ("began", "ended", "raw_length")
_TIMES = ("began", "read_from")
"""Columns, and notes, that say when it was read, and not what."""
_IDS = re.compile(rb"^Message-ID: <([^>\r\n]+)>", re.MULTILINE | re.IGNORECASE)
MAPPING = {
    "statuses": {word: {"to": "closed", "decision": "Done"} for word in ("answered", "unanswered")},
    "people": {"support@quayside.example": {"to": "placeholder"}},
}


def declare(workspace: Workspace, source: dict[str, Any], mapping: dict[str, Any] | None = None) -> None:
    """The file in `migrations/`."""
    path = workspace.root / "migrations" / f"{KEY}.yaml"
    path.parent.mkdir(exist_ok=True)
    said = {"name": "The old tool", "source": source, "own": ["quayside.example"], "mapping": mapping or {}}
    path.write_text(yaml.safe_dump(said), encoding="utf-8")


def staging_folder(workspace: Workspace) -> Path:
    return workspace.root / ".golive" / "migrations" / KEY


def ledger_file(workspace: Workspace) -> Path:
    return workspace.root / "migrations" / "ledger" / f"{KEY}.sandbox.sqlite"


def kept(workspace: Workspace, *, raw: bool) -> dict[str, list[Any]]:
    """Everything that reading has kept: each record, each file, what is put aside and why. raw: each raw record, too,
    and the source's own tables; without it only which there are, as an account's answers hold links and times that are
    others each time."""
    staging = Staging(staging_folder(workspace))
    try:
        found = content(staging)
        if not raw:
            return {
                name: sorted({(row.type, row.id) for row in rows}) if name.endswith(".gz") else rows
                for name, rows in found.items()
            }
        names = [row[0] for row in staging.database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            columns = [row[1] for row in staging.database.execute(f"PRAGMA table_info({name})")]
            wanted = ", ".join(each for each in columns if each not in _OF_A_RUN)
            rows = staging.database.execute(f"SELECT {wanted} FROM {name}")
            found[f"table {name}"] = sorted((row for row in rows if row[0] not in _TIMES), key=repr)
        return found
    finally:
        staging.close()


def arrived(workspace: Workspace) -> dict[str, list[Any]]:
    """Everything of the migration that is in the helpdesk, and what the ledger says of it; old ids stand for new ones,
    and a ledger that names a wrong one shows."""
    table = workspace.sandbox.store.table
    users, tickets = table("zendesk", "users"), table("zendesk", "tickets")
    ledger = Ledger(ledger_file(workspace))
    try:
        assert ledger.open_batches() == []
    finally:
        ledger.close()
    live: dict[str, Any] = {**users, **tickets, **table("zendesk", "organizations")}
    with closing(sqlite3.connect(ledger_file(workspace))) as database:
        rows = database.execute("SELECT type, source, state, reason, trial, target FROM entries ORDER BY 1, 2")
        entries = [(*row[:5], (live.get(row[5]) or {}).get("external_id")) for row in rows]
        former = database.execute("SELECT type, source, COUNT(*) FROM former GROUP BY 1, 2 ORDER BY 1, 2").fetchall()
    return {
        "entries": entries,
        "former": former,
        "users": sorted((str(row["external_id"]), row["name"], row["email"], row["active"]) for row in users.values()),
        "tickets": sorted(_ticket(row, users) for row in tickets.values()),
    }


def _ticket(row: dict[str, Any], users: dict[str, Any]) -> tuple[Any, ...]:
    def who(identifier: Any) -> str:
        return str((users.get(str(identifier)) or {}).get("external_id"))

    comments = [
        (who(each["author_id"]), each["public"], each["html_body"], each["created_at"], _files(each))
        for each in row.get("_comments", ())
    ]
    facts = (row["subject"], row["status"], sorted(row["tags"]), row["created_at"], who(row["requester_id"]))
    return str(row["external_id"]), *facts, bool(row.get("_deleted")), comments


def _files(comment: dict[str, Any]) -> list[tuple[str, int]]:
    return [(each["file_name"], each["size"]) for each in comment.get("attachments", ())]


def records_made(workspace: Workspace) -> int:
    """What a rollback takes away, by the ledger."""
    with closing(sqlite3.connect(ledger_file(workspace))) as database:
        return int(database.execute("SELECT COUNT(*) FROM entries WHERE state = 'made'").fetchone()[0])


@dataclass(frozen=True)
class Step:
    """A verb that is killed. before: verbs that were carried out in peace. more: what is said beside its name. change:
    what happens to the export in between."""

    verb: str
    before: tuple[str, ...] = ()
    more: Callable[[Workspace], list[str]] = lambda _: ["--yes"]
    change: Callable[[Workspace], None] = lambda _: None

    def command(self, workspace: Workspace) -> list[str]:
        return ["migrate", self.verb, KEY, *self.more(workspace)]


def goes_on(workspace: Workspace) -> None:
    """The inbox is exported again: some conversations go on in it, and some begin."""
    path = workspace.root / "exports" / "mails.mbox"
    known = [name.decode() for name in _IDS.findall(path.read_bytes())[:400:10]]
    answers = [
        mail(f"more-{place}@x.example", sender=f"c{place}@shop.example", subject="Re: It", In_Reply_To=f"<{name}>")
        for place, name in enumerate(known)
    ]
    new = [
        mail(f"new-{place}@x.example", sender=f"n{place}@shop.example", subject=f"New {place}") for place in range(60)
    ]
    with path.open("ab") as file:
        file.write(mbox(*answers, *new))


def with_number(workspace: Workspace) -> list[str]:
    """How many tickets are still to be made anew has to be said."""
    found = workspace.golive("migrate", "delta", KEY, "--check", "--json").document
    return ["--yes", "--replace-tickets", str(found["changes"].get("changed", 0))]


STEPS = (
    Step("run"),
    Step("delta", ("run",), with_number, goes_on),
    Step("rollback", ("run",), lambda it: ["--yes", "--delete-records", str(records_made(it))]),
)
"""What is killed between two calls, or while one is under way."""


def in_peace(workspace: Workspace, arguments: list[str]) -> None:
    ran = workspace.golive(*arguments)
    assert ran.code == 0, f"{arguments}: {ran.code}\n{ran.out}\n{ran.err}"


def killed_after_calls(
    workspace: Workspace, arguments: list[str], calls: int, chance: random.Random, which: str = ""
) -> bool:
    """A run that dies once so many of its calls have arrived, before the last of them is carried out or a moment later;
    whether it was still there. which: the calls that count, a pattern of their paths."""
    workspace.sandbox.fault(kind="latency", value=1000 * LATENCY, path=which)
    process = _begun(workspace, arguments)
    while process.poll() is None and workspace.sandbox.fired() < calls:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 1.5 * LATENCY))
    struck = _struck(process)
    workspace.sandbox.heal()
    return struck


def killed_after(workspace: Workspace, arguments: list[str], seconds: float) -> bool:
    """A run that dies so many seconds after its database was there; whether it was still there."""
    process = _begun(workspace, arguments)
    while process.poll() is None and not (staging_folder(workspace) / "staging.sqlite").exists():
        time.sleep(0.005)
    time.sleep(seconds)
    return _struck(process)


def seconds_of(workspace: Workspace, arguments: list[str]) -> float:
    """How long a run goes on after its database was there."""
    process = _begun(workspace, arguments)
    while process.poll() is None and not (staging_folder(workspace) / "staging.sqlite").exists():
        time.sleep(0.005)
    began = time.monotonic()
    assert process.wait() == 0
    return time.monotonic() - began


def _begun(workspace: Workspace, arguments: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(SCRIPT), *arguments], cwd=workspace.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _struck(process: subprocess.Popen[bytes]) -> bool:
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL

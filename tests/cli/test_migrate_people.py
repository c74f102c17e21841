"""The team's own people, while those who decide change their minds: a seat, a name without one, another seat."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from migrations.ledger.database import Database
from migrations.ledger.ledger import Ledger
from tests.cli.conftest import empty_workspace
from tests.cli.test_migrate_run import document, migrate, tickets
from tests.cli.workspace import Workspace, written
from tests.live_sandbox import running_sandbox
from tests.migrations.mailbox.mails import CUSTOMER, TEAM, mail, mbox

pytestmark = pytest.mark.engine
PERSON = "support@quayside.example"
FILES: dict[str, Any] = {
    "people": {
        key: {"name": key.capitalize(), "email": f"{key}@quayside.example", "role": "agent", "invite": "now"}
        for key in ("aoife", "dana")
    },
}
MIGRATION = """
name: The shared inbox
source:
  mailbox: {{paths: [exports/inbox.mbox]}}
own: [quayside.example]
mapping:
  statuses:
    answered: {{to: closed, decision: Done}}
    unanswered: {{to: closed, decision: Done in the old inbox}}
  people: {people}
"""
MAILS = (
    *(mail(f"{n}@a", day=n + 1, subject=f"Number {n}") for n in range(3)),
    *(mail(f"{n}@b", day=n + 2, sender=TEAM, to=CUSTOMER, subject=f"Re: Number {n}", In_Reply_To=f"<{n}@a>")
      for n in range(2)),
)  # fmt: skip
ANSWERED = ("0@a", "1@a")
PLACEHOLDER = "placeholder"


@pytest.fixture
def wired(empty_state: Path, tmp_path: Path) -> Iterator[Workspace]:
    with running_sandbox() as sandbox:
        workspace = empty_workspace(tmp_path, sandbox, empty_state)
        workspace.config(written(FILES))
        workspace.up()
        decide(workspace, PLACEHOLDER)
        (workspace.root / "exports").mkdir(exist_ok=True)
        (workspace.root / "exports" / "inbox.mbox").write_bytes(mbox(*MAILS))
        assert workspace.golive("migrate", "extract", "inbox").code == 0
        yield workspace


def decide(workspace: Workspace, to: str) -> None:
    """Who it was that wrote for the team; an empty word takes the row out of the file."""
    path = workspace.root / "migrations" / "inbox.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(MIGRATION.format(people=f"{{{PERSON}: {{to: {to}}}}}" if to else "{}"), encoding="utf-8")


def ledger_of(workspace: Workspace) -> Ledger:
    return Ledger(workspace.root / "migrations" / "ledger" / "inbox.sandbox.sqlite")


def authors(workspace: Workspace) -> set[str]:
    """The names of whoever wrote the team's answers, as the helpdesk has them."""
    users = workspace.sandbox.store.table("zendesk", "users")
    held = tickets(workspace)
    return {users[str(held[each]["_comments"][1]["author_id"])]["name"] for each in ANSWERED if each in held}


def ours(workspace: Workspace) -> list[str]:
    """The names of living users whom the migration has made."""
    rows = workspace.sandbox.store.table("zendesk", "users").values()
    return sorted(row["name"] for row in rows if row["active"] and str(row["external_id"]).startswith("inbox:"))


def seats(workspace: Workspace) -> set[str]:
    rows = workspace.sandbox.store.table("zendesk", "users").values()
    return {row["name"] for row in rows if row["active"] and row["name"] in ("Aoife", "Dana")}


def bring(workspace: Workspace) -> dict[str, Any]:
    """A delta that does whatever there is to do."""
    anew = document(workspace, "delta", "--as-read", "--check")["changes"].get("changed", 0)
    return document(workspace, "delta", "--as-read", "--yes", "--replace-tickets", str(anew))


def take_away(workspace: Workspace, *more: str) -> dict[str, Any]:
    """A rollback of whatever there is."""
    refused = workspace.golive("migrate", "rollback", "inbox", "--yes", *more)
    if refused.code == 0:
        return document(workspace, "rollback", "--yes", *more)
    number = refused.err.split("--delete-records ")[1].split()[0]
    return document(workspace, "rollback", "--yes", "--delete-records", number, *more)


SUPPORT, UNKNOWN = "Support (has left)", "Unknown (brought over)"


def test_a_seat_that_is_decided_later_takes_the_placeholders_place(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    assert authors(wired) == {SUPPORT}
    decide(wired, "aoife")
    assert document(wired, "delta", "--as-read", "--check")["changes"] == {"changed": 2, "same": 1}
    assert bring(wired)["run"]["made"] == {"tickets": 2}
    assert authors(wired) == {"Aoife"} and document(wired, "verify")["is_right"]
    ledger = ledger_of(wired)
    entry = ledger.entry("people", PERSON)
    assert entry is not None and entry.state == "matched"
    assert [*ledger.former.there("people").values()] == [PERSON] and ours(wired) == ["Maja", SUPPORT, UNKNOWN]
    ledger.close()
    gone = take_away(wired)
    assert gone["made"] == {"tickets": 3, "people": 3} and ours(wired) == []
    assert document(wired, "rollback", "--yes")["made"] == {}
    assert seats(wired) == {"Aoife", "Dana"}


def test_a_seat_that_is_taken_back_gives_a_name_again(wired: Workspace) -> None:
    decide(wired, "aoife")
    document(wired, "run", "--yes")
    assert ours(wired) == ["Maja", UNKNOWN]
    for to, name in ((PLACEHOLDER, SUPPORT), ("dana", "Dana"), (PLACEHOLDER, SUPPORT), ("aoife", "Aoife")):
        decide(wired, to)
        assert bring(wired)["run"]["made"]["tickets"] == 2
        assert authors(wired) == {name} and document(wired, "verify")["is_right"]
        assert ours(wired) == ["Maja", SUPPORT, UNKNOWN]  # the same one each time
    decide(wired, "")
    assert "no place yet" in migrate(wired, "delta", "--as-read", "--yes", code=1).err
    take_away(wired)
    assert ours(wired) == [] and seats(wired) == {"Aoife", "Dana"}


def test_a_trial_takes_away_whom_it_made(wired: Workspace) -> None:
    document(wired, "run", "--limit", "3", "--yes")
    decide(wired, "aoife")
    document(wired, "rollback", "--trial", "--yes", "--delete-records", "6")
    document(wired, "run", "--limit", "1", "--yes")
    decide(wired, PLACEHOLDER)
    document(wired, "run", "--limit", "2", "--yes")
    decide(wired, "dana")
    document(wired, "run", "--limit", "3", "--yes")
    take_away(wired, "--trial")
    assert (ours(wired), tickets(wired), seats(wired)) == ([], {}, {"Aoife", "Dana"})


def test_whoever_was_made_and_works_there_by_now_is_not_taken_away(wired: Workspace) -> None:
    """Somebody has given the placeholder a seat, and taken it into the files."""
    document(wired, "run", "--yes")
    ledger = ledger_of(wired)
    made = ledger.targets("people", [PERSON])
    ledger.note_seats(made)
    assert ledger.former.there("people") == {}
    ledger.close()
    assert take_away(wired)["made"] == {"tickets": 3, "people": 2}
    assert ours(wired) == [SUPPORT]


class Died(BaseException):
    """The process is gone: nothing more is written."""


@contextmanager
def dying(monkeypatch: pytest.MonkeyPatch, commits: int) -> Iterator[None]:
    """A ledger whose process dies after so many steps."""
    left, step = commits, Database.transaction

    @contextmanager
    def counted(self: Database) -> Iterator[None]:
        nonlocal left
        if not left:
            raise Died
        left -= 1
        with step(self):
            yield

    with monkeypatch.context() as patch, suppress(Died):
        patch.setattr(Database, "transaction", counted)
        yield


@pytest.mark.parametrize("seed", range(3))
def test_whatever_comes_after_whatever(wired: Workspace, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Decisions, runs, deltas, rollbacks and deaths in any order; then a delta puts everything right, and a rollback
    leaves the account as it was."""
    chance = random.Random(seed)
    to = PLACEHOLDER
    for _ in range(8):
        what = chance.choice(("decide", "run", "delta", "delta", "rollback"))
        with dying(monkeypatch, chance.choice((10_000, chance.randint(1, 25)))):
            if what == "decide":
                to = chance.choice((PLACEHOLDER, "aoife", "dana"))
                decide(wired, to)
            elif what == "run":
                wired.golive("migrate", "run", "inbox", "--yes")
            elif what == "delta":
                for number in range(3):
                    wired.golive("migrate", "delta", "inbox", "--as-read", "--yes", "--replace-tickets", str(number))
            else:
                wired.golive("migrate", "rollback", "inbox", "--yes", "--delete-records", str(chance.randint(3, 9)))
    migrate(wired, "run", "--yes")
    bring(wired)
    found = document(wired, "verify")
    assert found["is_right"]
    assert authors(wired) == {{PLACEHOLDER: SUPPORT, "aoife": "Aoife", "dana": "Dana"}[to]}
    assert len(ours(wired)) == len(set(ours(wired))) and len(tickets(wired)) == 3
    take_away(wired)
    assert (ours(wired), tickets(wired), seats(wired)) == ([], {}, {"Aoife", "Dana"})

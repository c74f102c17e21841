"""What must never happen to a client's history, or to what people do in the new helpdesk meanwhile."""

from __future__ import annotations

import base64
import re
import time

import pytest

from golive.wording.record_words import records_said
from migrations.ledger.ledger import Ledger
from tests.cli.test_migrate_delta import (
    changed_by_somebody,
    goes_on,
    ledger_of,
    next_step,
    opened,
    sent_long_ago,
)
from tests.cli.test_migrate_run import MAILS, MIGRATION, PICTURE, document, migrate, tickets, users, wired
from tests.cli.workspace import Workspace
from tests.migrations.mailbox.mails import TEAM, mail, mbox

__all__ = ["wired"]
pytestmark = pytest.mark.engine
NOTE = {"body": "We look into it", "public": False}


def answered(day: int, text: str) -> bytes:
    return mail(f"{text}@a", day=day, sender="jo@ferry.example", to=TEAM, subject="Re: Long", text=text,
                In_Reply_To="<4@a>")  # fmt: skip


def test_own_people_are_not_taken_for_customers(wired: Workspace) -> None:
    path = wired.root / "migrations" / "inbox.yaml"
    path.write_text(MIGRATION.replace("quayside.example]", "quayside.exmple]"), encoding="utf-8")
    migrate(wired, "extract", "--again")
    refused = migrate(wired, "run", "--yes", code=1)
    assert "support@quayside.example" in refused.err and "would be public" in refused.err
    assert tickets(wired) == {}


def test_without_a_word_of_who_is_the_team_nothing_goes(wired: Workspace) -> None:
    path = wired.root / "migrations" / "inbox.yaml"
    path.write_text(MIGRATION.replace("own: [quayside.example]\n", ""), encoding="utf-8")
    [blocked] = [each for each in document(wired, "plan", code=1)["blocked"] if "own:" in each]
    assert "would be public" in blocked


def test_the_picture_of_a_private_note_is_shown_in_no_other_comment(wired: Workspace) -> None:
    """Mail programs call every logo the same."""
    secret = PICTURE.replace("\n\npng\n", "\n\nsecret\n")
    note = mail("5@b", day=6, sender=TEAM, to="grace@quayside.example", text=secret, In_Reply_To="<5@a>",
                Content_Type="multipart/related; boundary=b")  # fmt: skip
    (wired.root / "exports" / "inbox.mbox").write_bytes(mbox(*MAILS, note))
    migrate(wired, "extract", "--again")
    document(wired, "run", "--yes")
    public, private = tickets(wired)["5@a"]["_comments"]
    assert (public["public"], private["public"]) == (True, False)
    [own], [others] = (re.findall(r'<img src="([^"]+)"', each["html_body"]) for each in (public, private))
    assert own != others
    held = {each["content_url"]: each for each in wired.sandbox.store.table("zendesk", "attachments").values()}
    assert {base64.b64decode(held[each]["_content"]) for each in (own,)} == {b"png"}


def test_a_ledger_that_is_missing_is_noticed(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    ledger = ledger_of(wired)
    ledger.close()
    ledger.path.unlink()
    refused = migrate(wired, "run", "--yes", code=1)
    assert "a second time" in refused.err and "backups/" in refused.err
    assert len(wired.sandbox.store.table("zendesk", "tickets")) == 43


def test_nobody_becomes_unknown_because_a_job_was_lost(wired: Workspace) -> None:
    """The vendor forgets the first job, that of the people, before golive asks."""
    wired.sandbox.fault(kind="omit", system="zendesk", path="job_statuses/show_many", value=1.0, times=1)
    assert document(wired, "run", "--yes")["made"]["tickets"] == 43
    assert wired.sandbox.fired() == 1
    wired.sandbox.heal()
    found = document(wired, "verify")
    assert found["is_right"] and found["placeholders"] == 0


def test_what_a_trial_made_is_the_runs_afterwards(wired: Workspace) -> None:
    document(wired, "run", "--limit", "30", "--yes")
    document(wired, "run", "--yes")
    known = users(wired)
    assert document(wired, "rollback", "--trial", "--yes")["made"] == {}
    assert len(tickets(wired)) == 43 and users(wired) == known


def test_a_rollback_leaves_what_people_have_worked_on(wired: Workspace) -> None:
    opened(wired)
    document(wired, "run", "--yes")
    sent_long_ago(wired)
    held = tickets(wired)["4@a"]
    changed_by_somebody(wired.sandbox, held, comment=NOTE)
    gone = tickets(wired)["5@a"]
    wired.sandbox.zendesk("DELETE", f"tickets/{gone['id']}")  # and somebody has deleted this one already
    made = str(sum(document(wired, "report")["made"].values()))
    found = document(wired, "rollback", "--yes", "--delete-records", made, code=4)
    assert [(each["type"], each["examples"]) for each in found["refused"]] == [("tickets", ["4@a"])]
    assert set(tickets(wired)) == {"4@a"} and users(wired)["inbox:jo@ferry.example"] == 1
    left = str(sum(document(wired, "report")["made"].values()))
    document(wired, "rollback", "--worked-on", "--yes", "--delete-records", left)
    assert tickets(wired) == {} and users(wired) == {}


def test_work_that_was_kept_once_is_kept_for_good(wired: Workspace) -> None:
    """An agent writes between the comparing and the deleting; then the customer writes into the old tool again."""
    opened(wired)
    document(wired, "run", "--yes")
    sent_long_ago(wired)
    goes_on(wired, *MAILS, answered(20, "first"))
    former = tickets(wired)["4@a"]
    wired.sandbox.fault(kind="error_500", system="zendesk", path="tickets/destroy_many", method="DELETE", times=9)
    wired.golive("migrate", "delta", "inbox", "--yes", "--replace-tickets", "1")  # both are there now
    wired.sandbox.heal()
    changed_by_somebody(wired.sandbox, former, comment=NOTE)
    found = document(wired, "delta", "--yes", "--as-read", code=4)
    assert "bring both together" in found["run"]["refused"][0]["reason"]
    goes_on(wired, *MAILS, answered(20, "first"), answered(21, "second"))
    document(wired, "delta", "--yes", "--replace-tickets", "1", code=0)
    rows = wired.sandbox.store.table("zendesk", "tickets")
    assert str(former["id"]) in rows and any(
        "We look into it" in each["body"] for each in rows[str(former["id"])]["_comments"]
    )
    ledger: Ledger = ledger_of(wired)
    assert str(former["id"]) in ledger.former.ids("tickets", "4@a") and ledger.former.there("tickets") == {}
    ledger.close()
    found = document(wired, "verify", code=1)
    assert [each["check"] for each in found["checks"] if each["wrong"]] == ["there"]


def test_a_limit_of_none_is_no_limit_of_zero(wired: Workspace) -> None:
    assert "not in the range" in migrate(wired, "run", "--limit", "0", "--yes", code=2).err


def test_who_only_reads_leaves_no_ledger_behind(wired: Workspace) -> None:
    folder = wired.root / "migrations" / "ledger"
    for verb, more in (
        ("plan", ()), ("run", ()), ("verify", ()), ("report", ()), ("delta", ("--check",)), ("rollback", ("--yes",)),
    ):  # fmt: skip
        ran = wired.golive("migrate", verb, "inbox", *more)
        assert ran.code in (0, 1, 2), f"{verb}: {ran.err}"
        assert not folder.exists(), verb
    document(wired, "run", "--limit", "1", "--yes")
    before = ledger_bytes(wired)
    for verb, more in (("plan", ()), ("verify", ()), ("report", ()), ("rollback", ("--trial",))):
        wired.golive("migrate", verb, "inbox", *more)
        assert ledger_bytes(wired) == before, verb  # it is in git


def ledger_bytes(workspace: Workspace) -> bytes:
    return (workspace.root / "migrations" / "ledger" / "inbox.sandbox.sqlite").read_bytes()


def test_a_rollback_that_takes_nothing_away_is_no_run(wired: Workspace) -> None:
    document(wired, "run", "--limit", "1", "--yes")
    document(wired, "run", "--yes")
    assert document(wired, "verify")["is_right"]
    assert document(wired, "rollback", "--trial", "--yes")["run"] == 0  # the trial's ticket is the run's by now
    for each in tickets(wired).values():  # somebody has worked on each of them
        each["updated_at"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 60))
    made = str(sum(document(wired, "report")["made"].values()))
    found = document(wired, "rollback", "--yes", "--delete-records", made, code=4)
    assert (found["run"], found["made"]) == (0, {}) and len(tickets(wired)) == 43
    report = document(wired, "report")
    assert [each["verb"] for each in report["runs"]] == ["run", "run"]
    assert "has changed it" not in migrate(wired, "report").out
    assert next_step(wired) == "golive migrate delta inbox --check"


def test_what_is_deleted_for_good_is_counted(wired: Workspace) -> None:
    made = document(wired, "run", "--limit", "3", "--yes")["made"]
    gone = document(wired, "rollback", "--yes", "--delete-records", str(sum(made.values())))
    assert (gone["made"], gone["purged"]) == (made, {})
    ran = migrate(wired, "rollback", "--for-good", "--yes", "--delete-records", str(sum(made.values())))
    assert f"Deleted for good: {records_said(made)}" in ran.out
    assert document(wired, "rollback", "--for-good", "--yes")["purged"] == {}


def test_ids_that_differ_only_in_capital_letters_are_two_after_a_lost_answer(wired: Workspace) -> None:
    """One has arrived; of the other's call nobody knows whether it has, and it has not."""
    twins = ("Twin@z", "twin@z")
    goes_on(wired, *MAILS, *(mail(each, day=28, sender="twin@shop.example", subject=each) for each in twins))
    migrate(wired, "extract", "--again")
    document(wired, "run", "--limit", "44", "--yes")
    wired.sandbox.fault(kind="cut_before", system="zendesk", path="imports/tickets/create_many", method="POST", times=1)
    wired.golive("migrate", "run", "inbox", "--yes")
    assert wired.sandbox.fired() == 1
    wired.sandbox.heal()
    document(wired, "run", "--yes")
    rows = wired.sandbox.store.table("zendesk", "tickets")
    assert sum("imported" in row["tags"] for row in rows.values()) == 45 and document(wired, "verify")["is_right"]
    ledger = ledger_of(wired)
    assert {each: rows[id_]["subject"] for each, id_ in ledger.targets("tickets", twins).items()} == {
        each: each for each in twins
    }
    ledger.close()

"""A migration that is sent, compared and taken away, through the command line and against a helpdesk with faults."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import empty_workspace
from tests.cli.workspace import SCRIPT, Ran, Workspace, written
from tests.live_sandbox import running_sandbox
from tests.migrations.mailbox.mails import CUSTOMER, TEAM, mail, mbox

pytestmark = pytest.mark.engine

FILES: dict[str, Any] = {
    "ticket_fields": {"area": {"name": "Area", "type": "dropdown", "options": {"cards": "Cards", "other": "Other"}}},
}
MIGRATION = """
name: The shared inbox
source:
  mailbox: {paths: [exports/inbox.mbox]}
own: [quayside.example]
mapping:
  statuses:
    answered: {to: closed, decision: Done}
    unanswered: {to: closed, decision: Done in the old inbox}
  people:
    support@quayside.example: {to: placeholder}
  ticket_fields:
    labels:
      to: area
      values:
        Cards: {to: cards}
        Rest: {to: other}
"""
PICTURE = (
    "--b\nContent-Type: text/html; charset=utf-8\n\n<p>See <img src='cid:p1'></p><script>x()</script>"
    "<img src='https://tracker.example/1.gif'>\n"
    "--b\nContent-Type: image/png; name=p.png\nContent-ID: <p1>\n\npng\n--b--\n"
)
MAILS = (
    mail("1@a", subject="A card", X_Gmail_Labels="Cards"),
    mail("2@b", day=2, sender=TEAM, to=CUSTOMER, subject="Re: A card", In_Reply_To="<1@a>"),
    mail("3@b", day=3, sender=TEAM, to="grace@quayside.example", subject="Fwd: A card", In_Reply_To="<1@a>"),
    mail("4@a", day=4, sender="jo@ferry.example", subject="Long", text="word " * 30_000, X_Gmail_Labels="Rest"),
    mail("5@a", day=5, sender="ann@ferry.example", text=PICTURE, Content_Type="multipart/related; boundary=b"),
    *(mail(f"{n}@c", day=6 + n % 20, sender=f"c{n % 7}@shop.example", subject=f"Number {n}") for n in range(40)),
)


@pytest.fixture
def wired(empty_state: Path, tmp_path: Path) -> Iterator[Workspace]:
    with running_sandbox() as sandbox:
        workspace = empty_workspace(tmp_path, sandbox, empty_state)
        workspace.config(written(FILES))
        workspace.up()
        for name, content in (("exports/inbox.mbox", mbox(*MAILS)), ("migrations/inbox.yaml", MIGRATION.encode())):
            path = workspace.root / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        assert workspace.golive("migrate", "extract", "inbox").code == 0
        yield workspace


def migrate(workspace: Workspace, verb: str, *more: str, code: int = 0) -> Ran:
    ran = workspace.golive("migrate", verb, "inbox", *more)
    assert ran.code == code, f"{ran.out}\n{ran.err}"
    return ran


def document(workspace: Workspace, verb: str, *more: str, code: int = 0) -> dict[str, Any]:
    return migrate(workspace, verb, *more, "--json", code=code).checked(f"migrate-{verb}")


def tickets(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """The marked tickets by the old id that they have."""
    rows = workspace.sandbox.store.table("zendesk", "tickets").values()
    return {row["external_id"].partition(":")[2]: row for row in rows if "imported" in row["tags"]}


def users(workspace: Workspace) -> Counter[str]:
    rows = workspace.sandbox.store.table("zendesk", "users").values()
    return Counter(str(row["external_id"]) for row in rows if row["external_id"] and row["active"])


def made_of(plan: dict[str, Any]) -> dict[str, int]:
    """What a run would make of it, by type; comments and files go within their tickets."""
    return {type_: number for type_, number in plan["to_send"].items() if type_ not in ("comments", "attachments")}


def test_the_whole_way(wired: Workspace) -> None:
    known = len(wired.sandbox.store.table("zendesk", "users"))
    plan = document(wired, "plan")
    assert (plan["blocked"], plan["records"]["tickets"], plan["statuses"]) == ([], 43, {"closed": 43})
    assert "Nobody: tickets come in past all rules" in migrate(wired, "plan").out

    said = made_of(document(wired, "plan", "--limit", "3"))
    trial = document(wired, "run", "--limit", "3", "--yes")
    assert trial["made"] == said and said["tickets"] == len(tickets(wired)) == 3
    going = sum(trial["made"].values())
    assert f"--delete-records {going}" in migrate(wired, "rollback", "--trial", "--yes", code=2).err
    gone = document(wired, "rollback", "--trial", "--yes", "--delete-records", str(going))
    assert gone["made"] == trial["made"] and tickets(wired) == {}
    assert len([row for row in wired.sandbox.store.table("zendesk", "users").values() if row["active"]]) == known

    said = made_of(document(wired, "plan"))
    ran = document(wired, "run", "--yes")
    assert (ran["is_whole"], ran["made"], ran["refused"]) == (True, said, []) and said["tickets"] == 43
    assert document(wired, "plan")["to_send"] == {}
    first = tickets(wired)["1@a"]
    assert (first["status"], first["created_at"], first["subject"]) == ("closed", "2024-03-01T09:00:00Z", "A card")
    assert [each["public"] for each in first["_comments"]] == [True, True, False]
    assert len(tickets(wired)["4@a"]["_comments"]) == 3  # 150,000 bytes
    [picture] = tickets(wired)["5@a"]["_comments"]
    assert "script" not in picture["html_body"] and "tracker" not in picture["html_body"]

    right = document(wired, "verify")
    assert right["is_right"] and {each["wrong"] for each in right["checks"]} == {0}
    assert {each["type"]: each["imported"] for each in right["sums"] if each["by"] == "type"}["comments"] == 45
    wired.sandbox.clear_log()
    assert document(wired, "run", "--yes")["made"] == {}
    assert wired.sandbox.writes() == []
    assert users(wired).most_common(1)[0][1] == 1


def test_what_is_not_as_it_was_is_found(wired: Workspace) -> None:
    document(wired, "run", "--yes")
    held = tickets(wired)
    held["1@a"]["_comments"][2]["public"] = True
    held["1@a"]["_comments"][0]["html_body"] = held["1@a"]["_comments"][0]["body"] = "Hello!"
    held["1@a"]["_comments"][1]["author_id"] = held["4@a"]["requester_id"]
    lost = held["4@a"]["_comments"].pop()["id"]
    for audit in held["4@a"]["_audits"]:
        audit["events"] = [event for event in audit["events"] if event["id"] != lost]
    held["5@a"]["created_at"] = "2024-03-09T09:00:00Z"
    held["5@a"]["_comments"][0]["attachments"] = []
    held["0@c"]["status"] = "open"
    del wired.sandbox.store.table("zendesk", "tickets")[str(held["1@c"]["id"])]
    found = document(wired, "verify", code=1)
    wrong = {each["check"]: [one["source"] for one in each["examples"]] for each in found["checks"] if each["wrong"]}
    assert wrong == {
        "there": ["1@c"],
        "facts": ["0@c"],
        "comments": ["4@a"],
        "private": ["1@a"],
        "bodies": ["1@a"],
        "authors": ["1@a"],
        "times": ["5@a"],
        "files": ["5@a"],
    }
    assert (
        "fail  no private comment can be read by customers  in 1 of 43 tickets" in migrate(wired, "verify", code=1).out
    )


def test_nothing_is_sent_while_something_stands_against_it(wired: Workspace) -> None:
    path = wired.root / "migrations" / "inbox.yaml"
    path.write_text(
        MIGRATION.replace("    unanswered: {to: closed, decision: Done in the old inbox}\n", ""), encoding="utf-8"
    )
    refused = migrate(wired, "run", "--yes", code=1)
    assert "1 word has no place yet" in refused.err
    path.write_text(MIGRATION.replace("unanswered: {to: closed", "unanswered: {to: open"), encoding="utf-8")
    plan = document(wired, "plan", code=1)
    assert "Notify requester and CCs of comment update" in [each["title"] for each in plan["rules"]]
    assert all("imported" in each["do"] for each in plan["rules"])
    assert migrate(wired, "run", "--yes", code=1).err.count("would act on what is brought over") == 1
    assert tickets(wired) == {}
    decided = "".join(f'  "{each["title"]}": {{decision: It carries our answers}}\n' for each in plan["rules"])
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}live_triggers:\n{decided}", encoding="utf-8")
    found = document(wired, "plan")
    assert (found["rules"], found["blocked"]) == ([], []) and {each["sort"] for each in found["allowed"]} == {"trigger"}
    path.write_text(path.read_text(encoding="utf-8").replace("to: open", "to: solved"), encoding="utf-8")
    found = document(wired, "plan", code=1)  # automations act by themselves: none may
    assert {each["sort"] for each in found["rules"]} == {"automation"}


@pytest.mark.parametrize("path", ["imports/tickets/create_many", "users/create_many", "uploads"])
@pytest.mark.parametrize("kind", ["cut_after", "cut_before", "error_500"])
def test_a_lost_answer_sends_nothing_twice(wired: Workspace, path: str, kind: str) -> None:
    wired.sandbox.fault(kind=kind, system="zendesk", path=path, method="POST", times=1)
    for _ in range(3):
        ran = wired.golive("migrate", "run", "inbox", "--yes")
        if ran.code == 0:
            break
    assert ran.code == 0, ran.err
    wired.sandbox.heal()
    assert len(tickets(wired)) == 43 and users(wired).most_common(1)[0][1] == 1
    assert document(wired, "verify")["is_right"]


def test_runs_that_are_killed_and_throttled_come_to_the_same(wired: Workspace) -> None:
    chance = random.Random(11)
    wired.sandbox.settings("zendesk", job_polls=4)
    wired.sandbox.fault(kind="throttle", system="zendesk", rate=0.1, value=0.05)
    died = [killed(wired, chance) for _ in range(4)]
    assert -signal.SIGKILL in died
    assert document(wired, "run", "--yes")["is_whole"]
    wired.sandbox.heal()
    assert len(tickets(wired)) == 43 and users(wired).most_common(1)[0][1] == 1
    assert document(wired, "verify")["is_right"]


def killed(workspace: Workspace, chance: random.Random) -> int:
    """A run that dies once some calls that write have arrived. Its exit code."""
    before, writes = len(workspace.sandbox.writes()), chance.randint(1, 3)
    process = subprocess.Popen(
        [str(SCRIPT), "migrate", "run", "inbox", "--yes"],
        cwd=workspace.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while process.poll() is None and len(workspace.sandbox.writes()) - before < writes:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.1))
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    return process.wait()


def test_the_report_names_everything(wired: Workspace) -> None:
    path = wired.root / "migrations" / "inbox.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "window: {since: 2024-03-03}\n", encoding="utf-8")
    document(wired, "run", "--yes")
    assert "Nobody has compared it yet" in migrate(wired, "report").out
    wired.sandbox.heal()
    migrate(wired, "verify")
    said = document(wired, "report")
    assert (said["verified"]["is_right"], said["made"]["tickets"], said["window"]) == (True, 42, ["2024-03-03", ""])
    assert {(each["type"], each["source"], each["reason"]) for each in said["left"]} == {
        ("tickets", "1@a", "it began before 2024-03-03"),
    }
    assert [each["decision"] for each in said["decisions"]] == ["Done", "Done in the old inbox"]
    assert [(each["verb"], bool(each["ended"])) for each in said["runs"]] == [("run", True)]
    text = migrate(wired, "report").out
    for line in ("| tickets | 43 | 42 | 1 | 0 | 0 | 0 | 0 |", ": left out, it began before 2024"):
        assert line in text
    migrate(wired, "report", "--html", str(wired.root / "report.html"))
    page = (wired.root / "report.html").read_text(encoding="utf-8")
    assert "What did not come" in page and "<script" not in page


def test_the_reference_clients_inbox_comes_over(reference: Workspace) -> None:
    """What somebody plays through on the first evening."""
    shown = reference.root / "migrations" / "old_inbox.yaml"
    before = shown.read_text(encoding="utf-8")
    assert reference.golive("migrate", "extract", "old_inbox").code == 0
    assert reference.golive("migrate", "map", "old_inbox", "--exit-code").code == 0
    assert shown.read_text(encoding="utf-8") == before  # its numbers are true
    for verb in ("plan", "run --yes", "verify"):
        ran = reference.golive("migrate", *f"{verb.split()[0]} old_inbox".split(), *verb.split()[1:])
        assert ran.code == 0, f"{verb}: {ran.err}"
    made = reference.golive("migrate", "report", "old_inbox", "--json").checked("migrate-report")["made"]
    number = str(sum(made.values()))
    ran = reference.golive("migrate", "rollback", "old_inbox", "--yes", "--delete-records", number)
    assert ran.code == 0, ran.err

"""People look at a sample of what came over, old beside new, and say in their own names whether it is good."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from golive.terminal.screen import Screen
from tests.cli.conftest import empty_workspace
from tests.cli.gated import Gated, bare_checklist
from tests.cli.test_migrate_run import FILES, MIGRATION, document, migrate, tickets
from tests.cli.workspace import written
from tests.live_sandbox import running_sandbox
from tests.migrations.mailbox.mails import CUSTOMER, TEAM, mail, mbox

pytestmark = pytest.mark.engine

ACCEPTED = {"seen": {"name": "A sample was looked at", "phase": "build", "owner": "lead", "why": "W.", "fix": "F.",
                     "probe": {"sample_accepted": {"roles": ["lead"]}}}}  # fmt: skip
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
MAILS = (
    mail("1@a", subject=f"A card {SCRIPT}", X_Gmail_Labels="Cards", text=f"Hello {SCRIPT}"),
    mail("2@b", day=2, sender=TEAM, to=CUSTOMER, subject="Re: A card", In_Reply_To="<1@a>"),
    mail("3@b", day=3, sender=TEAM, to="grace@quayside.example", subject="Fwd: A card", In_Reply_To="<1@a>"),
    mail("4@a", day=4, sender="jo@ferry.example", subject="Long", text="word " * 30_000, X_Gmail_Labels="Rest"),
    mail("5@a", day=5, sender="vip@big.example", subject="Biggest"),
    mail("6@a", day=6, sender="ann@shop.example", subject="Small"),
)


@pytest.fixture
def gated(empty_state: Path, tmp_path: Path) -> Iterator[Gated]:
    """Four tickets that came over."""
    with running_sandbox() as sandbox:
        workspace = empty_workspace(tmp_path, sandbox, empty_state)
        workspace.config(written(FILES))
        workspace.up()
        said = MIGRATION + "accept: {vip: [big.example]}\n"
        for name, content in (("exports/inbox.mbox", mbox(*MAILS)), ("migrations/inbox.yaml", said.encode())):
            path = workspace.root / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        gated = Gated.of(workspace, bare_checklist(ACCEPTED))
        assert workspace.golive("migrate", "extract", "inbox").code == 0
        assert workspace.golive("migrate", "accept", "inbox").code == 2  # nothing is there yet
        migrate(workspace, "run", "--yes")
        yield gated


def page_of(gated: Gated) -> str:
    return (gated.root / ".golive" / "migrations" / "inbox" / "sample.sandbox.html").read_text(encoding="utf-8")


def everything(gated: Gated, word: str = "ok") -> list[str]:
    found = document(gated.workspace, "accept", code=1)["tickets"]
    return [part for each in found for part in ("--verdict", each["source"], word)]


def test_old_and_new_stand_side_by_side_and_nothing_in_them_acts(gated: Gated) -> None:
    first = document(gated.workspace, "accept", code=1)
    assert (first["state"], first["of"], len(first["tickets"])) == ("open", 4, 4)
    assert {each["name"] for each in first["sorts"]} >= {"matters most", "closed", "a long text", "private comments"}
    assert {each["differences"] for each in first["tickets"]} == {0}
    page = page_of(gated)
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;alert(1)" in page
    assert (page.count("Old: private"), page.count("New: private")) == (1, 1)
    assert "more, which are compared, too" in page and "area" in page
    assert gated.noted == []  # only looking notes nothing

    leaked = tickets(gated.workspace)["1@a"]
    leaked["_comments"][2]["public"] = True
    leaked["_comments"][0]["body"] = leaked["_comments"][0]["html_body"] = "Good bye"
    leaked["status"] = "open"
    found = document(gated.workspace, "accept", code=1)["tickets"]
    assert {each["source"]: each["differences"] for each in found if each["differences"]} == {"1@a": 3}
    page = page_of(gated)
    assert re.search(r"comment \d+ is public, and was private", page) and "<mark>Good bye</mark>" in page
    assert 'class="differs"' in page


def test_who_may_says_it_in_their_own_name_until_the_ticket_changes(gated: Gated) -> None:
    workspace = gated.workspace
    gated.is_now("ana")
    assert "is not asked whether what came over is good" in migrate(workspace, "accept", *everything(gated), code=2).err
    assert gated.noted == []
    gated.is_now("ben")
    assert gated.states()["seen"] == "unknown"
    document(workspace, "accept", *everything(gated))
    assert gated.noted == ["sample_drawn", "sample_judged"]
    assert gated.states()["seen"] == "pass"
    report = document(workspace, "report")["accepted"]
    assert (report["state"], {each["by"] for each in report["tickets"]}) == ("accepted", {"Ben Ode"})
    assert "Accepted: all 4 tickets" in migrate(workspace, "report").out

    refused = document(workspace, "accept", "--verdict", "5@a", "critical", "--note", "It is not hers", code=1)
    assert (refused["state"], gated.states()["seen"]) == ("refused", "fail")
    assert "critical, Ben Ode: It is not hers" in migrate(workspace, "accept", code=1).out

    made = sum(document(workspace, "report")["made"].values())
    migrate(workspace, "rollback", "--yes", "--delete-records", str(made))
    migrate(workspace, "run", "--yes")
    assert gated.states()["seen"] != "pass"
    again = document(workspace, "accept", code=1)
    assert (again["state"], {each["changed"] for each in again["tickets"]}) == ("open", {True})
    document(workspace, "accept", *everything(gated))
    assert gated.states()["seen"] == "pass"
    migrate(workspace, "run", "--yes")  # nothing is left to send, so that no verdict is lost by it
    assert gated.states()["seen"] == "unknown"
    document(workspace, "accept")
    assert gated.states()["seen"] == "pass"


def test_a_verdict_that_somebody_writes_into_the_log_is_found(gated: Gated) -> None:
    document(gated.workspace, "accept", *everything(gated, "ok"))
    lines = gated.lines()
    gated.write_log([*lines[:-1], lines[-1].replace('"name":"Ben Ode"', '"name":"Ana Sol"')])
    assert "is not as golive wrote it" in gated.golive("migrate", "accept", "inbox").err


def test_what_cannot_be_noted_is_said(gated: Gated) -> None:
    table, other = gated.root / "table.csv", gated.root / "migrations" / "inbox.yaml"
    table.write_text("ticket,verdict\n1@a,ok\n5@a,fine\n", encoding="utf-8")
    for more, said in (
        (("--verdict", "7@a", "ok"), "Did you mean `6@a`?"),
        (("--verdict", "5@a", "medium"), "What is wrong in the ticket 5@a?"),
        (("--judge",), "Nobody can be asked here"),
        (("--verdicts", str(table)), "`fine` is no verdict, at the ticket 5@a"),
        (("--verdicts", str(other)), "is no table of verdicts"),
    ):
        assert said in migrate(gated.workspace, "accept", *more, code=2).err
    assert gated.noted == []


def test_a_table_and_a_conversation_are_ways_to_say_it(gated: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    table = gated.root / "table.csv"
    new = document(gated.workspace, "accept", code=1)["tickets"][-1]["target"]
    rows = f"\ufeffNote;Ticket;Verdict\r\n;{new};OK\r\nIt looks odd;5@a;cosmetic\r\n;4@a;\r\n"
    table.write_text(rows, encoding="utf-8")
    table_said = document(gated.workspace, "accept", "--verdicts", str(table), code=1)
    assert sorted(each["verdict"] for each in table_said["tickets"] if each["verdict"]) == ["cosmetic", "ok"]

    asked: list[str] = []
    answers = iter(["o", "m", "The file is another one", "s"])

    def prompt(text: str, **more: Any) -> str:
        asked.append(text)
        return next(answers)

    monkeypatch.setattr(Screen, "can_ask", property(lambda screen: True))
    monkeypatch.setattr(click, "prompt", prompt)
    waiting = [each["source"] for each in table_said["tickets"] if each["verdict"] is None]
    ran = migrate(gated.workspace, "accept", "--judge", code=1)
    assert "1 of 2" in ran.out and len(asked) == 3
    said = gated.data(-1)["verdicts"]
    assert {key: (each["verdict"], each["note"]) for key, each in said.items()} == {
        waiting[0]: ("ok", ""),
        waiting[1]: ("medium", "The file is another one"),
    }


def test_whoever_gives_up_in_the_middle_has_said_what_was_said(gated: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verdicts go into the log every few tickets; Ctrl-C keeps those since then, and a machine that goes down loses
    only them."""
    drawn = document(gated.workspace, "accept", code=1)["tickets"]
    assert len(drawn) >= 4
    monkeypatch.setattr(sys.modules["golive.verbs.migrate.accept"], "_NOTED_EVERY", 2)
    monkeypatch.setattr(Screen, "can_ask", property(lambda screen: True))
    seen: list[list[list[str]]] = []

    def prompt(text: str, **more: Any) -> str:
        judged = [each for each in gated.chain.ordered if each.entry == "sample_judged"]
        seen.append([sorted(each.data["verdicts"]) for each in judged])
        if len(seen) == 4:
            raise click.Abort
        return "o"

    monkeypatch.setattr(click, "prompt", prompt)
    ran = migrate(gated.workspace, "accept", "--judge", code=1)
    assert "Stopped." in ran.err
    assert [len(each) for each in seen] == [0, 0, 1, 1]
    judged = [len(each.data["verdicts"]) for each in gated.chain.ordered if each.entry == "sample_judged"]
    assert judged == [2, 1]

"""Event logs: several rows of one number are one ticket."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrations.records.comment import Comment
from migrations.records.ticket import Ticket
from migrations.sources.spreadsheet import SOURCE
from migrations.staging.staging import Staging
from tests.migrations.spreadsheet.logs import SAID, lines, read, staged
from tests.migrations.staged import content

HEAD = "No,Date,Who,Subject,State,By,Note,Kind,Done"
EVENTS: dict[str, Any] = {
    "columns": {
        "No": "ticket", "Date": "date", "Who": "customer", "Subject": "subject", "State": "status", "By": "author",
        "Note": "note", "Kind": "category", "Done": "resolved",
    },
    "rows": "events",
}  # fmt: skip
ROWS = (
    "7,2024-03-02 10:00,,,waiting,Grace,second,,",
    "8,2024-03-05 10:00,Jo,Other,open,,,x,",
    "7,2024-03-01 10:00,Maja,Help,open,Maja,first,login,",
    "7,2024-03-03 10:00,,Changed,done,Grace,third,billing,2024-03-03 10:00",
    "7,2024-03-02 10:00,,,,Grace,second again,,",
)


def test_rows_become_one_ticket_in_the_order_of_their_times(tmp_path: Path) -> None:
    staging = staged(tmp_path, lines(*ROWS, head=HEAD), **EVENTS)
    one, other = staging.all(Ticket)
    assert (one.id, one.subject, one.requester, one.status) == ("7", "Help", "customer:maja", "done")
    assert one.values == {"category": "billing"}
    assert [each and each.at for each in (one.created, one.updated, one.solved)] == [
        "2024-03-01T10:00:00Z", "2024-03-03T10:00:00Z", "2024-03-03T10:00:00Z",
    ]  # fmt: skip
    assert (other.id, other.status) == ("8", "open")
    comments = [(each.body, each.author, each.public) for each in staging.all(Comment, order="ticket, at, id")]
    assert comments == [
        ("first", "customer:maja", False), ("second", "agent:grace", False), ("second again", "agent:grace", False),
        ("third", "agent:grace", False),
    ]  # fmt: skip


def test_settling_again_changes_nothing(tmp_path: Path) -> None:
    staging = staged(tmp_path, lines(*ROWS, head=HEAD), **EVENTS)
    before = content(staging)
    SOURCE.settle(type("Reading", (), {"staging": staging})())
    assert content(staging) == before


def test_a_settling_that_dies_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrations.sources.spreadsheet.folding._RECORDS_AT_ONCE", 2)
    once = Staging.put_all

    def dies(staging: Staging, records: Any) -> None:
        once(staging, records)
        if any(each.type == "tickets" for each in records):
            raise KeyboardInterrupt

    monkeypatch.setattr(Staging, "put_all", dies)
    with pytest.raises(KeyboardInterrupt):
        staged(tmp_path, lines(*ROWS, head=HEAD), **EVENTS)
    monkeypatch.undo()
    staging = Staging(tmp_path / "staging")
    assert staging.count("tickets") == staging.count("comments") == 0
    SOURCE.settle(type("Reading", (), {"staging": staging})())
    assert staging.count("tickets") == 2 and staging.count("comments") == 4


@pytest.mark.parametrize("order", [("tickets.csv", "events.csv"), ("events.csv", "tickets.csv")])
def test_a_ticket_with_a_row_of_its_own_gets_the_comments_of_its_events(order: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "tickets.csv").write_text(lines("7,2024-01-01 10:00,Maja,Of its own,x"), newline="")
    (tmp_path / "events.csv").write_text(lines(*ROWS, head=HEAD), newline="")
    files = {"tickets.csv": {"path": "tickets.csv", **SAID}, "events.csv": {"path": "events.csv", **SAID, **EVENTS}}
    staging = read(tmp_path, *(files[each] for each in order))
    assert [(each.id, each.subject) for each in staging.all(Ticket)] == [("7", "Of its own"), ("8", "Other")]
    assert staging.count("comments", "ticket = '7'") == 5


def test_events_over_several_files_are_one_ticket(tmp_path: Path) -> None:
    for number, row in enumerate(ROWS):
        (tmp_path / f"{number}.csv").write_text(lines(row, head=HEAD), newline="")
    staging = read(tmp_path, *({"path": f"{number}.csv", **SAID, **EVENTS} for number in range(len(ROWS))))
    assert staging.count("tickets") == 2 and staging.count("comments") == 4


def test_an_event_without_a_ticket_is_put_aside(tmp_path: Path) -> None:
    staging = staged(tmp_path, lines(*ROWS, ",2024-03-01 10:00,Maja,x,,,y,,", head=HEAD), **EVENTS)
    assert staging.reasons() == {("comments", "quarantined", "no ticket number"): 1}

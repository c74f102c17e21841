"""Rows of a CSV: what they become, what is put aside, and where reading goes on."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrations.extracting import extract
from migrations.records.comment import Comment
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.ticket import Ticket
from migrations.sources.source import SourceFault
from migrations.sources.spreadsheet import SOURCE
from migrations.sources.spreadsheet.text_file import codec_of, rows
from migrations.staging.staging import Staging
from tests.migrations.spreadsheet.logs import COLUMNS, SAID, lines, read, reading, staged
from tests.migrations.staged import content, read_in_pieces, read_whole

GOOD = "1,2024-03-01 10:00,Maja,Hello,x"


def quarantined(staging: Staging) -> dict[str, str]:
    """Place → reason."""
    said = "SELECT id, reason FROM left_out WHERE fate = 'quarantined'"
    return {str(place): str(reason) for place, reason in staging.database.execute(said)}


def test_a_row_is_a_ticket_with_all_that_it_says(tmp_path: Path) -> None:
    head = (
        "No,Date,First,Done,Channel,Who,Mail,Company,Agent,Category,Subject,Prio,Status,Tags,Asked,Told,Note,Plan,Hours"
    )
    row = "7,01-03-2024 10:00,01-03-2024 11:00,02-03-2024 10:00,phone,Maja,Maja@T.example,Tidewater,Grace,billing,"
    row += 'Help,P1,done,"a, b",How?,So.,rude,gold,"1.234,5"'
    means = "ticket,date,first_answer,resolved,channel,customer,customer_email,organization,agent,category,subject,"
    means += "priority,status,tags,question,answer,private_note"
    columns = dict(zip(head.split(","), means.split(","), strict=False))
    staging = staged(
        tmp_path, lines(row, head=head), columns=columns, values=["Plan", "Hours"], numbers=["Hours"],
        dates=["DD-MM-YYYY hh:mm"], time_zone="Europe/Amsterdam",
    )  # fmt: skip
    [ticket] = staging.all(Ticket)
    assert ticket.values == {
        "category": "billing", "Plan": "gold", "Hours": 1234.5, "first_answer": "2024-03-01T10:00:00Z",
    }  # fmt: skip
    assert (ticket.requester, ticket.assignee, ticket.organization) == (
        "maja@t.example", "agent:grace", "organization:tidewater",
    )  # fmt: skip
    assert ticket.created and ticket.solved and ticket.created.said == "01-03-2024 10:00"
    assert (ticket.created.at, ticket.solved.at) == ("2024-03-01T09:00:00Z", "2024-03-02T09:00:00Z")
    assert (ticket.number, ticket.channel, ticket.priority, ticket.status) == ("7", "phone", "P1", "done")
    assert ticket.tags == ("a", "b")
    found = [(each.body, each.public, each.author, each.created and each.created.at) for each in staging.all(Comment)]
    assert found == [
        ("How?", True, "maja@t.example", "2024-03-01T09:00:00Z"),
        ("So.", True, "agent:grace", "2024-03-01T10:00:00Z"),
        ("rude", False, "agent:grace", "2024-03-01T09:00:00Z"),
    ]
    assert {(each.name, each.email, each.side, each.organization) for each in staging.all(Person)} == {
        ("Maja", "maja@t.example", "customer", "organization:tidewater"), ("Grace", "", "team", ""),
    }  # fmt: skip
    assert [each.name for each in staging.all(Organization)] == ["Tidewater"]


@pytest.mark.parametrize(
    ("word", "public"), [("public", True), ("PUBLIC", True), ("private", False), ("", False), ("maybe", False)]
)
def test_only_a_column_that_says_so_makes_a_note_public(word: str, public: bool, tmp_path: Path) -> None:
    columns = {"No": "ticket", "Date": "date", "Customer": "customer", "Subject": "public", "Note": "note"}
    staging = staged(tmp_path, lines(f"1,2024-03-01 10:00,Maja,{word},x"), columns=columns)
    assert [each.public for each in staging.all(Comment)] == [public]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2,2024-02-30 10:00,Maja,Hello,x", "no time of the formats in `dates`"),
        ("2,2124-03-01 10:00,Maja,Hello,x", "a time that is still to come"),
        ("2,9999-12-31 23:59,Maja,Hello,x", "a time that is still to come"),
        ("2,1969-03-01 10:00,Maja,Hello,x", "a time before 1970"),
        ("2,0001-01-01 00:00,Maja,Hello,x", "a time before 1970"),
        ("2,,Maja,Hello,x", "no time"),
        ("2,2024-03-01 10:00,Maja,Hello,x,y", "more cells than columns"),
        ("2,2024-03-01 10:00,Ma\0ja,Hello,x", "a NUL byte"),
        ("2,2024-03-01 10:00,Maja,Hello,\udcff", "letters that are not of the file's encoding"),
        ('2,2024-03-01 10:00,"Maja,Hello,x', "a quotation mark that is not closed, or stands in the wrong place"),
        ('2,2024-03-01 10:00,"Maja" K,Hello,x', "a quotation mark that is not closed, or stands in the wrong place"),
        ("2,2024-03-01 10:00,Ma\rja,Hello,x", "a quotation mark that is not closed, or stands in the wrong place"),
        ("2" * 300 + ",2024-03-01 10:00,Maja,Hello,x", "a ticket number that is none"),
        ("1,2024-03-01 10:00,Maja,Other,x", "a ticket number that an earlier row has"),
    ],
)
def test_a_row_that_does_not_fit_is_put_aside_and_no_other(row: str, reason: str, tmp_path: Path) -> None:
    behind = '4,2024-03-01 10:00,"Ma, ja",Hello,"x\ny"'
    text = lines(GOOD, row, "3,2024-03-01 10:00,Maja,Hello,x", behind)
    staging = staged(tmp_path, text.encode("utf-8", "surrogateescape"), encoding="utf-8", time_zone="Asia/Tokyo")
    assert [each.id for each in staging.all(Ticket)] == ["1", "3", "4"]
    assert quarantined(staging) == {"log.csv:3": reason}
    [detail] = staging.database.execute("SELECT detail FROM left_out").fetchone()
    assert detail.startswith("log.csv:3 ")


def test_a_quote_that_closes_in_a_later_row_swallows_nothing(tmp_path: Path) -> None:
    rows_ = ('1,2024-03-01 10:00,"Maja,Hello,x', '2,2024-03-01 10:00,Jo,Hi,", so"', GOOD)
    staging = staged(tmp_path, lines(*rows_))
    assert [each.id for each in staging.all(Ticket)] == ["1", "2"]
    assert list(quarantined(staging)) == ["log.csv:2"]


def test_a_note_of_several_lines_in_a_row_with_fewer_cells_stays_whole(tmp_path: Path) -> None:
    staging = staged(tmp_path, lines('1,2024-03-01 10:00,Maja,"Hello,\r\nhow are you"', "2,2024-03-01 10:00,Jo,x,y"))
    assert [each.subject for each in staging.all(Ticket)] == ["Hello,\nhow are you", "x"]


def test_what_is_known_of_a_row_that_was_put_aside_stands_beside_it(tmp_path: Path) -> None:
    columns = {**COLUMNS, "Customer": "status", "Subject": "channel", "Note": "resolved"}
    staging = staged(tmp_path, lines("5,2024-03-01 10:00,open,phone,never"), columns=columns)
    row = staging.database.execute("SELECT detail, month, status, channel FROM left_out").fetchone()
    assert row == ("log.csv:2 ticket 5; `never` in `Note`", "2024-03", "open", "phone")


def test_times_in_the_wrong_order_are_said(tmp_path: Path) -> None:
    columns = {**COLUMNS, "Customer": "first_answer", "Subject": "resolved"}
    staging = staged(tmp_path, lines("5,2024-03-02 10:00,2024-03-01 10:00,2024-03-01 09:00,x"), columns=columns)
    assert {what for _, what in staging.remarks()} == {"resolved before it began", "answered before it began"}


def test_empty_rows_are_counted(tmp_path: Path) -> None:
    staging = staged(tmp_path, lines(GOOD, ",,,,", "", " , ,,,", "2,2024-03-01 10:00,Maja,Hello,x"))
    assert staging.note("spreadsheet:log.csv:empty_rows") == "3"
    assert staging.count("tickets") == 2 and staging.reasons() == {}


def test_delimiters_behind_the_last_name_are_no_columns(tmp_path: Path) -> None:
    staging = staged(tmp_path, lines(f"{GOOD},,", f"2{GOOD},,y", head="No,Date,Customer,Subject,Note,,"))
    assert [each.id for each in staging.all(Ticket)] == ["1"]
    assert quarantined(staging) == {"log.csv:3": "more cells than columns"}


def test_the_same_row_again_is_skipped(tmp_path: Path) -> None:
    staging = staged(tmp_path, lines(GOOD, GOOD, GOOD))
    assert staging.reasons() == {("tickets", "skipped", "the same row again"): 2}
    assert staging.count("tickets") == 1


def test_files_that_both_count_from_1_can_have_a_prefix(tmp_path: Path) -> None:
    for name, subject in (("a.csv", "Old"), ("b.csv", "New")):
        (tmp_path / name).write_text(lines(f"1,2024-03-01 10:00,Maja,{subject},x"), newline="")
    staging = read(tmp_path, {"path": "a.csv", **SAID}, {"path": "b.csv", **SAID})
    assert list(quarantined(staging)) == ["b.csv:2"]
    staging.close()
    root = tmp_path / "again"
    root.mkdir()
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).rename(root / name)
    staging = read(root, {"path": "a.csv", **SAID}, {"path": "b.csv", **SAID, "prefix": "b-"})
    assert {each.id: each.number for each in staging.all(Ticket)} == {"1": "1", "b-1": "1"}


def test_rows_without_a_number_have_an_id_that_another_reading_gives_again(tmp_path: Path) -> None:
    without = {"Date": "date", "Customer": "customer", "Subject": "subject"}
    said = {"columns": without, "ignore": ["No", "Note"]}
    for folder, text in (("a", lines(GOOD, GOOD, "0" + GOOD)), ("b", lines("0" + GOOD, "9" + GOOD, GOOD, GOOD))):
        (tmp_path / folder).mkdir()
        staged(tmp_path / folder, text, **said).close()
    one, other = (
        {each.id for each in Staging(tmp_path / folder / "staging").all(Ticket)} for folder in ("a", "b")
    )  # fmt: skip
    assert len(one) == 3 and len(other) == 4 and one < other
    assert Staging(tmp_path / "a" / "staging").remarks() == {("tickets", "the same row more than once"): 1}


def test_words_for_nothing_are_said_where_nobody_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrations.sources.spreadsheet.sample.SIZE", 120)
    text = lines(*(f"{n},2024-03-01 10:00,Maja,Hello,{'?' if n == 5 else 'x'}" for n in range(10)))
    said: dict[str, Any] = {**SAID, "nulls": None}
    del said["nulls"]
    (tmp_path / "log.csv").write_text(text, newline="")
    staging = read(tmp_path, {"path": "log.csv", **said})
    assert staging.remarks() == {("tickets", "a word that may mean nothing"): 1}
    (tmp_path / "again").mkdir()
    staging = staged(tmp_path / "again", text, nulls=["?"])
    assert staging.count("comments") == 9 and staging.remarks() == {}


def test_people_are_one_by_their_address_and_what_a_later_row_says_fills_gaps(tmp_path: Path) -> None:
    head, said = "No,Date,Who,Mail,Firm", ["ticket", "date", "customer", "customer_email", "organization"]
    rows_ = [
        "1,2024-03-01 10:00,,m@x.example,",
        "2,2024-03-01 10:00,Maja,M@X.example,X",
        "3,2024-03-01 10:00,Other,m@x.example,Y",
        "4,2024-03-01 10:00,Ada,ada@quayside.example;a2@x.example,",
        "5,2024-03-01 10:00,Jo,see above,",
    ]
    staging = staged(tmp_path, lines(*rows_, head=head), columns=dict(zip(head.split(","), said, strict=True)))
    found = {each.id: (each.name, each.side, each.organization, each.more_emails) for each in staging.all(Person)}
    assert found == {
        "m@x.example": ("Maja", "customer", "organization:x", ()),
        "ada@quayside.example": ("Ada", "team", "", ("a2@x.example",)),
        "customer:jo": ("Jo", "customer", "", ()),
    }
    said_of = staging.database.execute("SELECT id, what, detail FROM remarks").fetchall()
    assert said_of == [("5", "an address that is none", "log.csv:6 see above")]


ANYTHING = {
    "long": "x" * 600_000,
    "many": ";".join(f"p{n}@x.example" for n in range(10_000)),
    "formula": "=cmd|' /C calc'!A0",
    "script": "<script>x</script>",
    "control": "a\x07b",
    "path": "../../etc/passwd",
}


@pytest.mark.parametrize("name", ANYTHING)
def test_whatever_a_cell_holds_is_carried_as_text(name: str, tmp_path: Path) -> None:
    note, columns = ANYTHING[name], {**COLUMNS, "Customer": "customer_email", "Subject": "customer"}
    staging = staged(tmp_path, lines(f"1,2024-03-01 10:00,{note},{note},{note}"), columns=columns)
    [person] = staging.all(Person)
    assert len(person.id) < 300 and len(person.name) <= 200 and len(person.more_emails) < 20
    remarks = {what for _, what in staging.remarks()}
    assert ("odd characters" in remarks) == (name == "control") and ("many addresses" in remarks) == (name == "many")
    assert ("a name that was cut" in remarks) == (name in ("long", "many"))
    [comment] = staging.all(Comment)
    assert comment.body == note.replace("\x07", "") and staging.count("tickets") == 1


def test_a_line_without_an_end_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrations.sources.spreadsheet.text_file.LONGEST", 500)
    long = f"2,2024-03-01 10:00,Maja,Hello,{'y,2024-03-01 10:00,' * 100}"
    staging = staged(tmp_path, lines(GOOD, long, "3,2024-03-01 10:00,Maja,Hello,x"))
    assert [each.id for each in staging.all(Ticket)] == ["1", "3"]
    assert quarantined(staging) == {"log.csv:3": "a row that never ends"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "mac-roman"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, ending: str, tmp_path: Path) -> None:
    text = lines("1,2024-03-01 10:00,Müller,Grüße,x", '2,2024-03-01 10:00,Jo,"é\r\nü",x').replace("\r\n", ending)
    said = {"utf-8-sig": "utf-8", "utf-16-be": "utf-16"}.get(encoding, encoding)
    staging = staged(tmp_path, text.encode(encoding), encoding=said)
    assert [each.subject for each in staging.all(Ticket)] == ["Grüße", "é\nü"]
    assert staging.reasons() == {}


CELLS = st.lists(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8), min_size=3, max_size=3),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(cells=CELLS, delimiter=st.sampled_from(",;\t|"), encoding=st.sampled_from(["utf-8", "utf-16-le", "utf-8-sig"]))
def test_a_csv_gives_back_what_was_written_from_every_row_on(
    cells: list[list[str]], delimiter: str, encoding: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(cells)
    path = tmp_path_factory.mktemp("csv") / "log.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    codec, signature = codec_of(path, encoding.removesuffix("-sig"))
    found = list(rows(path, codec, delimiter, signature, 1))
    assert [row.cells for row in found] == cells
    for number, row in enumerate(found, start=1):
        rest = rows(path, codec, delimiter, row.after, row.after_line)
        assert [(each.line, each.cells) for each in rest] == [(each.line, each.cells) for each in found[number:]]


MIXED = lines(
    *(
        f'{n % 31 or ""},2024-03-{1 + n % 28:02} 10:00,"{"cC"[n % 2]} {n % 7}",S {n},"a\n{"b" * n}"'
        if n % 5
        else f'{n},"2024,{n}'
        for n in range(60)
    ),
    *[",,,,", ",2024-03-01 10:00,C,S,x"] * 3,
)


@pytest.mark.parametrize("by", ["tickets", "events"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_reading_that_stops_after_every_page_comes_to_the_same(
    by: str, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "log.csv").write_bytes(MIXED.encode(encoding))
    said = {"path": "log.csv", **SAID, "rows": by, "encoding": encoding}
    whole = read_whole(SOURCE, reading(Staging(tmp_path / "whole"), tmp_path, said))
    monkeypatch.setattr("migrations.sources.spreadsheet.batches.ROWS_IN_PAGE", 3)
    monkeypatch.setattr("migrations.sources.spreadsheet.people.MOST_HELD", 2)

    def in_pieces(staging: Staging) -> object:
        return reading(staging, tmp_path, said, stopped=lambda: True)

    pieces = read_in_pieces(SOURCE, tmp_path / "pieces", in_pieces)
    assert content(pieces) == content(whole)
    assert whole.count("tickets") > 20 and len(whole.reasons()) >= 2
    assert whole.note("spreadsheet:log.csv:empty_rows") == pieces.note("spreadsheet:log.csv:empty_rows") == "3"


def test_a_file_that_changes_between_two_pages_is_not_read_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrations.sources.spreadsheet.batches.ROWS_IN_PAGE", 1)
    (tmp_path / "log.csv").write_text(lines(GOOD, "2,2024-03-01 10:00,Maja,Hello,x"), newline="")
    staging = Staging(tmp_path / "staging")
    said = {"path": "log.csv", **SAID}
    assert not extract(SOURCE, reading(staging, tmp_path, said, stopped=lambda: True)).is_whole
    (tmp_path / "log.csv").write_text(lines("2" + GOOD, GOOD), newline="")
    with pytest.raises(SourceFault, match="has changed") as raised:
        extract(SOURCE, reading(staging, tmp_path, said))
    assert "--again" in raised.value.do and staging.count("tickets") == 1

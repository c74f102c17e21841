"""Workbooks: what cells mean, and what is made to do harm."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment as CellComment

from migrations.records.comment import Comment
from migrations.records.ticket import Ticket
from migrations.sources.source import SourceFault
from migrations.sources.spreadsheet import SOURCE
from migrations.staging.staging import Staging
from tests.migrations.spreadsheet.logs import COLUMNS, read, reading, workbook
from tests.migrations.staged import content, read_in_pieces, read_whole

HEAD = ["No", "Date", "Customer", "Subject", "Note"]
SAID: dict[str, Any] = {"path": "log.xlsx", "columns": COLUMNS, "time_zone": "Europe/Amsterdam", "nulls": []}
ROW = [1, datetime(2024, 3, 1, 10), "Maja", "Hello", "x"]


def staged(root: Path, *rows: list[Any], **said: Any) -> Staging:
    workbook(root / "log.xlsx", {"Log": [HEAD, *rows]})
    return read(root, {**SAID, **said})


def rewrite(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Change a part of a package."""
    with zipfile.ZipFile(path) as package:
        parts = {each: package.read(each) for each in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, held in parts.items():
            package.writestr(name, held)


SHEET = "xl/worksheets/sheet1.xml"


def test_cells_are_what_the_workbook_says_that_they_are(tmp_path: Path) -> None:
    rows = [[1.0, datetime(2024, 3, 1, 10), "Maja", 4711, True], ["A-2", date(2024, 7, 1), "Jo", "=cmd()", None]]
    book = workbook(tmp_path / "log.xlsx", {"Log": [HEAD, *rows]})
    book["Log"]["D3"].data_type = "s"  # as somebody typed it who wanted no formula
    book.save(tmp_path / "log.xlsx")
    staging = read(tmp_path, SAID)
    one, other = staging.all(Ticket)
    assert one.created and other.created
    assert (one.id, one.created.at, one.created.said) == ("1", "2024-03-01T09:00:00Z", "2024-03-01 10:00:00")
    assert (one.subject, other.id, other.created.at) == ("4711", "A-2", "2024-06-30T22:00:00Z")
    assert other.subject == "=cmd()"
    assert [each.body for each in staging.all(Comment)] == ["TRUE"]


def test_the_value_that_was_saved_with_a_formula_is_its_cell(tmp_path: Path) -> None:
    workbook(tmp_path / "log.xlsx", {"Log": [HEAD, ROW, [2, *ROW[1:3], "=1+1", "x"]]})
    staging = read(tmp_path, SAID)
    assert staging.reasons() == {("tickets", "quarantined", "a formula whose value was not saved"): 1}
    staging.close()
    rewrite(tmp_path / "log.xlsx", SHEET, b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    (tmp_path / "again").mkdir()
    (tmp_path / "log.xlsx").rename(tmp_path / "again" / "log.xlsx")
    staging = read(tmp_path / "again", SAID)
    assert [each.subject for each in staging.all(Ticket)] == ["Hello", "2"]


def test_a_merged_cell_holds_for_all_its_rows(tmp_path: Path) -> None:
    rows = [["7", *ROW[1:4], "a"], [None, ROW[1], None, None, "b"], [None] * 5, [8, *ROW[1:]]]
    book = workbook(tmp_path / "log.xlsx", {"Log": [HEAD, *rows]})
    for said in ("A2:A4", "C2:D4"):
        book["Log"].merge_cells(said)
    book["Log"]["D5"].comment = CellComment("call back", "Grace")
    book.save(tmp_path / "log.xlsx")
    staging = read(tmp_path, {**SAID, "rows": "events"})
    assert {each.id: each.requester for each in staging.all(Ticket)} == {"7": "customer:maja", "8": "customer:maja"}
    assert [each.body for each in staging.all(Comment, "ticket = '7'")] == ["a", "b"]
    assert staging.note("spreadsheet:log.xlsx:empty_rows") == "1"
    assert staging.note("spreadsheet:log.xlsx:cell_comments") == "remarks on cells are not read"


def test_several_sheets_are_asked_about_and_hidden_ones_said(tmp_path: Path) -> None:
    book = workbook(
        tmp_path / "log.xlsx", {"2023": [HEAD, ROW], "2024": [HEAD, [2, *ROW[1:]]], "Old": [HEAD, [3, *ROW[1:]]]}
    )
    book["Old"].sheet_state = "hidden"
    book.save(tmp_path / "log.xlsx")
    with pytest.raises(SourceFault) as raised:
        read(tmp_path, SAID)
    assert "2023, 2024; hidden and not read unless you name them: Old" in raised.value.why
    staging = read(tmp_path, {**SAID, "sheets": ["2023", "Old"]})
    assert [each.id for each in staging.all(Ticket)] == ["1", "3"]
    with pytest.raises(SourceFault, match="there is no such sheet: 2022"):
        read(tmp_path, {**SAID, "sheets": ["2022"]})


def test_sheets_with_other_columns_are_not_read_as_one(tmp_path: Path) -> None:
    other = ["No", "Date", "Subject", "Customer", "Note"]
    workbook(tmp_path / "log.xlsx", {"A": [HEAD, ROW], "B": [other, [2, ROW[1], "Help", "Jo", "x"]]})
    with pytest.raises(SourceFault, match="the columns of sheet `B` are others"):
        read(tmp_path, {**SAID, "sheets": ["A", "B"]})
    staging = read(tmp_path, {**SAID, "sheets": ["A"]}, {**SAID, "sheets": ["B"]})
    assert [(each.subject, each.requester) for each in staging.all(Ticket)] == [
        ("Hello", "customer:maja"), ("Help", "customer:jo"),
    ]  # fmt: skip


def test_numbers_where_times_should_be_are_asked_about(tmp_path: Path) -> None:
    staging = staged(tmp_path, [1, 45352.5, "Maja", "Hello", "x"], dates=["excel"])
    [ticket] = staging.all(Ticket)
    assert ticket.created and ticket.created.at == "2024-03-01T11:00:00Z"


def test_a_reading_that_stops_after_every_page_comes_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        [n % 20 or None, datetime(2024, 3, 1 + n % 28) if n % 9 else "no", f"C {n % 7}", f"S {n}", "x"]
        for n in range(40)
    ]
    book = workbook(tmp_path / "log.xlsx", {"A": [HEAD, *rows, [None], [None], *rows[:9]], "B": [HEAD, *rows[5:9]]})
    book["A"].merge_cells("A3:A9")
    book.save(tmp_path / "log.xlsx")
    said = {**SAID, "sheets": ["A", "B"], "rows": "tickets", "dates": ["YYYY-MM-DD"]}
    whole = read_whole(SOURCE, reading(Staging(tmp_path / "whole"), tmp_path, said))
    monkeypatch.setattr("migrations.sources.spreadsheet.batches.ROWS_IN_PAGE", 7)

    def in_pieces(staging: Staging) -> object:
        return reading(staging, tmp_path, said, stopped=lambda: True)

    assert content(read_in_pieces(SOURCE, tmp_path / "pieces", in_pieces)) == content(whole)
    assert whole.count("tickets") > 10 and len(whole.reasons()) >= 2
    assert SOURCE.number_lost(whole) == 0 and sum(whole.reasons().values()) + whole.count("tickets") == 53


def test_what_would_fill_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    workbook(tmp_path / "log.xlsx", {"Log": [HEAD, ROW]})
    with zipfile.ZipFile(tmp_path / "log.xlsx", "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/sharedStrings2.xml", b" " * 30_000_000)
    with pytest.raises(SourceFault, match="as no workbook does"):
        read(tmp_path, SAID)


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet'


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"<worksheet", ENTITIES, "declares entities"),
        (b"<worksheet", b"<!--" + b"x" * 100_000 + b"-->" + ENTITIES, "declares entities"),
        (b"</row>", b"</broken>", "the rest cannot be read"),
        (b'<row r="2"', b'<row r="99999999999"', "the rest cannot be read"),
        (b'<row r="2"', b'<row r="1"', "the rest cannot be read"),
    ],
)
def test_a_package_that_was_made_to_do_harm(old: bytes, new: bytes, why: str, tmp_path: Path) -> None:
    workbook(tmp_path / "log.xlsx", {"Log": [HEAD, ROW]})
    rewrite(tmp_path / "log.xlsx", SHEET, old, new)
    with pytest.raises(SourceFault) as raised:
        read(tmp_path, SAID)
    assert why in raised.value.why and "Traceback" not in raised.value.why


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'<c r="A2" t="n"><v>1</v>', b'<c r="A2" t="n"><v>abc</v>', "a cell that cannot be read"),
        (b'<c r="A2" t="n"><v>1</v>', b'<c r="A2" t="s"><v>999</v>', "a cell that cannot be read"),
        (b'<c r="A2"', b'<c r="ZZZZ2"', "a cell that cannot be read"),
        (b'<c r="A2"', b'<c r="XFD2"', "more cells than columns"),
    ],
)
def test_a_cell_that_cannot_be_read_puts_its_row_aside(old: bytes, new: bytes, reason: str, tmp_path: Path) -> None:
    workbook(tmp_path / "log.xlsx", {"Log": [HEAD, ROW, [2, *ROW[1:]]]})
    rewrite(tmp_path / "log.xlsx", SHEET, old, new)
    staging = read(tmp_path, SAID)
    assert [each.id for each in staging.all(Ticket)] == ["2"]
    assert staging.reasons() == {("tickets", "quarantined", reason): 1}

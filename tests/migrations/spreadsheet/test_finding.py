"""What a file looks like, how sure that is, and what is asked of a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from migrations.sources.source import SourceFault
from migrations.sources.spreadsheet.cells import decimal_of, number_of
from migrations.sources.spreadsheet.delimiters import delimiter_of
from migrations.sources.spreadsheet.encodings import encoding_of
from migrations.sources.spreadsheet.finding import find
from migrations.sources.spreadsheet.found import SampleRow
from migrations.sources.spreadsheet.settings import LogFile, SpreadsheetSettings
from migrations.sources.spreadsheet.shapes import dates_of, formats_of
from migrations.staging.staging import Staging
from tests.migrations.spreadsheet.logs import COLUMNS, lines, read, staged


@pytest.mark.parametrize(
    ("content", "value", "sure"),
    [
        (b"a,b\n", "utf-8", "certain"),
        ("Grüße".encode(), "utf-8", "certain"),
        ("Grüße".encode()[:3], "utf-8", "certain"),  # the sample ends within a letter
        ("Grüße".encode("utf-8-sig"), "utf-8", "certain"),
        ("Grüße".encode("utf-16"), "utf-16", "certain"),
        ("Gruesse".encode("utf-16-be"), "utf-16", "likely"),
        ("Grüße".encode("cp1252"), "cp1252", "open"),
    ],
)
def test_encodings(content: bytes, value: str, sure: str) -> None:
    found = encoding_of(content)
    assert (found.value, found.sure) == (value, sure)


def test_an_encoding_that_only_the_end_gives_away() -> None:
    assert encoding_of(b"a,b\n", "x\nGrüße".encode("cp1252")).sure == "open"
    assert encoding_of(b"a,b\n", "üx".encode()[1:]).sure == "certain"


def test_a_word_shows_what_each_encoding_would_make_of_it() -> None:
    found = encoding_of("a\nGrüße\n".encode("cp1252"))
    assert "`Grüße`" in found.why and found.line == 2
    assert next(each.why for each in found.others if each.value == "cp850") == "it is `Gr³▀e` then"


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("a;b\n1;2\n3;4\n", ";", "certain"),
        ('a\tb\n1\t"x;y"\n', "\t", "certain"),
        ("a|b\n1|2,5\n2|3,5\n", "|", "certain"),
        ("sep=;\na,b;c\n1,2;3\n", ";", "certain"),
        ("a;b,c;d\n1;2,3;4\n", ";", "likely"),
        ("a;b\n1;2;3\n4\n", ";", "certain"),  # only its names tell
        ("alone\n1\n", None, "open"),
    ],
)
def test_delimiters(text: str, value: str | None, sure: str) -> None:
    found = delimiter_of(text)
    assert (found.value, found.sure) == (value, sure)


@pytest.mark.parametrize(
    ("values", "formats", "sure"),
    [
        (["03-04-2024", "05-06-2024"], ["DD-MM-YYYY"], "open"),
        (["03-04-2024", "25-06-2024"], ["DD-MM-YYYY"], "certain"),
        (["03/04/2024 1:00 PM", "03/25/2024 2:00 PM"], ["MM/DD/YYYY hh:mm AM"], "certain"),
        (["25/04/2024", "04/25/2024"], ["DD/MM/YYYY"], "open"),
        (["03-04-24"], ["DD-MM-YY"], "open"),
        (["31-12-99"], ["DD-MM-YY"], "certain"),
        (["2024-03-01T10:00:00Z"], ["YYYY-MM-DDThh:mm:ssZ"], "certain"),
        (["1 Mär. 2024, 10:00"], ["DD MMM YYYY, hh:mm"], "certain"),
        (["March 1, 2024"], ["MMM DD, YYYY"], "certain"),
        (["2024-03-01", "2024-03-01 10:00"], ["YYYY-MM-DD", "YYYY-MM-DD hh:mm"], "certain"),
        (["45352.4"], ["excel"], "open"),
        (["1709280000"], ["epoch"], "certain"),
        (["soon", "later", "2024-03-01"], None, "open"),
    ],
)
def test_dates(values: list[str], formats: list[str] | None, sure: str) -> None:
    found = dates_of("Date", [(f"line {line}", line, text) for line, text in enumerate(values, start=2)])
    assert found is not None and (found.value, found.sure) == (formats, sure)


def test_the_value_that_settles_a_format_is_named_with_its_line() -> None:
    found = dates_of("Date", [("line 2", 2, "03-04-2024"), ("line 3", 3, "25-06-2024")])
    assert found is not None and found.line == 3
    assert found.why == "`25-06-2024` in `Date` (line 3) can only be DD-MM-YYYY"


def test_no_time() -> None:
    assert [formats_of(each) for each in ("", "12", "2024-3", "1.2.3.4", "03-04-024", "99:99")] == [()] * 6


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        (["1.234,5"], ","),
        (["1,234.5"], "."),
        (["12,5"], ","),
        (["1,234,567"], "."),
        (["0,125"], ","),
        (["1,234"], None),
        (["1,5", "1.5"], None),
    ],
)
def test_decimal_signs(values: list[str], sign: str | None) -> None:
    found = decimal_of("Hours", [(SampleRow(2, []), each) for each in values])
    assert found is not None and found.value == sign and (found.sure == "certain") == (sign is not None)


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1.234,5", ",", 1234.5), ("1,234", ".", 1234), ("1,234", ",", 1.234), ("-12", ".", -12), (",5", ",", 0.5),
        ("1.5", ",", None), ("1,2,3", ".", None), ("1.2.3", ".", None), ("x", ".", None), ("", ".", None),
        ("1'000.5", ".", 1000.5), ("²", ".", None),
    ],
)  # fmt: skip
def test_numbers(text: str, decimal: str, number: float | None) -> None:
    assert number_of(text, decimal) == number


def test_what_leaves_no_doubt_is_taken_and_noted(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("No;Date;Customer;Subject;Note\n1;25-03-2024 10:00;Maja;Grüße;\n", "utf-8")
    staging = read(tmp_path, {"path": "log.csv", "columns": COLUMNS, "time_zone": "Europe/Amsterdam"})
    [(at,)] = staging.database.execute("SELECT at FROM tickets").fetchall()
    assert at == "2024-03-25T09:00:00Z"
    assert staging.note("spreadsheet:log.csv:encoding").startswith("utf-8: ")
    assert staging.note("spreadsheet:log.csv:delimiter").startswith(";: ")
    assert "line 2" in staging.note("spreadsheet:log.csv:dates")
    assert staging.note("spreadsheet:log.csv:time_zone") == ""  # it was written down


DOUBTFUL = "Nr;Datum;Kunde;Grund\n7;03-04-2024;Müller;?\n7;04-04-2024;Jo;x\n".encode("cp1252")


def test_all_that_is_in_doubt_is_asked_at_once_and_what_is_pasted_reads_the_file(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes(DOUBTFUL)
    with pytest.raises(SourceFault) as raised:
        read(tmp_path, {"path": "log.csv"})
    fault = raised.value
    assert fault.where == "log.csv:2"
    asked = [line.split(":")[0] for line in fault.why.splitlines()[1:]]
    assert asked == ["- encoding", "- nulls", "- dates", "- time_zone", "- rows", "- columns"]
    assert "`03-04-2024` in `Datum` (line 2) can be DD-MM-YYYY or MM-DD-YYYY" in fault.why

    said = yaml.safe_load("\n".join(fault.do.splitlines()[1:]))
    assert said["values"] == ["Grund"] and said["columns"]["Kunde"] == "customer"
    staging = read(tmp_path, {"path": "log.csv", **said})
    assert staging.count("tickets") == 1 and staging.count("people") == 2


@pytest.mark.parametrize("missing", ["encoding", "nulls", "dates", "time_zone", "rows"])
def test_one_thing_that_is_missing_is_asked_for(missing: str, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes(DOUBTFUL)
    said: dict[str, Any] = {
        "columns": {"Nr": "ticket", "Datum": "date", "Kunde": "customer"}, "values": ["Grund"], "encoding": "cp1252",
        "nulls": [], "dates": ["DD-MM-YYYY"], "time_zone": "UTC", "rows": "events",
    }  # fmt: skip
    assert find(tmp_path / "log.csv", LogFile(path="log.csv", **said)).headers == ("Nr", "Datum", "Kunde", "Grund")
    del said[missing]
    with pytest.raises(SourceFault) as raised:
        read(tmp_path, {"path": "log.csv", **said})
    assert f"- {missing}: " in raised.value.why and raised.value.why.startswith("1 thing only")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"columns": {**COLUMNS, "Sub": "priority"}}, "no column is called `Sub`; did you mean `Subject`?"),
        (
            {"columns": {"No": "ticket", "Date": "date"}},
            "no place in `columns`, `values` or `ignore`: Customer, Subject",
        ),
        ({"columns": {"No": "ticket"}, "ignore": ["Date", "Customer", "Subject", "Note"]}, "has the time (`date`)"),
    ],
)
def test_every_column_has_its_place(said: dict[str, Any], why: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault) as raised:
        staged(tmp_path, lines("1,2024-03-01 10:00,Maja,Hello,x"), **said)
    assert why in raised.value.why


@pytest.mark.parametrize(
    "said",
    [
        {"dates": ["DD-MM"]}, {"dates": ["DD-MM-YYYY hh"]}, {"dates": ["DD-DD-MM-YYYY"]}, {"time_zone": "Mars/Base"},
        {"columns": {"a": "date", "b": "date"}}, {"columns": {"a": "date"}, "ignore": ["a"]}, {"numbers": ["x"]},
        {"columns": {"a": "public"}}, {"encoding": "klingon"},
    ],
)  # fmt: skip
def test_settings_that_cannot_be(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="LogFile"):
        LogFile.model_validate({"path": "x.csv", **said})


def test_a_file_that_is_named_twice() -> None:
    with pytest.raises(ValueError, match="is named twice"):
        SpreadsheetSettings.model_validate({"files": [{"path": "log.csv"}, {"path": "log.csv", "prefix": "b"}]})


def test_names_of_columns_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SourceFault) as raised:
        staged(tmp_path, lines("1,2024-03-01 10:00,Maja,Hello,x"), delimiter=",", header_line=9)
    assert "line 9 holds no names of columns" in raised.value.why


def test_a_title_above_the_names_is_asked_about(tmp_path: Path) -> None:
    content = "Our log\n\n" + lines("1,2024-03-01 10:00,Maja,Hello,x", "2,2024-03-01 10:00,Maja,Hello,x")
    with pytest.raises(SourceFault) as raised:
        staged(tmp_path, content, delimiter=",")
    assert "- header_line: " in raised.value.why and "header_line: 3" in raised.value.do
    assert staged(tmp_path, content, delimiter=",", header_line=3).count("tickets") == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked with a password"),
        (b"PK\x03\x04 no package", "no workbook that can be opened"),
        ("a,b".encode("utf-16") + b"x", "in the middle of a letter"),
        (b"", "no row can be cut"),
        (b"\n\n\n", "no row can be cut"),
        (b"\0" * 5000, "every second byte is 0"),
        (b"a,b," * 30_000 + b"\n", "would have 60,000 cells"),
    ],
)
def test_what_can_be_no_log(content: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault) as raised:
        staged(tmp_path, content)
    assert why in raised.value.why


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceFault) as raised:
        read(tmp_path, {"path": "none.csv"})
    assert raised.value.where == "none.csv" and Staging(tmp_path / "staging").count("tickets") == 0


def test_the_end_of_a_file_settles_what_its_beginning_leaves_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrations.sources.spreadsheet.sample.SIZE", 200)
    rows = [f"{n},03-04-2024,Maja,Hello,x" for n in range(30)]
    path = tmp_path / "log.csv"
    path.write_text(lines(*rows, "99,25-04-2024,Maja,?,x"), newline="")
    found = find(path, LogFile(path="log.csv", columns=COLUMNS))
    dates, nulls = found.of("dates"), found.of("nulls")
    assert dates is not None and (dates.value, dates.sure) == (["DD-MM-YYYY"], "certain")
    assert "`25-04-2024` in `Date` (near the end)" in dates.why
    assert nulls is not None and nulls.value == ["?"]

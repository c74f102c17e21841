"""Times by a format that somebody has said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from migrations.records.moment import Moment
from migrations.sources.spreadsheet.dates import Clock

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "text", "at"),
    [
        ("DD-MM-YYYY hh:mm", "1-7-2024 9:05", "2024-07-01T07:05:00Z"),
        ("MM/DD/YY hh:mm AM", "03/25/24 12:30 am", "2024-03-24T23:30:00Z"),
        ("MM/DD/YY hh:mm AM", "03/25/24 12:30 P.M.", "2024-03-25T11:30:00Z"),
        ("YYYY-MM-DDThh:mm:ssZ", "2024-03-01T10:00:00.123-05:30", "2024-03-01T15:30:00Z"),
        ("DD MMM YYYY", "3 août 2024", "2024-08-02T22:00:00Z"),
        ("DD-MM-YY", "01-01-70", "1970-01-01T00:00:00Z"),
        ("YYYYMMDD", "20240301", "2024-02-29T23:00:00Z"),
        ("excel", "45352.5", "2024-03-01T11:00:00Z"),
        ("excel-1904", "43890", "2024-02-29T23:00:00Z"),
        ("epoch-ms", "1709280000999", "2024-03-01T08:00:00Z"),
        ("DD-MM-YYYY hh:mm", "27-10-2024 02:30", "2024-10-27T00:30:00Z"),  # the clock showed it twice
        ("DD-MM-YYYY hh:mm", "31-03-2024 02:30", "2024-03-31T01:30:00Z"),  # the clock left it out
    ],
)
def test_what_a_text_says(form: str, text: str, at: str) -> None:
    zone = "UTC" if text == "01-01-70" else "Europe/Amsterdam"
    assert Clock([form], zone, NOW).moment(text) == Moment(at, text)


@pytest.mark.parametrize(
    ("forms", "text", "why"),
    [
        (["DD-MM-YYYY"], "31-02-2024", "no time of the formats in `dates`"),
        (["DD-MM-YYYY"], "01-02-2024 ", "no time of the formats in `dates`"),
        (["hh:mm DD-MM-YYYY"], "25:00 01-02-2024", "no time of the formats in `dates`"),
        (["MM/DD/YY hh:mm AM"], "03/25/24 13:30 PM", "no time of the formats in `dates`"),
        (["DD MMM YYYY"], "3 Foo 2024", "no time of the formats in `dates`"),
        (["excel"], "999999999", "no time of the formats in `dates`"),
        (["epoch"], "999999999999999", "no time of the formats in `dates`"),
        (["YYYY-MM-DD hh:mmZ"], "0001-01-01 00:00+05:00", "no time of the formats in `dates`"),
        ([], "2024-03-01", "no time of the formats in `dates`"),
        (["DD-MM-YYYY", "MM-DD-YYYY"], "03-04-2024", "a time that can be read in two ways"),
        (["DD-MM-YYYY"], "31-12-1969", "a time before 1970"),
        (["DD-MM-YYYY"], "03-01-2026", "a time that is still to come"),
    ],
)
def test_why_a_text_is_no_time(forms: list[str], text: str, why: str) -> None:
    assert Clock(forms, "UTC", NOW).moment(text) == why


def test_formats_that_agree_leave_no_doubt() -> None:
    found = Clock(["DD-MM-YYYY", "MM-DD-YYYY"], "UTC", NOW).moment("03-03-2024")
    assert isinstance(found, Moment)

"""Whether a log has what an audit needs, and is named as the fields that will take it."""

from __future__ import annotations

import pytest

from migrations.sources.spreadsheet.headings import headers_of, meanings_of
from migrations.sources.spreadsheet.log_columns import NEEDED, log_columns


def test_a_log_that_has_everything_by_its_names() -> None:
    found = log_columns(["Datum", "Kanal", "Kunde", "Kategorie", "Erste Antwort", "Gelöst am"], {}, [])
    assert (found.has, found.lacks, found.others) == (NEEDED, (), ())


def test_what_is_said_of_a_column_goes_before_its_name() -> None:
    found = log_columns(["Date", "X", "Mail"], {"X": "resolved", "Mail": "customer_email", "Date": "updated"}, [])
    assert found.has == ("customer", "resolved")
    assert found.lacks == ("date", "channel", "category", "first_answer") and found.others == ("Date",)


def test_columns_that_are_named_as_ticket_fields() -> None:
    found = log_columns(["Product Area", "product", "Area", "Date"], {}, ["product_area", "area"])
    assert found.as_fields == {"Product Area": "product_area", "Area": "area"} and found.others == ("product",)


@pytest.mark.parametrize(
    ("cells", "headers"),
    [
        (["A", "", "B", " ", ""], ("A", "(column 2)", "B")),
        (["A ", "", "A", "B", " x\n y"], ("A", "(column 2)", "A (2)", "B", "x y")),
        (["A", "A (2)", "A"], ("A", "A (2)", "A (3)")),
    ],
)
def test_every_column_has_a_name_of_its_own(cells: list[str], headers: tuple[str, ...]) -> None:
    assert headers_of(cells) == headers


def test_two_columns_do_not_mean_the_same_but_for_notes() -> None:
    assert meanings_of(["Email", "E-Mail", "Note", "Comments"]) == {
        "Email": "customer_email", "Note": "private_note", "Comments": "private_note",
    }  # fmt: skip

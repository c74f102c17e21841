"""What is sent: texts in pieces, pages that do nothing, values that fit, the same part of the tickets every time."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from migrations.sending.bodies import MARK, pieces, safe_html
from migrations.sending.external_ids import LONGEST, external_id
from migrations.sending.fitting import fitted
from migrations.sending.sample import is_in_sample
from tests.provisioners.declared import declaration

TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=4000)


@given(TEXT, some.integers(300, 900))
def test_pieces_are_the_whole_text_and_none_is_too_long(text: str, largest: int) -> None:
    parts = pieces(text, largest)
    assert all(len(part.encode()) <= largest for part in parts)
    if len(parts) == 1:
        assert parts == [text]
    else:
        marks = [f"{MARK.format(number=number, many=len(parts))}\n\n" for number in range(1, len(parts) + 1)]
        assert "".join(part.removeprefix(mark) for part, mark in zip(parts, marks, strict=True)) == text


def test_a_text_is_divided_between_paragraphs_where_it_can_be() -> None:
    first, second = pieces("a" * 300 + "\n\n" + "b" * 300, 520)
    assert first.endswith("a\n\n") and second.endswith("b" * 300)


@pytest.mark.parametrize(
    ("page", "safe"),
    [
        ("<p onclick='x()'>A<script>x()</script></p>", "<p>A</p>"),
        ("<style>p{}</style><form><input></form>B", "B"),
        ("<a href='javascript:x()'>C</a>", '<a rel="noopener noreferrer nofollow">C</a>'),
        ("<img src='https://tracker.example/1.gif' alt='D'>", '<img alt="D">'),
        ("<img src='cid:p1'>", '<img src="https://helpdesk.example/p1">'),
        ("<img src='cid:p2' onerror='x()'>", "<img>"),
        ("<iframe src='https://x.example'></iframe>E<!-- F -->", "E"),
    ],
)
def test_a_page_does_nothing_and_tells_nobody(page: str, safe: str) -> None:
    assert safe_html(page, {"cid:p1": "https://helpdesk.example/p1"}) == safe


FIELDS: dict[str, Any] = {
    "text": {"name": "T", "type": "text"},
    "number": {"name": "N", "type": "integer"},
    "sum": {"name": "S", "type": "decimal"},
    "day": {"name": "D", "type": "date"},
    "yes": {"name": "Y", "type": "checkbox"},
    "one": {"name": "O", "type": "dropdown", "options": {"a": "A", "b": "B"}},
    "many": {"name": "M", "type": "multiselect", "options": {"a": "A", "b": "B"}},
}


@pytest.mark.parametrize(
    ("key", "value", "held", "misfit"),
    [
        ("text", ["a", "b"], "a, b", ""),
        ("number", "12", 12, ""),
        ("number", "12.5", None, "it is no whole number"),
        ("number", "twelve", None, "it is no number"),
        ("sum", 3, 3.0, ""),
        ("day", "2024-03-01T10:00:00Z", "2024-03-01", ""),
        ("day", "soon", None, "it is no day"),
        ("yes", True, True, ""),
        ("yes", "No", False, ""),
        ("yes", "perhaps", None, "it is neither yes nor no"),
        ("one", ["a"], "a", ""),
        ("one", ["a", "b"], None, "it is several choices, and the field takes one"),
        ("one", [], None, ""),
        ("many", ["a", "b"], ["a", "b"], ""),
    ],
)
def test_values_fit_or_it_is_said_why_not(key: str, value: Any, held: Any, misfit: str) -> None:
    target = declaration(ticket_fields=FIELDS).get("ticket_fields", key)
    assert target is not None
    assert fitted(value, target) == (held, misfit)


def test_a_larger_sample_holds_every_smaller_one() -> None:
    every = [f"ticket-{number}" for number in range(4000)]
    small, large = ({each for each in every if is_in_sample(each, share)} for share in (0.05, 0.2))
    assert small < large
    assert 150 < len(small) < 250 and 700 < len(large) < 900
    assert all(is_in_sample(each, 1.0) for each in every)


IDS = some.text(some.sampled_from("aAbB~é \u00df\u212a7"), max_size=6)


@given(IDS, IDS, some.sampled_from(["", "x" * LONGEST]))
def test_no_two_old_ids_are_one_in_the_new_helpdesk(one: str, other: str, before: str) -> None:
    """Whether or not it tells capital letters, accents or spaces at the end apart."""
    made = [external_id("old", before + each) for each in (one, other)]
    assert all(len(each) <= LONGEST for each in made)
    assert (folded(made[0]) == folded(made[1])) == (one == other)


def folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold().rstrip()


def test_a_plain_old_id_stays_readable() -> None:
    assert external_id("old", "4711") == "old:4711" and external_id("old", "jo@client.org") == "old:jo@client.org"

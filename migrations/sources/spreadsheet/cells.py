"""What the cells of a sample say: words for nothing, decimal signs, and whether a row is a ticket."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from migrations.sources.spreadsheet.found import Guess, Other, SampleRow
from migrations.sources.spreadsheet.rows import text_of

NOTHING = frozenset((
    "?", "??", "???", "-", "--", "---", "–", "—", ".", "n/a", "na", "n.a.", "#n/a", "null", "(null)", "none", "nil",
    "nan",
    "k.a.", "k. a.", "nvt", "n.v.t.", "s/o", "n/d", "tbd",
))  # fmt: skip
"""In small letters: what people and programs write where they know nothing."""
LONGEST_NOTHING = max(map(len, NOTHING))
_DECIMAL = re.compile(r"[-+]?[0-9.,'’   ]*[0-9]")


def nulls_of(headers: Sequence[str], rows: Iterable[SampleRow], used: frozenset[str]) -> Guess:
    """used: the columns that matter."""
    at = [number for number, header in enumerate(headers) if header in used]
    counted: Counter[str] = Counter()
    first: dict[str, tuple[SampleRow, str]] = {}
    for row in rows:
        for number in at:
            word = text_of(row.cells[number]).strip() if number < len(row.cells) else ""
            if word.casefold() in NOTHING:
                counted[word] += 1
                first.setdefault(word, (row, headers[number]))
    if not counted:
        return Guess("nulls", [], "certain", "no cell that was looked at has a word for nothing")
    said = ", ".join(
        f"`{word}` {number} times (first in `{first[word][1]}`, {first[word][0].place})"
        for word, number in counted.most_common()
    )
    others = (Other([], "they are words like others"),)
    return Guess(
        "nulls", list(counted), "likely", f"these may mean nothing: {said}", first[next(iter(counted))][0].line, others
    )


def decimal_of(header: str, values: Iterable[tuple[SampleRow, str]]) -> Guess | None:
    """The decimal sign of a column of numbers; None where none of them has any sign."""
    seen: dict[str, tuple[SampleRow, str]] = {}
    unclear: tuple[SampleRow, str] | None = None
    for row, text in values:
        if not _DECIMAL.fullmatch(text) or not ("," in text or "." in text):
            continue
        sign = _decimal(text)
        if sign:
            seen.setdefault(sign, (row, text))
        else:
            unclear = unclear or (row, text)
    if len(seen) == 1:
        [(sign, (row, text))] = seen.items()
        return Guess("decimal", sign, "certain", f"`{text}` in `{header}` ({row.place}) cannot be otherwise", row.line)
    if seen:
        why = " and ".join(f"`{text}` ({row.place})" for row, text in seen.values())
        return Guess("decimal", None, "open", f"`{header}` has both: {why}", 0, (Other(","), Other(".")))
    if unclear is None:
        return None
    row, text = unclear
    why = f"`{text}` in `{header}` ({row.place}) can be a thousand times as much"
    return Guess("decimal", None, "open", why, row.line, (Other(","), Other(".")))


def _decimal(text: str) -> str:
    """The sign that can only be the decimal one; empty where it may stand for thousands."""
    last = max(text.rfind(","), text.rfind("."))
    sign, other = text[last], "." if text[last] == "," else ","
    if other in text:
        return sign
    if text.count(sign) > 1:
        return other
    before = text[:last].lstrip("+-")
    return "" if len(text) - last == 4 and 1 <= len(before) <= 3 and before != "0" else sign


def number_of(text: str, decimal: str) -> float | int | None:
    """A number as it is written with a decimal sign, in groups of thousands or not; None for what is none."""
    if not _DECIMAL.fullmatch(text):
        return None
    whole, sign, part = text.rpartition(decimal) if text.count(decimal) == 1 else (text, "", "")
    groups = re.split(r"[.,'’   ]", whole.lstrip("+-"))
    if decimal in whole or (sign and not part.isdigit()):
        return None
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(each) != 3 for each in groups[1:])):
        return None
    joined = "".join(groups)
    if not joined.isdigit() and not (sign and not joined):
        return None
    size = float(f"{joined or '0'}.{part}") if sign else int(joined[:300])
    return -size if text.startswith("-") else size


def rows_of(headers: Sequence[str], rows: Iterable[SampleRow], ticket: str) -> Guess:
    """Whether each row is a ticket. ticket: the column of its number; empty for none."""
    if not ticket:
        return Guess("rows", "tickets", "certain", "no column says that several rows are one ticket")
    at = headers.index(ticket)
    seen: dict[str, SampleRow] = {}
    again: tuple[str, SampleRow, SampleRow] | None = None
    for row in rows:
        number = text_of(row.cells[at]).strip() if at < len(row.cells) else ""
        if number and number in seen:
            again = again or (number, seen[number], row)
        seen.setdefault(number, row)
    if again is None:
        return Guess("rows", "tickets", "certain", f"no number in `{ticket}` that was looked at stands there twice")
    number, first, second = again
    why = f"`{number[:40]}` in `{ticket}` stands there again ({first.place} and {second.place})"
    others = (Other("tickets", "each row is a ticket, and one of a number that was there is put aside"),)
    return Guess("rows", "events", "likely", why, second.line, others)

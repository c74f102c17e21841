"""Finding out what a file looks like. Nothing is decided here: what leaves a doubt is a question to a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from migrations.sources.source import SourceFault
from migrations.sources.spreadsheet.cells import decimal_of, nulls_of, rows_of
from migrations.sources.spreadsheet.dates import DateFormat
from migrations.sources.spreadsheet.delimiters import delimiter_of, first_line, header_line_of
from migrations.sources.spreadsheet.encodings import encoding_of
from migrations.sources.spreadsheet.found import Found, Guess, Other, SampleRow
from migrations.sources.spreadsheet.headings import headers_of, meanings_of
from migrations.sources.spreadsheet.rows import text_of
from migrations.sources.spreadsheet.sample import ends_of, first_rows, is_workbook, sheet_rows, text_rows
from migrations.sources.spreadsheet.settings import TIMES, LogFile
from migrations.sources.spreadsheet.shapes import dates_of
from migrations.sources.spreadsheet.text_file import codec_of
from migrations.sources.spreadsheet.workbook import Workbook

MOST_COLUMNS = 1_000


def find(path: Path, said: LogFile | None = None) -> Found:
    """What a file looks like, from its beginning and its end. said: what the file in `migrations/` has already; what
    stands there is not guessed again. Raises SourceFault for what can be no log at all, OSError."""
    said = said or LogFile(path=path.name)
    found = _workbook(path, said) if is_workbook(path, said.path) else _text(path, said)
    if len(found.headers) > MOST_COLUMNS:
        why = f"its rows would have {len(found.headers):,} cells, as no log has"
        raise SourceFault(said.path, why, "Look at the file, and write down its `delimiter` and `header_line`.")
    return found


def _text(path: Path, said: LogFile) -> Found:
    ends = ends_of(path)
    guesses = [encoding_of(ends.head, ends.tail)]
    encoding = said.encoding or str(guesses[0].value)
    codec, signature = codec_of(path, encoding)
    if codec.startswith("utf-16") and path.stat().st_size % 2:
        why = "it ends in the middle of a letter: a part of it is missing"
        raise SourceFault(said.path, why, "Copy or export it again.")
    text = ends.head[signature:].decode(codec, "replace")
    guesses.append(delimiter_of(text))
    delimiter = said.delimiter or guesses[1].value
    if delimiter is None:
        return Found(False, (), tuple(guesses))
    _, skipped = first_line(text)
    first = first_rows(path, encoding, delimiter)
    guesses.append(header_line_of(first[skipped:], skipped))
    header_line = said.header_line or guesses[2].value
    names = next((cells for line, cells in first if line == header_line), [])
    headers = headers_of(names)
    rows = list(text_rows(path, encoding, delimiter, header_line or 0))
    return Found(False, headers, (*guesses, *_of_rows(headers, rows, said)))


def _workbook(path: Path, said: LogFile) -> Found:
    book = Workbook(path, said.path)
    try:
        guesses = [_sheets(book)]
        names = said.sheets or guesses[0].value
        known = {each.name for each in book.sheets}
        if not names or not set(names) <= known:
            return Found(True, (), tuple(guesses))
        every = sheet_rows(book, names[0])
        first = [(row.line, [text_of(each) for each in row.cells]) for row in every[:50]]
        guesses.append(header_line_of(first, first[0][0] - 1 if first else 0))
        header_line = said.header_line or guesses[1].value
        headers = _headers(every, header_line)
        for name in names[1:]:
            others = sheet_rows(book, name)
            if _headers(others, header_line) != headers:
                why = f"the columns of sheet `{name}` are others than those of `{names[0]}`; name the file again for it"
                guesses.append(Guess("", None, "open", why))
            every += others
        rows = [row for row in every if row.line > (header_line or 0)]
        return Found(True, headers, (*guesses, *_of_rows(headers, rows, said)), book.has_comments)
    finally:
        book.close()


def _headers(rows: Sequence[SampleRow], line: int | None) -> tuple[str, ...]:
    return headers_of(next(([text_of(each) for each in row.cells] for row in rows if row.line == line), []))


def _sheets(book: Workbook) -> Guess:
    shown = [each.name for each in book.sheets if not each.is_hidden]
    hidden = [each.name for each in book.sheets if each.is_hidden]
    too = f"; hidden and not read unless you name them: {', '.join(hidden)}" if hidden else ""
    if len(shown) == 1:
        return Guess("sheets", shown, "certain", f"the only one that is shown{too}")
    if not shown:
        return Guess("sheets", None, "open", f"no sheet is shown{too}", 0, tuple(Other([each]) for each in hidden))
    why = f"there are {len(shown)}: {', '.join(shown)}{too}"
    return Guess("sheets", shown, "likely", why, 0, tuple(Other([each]) for each in shown))


def _of_rows(headers: Sequence[str], rows: Sequence[SampleRow], said: LogFile) -> list[Guess]:
    """What the cells say. headers: the columns' names."""
    proposed = meanings_of(headers)
    columns = dict(said.columns) or {each: meaning for each, meaning in proposed.items() if each not in said.values}
    guesses = [Guess("columns", dict(proposed), "likely", "by their names; what is missing here is nobody's guess", 0)]
    ignored = set(said.ignore)
    guesses.append(nulls_of(headers, rows, frozenset(each for each in headers if each not in ignored)))
    nulls = set(guesses[1].value if said.nulls is None else said.nulls)
    times = [header for header, meaning in columns.items() if meaning in TIMES and header in headers]
    guesses += _times(headers, rows, times, nulls, said)
    for header in said.numbers:
        if header in headers:
            found = decimal_of(header, _texts(headers, rows, header, nulls))
            guesses += [found] if found else []
    ticket = next((header for header, meaning in columns.items() if meaning == "ticket" and header in headers), "")
    guesses.append(rows_of(headers, rows, ticket))
    return guesses


def _times(
    headers: Sequence[str], rows: Sequence[SampleRow], times: Sequence[str], nulls: set[str], said: LogFile
) -> list[Guess]:
    by_column = [
        dates_of(header, ((row.place, row.line, text) for row, text in _texts(headers, rows, header, nulls)))
        for header in times
    ]
    found = [each for each in by_column if each is not None]
    guesses = []
    if found:
        order = ("certain", "likely", "open")
        worst = max(found, key=lambda each: order.index(each.sure))
        formats = list(dict.fromkeys(one for each in found for one in each.value or ()))
        why = "; ".join(each.why for each in found if each.sure == worst.sure)
        guesses.append(Guess("dates", formats or None, worst.sure, why, worst.line, worst.others))
    formats_said = said.dates or [each for guess in guesses for each in guess.value or ()]
    has_cells = any(
        not isinstance(row.cells[at], str) and row.cells[at] is not None
        for row in rows
        for at in (headers.index(header) for header in times)
        if at < len(row.cells)
    )
    if times and (has_cells or not all(DateFormat.of(each).has_offset for each in formats_said) or not formats_said):
        why = "its times say no offset from UTC, so only somebody who knows can tell by which clock they were written"
        guesses.append(Guess("time_zone", None, "open", why, 0, (Other("Europe/Amsterdam"), Other("UTC"))))
    elif times:
        guesses.append(Guess("time_zone", "UTC", "certain", "each time says its own offset"))
    return guesses


def _texts(
    headers: Sequence[str], rows: Iterable[SampleRow], header: str, nulls: set[str]
) -> Iterable[tuple[SampleRow, str]]:
    """The cells of a column that are text, and say something."""
    at = headers.index(header)
    for row in rows:
        cell = row.cells[at] if at < len(row.cells) else None
        if isinstance(cell, str) and (text := cell.strip()) and text not in nulls:
            yield row, text

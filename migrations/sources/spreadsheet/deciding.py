"""What holds for a file: what a person has written, what the file leaves no doubt about, or a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from migrations.sources.source import SourceFault
from migrations.sources.spreadsheet.finding import find
from migrations.sources.spreadsheet.found import Found, Guess, Other
from migrations.sources.spreadsheet.headings import meanings_of
from migrations.sources.spreadsheet.settings import LogFile

_PER_FILE = ("encoding", "delimiter", "header_line", "sheets", "nulls", "dates", "time_zone", "decimal", "rows")
_OF_VALUES = frozenset(("category", "first_answer"))
"""Meanings that become fields of the ticket under these names."""
_NO_DATE = "no column has the time (`date`) at which the ticket began"


@dataclass(frozen=True)
class Decided:
    """How a file is read. notes: setting → what was taken without being written down, and why."""

    file: LogFile
    is_workbook: bool
    headers: tuple[str, ...]
    encoding: str
    delimiter: str
    header_line: int
    sheets: tuple[str, ...]
    nulls: frozenset[str]
    dates: tuple[str, ...]
    time_zone: str
    decimal: str
    by_events: bool
    notes: Mapping[str, str]


def decide(path: Path, file: LogFile) -> Decided:
    """Raises SourceFault, with all questions at once and what to write; OSError."""
    found = find(path, file)
    questions = [*_unclear(file, found), *_columns(file, found)]
    if not found.headers and not questions:
        why = f"line {file.header_line or 1} holds no names of columns that can be read"
        questions = [Guess("header_line", None, "open", why, file.header_line or 1)]
    if questions:
        raise _fault(file, questions)
    taken = {each.setting: each for each in _merged(found) if getattr(file, each.setting, None) is None}

    def held(setting: str, otherwise: Any) -> Any:
        said = getattr(file, setting)
        guess = taken.get(setting)
        return said if said is not None else guess.value if guess else otherwise

    return Decided(
        file=file,
        is_workbook=found.is_workbook,
        headers=found.headers,
        encoding=held("encoding", "utf-8"),
        delimiter=held("delimiter", ","),
        header_line=held("header_line", 1),
        sheets=tuple(held("sheets", ())),
        nulls=frozenset(held("nulls", ())),
        dates=tuple(held("dates", ())),
        time_zone=held("time_zone", ""),
        decimal=held("decimal", "."),
        by_events=held("rows", "tickets") == "events",
        notes={
            **{setting: f"{_shown(each.value)}: {each.why}" for setting, each in taken.items()},
            **({"cell_comments": "remarks on cells are not read"} if found.has_comments else {}),
        },
    )


def _merged(found: Found) -> Iterator[Guess]:
    """The guesses of a file's settings; of several columns that say different decimal signs, none."""
    for setting in _PER_FILE:
        same = [each for each in found.guesses if each.setting == setting]
        doubtful = [each for each in same if each.sure != "certain"]
        values = {repr(each.value) for each in same}
        if doubtful:
            yield doubtful[0]
        elif len(values) > 1:
            others = tuple(Other(each.value) for each in same)
            yield Guess(setting, None, "open", "; ".join(each.why for each in same), same[0].line, others)
        elif same:
            yield same[0]


def _unclear(file: LogFile, found: Found) -> Iterator[Guess]:
    for guess in _merged(found):
        if getattr(file, guess.setting) is None and guess.sure != "certain":
            yield guess
    yield from (each for each in found.guesses if not each.setting)
    if found.is_workbook and file.sheets and not found.headers:
        known = found.of("sheets")
        why = f"there is no such sheet: {', '.join(file.sheets)}"
        yield Guess("sheets", known.value if known else None, "open", why)


def _columns(file: LogFile, found: Found) -> Iterator[Guess]:
    """Every column has its place, and every name its column."""
    headers = found.headers
    if not headers:
        return
    named = [*file.columns, *file.values, *file.ignore]
    for missing in dict.fromkeys(each for each in named if each not in headers):
        near = get_close_matches(missing, headers, n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        yield Guess("", None, "open", f"no column is called `{missing}`{hint}")
    placeless = [each for each in headers if each not in named]
    if placeless:
        held = set(file.columns.values())
        proposed = {each: what for each, what in meanings_of(placeless).items() if what not in held}
        rest = [each for each in placeless if each not in proposed]
        why = f"these columns have no place in `columns`, `values` or `ignore`: {', '.join(placeless)}"
        yield Guess("columns", {**file.columns, **proposed}, "open", why, 0, (Other(rest, "values"),))
    elif "date" not in file.columns.values():
        yield Guess("", None, "open", f"{_NO_DATE}; a ticket without a time cannot be carried over")
    for header in file.values:
        if header in _OF_VALUES and file.columns.get(header) != header and header in file.columns.values():
            yield Guess("", None, "open", f"`{header}` would be two fields: of `columns` and of `values`")


def _fault(file: LogFile, questions: Sequence[Guess]) -> SourceFault:
    """One fault for all that is open, with lines to paste."""
    line = next((each.line for each in questions if each.line), 0)
    why = "\n".join(f"- {each.setting}: {each.why}" if each.setting else f"- {each.why}" for each in questions)
    lines = [said for each in questions if each.setting for said in _written(each, file)]
    do = "Write below this file's `path`, after you have looked at it:\n" + "\n".join(f"  {each}" for each in lines)
    return SourceFault(
        f"{file.path}:{line}" if line else file.path,
        f"{len(questions)} thing{'s' if len(questions) > 1 else ''} only a person can tell:\n{why}",
        do if lines else "Correct the names in this file's `columns`, `values` and `ignore`.",
    )


def _written(guess: Guess, file: LogFile) -> Iterator[str]:
    if guess.setting == "columns":
        rest = [each for other in guess.others for each in other.value]
        yield from _yaml({"columns": guess.value})
        if file.values or rest:
            yield from _yaml({"values": [*file.values, *rest]})
        return
    others = [_shown(each.value) + (f" ({each.why})" if each.why else "") for each in guess.others]
    value, hint = guess.value, f"or {', or '.join(others)}"
    if value is None:
        value = guess.others[0].value if guess.others else "…"
        hint = f"for example; or {', or '.join(others[1:])}"
    yield f"{guess.setting}: {_shown(value)}" + (f"   # {hint}" if others else "")


def _yaml(said: Mapping[str, Any]) -> list[str]:
    flow = None if "values" in said else False
    text: str = yaml.safe_dump(dict(said), allow_unicode=True, sort_keys=False, default_flow_style=flow, width=10_000)
    return text.rstrip("\n").split("\n")


def _shown(value: Any) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...")

"""In which formats a text could be a time. What could be read in two ways is settled by other values, or by nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from migrations.sources.spreadsheet.dates import DateFormat
from migrations.sources.spreadsheet.found import Guess, Other, Sure

_NUMBERS = re.compile(r"([0-9]{1,4})([-/. ])([0-9]{1,2})\2([0-9]{1,4})")
_DAY_NAME = re.compile(r"[0-9]{1,2}([-. /]{1,2})[^\W\d_]{3,12}(\.?[-. /,]{1,2})([0-9]{4}|[0-9]{2})")
_NAME_DAY = re.compile(r"[^\W\d_]{3,12}(\.? )[0-9]{1,2}(,? )[0-9]{4}")
_TIME = re.compile(
    r"([T ]|, )[0-9]{1,2}:[0-9]{2}(?P<second>:[0-9]{2}([.,][0-9]+)?)?(?P<half> ?[AaPp]\.?[Mm]\.?)?"
    r"(?P<offset> ?([Zz]|[+-][0-9]{2}:?[0-9]{2}))?"
)
_PLAIN = (
    (re.compile(r"[0-9]{8}"), ("YYYYMMDD",)),
    (re.compile(r"[2-7][0-9]{4}([.,][0-9]+)?"), ("excel", "excel-1904")),
    (re.compile(r"[0-9]{10}"), ("epoch",)),
    (re.compile(r"[0-9]{13}"), ("epoch-ms",)),
)
_LEAST_TIMES = 0.5
"""Of the values of a column; where fewer are times, its format is asked for."""
_SURE: Sequence[Sure] = ("certain", "likely", "open")


def formats_of(text: str) -> tuple[str, ...]:
    """All formats of which a text could be; none where it looks like no time."""
    for pattern, plain in _PLAIN:
        if pattern.fullmatch(text):
            return plain
    for pattern, days in ((_NUMBERS, _numbers), (_DAY_NAME, _day_name), (_NAME_DAY, _name_day)):
        found = pattern.match(text)
        if found is None:
            continue
        rest = _rest(text[found.end() :])
        if rest is not None:
            return tuple(f"{day}{rest}" for day in days(found))
    return ()


def _numbers(found: re.Match[str]) -> tuple[str, ...]:
    first, sign, _, last = found.groups()
    if len(first) == 4:
        return (f"YYYY{sign}MM{sign}DD",) if len(last) <= 2 else ()
    if len(first) > 2 or len(last) not in (2, 4):
        return ()
    year = "YYYY" if len(last) == 4 else "YY"
    days = (f"DD{sign}MM{sign}{year}", f"MM{sign}DD{sign}{year}")
    return (*days, f"YY{sign}MM{sign}DD") if year == "YY" and len(first) == 2 else days


def _day_name(found: re.Match[str]) -> tuple[str, ...]:
    before, behind, year = found.groups()
    return (f"DD{before}MMM{behind.removeprefix('.')}{'YYYY' if len(year) == 4 else 'YY'}",)


def _name_day(found: re.Match[str]) -> tuple[str, ...]:
    before, behind = found.groups()
    return (f"MMM{before.removeprefix('.')}DD{behind}YYYY",)


def _rest(text: str) -> str | None:
    """The format of what stands behind the day; None where it is no time."""
    if not text:
        return ""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    half, offset = found["half"], found["offset"]
    return "".join((
        found[1], "hh:mm", ":ss" if found["second"] else "",
        (" AM" if half.startswith(" ") else "AM") if half else "",
        (" Z" if offset.startswith(" ") else "Z") if offset else "",
    ))  # fmt: skip


def dates_of(header: str, values: Iterable[tuple[str, int, str]]) -> Guess | None:
    """The formats of a column; None where it is empty. values: each with its place in words, and its line."""
    shapes: dict[tuple[str, ...], list[tuple[str, int, str]]] = {}
    for place, line, text in values:
        shapes.setdefault(formats_of(text), []).append((place, line, text))
    if not shapes:
        return None
    none = shapes.pop((), [])
    number = sum(map(len, shapes.values()))
    if number < _LEAST_TIMES * (number + len(none)):
        place, line, text = none[0]
        return Guess("dates", None, "open", f"`{text[:40]}` in `{header}` ({place}) looks like no time", line)
    guesses = [_of_shape(header, formats, said) for formats, said in shapes.items()]
    worst = max(guesses, key=lambda each: _SURE.index(each.sure))
    return Guess(
        "dates", [each.value for each in guesses], worst.sure, "; ".join(dict.fromkeys(each.why for each in guesses)),
        worst.line, tuple(one for each in guesses for one in each.others),
    )  # fmt: skip


def _of_shape(header: str, formats: tuple[str, ...], values: list[tuple[str, int, str]]) -> Guess:
    against: dict[str, tuple[str, int, str]] = {}
    """Format → the first value that is not of it."""
    for said in formats:
        read = DateFormat.of(said).read
        for place, line, text in values:
            if read(text) is None:
                against[said] = (place, line, text)
                break
    left = [each for each in formats if each not in against]
    place, line, text = values[0]
    if len(left) == 1 and against:
        place, line, text = next(iter(against.values()))
        return Guess("dates", left[0], "certain", f"`{text}` in `{header}` ({place}) can only be {left[0]}", line)
    if len(left) == 1:
        return Guess("dates", left[0], "certain", f"`{text}` in `{header}` ({place}) can only be {left[0]}", line)
    others = tuple(Other(each) for each in formats[1:])
    if not left:
        why = "; ".join(f"`{text}` ({place}) is not {said}" for said, (place, _, text) in against.items())
        return Guess("dates", formats[0], "open", f"not all of `{header}` are of one format: {why}", line, others)
    word = " or ".join(left)
    return Guess("dates", left[0], "open", f"`{text}` in `{header}` ({place}) can be {word}", line, others)

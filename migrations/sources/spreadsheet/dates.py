"""Times as people write them, by a format that somebody has said; never by what they look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from migrations.records.moment import Moment
from migrations.sources.spreadsheet.months import MONTHS

EARLIEST = datetime(1970, 1, 1)
"""In UTC, as all times here that say no zone. No helpdesk is older; Zendesk refuses comments from before."""
TOO_EARLY, TOO_LATE = "a time before 1970", "a time that is still to come"
_TOKENS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<short>[0-9]{2})",
    "MMMM": r"(?P<name>[^\W\d_]{3,12})\.?",
    "MMM": r"(?P<name>[^\W\d_]{3,12})\.?",
    "MM": r"(?P<month>[0-9]{1,2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{1,2})",
    "D": r"(?P<day>[0-9]{1,2})",
    "hh": r"(?P<hour>[0-9]{1,2})",
    "h": r"(?P<hour>[0-9]{1,2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?",
    "AM": r"(?P<half>[AaPp])\.?[Mm]\.?",
    "Z": r"(?P<offset>[Zz]|[+-][0-9]{2}:?[0-9]{2})",
}
_TOKEN = re.compile("|".join(sorted(_TOKENS, key=len, reverse=True)) + r"|\s+|.", re.DOTALL)
_DIGITS = re.compile(r"-?\d{1,15}(?:[.,]\d+)?", re.ASCII)
_EPOCHS = {"excel": datetime(1899, 12, 30), "excel-1904": datetime(1904, 1, 1)}
"""Day 0. Source: Microsoft, “Date systems in Excel”; a 1900 that was taken for a leap year makes it the 30th."""
_UNITS = {"epoch": 1.0, "epoch-ms": 1000.0}
NUMBERED = frozenset((*_EPOCHS, *_UNITS))
"""Formats that are plain numbers."""


@dataclass(frozen=True)
class DateFormat:
    """said: as the file in `migrations/` has it. has_offset: whether a time says its own offset from UTC."""

    said: str
    has_offset: bool
    read: Callable[[str], datetime | None]
    """A time without an offset where the format has none; None for a text that is not of this format."""

    @staticmethod
    @lru_cache(maxsize=256)
    def of(said: str) -> DateFormat:
        """Raises ValueError with what is wrong with the format."""
        if said in NUMBERED:
            return DateFormat(said, said in _UNITS, _numbered(said))
        pieces: list[str] = []
        seen: set[str] = set()
        for token in _TOKEN.findall(said):
            piece = _TOKENS.get(token)
            name = piece[4 : piece.index(">")] if piece else ""
            if name in seen:
                raise ValueError(f"has the {name} twice")
            seen.add(name)
            seen.discard("")
            pieces.append(piece or (r"\s+" if token.isspace() else re.escape(token)))
        _check(seen)
        return DateFormat(said, "offset" in seen, _written(re.compile("".join(pieces))))


def _check(seen: set[str]) -> None:
    wanted = (({"year", "short"}, "YYYY or YY"), ({"month", "name"}, "MM or MMM"), ({"day"}, "DD"))
    for names, word in wanted:
        if len(names & seen) != 1:
            raise ValueError(f"needs {word} once, as in DD-MM-YYYY hh:mm")
    if ("hour" in seen and "minute" not in seen) or ("minute" in seen and "hour" not in seen):
        raise ValueError("needs hh and mm together, as in DD-MM-YYYY hh:mm")
    if ("half" in seen or "second" in seen or "offset" in seen) and "hour" not in seen:
        raise ValueError("has no hh:mm")


def _written(pattern: re.Pattern[str]) -> Callable[[str], datetime | None]:
    match, at = pattern.fullmatch, pattern.groupindex
    year, short, month, name, day = (at.get(each, 0) for each in ("year", "short", "month", "name", "day"))
    hour, minute, second = (at.get(each, 0) for each in ("hour", "minute", "second"))
    half, offset = at.get("half", 0), at.get("offset", 0)

    def read(text: str) -> datetime | None:
        found = match(text)
        if found is None:
            return None
        try:
            when = datetime(
                int(found[year]) if year else _century(int(found[short])),
                int(found[month]) if month else MONTHS.get(found[name].casefold(), 0),
                int(found[day]),
                (_hour(int(found[hour]), found[half]) if half else int(found[hour])) if hour else 0,
                int(found[minute]) if minute else 0,
                int(found[second]) if second else 0,
            )
            return (when - _offset(found[offset])).replace(tzinfo=UTC) if offset else when
        except (ValueError, OverflowError):  # what no calendar has
            return None

    return read


def _hour(hour: int, half: str) -> int:
    """Of a whole day. Raises ValueError."""
    if not 1 <= hour <= 12:
        raise ValueError("no hour of half a day")
    return hour % 12 + (12 if half in "Pp" else 0)


def _century(year: int) -> int:
    """00 to 68 are this century's, as POSIX has it."""
    return year + (2000 if year < 69 else 1900)


def _offset(said: str) -> timedelta:
    if said in "Zz":
        return timedelta(0)
    size = timedelta(hours=int(said[1:3]), minutes=int(said[-2:]))
    return size if said[0] == "+" else -size


def _numbered(said: str) -> Callable[[str], datetime | None]:
    def read(text: str) -> datetime | None:
        if not _DIGITS.fullmatch(text):
            return None
        number = float(text.replace(",", "."))
        try:
            if said in _UNITS:
                return datetime.fromtimestamp(number / _UNITS[said], UTC).replace(microsecond=0)
            return _EPOCHS[said] + timedelta(seconds=round(number * 86400))
        except (OverflowError, OSError, ValueError):
            return None

    return read


class Clock:
    """Reads the times of one file. formats: tried one after the other. zone: of times that say no offset. now: after
    which nothing can have happened."""

    def __init__(self, formats: Sequence[str], zone: str, now: datetime) -> None:
        self._reads = [DateFormat.of(each).read for each in formats]
        self._zone = ZoneInfo(zone) if zone else UTC
        self._latest = now.astimezone(UTC).replace(tzinfo=None) + timedelta(days=1)
        self.moment = lru_cache(maxsize=4_000)(self._moment)
        self._behind = lru_cache(maxsize=20_000)(self._offset_of)

    def _moment(self, text: str) -> Moment | str:
        """The time, or why it is none."""
        when = self._reads[0](text) if self._reads else None
        for read in self._reads[1:]:
            again = read(text)
            if again is not None and when is not None and again != when:
                return "a time that can be read in two ways"
            when = when or again
        return self.moment_of(when, text) if when is not None else "no time of the formats in `dates`"

    def moment_of(self, when: datetime, said: str) -> Moment | str:
        """The same for a time that a workbook holds as one."""
        try:
            if when.tzinfo is None:
                at = when - self._behind(when.year, when.month, when.day, when.hour)
            else:
                at = when.astimezone(UTC).replace(tzinfo=None)
        except OverflowError:
            at = datetime.min if when.year < EARLIEST.year else datetime.max
        if at < EARLIEST:
            return TOO_EARLY
        if at > self._latest:
            return TOO_LATE
        return Moment(f"{at.isoformat()[:19]}Z", said)

    def _offset_of(self, year: int, month: int, day: int, hour: int) -> timedelta:
        """From UTC in an hour of the file's own clock; of an hour that it had twice, in the first."""
        return datetime(year, month, day, hour, tzinfo=self._zone).utcoffset() or timedelta(0)

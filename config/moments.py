"""Times as a log has them, read and written. All of them are UTC; a day ends with its last second (UTC)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

FORM = "%Y-%m-%dT%H:%M:%SZ"
YEARS = range(2000, 3000)
"""What lies outside is a slip, and cannot be reckoned with."""


def moment(text: str) -> datetime:
    """A time of the log, or a day, of which its last second is meant. Raises ValueError for anything else, also for
    what only looks another way: times are compared as texts, too."""
    if len(text) == len("2026-01-01"):
        found = datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
        same = found.date().isoformat() == text
    else:
        found = datetime.strptime(text, FORM).replace(tzinfo=UTC)
        same = written(found) == text
    if not same or found.year not in YEARS:
        raise ValueError(f"`{text}` is no time")
    return found


def written(at: datetime) -> str:
    """A time as the log has it."""
    return at.astimezone(UTC).strftime(FORM)

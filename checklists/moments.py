"""Times: read, compared and said. All of them are UTC; a day ends with its last second (UTC)."""

from __future__ import annotations

from datetime import datetime, timedelta

from config.moments import FORM, moment, written

__all__ = ["FORM", "day_words", "left_words", "moment", "since_words", "written"]


def day_words(at: datetime) -> str:
    """`3 May 2026`."""
    return f"{at.day} {at:%B %Y}"


def since_words(at: datetime, now: datetime) -> str:
    """`3 days ago`, `2 h ago`, `just now`."""
    gone = now - at
    if gone < timedelta(minutes=2):
        return "just now"
    if gone < timedelta(hours=2):
        return f"{int(gone.total_seconds() // 60)} min ago"
    if gone < timedelta(days=2):
        return f"{int(gone.total_seconds() // 3600)} h ago"
    return f"{gone.days} days ago"


def left_words(until: datetime, now: datetime) -> str:
    """`in 3 days`, `in 5 h`, `today`."""
    left = until - now
    if left >= timedelta(days=2):
        return f"in {left.days} days"
    if left >= timedelta(hours=1):
        return f"in {int(left.total_seconds() // 3600)} h"
    return f"in {max(0, int(left.total_seconds() // 60))} min"

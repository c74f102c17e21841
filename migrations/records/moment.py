"""A point in time, as the old tool said it and in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple


class Moment(NamedTuple):
    """at: UTC, `2024-03-01T08:15:00Z`, so that text sorts as time does. said: the old tool's own writing. In JSON it is
    a list of both."""

    at: str
    said: str

    @classmethod
    def of(cls, when: datetime, said: str) -> Moment:
        """when: with its offset from UTC. said: as it was written."""
        return cls(when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), said)

    @classmethod
    def of_epoch(cls, seconds: float, said: str = "") -> Moment:
        """seconds: since 1970 in UTC. Raises OverflowError, OSError or ValueError for what no calendar has."""
        return cls.of(datetime.fromtimestamp(seconds, UTC), said or f"{seconds:g}")

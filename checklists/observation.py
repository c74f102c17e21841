"""What a probe has seen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from config.results.log_entry import canonical

Seen = Literal["pass", "warn", "fail", "unknown"]
WORST: tuple[Seen, ...] = ("pass", "warn", "unknown", "fail")


@dataclass(frozen=True)
class Observation:
    """seen: what it means. said: one sentence. numbers: what was counted. digest: of what was looked at. at: when that
    was; lasts: how long it can be relied on."""

    probe: str
    seen: Seen
    said: str
    at: datetime
    lasts: timedelta
    numbers: Mapping[str, int | float | str] = field(default_factory=dict)
    digest: str = ""

    def is_old(self, now: datetime) -> bool:
        """Whether it is out of date. What lies in the future was seen by a clock that was wrong."""
        return not (self.at - timedelta(minutes=5) <= now <= self.at + self.lasts)


def digest_of(looked_at: Any) -> str:
    """A short digest of what was looked at, the same for the same."""
    return hashlib.sha256(canonical(looked_at).encode()).hexdigest()[:16]

"""`--json` of `golive watch`: what a watch has come to, or whether it is alive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error

WatchAction = Literal["watch", "once", "check", "end"]
WatchEnding = Literal["", "over", "stopped", "ended", "left"]


@dataclass(frozen=True)
class WatchGap:
    """A time in which nobody looked (ISO 8601, UTC)."""

    start: str
    end: str


@dataclass(frozen=True)
class WatchNumber:
    """A number of the checklist. item: which item gives it its bands; said: as people write it, empty where it cannot
    be said yet; band: None before it was told of first."""

    item: str
    name: str
    said: str = ""
    band: Literal["good", "warning", "red"] | None = None


@dataclass(frozen=True)
class WatchDocument:
    """began, until: from when to when the watch is to last; last_look (ISO 8601, UTC; all empty where there is none).
    ended: how it ended, empty while it goes on. running: whether it should be looking now; silent: it should, and has
    not looked for too long. warnings, breaches: promises that came due or were broken; posts, mails: messages that were
    sent; written_down: mails that the sandbox only writes down; unsure: messages of which nobody knows whether they
    arrived. open_tickets: as of the last look. file: the evidence. calls: system → calls that were made."""

    schema: Literal["golive/watch/1"] = "golive/watch/1"
    environment: str = ""
    action: WatchAction = "watch"
    began: str = ""
    until: str = ""
    last_look: str = ""
    ended: WatchEnding = ""
    running: bool = False
    silent: bool = False
    looks: int = 0
    longest_gap_seconds: int = 0
    gaps: list[WatchGap] = field(default_factory=list)
    warnings: int = 0
    breaches: int = 0
    posts: int = 0
    mails: int = 0
    written_down: int = 0
    unsure: int = 0
    open_tickets: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    numbers: list[WatchNumber] = field(default_factory=list)
    file: str = ""
    calls: dict[str, int] = field(default_factory=dict)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return as_json(self)

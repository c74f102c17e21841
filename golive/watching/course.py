"""The course of one watch: from when to when it was to last, when it looked, and where it did not. It is the evidence
that the log points to, and it says where a watch goes on that was cut off."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from checklists.moments import moment, written
from config.duration import minutes
from golive.watching.memory import keep
from golive.watching.numbers import Standing

SCHEMA = "golive/watch-course/1"
Ending = Literal["", "over", "stopped", "ended", "left"]
"""over: its time was over. stopped: by a signal, and it can go on. ended: somebody has ended it. left: its time was
over when golive came back."""
GAP = timedelta(minutes=5)
"""Longer between two looks than this, and longer than asked for, is a gap."""
MOST_GAPS = 50


@dataclass(frozen=True)
class Gap:
    """A time in which nobody looked."""

    start: str
    end: str

    @property
    def length(self) -> timedelta:
        return moment(self.end) - moment(self.start)


@dataclass(frozen=True)
class Course:
    """began; until: when it is to end; last: its last look (ISO 8601, UTC, this machine's clock). since: the helpdesk's
    time at its first look, empty before that. asked: how long it was to last. every: how often it looks. post: the
    channel that hears of bands and of silence. kept, late: promises that ended while it watched, in time and too late.
    longest: the longest time between two looks, in seconds."""

    began: str
    until: str
    last: str
    asked: str
    every: str
    since: str = ""
    post: str = ""
    looks: int = 0
    kept: int = 0
    late: int = 0
    longest: int = 0
    gaps: tuple[Gap, ...] = ()
    better_since: Mapping[str, str] = field(default_factory=dict)
    ended: Ending = ""

    @property
    def name(self) -> str:
        """By which its files are called."""
        return self.began.replace(":", "")

    @classmethod
    def beginning(cls, now: datetime, asked: str, every: str, post: str) -> Course:
        """A new watch."""
        began = written(now)
        return cls(began, written(moment(began) + timedelta(minutes=minutes(asked))), began, asked, every, post=post)

    @property
    def counts_from(self) -> datetime:
        """Promises whose time was over before that are not counted as broken while it watched (the helpdesk's time)."""
        return moment(self.since or self.began)

    @property
    def is_unfinished(self) -> bool:
        """Whether it is under way, or was cut off and can go on."""
        return self.ended in ("", "stopped")

    def looked(self, at: datetime, every: timedelta) -> Course:
        """After one more look. Before the first one nobody looked either."""
        between = max(timedelta(0), at - moment(self.last))
        gaps = self.gaps
        if between > max(GAP, 2 * every):
            gaps = (*gaps, Gap(self.last, written(at)))[-MOST_GAPS:]
        longest = max(self.longest, int(between.total_seconds()))
        return replace(self, looks=self.looks + 1, last=written(max(at, moment(self.last))), longest=longest, gaps=gaps)

    def with_standings(self, standings: Mapping[str, Standing]) -> Course:
        """With since when numbers have been better than what was told of them."""
        since = {key: written(each.better_since) for key, each in standings.items() if each.better_since}
        return replace(self, better_since=since)

    def to_json(self) -> dict[str, Any]:
        return {"schema": SCHEMA, **asdict(self)}


def read_course(path: Path) -> Course | None:
    """The course that a file tells; None where it is none."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said.pop("schema") != SCHEMA:
            return None
        gaps = tuple(Gap(**each) for each in said.pop("gaps"))
        course = Course(**said, gaps=gaps)
        moment(course.began), moment(course.until), moment(course.last)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return course


@dataclass(frozen=True)
class Courses:
    """All watches of an environment. root: the workspace's."""

    root: Path
    environment: str

    @property
    def folder(self) -> Path:
        return self.root / "checklists" / "evidence" / self.environment / "watch"

    def path(self, course: Course) -> Path:
        return self.folder / f"{course.name}.json"

    def notes_path(self, course: Course) -> Path:
        return self.folder / f"{course.name}.jsonl"

    def shown(self, course: Course) -> str:
        """The file as people read it, from the workspace's root."""
        return self.path(course).relative_to(self.root).as_posix()

    def keep(self, course: Course) -> None:
        keep(self.path(course), course.to_json(), for_people=True)

    def last(self) -> Course | None:
        """The newest watch."""
        found = [course for path in self.folder.glob("*.json") if (course := read_course(path)) is not None]
        return max(found, key=lambda course: course.began, default=None)

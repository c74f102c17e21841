"""Whether a watch that should be running is: for a schedule of its own, on the same machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from checklists.moments import moment
from golive.watching.course import Course


@dataclass(frozen=True)
class Alive:
    """is_due: whether a watch should be running now. silent: whether it has not looked for too long."""

    course: Course | None
    is_due: bool = False
    silent: bool = False

    @property
    def key(self) -> str:
        """By which it is known that this silence was told."""
        return f"silence/{self.course.began}/{self.course.last}" if self.course else ""


def alive(course: Course | None, now: datetime, within: timedelta) -> Alive:
    """How it is with the last watch. within: the longest time without a look."""
    if course is None or not course.is_unfinished or now > moment(course.until):
        return Alive(course)
    return Alive(course, True, now - moment(course.last) > within)

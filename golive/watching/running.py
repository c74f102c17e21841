"""A watch from its beginning to its end: looks, waiting, outages, the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.markup import escape

from checklists.moments import moment
from config.results.log_entry import Actor
from config.words import counted
from golive import clock
from golive.gates.collecting import file_digest
from golive.gates.opened import OpenedGates
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.terminal.screen import Screen
from golive.watching.course import GAP, Course, Courses, Ending
from golive.watching.heartbeat import beat
from golive.watching.looking import Looked, Watcher
from golive.watching.memory import keep
from golive.watching.notes import Notes
from golive.watching.texts import band_text
from provisioners.errors import SystemFault

SHORTEST = timedelta(seconds=5)
"""Between two looks, however much comes due."""
FATAL = ("not_allowed", "wrong_account")


@dataclass
class Scratch:
    """Files of a watch that nobody keeps. root: the workspace's."""

    root: Path
    environment: str

    def _file(self, what: str) -> Path:
        return self.root / ".golive" / f"{self.environment}.watch{what}"

    @property
    def memory(self) -> Path:
        return self._file(".json")

    @property
    def lock(self) -> Path:
        return self._file("-lock")

    @property
    def heartbeat(self) -> Path:
        return self._file("-heartbeat")


@dataclass
class Run:
    """One run of `golive watch`. wait: waits for so many seconds, and returns whether it was stopped meanwhile."""

    gates: OpenedGates
    me: Actor
    courses: Courses
    scratch: Scratch
    watcher: Watcher
    every: timedelta
    heartbeat: str | None
    screen: Screen
    wait: Callable[[float], bool]
    stopped: Callable[[], bool]
    _out_since: datetime | None = None

    def go(self, *, once: bool) -> Ending:
        """Look until the time is over, or once; returns how it ended, empty where it goes on with the next run. Raises
        Fault where it cannot go on."""
        while True:
            looked = self._look(once=once)
            if self.stopped():
                return self._finish("stopped")
            if looked and clock.now() >= moment(self.watcher.course.until):
                return self._finish("over")
            if once:
                return ""
            if self.wait(self._pause().total_seconds()):
                return self._finish("stopped")

    def _look(self, *, once: bool) -> bool:
        """One look; whether it was one. An outage of the helpdesk is said when it begins and when it is over."""
        now = clock.now()
        try:
            looked = self.watcher.look(now, self.every)
        except SystemFault as fault:
            if fault.code == "stopped":
                return False
            if once or fault.code in FATAL:
                raise of_system(fault, self.gates.opened.environment_name) from fault
            if self._out_since is None:
                self._out_since = now
                self.screen.say(f"[change]{now:%H:%M} UTC[/]  The helpdesk cannot be read ({escape(fault.why)}). "
                                "The watch goes on and tries again.")  # fmt: skip
            return False
        if self._out_since is not None:
            self.screen.say(f"[good]{now:%H:%M} UTC[/]  The helpdesk can be read again, after "
                            f"{_length(now - self._out_since)}.")  # fmt: skip
            self._out_since = None
        self.courses.keep(self.watcher.course)
        keep(self.scratch.memory, self.watcher.memory.to_json())
        lost = beat(self.scratch.heartbeat, self.heartbeat, now)
        if lost:
            self.watcher.teller.trouble(lost)
        self._say(looked, now)
        if looked.changes:
            self._note_change()
        return True

    def _pause(self) -> timedelta:
        """Until the next look: as long as was asked for, or until something comes due, or until the time is over."""
        left = [self.every, moment(self.watcher.course.until) - clock.now()]
        due = self.watcher.next_due()
        if due is not None:
            left.append(due)
        return max(SHORTEST, min(left))

    def _finish(self, ended: Ending) -> Ending:
        self.watcher.course = finish(self.courses, self.watcher.course, ended)
        self.log(ended)
        return ended

    def _note_change(self) -> None:
        """Note in the log that a number is in another band. A log that cannot be written must not end the watch: what
        it has come to is noted at its end."""
        try:
            self.log("band")
        except Fault as fault:
            self.watcher.teller.trouble(f"it could not be noted in the log: {fault.what.rstrip('.')}")

    def log(self, why: str) -> None:
        """Note in the log how it stands."""
        note(self.gates, self.me, self.courses, self.watcher.course, self.watcher.notes, why, self.watcher.values)

    def _say(self, looked: Looked, now: datetime) -> None:
        for line in looked.lines:
            self.screen.say(f"[quiet]{now:%H:%M} UTC[/]  {escape(line)}")
        for change in looked.changes:
            style = {"good": "good", "warning": "change", "red": "danger"}[change.now]
            self.screen.say(f"[{style}]{now:%H:%M} UTC[/]  {escape(band_text(change))}")


def finish(courses: Courses, course: Course, ended: Ending) -> Course:
    """The course, ended."""
    course = replace(course, ended=ended)
    courses.keep(course)
    return course


def note(
    gates: OpenedGates, me: Actor, courses: Courses, course: Course, notes: Notes, why: str, values: dict[str, str]
) -> None:
    """Add an entry to the log. why: how it ended, or `band`. Raises Fault."""
    path = courses.path(course)
    data: dict[str, Any] = {
        "said": said(course, notes),
        "why": why,
        "began": course.began,
        "until": course.last,
        "asked": course.asked,
        "looks": course.looks,
        "longest_gap": course.longest,
        "gaps": [[each.start, each.end] for each in course.gaps],
        "warnings": notes.counts["warning"],
        "breaches": notes.counts["breach"],
        "posts": notes.counts["post"],
        "mails": notes.counts["mail"],
        "unsure": notes.counts["unsure"],
        "bands": dict(notes.bands),
        "numbers": values,
        "file": courses.shown(course),
        "digest": file_digest(path),
    }
    gates.logbook.append("watched", me, data, gates.signature())


def said(course: Course, notes: Notes) -> str:
    """What a watch has come to, in one sentence."""
    lasted = moment(course.last) - moment(course.began)
    longest = _length(timedelta(seconds=course.longest))
    gaps = f", with {counted(len(course.gaps), 'gap')} of {longest} at most" if course.gaps else ""
    warned = counted(notes.counts["warning"], "warning")
    broken = counted(notes.counts["breach"], "broken promise")
    return f"{_length(lasted)} in {counted(course.looks, 'look')}{gaps}: {warned}, {broken}"


def begin(courses: Courses, now: datetime, asked: str, every: str, post: str, *, once: bool, anew: bool) -> Course:
    """The watch that goes on, else a new one. One that is over has been closed before. Raises Fault where the last one
    is over and a single look was asked for: a schedule would begin watches for ever."""
    last = courses.last()
    if last is not None and goes_on(last, now):
        return replace(last, every=every, post=post, ended="")
    if last is not None and once and not anew:
        raise Fault(
            "over",
            f"The watch that began on {last.began[:10]} is over.",
            do="Begin another one:  golive watch --once --anew   or take this command out of the schedule.",
            exits=Exit.USAGE,
        )
    return Course.beginning(now, asked, every, post)


def close_last(gates: OpenedGates, me: Actor, courses: Courses, now: datetime, *, end: bool) -> Course | None:
    """End the last watch where it cannot go on, or where somebody ends it; None where there was nothing to end. Raises
    Fault."""
    last = courses.last()
    if last is None or not last.is_unfinished or (goes_on(last, now) and not end):
        return None
    closed = finish(courses, last, "ended" if end else "left")
    if last.ended != "stopped":  # else it was noted when it was stopped
        notes = Notes.read(courses.folder, courses.notes_path(closed))
        note(gates, me, courses, closed, notes, closed.ended, {})
    return closed


def goes_on(course: Course, now: datetime) -> bool:
    """Whether a watch was cut off and is not over yet, but for its last look."""
    return course.is_unfinished and now <= moment(course.until) + GAP


def _length(span: timedelta) -> str:
    """`45 s`, `12 min`, `47 h 59 min`."""
    seconds = int(span.total_seconds())
    if seconds < 120:
        return f"{seconds} s"
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"

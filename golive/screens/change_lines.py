"""What a change of one declared object says, line by line. The first two characters are `+ `, `- ` or blank."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from config.model import From, Object
from config.results.plan import Difference
from golive.changes.awakening import goes_live
from golive.changes.changed import Changed
from golive.screens.differences import lines_of
from golive.screens.texts import Line
from golive.wording.phrases import plain as plain_word
from golive.wording.sleep import PHASES
from golive.wording.words import Terms, title_of, value_of

_SHOWN_OF_WHAT_LEAVES = ("when", "when_any", "then", "text", "targets")
"""What people want to know of a rule that goes."""
_BEGIN = "build"


def plain(line: Line) -> str:
    """A line as text, its sign in front."""
    inside = "  " * (line.margin + line.depth)
    about = f"{line.about}: " if line.about else ""
    end = f"  ({line.end})" if line.end else ""
    return f"{line.sign or ' '} {inside}{about}{line.text}{line.new}{end}".rstrip()


def says(change: Changed, terms: Terms, given: Collection[str] = ()) -> list[str]:
    """The differences of an object in words. given: the attributes that a new object's file names."""
    diff = change.diff
    if change.action == "create":
        shown = [name for name in change.new if name != "name" and name in given]
        diff = [Difference(name, None, change.new[name]) for name in shown if change.new[name] not in ([], None)]
    elif change.leaves:
        shown = [name for name in _SHOWN_OF_WHAT_LEAVES if change.old.get(name)]
        diff = [Difference(name, change.old[name], None) for name in shown]
    since = goes_live(change) if {"phase", "not_before"} & change.touched() else ""
    if since:
        diff = [each for each in diff if each.path.partition(".")[0] not in ("phase", "not_before", "active")]
    lines = [plain(line) for line in lines_of(change.kind, diff, terms, change.key)]
    return [plain(Line(since)), *lines] if since else lines


def settings_say(change: Changed) -> list[str]:
    """The same of an environment's file, whose words are no client's: each setting by where it stands."""
    said = []
    for each in change.diff if change.new else ():
        before = f"{value_of(each.old)} → " if change.old else ""
        said.append(f"  {each.path.replace('.', ', ')}: {before}{value_of(each.new)}")
    return said


def waits(value: Object) -> str:
    """From when on an object works, empty where it does at once: `from the soft launch on`."""
    if value.not_before:
        return waits_word(value.not_before)
    if isinstance(value.phase, From):
        return waits_word({"from": value.phase.from_, "until": value.phase.until})
    return waits_word(value.phase)


def waits_word(phase: Any) -> str:
    """A phase or milestone in words, empty for the first."""
    if isinstance(phase, Mapping):
        start, end = phase.get("from"), phase.get("until")
        until = f"until {PHASES.get(str(end), end)}" if end else ""
        return " ".join(part for part in (waits_word(start).removesuffix(" on" if end else ""), until) if part)
    return f"from {PHASES.get(phase, plain_word(str(phase)))} on" if phase and phase != _BEGIN else ""


def called(kind: str, name: str) -> str:
    """`SLA policy Enterprise`."""
    title = "environment" if kind == "environments" else title_of(kind)
    return name if name.startswith("order of the ") else title if name == kind else f"{title} {name}"

"""What a change of one declared object says, line by line. The first two characters are `+ `, `- ` or blank."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from config.model import From, Object
from config.results.plan import Difference
from golive.changed import Changed
from golive.screens.differences import difference_lines
from golive.screens.texts import Line, changed
from golive.words import PHASES, Terms, attribute_of, title_of, value_of

_ALWAYS_BY_LINES = ("when", "when_any", "then", "holidays")
_SHOWN_OF_WHAT_LEAVES = ("when", "when_any", "then", "text", "targets")
"""What people want to know of a rule that goes."""
_BEGIN = "build"


def plain(line: Line) -> str:
    """A line as text, its sign in front."""
    inside = "  " * (line.margin + line.depth)
    end = f"  ({line.end})" if line.end else ""
    return f"{line.sign or ' '} {inside}{line.text}{line.new}{end}".rstrip()


def says(change: Changed, terms: Terms, given: Collection[str] = ()) -> list[str]:
    """The differences of an object in words. given: the attributes that a new object's file names."""
    return [plain(line) for line in _lines(change, terms, given)]


def settings_say(change: Changed) -> list[str]:
    """The same of an environment's file, whose words are no client's: each setting by where it stands."""
    said = []
    for each in change.diff if change.new else ():
        before = f"{value_of(each.old)} → " if change.old else ""
        said.append(f"  {each.path.replace('.', ', ')}: {before}{value_of(each.new)}")
    return said


def _lines(change: Changed, terms: Terms, given: Collection[str]) -> Iterator[Line]:
    if change.action == "create":
        for path, value in change.new.items():
            if path != "name" and path in given:
                yield from _made(change.kind, path, value, terms)
    elif change.leaves:
        for path in _SHOWN_OF_WHAT_LEAVES:
            if change.old.get(path):
                yield from _gone(change.kind, path, change.old[path], terms)
    else:
        for each in change.diff:
            yield from _differs(change, each, terms)


def _made(kind: str, path: str, value: Any, terms: Terms) -> Iterator[Line]:
    """An attribute of an object that was not there before."""
    if path in _ALWAYS_BY_LINES:
        yield from difference_lines(kind, Difference(path, None, value), terms)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _made(kind, f"{path}.{name}", part, terms)
    elif isinstance(value, str) and ("\n" in value or len(value) > 68):
        yield from changed(_attribute(kind, path, terms), None, value)
    elif value not in ([], None):
        yield Line(f"{_attribute(kind, path, terms)}: {terms.value(value, path)}")


def _gone(kind: str, path: str, value: Any, terms: Terms) -> Iterator[Line]:
    """An attribute of an object that leaves."""
    if path in _ALWAYS_BY_LINES:
        yield from difference_lines(kind, Difference(path, value, None), terms)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _gone(kind, f"{path}.{name}", part, terms)
    else:
        lines = str(value).splitlines() or [""]
        yield Line(f"{_attribute(kind, path, terms)}: {lines[0]}", "-")
        yield from (Line(line, "-", 1) for line in lines[1:])


def _differs(change: Changed, each: Difference, terms: Terms) -> Iterator[Line]:
    if each.path in ("phase", "not_before"):
        before, after = (waits_word(side) or "at once" for side in (each.old, each.new))
        yield Line(f"works: {before} → ", new=after)
    elif each.path == "why":
        yield from changed("the reason, for people only", each.old, each.new)
    elif each.path == "category" and change.kind == "triggers":
        names = [side and terms.name("trigger_categories", side) for side in (each.old, each.new)]
        yield from changed("category", *names)
    else:
        yield from difference_lines(change.kind, each, terms, change.key)


def _attribute(kind: str, path: str, terms: Terms) -> str:
    said = {"why": "the reason, for people only"}.get(path, attribute_of(kind, path, terms.priorities))
    return said if said != path else path.replace("_", " ")


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
    return f"from {PHASES.get(phase, value_of(phase))} on" if phase and phase != _BEGIN else ""


def called(kind: str, name: str) -> str:
    """`SLA policy Enterprise`."""
    title = "environment" if kind == "environments" else title_of(kind)
    return name if name.startswith("order of the ") else f"{title} {name}"

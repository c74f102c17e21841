"""What a new rule does, in sentences: what writes to people is said before it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from config.results.plan import Change, Difference
from golive.screens.differences import lines_of
from golive.screens.texts import Line
from golive.wording.alerts import alert_sentence
from golive.wording.words import Terms

MOST, LINES = 12, 3
"""So many new rules are told, and so many lines of each text, where not all is listed."""
_KINDS = ("triggers", "alerts", "automations", "macros", "sla_policies")
_SAID = ("when", "when_any", "to", "then", "text", "targets", "hours")
"""Attributes that say what a rule does, in this order."""
_IN_ONE_SENTENCE = ("when", "when_any", "to")
_WRITES = ("email", "slack", "send_survey")


def told_rules(changes: Iterable[Change], *, everything: bool) -> tuple[set[tuple[str, str, str]], int]:
    """Which new rules are told, and how many of those that write to people are not: all are told with everything.
    Macros do nothing by themselves: an agent chooses them, and sees what they say."""
    new = [each for each in changes if each.action == "create" and each.kind in _KINDS]
    writing = new if everything else [each for each in new if each.kind != "macros" and _writes(each)]
    told = writing if everything else writing[:MOST]
    return {(each.system, each.kind, each.key) for each in told}, len(writing) - len(told)


def new_rule_lines(change: Change, terms: Terms, *, everything: bool) -> list[Line]:
    """When it acts and what it does, with its texts. everything: whole texts."""
    by_path = {each.path: each for each in change.diff}
    diff = [by_path[path] for path in _SAID if path in by_path and by_path[path].new not in (None, [], {})]
    if change.kind == "alerts" and "to" in by_path:
        said, diff = _alert(by_path, terms), [each for each in diff if each.path not in _IN_ONE_SENTENCE]
        rest = [_bare(line) for each in diff for line in lines_of(change.kind, [each], terms, change.key)]
        return [said, *(rest if everything else _cut(rest))]
    lines = [_bare(line) for each in diff for line in lines_of(change.kind, [each], terms, change.key)]
    return lines if everything else list(_cut(lines))


def _alert(by_path: Mapping[str, Difference], terms: Terms) -> Line:
    """What an alert does, in one sentence."""
    when, when_any, to = (by_path[path].new if path in by_path else None for path in _IN_ONE_SENTENCE)
    return Line(alert_sentence(when or [], when_any or [], str(to), terms))


def _writes(change: Change) -> bool:
    """Whether it sends something to customers or agents."""
    return change.kind == "alerts" or any(map(_goes_out, _actions(change.diff)))


def _actions(diff: Iterable[Difference]) -> list[Mapping[str, Any]]:
    then = next((each.new for each in diff if each.path == "then"), None) or []
    return [each for each in then if isinstance(each, Mapping)]


def _goes_out(action: Mapping[str, Any]) -> bool:
    return any(verb in action for verb in _WRITES)


def _bare(line: Line) -> Line:
    """Without a sign: the whole rule is new. It stands inside as a line with a sign does."""
    return replace(line, sign="", margin=line.margin + line.depth, depth=0)


def _cut(lines: Iterable[Line]) -> Iterator[Line]:
    """Of each text its first lines, and how many there are more."""
    inside, shown, left = -1, 0, 0
    for line in lines:
        if inside >= 0 and line.margin > inside:
            shown += 1
            left += shown > LINES
            if shown <= LINES:
                yield line
            continue
        if left:
            yield _more(left, inside)
        inside, shown, left = (line.margin, 0, 0) if line.text.endswith(":") else (-1, 0, 0)
        yield line
    if left:
        yield _more(left, inside)


def _more(left: int, inside: int) -> Line:
    return Line(f"… {left} more line{'s' if left > 1 else ''}", margin=inside + 1, quiet=True)

"""Redirect rules of the new help centre: which are set, changed and taken away, and which are somebody else's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from config.writing.files import write_text
from migrations.redirecting.addresses import address_of
from provisioners.redirects import LiveRule

PERMANENT = 301


@dataclass(frozen=True)
class RuleChange:
    """was: where it leads now; empty where there is none. id: of the live rule."""

    action: Literal["set", "change", "remove"]
    start: str
    to: str = ""
    was: str = ""
    id: str = ""


@dataclass
class RuleChanges:
    """there: how many are right already. renewed: of these, rules of golive's of which a run that died has not noted
    where they lead now. others: paths that lead elsewhere by somebody else's hand."""

    changes: list[RuleChange] = field(default_factory=list)
    there: int = 0
    renewed: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)


def rule_changes(wanted: Mapping[str, str], live: Iterable[LiveRule], made: Mapping[str, str]) -> RuleChanges:
    """What has to be done so that each path leads where it is to. A rule that golive has not made, or that somebody has
    changed since, is neither changed nor removed.

    wanted: path → address. made: path → address, of the rules that golive has made.
    """
    found = RuleChanges()
    by_start = {unquote(each.start): each for each in live}
    for start, to in wanted.items():
        rule = by_start.get(unquote(start))
        if rule is None:
            found.changes.append(RuleChange("set", start, to))
        elif is_same(rule.to, to) and rule.status == PERMANENT:
            found.there += 1
            if made.get(start, to) != to:
                found.renewed[start] = to
        elif is_same(rule.to, made.get(start, "")):
            found.changes.append(RuleChange("change", start, to, rule.to, rule.id))
        else:
            found.others[start] = rule.to
    for start, to in made.items():
        rule = by_start.get(unquote(start))
        if start not in wanted and rule is not None and is_same(rule.to, to):
            found.changes.append(RuleChange("remove", start, was=to, id=rule.id))
    return found


def is_same(one: str, other: str) -> bool:
    """Whether two writings are one address, whoever has encoded it."""
    return one == other or ((found := address_of(one)) is not None and found == address_of(other))


class MadeRules:
    """The rules that golive has made in one environment, as a file beside the ledger: it is in git, as the ledger is.
    What is about to be made is noted before, so that no crash leaves a rule behind that is nobody's."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> dict[str, str]:
        """Path → address. Raises ValueError for a file that is not one of these, OSError."""
        if not self.path.exists():
            return {}
        said = json.loads(self.path.read_text(encoding="utf-8"))
        if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
            raise ValueError("it is no list of redirect rules")
        return said

    def add(self, new: Mapping[str, str]) -> None:
        self._write({**self.all(), **new})

    def forget(self, starts: Iterable[str]) -> None:
        gone = set(starts)
        self._write({start: to for start, to in self.all().items() if start not in gone})

    def _write(self, rules: Mapping[str, str]) -> None:
        write_text(self.path, json.dumps(dict(sorted(rules.items())), indent=1, ensure_ascii=False) + "\n")

"""The journal: which run changed what, when, by whom, from which commit. The record keeps it, so that the state does.

The engine's own history of updates is not enough: on self-managed backends it knows only `up` and `destroy` (an import
of the state leaves no trace), is written at the end only, so that a run that was killed is missing, takes its message
before the run, when nobody knows what will become of it, and never ends. See docs/night.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from config.results.plan import Difference

RunVerb = Literal[
    "up",
    "destroy",
    "undo",
    "off",
    "on",
    "adopt",
    "pull",
    "release",
    "resume",
    "restore",
    "accept",
    "advance",
    "retreat",
]
Ended = Literal["open", "done", "partly", "failed", "cancelled", "unknown"]
"""open: nobody has noted the end; unknown: the answer to the only call did not come."""

LOOKS: tuple[RunVerb, ...] = ("up", "destroy", "undo", "advance", "retreat")
"""Verbs that show a plan, and in it the rules that somebody made there, before they change anything."""
KEPT = 50
"""So many runs are kept; the oldest goes first."""
NAMED = 300
"""So many objects of one run are named; of the rest the number is kept."""
LARGEST = 60_000
"""So many characters the whole journal has at most: the state holds it, and is written often."""
LARGEST_DIFFERENCE = 160
MOST_DIFFERENCES = 8
LARGEST_DIFFERENCES = 12_000
"""Differences are kept while they are short; the run's own file on the machine that ran has all of them."""


@dataclass(frozen=True)
class Touched:
    """What a run did to one object. name: `system/kind/key`. action: as plans call it, `adopt` for one that was taken
    over, `pull` for one whose live values came into the files, `noted` where only the state learned something. result:
    `done`, `failed` or `not_tried`. left: how many differences are not kept here."""

    name: str
    action: str
    result: str = "done"
    diff: tuple[Difference, ...] = ()
    left: int = 0

    @property
    def as_list(self) -> list[Any]:
        diff = [[each.path, each.old, each.new] for each in self.diff]
        whole = [self.name, self.action, self.result, diff, self.left]
        while len(whole) > 2 and whole[-1] in ("done", [], 0):
            whole.pop()
        return whole

    @classmethod
    def of(cls, said: Sequence[Any]) -> Touched:
        whole: list[Any] = [*said]
        whole += ["done", [], 0][len(whole) - 2 :]
        name, action, result, diff, left = whole
        return cls(name, action, result, tuple(Difference(*each) for each in diff), left)


@dataclass(frozen=True)
class Run:
    """One run that changed the state. State format.

    number: counts up in one environment. at, ended: ISO 8601, UTC. by: who. host: on which machine. commit: of the
    workspace's repository, empty where there is none; dirty: its files differed from that commit. about: the reason
    that somebody gave, or the copy that was put back. undoes: the number of the run that it undid. touched: in the
    plan's order. more: how many objects are not named.
    """

    number: int
    at: str
    verb: RunVerb
    by: str = ""
    host: str = ""
    commit: str = ""
    dirty: bool = False
    ended: str = ""
    result: Ended = "open"
    about: str = ""
    undoes: int = 0
    touched: tuple[Touched, ...] = ()
    more: int = 0

    @property
    def as_text(self) -> str:
        """The form in which the record keeps it. State format."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "touched"}
        said: dict[str, Any] = {name: value for name, value in values.items() if value}
        if self.touched:
            said["touched"] = [each.as_list for each in self.touched]
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> Run:
        """What `as_text` gave. Attributes of a newer version are ignored."""
        said = {name: value for name, value in json.loads(text).items() if name in cls.__dataclass_fields__}
        return cls(**{**said, "touched": tuple(Touched.of(each) for each in said.get("touched", ()))})

    def kept(self) -> Run:
        """The run as the record keeps it: what is long stays in the run's own file."""
        left = LARGEST_DIFFERENCES
        found: list[Touched] = []
        for each in self.touched[:NAMED]:
            small = _small(each, left)
            left -= sum(map(_size, small.diff))
            found.append(small)
        return replace(self, touched=tuple(found), more=self.more + max(0, len(self.touched) - NAMED))


def _small(touched: Touched, left: int) -> Touched:
    diff: list[Difference] = []
    for each in touched.diff:
        size = _size(each)
        if size <= min(LARGEST_DIFFERENCE, left) and len(diff) < MOST_DIFFERENCES:
            diff.append(each)
            left -= size
    return replace(touched, diff=tuple(diff), left=touched.left + len(touched.diff) - len(diff))


def _size(difference: Difference) -> int:
    return len(json.dumps([difference.path, difference.old, difference.new], ensure_ascii=False))


def runs_in(texts: Iterable[str]) -> list[Run]:
    """The runs that a record holds, the oldest first."""
    return [Run.of(text) for text in texts]


def noted(texts: Sequence[str], run: Run) -> tuple[str, ...]:
    """The journal with a run in it: in the place of what it held under its number, else at the end."""
    runs = [each for each in runs_in(texts) if each.number != run.number]
    return shortened([*runs, run.kept()])


def merged(texts: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Two journals of one environment as one. What both hold is taken from the first."""
    runs = {(each.number, each.at): each for each in (*runs_in(others), *runs_in(texts))}
    return shortened(sorted(runs.values(), key=lambda run: (run.at, run.number)))


def shortened(runs: Sequence[Run]) -> tuple[str, ...]:
    """The newest runs, and of the older ones only as much as there is room for."""
    texts: list[str] = []
    room = LARGEST
    for run in reversed(runs[-KEPT:]):
        text = next((each for each in map(_text, _shorter(run)) if len(each) <= room), None)
        if text is None:
            break
        room -= len(text)
        texts.insert(0, text)
    return tuple(texts)


def _text(run: Run) -> str:
    return run.as_text


def _shorter(run: Run) -> Iterable[Run]:
    """The run, without its differences, and without the names."""
    yield run
    bare = (replace(each, diff=(), left=each.left + len(each.diff)) for each in run.touched)
    yield replace(run, touched=tuple(bare))
    yield replace(run, touched=(), more=run.more + len(run.touched))


@dataclass(frozen=True)
class Journal:
    """A record's runs, for whoever looks something up."""

    runs: tuple[Run, ...] = field(default=())

    @classmethod
    def of(cls, texts: Iterable[str]) -> Journal:
        return cls(tuple(runs_in(texts)))

    @property
    def last(self) -> int:
        """The highest number; 0 where there is no run."""
        return max((run.number for run in self.runs), default=0)

    @property
    def last_look(self) -> datetime | None:
        """When the last run began that showed a plan beforehand: what was made since has stood in none. As long as no
        run did, the first of all counts. None where no run is kept."""
        shown = [run for run in self.runs if run.verb in LOOKS] or list(self.runs[:1])
        return max((datetime.fromisoformat(run.at) for run in shown), default=None)

    def numbered(self, number: int) -> Run | None:
        return next((run for run in self.runs if run.number == number), None)

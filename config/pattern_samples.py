"""A value that a regular expression takes and one that it refuses, for patterns that nobody wrote samples for."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CANDIDATES = "aA1 -_.@/x:#0Zz9,;+"
"""Characters that are tried where a pattern takes one of several; plain ones first."""
_NOWHERE = ("^", "$", r"\A", r"\Z", r"\b", r"\B")
"""What stands for a place and takes no character."""
_FEW = ("x", "?", "-", "0", "not this", "")
"""What is tried as a value that does not fit."""
_TIMES = re.compile(r"\{(?P<least>\d+)(?:,\d*)?\}")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_OPENS = re.compile(r"\((?:\?:|\?P<\w+>|(?!\?))")


class _Unreadable(Exception):
    """The pattern holds something for which no value is made here, such as a lookahead."""


def can_be_tried(pattern: str) -> bool:
    """Whether Python reads a pattern as the vendor does: it knows no classes of letters such as `[[:alpha:]]`."""
    return "[[:" not in pattern


def samples_of(pattern: str) -> tuple[str, str] | None:
    """(a value that fits, a value that does not); None where none are found. Both have been tried."""
    if not can_be_tried(pattern):
        return None
    try:
        compiled = re.compile(pattern)
        good = _Reader(pattern).branches()
    except (re.error, _Unreadable):
        return None
    bad = next((each for each in (*_FEW, f"{good}?", f"?{good}") if not compiled.search(each)), None)
    return (good, bad) if bad is not None and compiled.search(good) else None


@dataclass
class _Reader:
    """Goes through a pattern once, and takes the first way and the fewest repetitions everywhere."""

    pattern: str
    place: int = 0

    def branches(self) -> str:
        """What fits up to the end of the pattern, or of the group that is open."""
        found = self._branch()
        while self._is_next("|"):
            self._branch()
        return found

    def _branch(self) -> str:
        made = ""
        while self.place < len(self.pattern) and self.pattern[self.place] not in "|)":
            piece = self._piece()
            made += piece * self._times()
        return made

    def _piece(self) -> str:
        opened = _OPENS.match(self.pattern, self.place)
        if opened:
            self.place = opened.end()
            inner = self.branches()
            if not self._is_next(")"):
                raise _Unreadable
            return inner
        for several in (_ESCAPE, _CLASS):
            found = several.match(self.pattern, self.place)
            if found:
                self.place = found.end()
                return self._fitting(found[0])
        single = self.pattern[self.place]
        if single == "(":
            raise _Unreadable
        self.place += 1
        return self._fitting(single) if single in "^$." else single

    def _times(self) -> int:
        times = 1
        counted = _TIMES.match(self.pattern, self.place)
        if counted:
            self.place, times = counted.end(), int(counted["least"])
        elif self._is_next("*") or self._is_next("?"):
            times = 0
        elif self._is_next("+"):
            times = 1
        else:
            return 1
        if not self._is_next("?"):  # the fewest anyway
            self._is_next("+")
        return times

    def _is_next(self, mark: str) -> bool:
        """Whether a mark comes next, which is gone past then."""
        there = self.pattern.startswith(mark, self.place)
        self.place += len(mark) if there else 0
        return there

    @staticmethod
    def _fitting(one: str) -> str:
        """The first character that a piece takes."""
        if one in _NOWHERE:
            return ""
        exact = re.compile(one, re.DOTALL)
        letters: tuple[str, ...] = (*_CANDIDATES, *map(chr, range(33, 0x250)))
        found = next((each for each in letters if exact.fullmatch(each)), None)
        if found is None:
            raise _Unreadable
        return found

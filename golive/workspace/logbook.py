"""The log of an environment on disk: read and verified, and one entry added at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from checklists.moments import moment, written
from config.chain import BrokenChain, Chain, gathered, verified
from config.phases import phase_words
from config.progress import check_moves, check_newest, check_phase, progress_of
from config.results.log_entry import Actor, EntrySort, LogEntry
from golive import clock
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault

ATTRIBUTES = (
    "# Both branches' entries are kept when two of them meet; the next entry names both.\n*.jsonl merge=union -text\n"
)
"""What tells git how to merge logs."""
UNRELIABLE = ("broken_log", "old_state", "bad_state", "under_way")
"""Faults that say that log or state cannot be relied on."""
_AHEAD = timedelta(minutes=10)
"""A clock that is so far behind the log is wrong."""


@dataclass(frozen=True)
class Logbook:
    """The log of one environment. root: the workspace's."""

    root: Path
    environment: str

    @property
    def path(self) -> Path:
        return self.root / "checklists" / "log" / f"{self.environment}.jsonl"

    @property
    def shown(self) -> str:
        """The path as people read it."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def attributes(self) -> Path:
        """The file that tells git how to merge logs."""
        return self.path.parent / ".gitattributes"

    def keep_attributes(self) -> None:
        """Write that file where it is missing."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.attributes.exists():
            self.attributes.write_text(ATTRIBUTES, encoding="utf-8")

    def read(self) -> Chain:
        """The log, verified. Raises Fault where it is not as golive wrote it."""
        try:
            return self._check(verified(self._lines(), self.environment))
        except BrokenChain as broken:
            raise self._broken(broken) from broken

    def append(
        self,
        entry: EntrySort,
        by: Actor,
        data: Mapping[str, Any],
        sign: Callable[[str], str] | None = None,
        check: Callable[[Chain], None] | None = None,
    ) -> LogEntry:
        """Add an entry behind what stands there now, and return it. Raises Fault; ValueError where the data are not
        what an entry of that sort has to say.

        sign: makes the signature of a text. check: looks at the log once nobody else can write, and raises Fault where
        the entry must not be added.
        """
        with self._locked():
            chain = self.read()
            if check:
                check(chain)
            at = self._time(chain)
            said = {**data, "practice": True} if by.practice else dict(data)
            made = LogEntry(entry, self.environment, at, replace(by, practice=False), chain.heads, said)
            if sign:
                made = replace(made, signature=sign(made.signed_text))
            made = LogEntry.of(made.sealed.line)  # what could not be read again is not written
            self._check(Chain((*chain.entries, made)))
            self._write([*self._lines(), made.line])
            return made

    def gather(self) -> Chain:
        """Put right what git has merged badly, and return the log. Raises Fault where anything else is wrong."""
        with self._locked():
            try:
                lines = gathered(self._lines(), self.environment)
                chain = verified(lines, self.environment)
            except BrokenChain as broken:
                raise self._broken(broken) from broken
            self._check(chain)
            self._write(lines)
            return chain

    def _check(self, chain: Chain) -> Chain:
        """The chain, where it moves the environment only as golive does. Raises Fault."""
        try:
            check_moves(chain)
        except BrokenChain as broken:
            raise self._broken(broken) from broken
        return chain

    def _lines(self) -> list[str]:
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError) as broken:
            raise self._broken(BrokenChain(0, f"It cannot be read: {broken}.")) from broken
        if text and not text.endswith("\n"):
            raise self._broken(BrokenChain(text.count("\n") + 1, "This line was cut off."))
        return text.split("\n")[:-1]

    def _write(self, lines: list[str]) -> None:
        """All at once, so that a crash leaves the old log or the new one."""
        self.keep_attributes()
        folder = self.path.parent
        new = folder / f".{self.path.name}.{os.getpid()}"
        with new.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Nobody else on this machine adds an entry meanwhile."""
        scratch = self.root / ".golive"
        scratch.mkdir(exist_ok=True)
        with (scratch / f"{self.environment}.log-lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _time(self, chain: Chain) -> str:
        """Now, and never before the newest entry. Raises Fault where the clock cannot be right."""
        now = clock.now()
        newest = moment(chain.newest) if chain.newest else now
        if newest - now > _AHEAD:
            raise Fault(
                "clock",
                "This machine's clock is behind the log, so that nothing can be noted.",
                where=self.shown,
                why=f"The newest entry is of {chain.newest}, and here it is {written(now)}.",
                do="Set the clock, then run the command again.",
                exits=Exit.FAILED,
            )
        return written(max(now, newest))

    def _broken(self, broken: BrokenChain) -> Fault:
        return broken_log(self, broken)


def broken_log(book: Logbook, broken: BrokenChain) -> Fault:
    """That a log cannot be relied on, as a fault."""
    stale = broken.line == 0
    merged = "second time" in broken.why or "elsewhere" in broken.why or "none of golive's" in broken.why
    return Fault(
        "broken_log",
        f"The log of {book.environment} is not as golive wrote it; nothing was done.",
        where=f"{book.shown}:{broken.line}" if broken.line else book.shown,
        why=broken.why,
        do=_remedy(book, stale=stale, merged=merged),
        exits=Exit.FAILED,
    )


def _remedy(book: Logbook, *, stale: bool, merged: bool) -> str:
    look = f"See what happened to it:  git diff {book.shown}   git log -p {book.shown}   and bring back what was there."
    if stale:
        return f"If this checkout is old:  git pull   Otherwise: {look}"
    return f"If two branches met here:  golive log merge -e {book.environment}   Otherwise: {look}" if merged else look


def check_log(logbook: Logbook, log: Chain, head: str, phase: str) -> None:
    """Whether a log has kept what a state knows of it, and leads to the state's phase. Raises Fault."""
    try:
        check_phase(log, head, phase)
    except BrokenChain as broken:
        raise broken_log(logbook, broken) from broken
    try:
        check_newest(log, phase)
    except BrokenChain as other:
        raise Fault(
            "old_state",
            "Log and state do not know the same phase; nothing was done.",
            where=logbook.shown,
            why=other.why,
            do="If an old copy of the state was put back, put the newest back:  golive state list   If the phase was "
            "entered elsewhere, that state has to be shared:  `state:` in the environment file",
            exits=Exit.FAILED,
        ) from other


def check_nothing_under_way(log: Chain, option: str) -> None:
    """Raises Fault where the way to another phase was begun and is not finished."""
    progress = progress_of(log)
    if progress.under_way is None:
        return
    verb = "advance" if progress.is_advance else "retreat"
    to, who = progress.goes_to, progress.under_way.by.name
    back = f"   or back:  golive retreat {progress.phase} --reason TEXT{option}" if progress.is_advance else ""
    raise Fault(
        "under_way",
        f"The way to {phase_words(to)} was begun and is not finished; nothing was changed.",
        why=f"{who} ran `golive {verb} {to}` on {progress.under_way.at[:10]}, and it ended in the middle.",
        do=f"Go on:  golive {verb} {to}{option if progress.is_advance else f' --reason TEXT{option}'}{back}",
        exits=Exit.FAILED,
    )

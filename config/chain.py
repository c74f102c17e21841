"""The chain of a log: each entry names those before it by their digests, so that no edit, cut or reordering stays
unseen.

Two branches of a repository may both add entries. Git keeps the lines of both (`merge=union`), and what each branch
has added still names what it followed there; the next entry names the ends of both. Entries that follow each other
stand in that order; those of two branches, which knew nothing of each other, count in the order of their times,
wherever they stand. Where git has left more than that (a line twice, its own marks), `gathered` puts it right.

No entry is earlier than one that it follows. Several may follow none: branches that parted before there was a log have
each begun one. What stands beside an entry, on another branch, says nothing of when it was made; so whoever relies on
its time asks `latest_beside`, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush

from config.results.log_data import Incomplete
from config.results.log_entry import LogEntry


class BrokenChain(Exception):
    """The log is not as golive wrote it. line: counts from 1; 0 for the log as a whole."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line
        self.why = why


@dataclass(frozen=True)
class Chain:
    """The entries of a log that is as golive wrote it, in the order of the file."""

    entries: tuple[LogEntry, ...] = ()

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The digests of the entries that no other follows, in the order of the file; several where branches met."""
        followed = {digest for entry in self.entries for digest in entry.after}
        return tuple(entry.digest for entry in self.entries if entry.digest not in followed)

    @cached_property
    def _following(self) -> dict[str, list[LogEntry]]:
        """Digest → the entries that name it."""
        found: dict[str, list[LogEntry]] = {}
        for entry in self.entries:
            for digest in entry.after:
                found.setdefault(digest, []).append(entry)
        return found

    def latest_beside(self, entry: LogEntry) -> str:
        """The latest time of the entries that an entry neither follows nor is followed by; empty where it has none
        beside it. The log does not show that it was made before them."""
        related, left = {entry.digest}, [entry]
        while left:
            for each in self._following.get(left.pop().digest, ()):
                if each.digest not in related:
                    related.add(each.digest)
                    left.append(each)
        before = self.up_to(entry.digest).entries
        related.update(each.digest for each in before)
        return max((each.at for each in self.entries if each.digest not in related), default="")

    @cached_property
    def ordered(self) -> tuple[LogEntry, ...]:
        """The entries in the one order in which they count, wherever they stand: each after those that it follows;
        of several that may come next the earliest, and of one time the one with the smaller digest."""
        by_digest = {entry.digest: entry for entry in self.entries}
        left = {entry.digest: len(entry.after) for entry in self.entries}
        ready = [(entry.at, entry.digest) for entry in self.entries if not entry.after]
        heapify(ready)
        found: list[LogEntry] = []
        while ready:
            _, digest = heappop(ready)
            found.append(by_digest[digest])
            for entry in self._following.get(digest, ()):
                left[entry.digest] -= 1
                if not left[entry.digest]:
                    heappush(ready, (entry.at, entry.digest))
        return tuple(found)

    @property
    def head(self) -> str:
        """What a state remembers of the log: one digest that stands for all heads; empty for an empty log."""
        return "+".join(sorted(self.heads))

    @property
    def newest(self) -> str:
        """The latest time in it (ISO 8601, UTC); empty for an empty log."""
        return max((entry.at for entry in self.entries), default="")

    def extends(self, head: str) -> bool:
        """Whether everything that stood in the log when it had this head still does."""
        known = {entry.digest for entry in self.entries}
        return all(digest in known for digest in head.split("+")) if head else True

    def follows(self, entry: LogEntry, other: LogEntry) -> bool:
        """Whether whoever wrote an entry knew of another one."""
        return other.digest in {each.digest for each in self.up_to("+".join(entry.after)).entries}

    def up_to(self, head: str) -> Chain:
        """The log as it was when it had this head, in the order of the file."""
        wanted = set(head.split("+")) if head else set()
        for entry in reversed(self.entries):
            if entry.digest in wanted:
                wanted.update(entry.after)
        return Chain(tuple(entry for entry in self.entries if entry.digest in wanted))


def verified(lines: Iterable[str], environment: str) -> Chain:
    """The chain in a log's lines. Raises BrokenChain at the first line that is not as golive wrote it."""
    entries: list[LogEntry] = []
    known: dict[str, LogEntry] = {}
    for number, line in enumerate(lines, 1):
        entry = _entry(line, number, environment)
        _check_place(entry, number, entries, known)
        entries.append(entry)
        known[entry.digest] = entry
    return Chain(tuple(entries))


def _entry(line: str, number: int, environment: str) -> LogEntry:
    try:
        entry = LogEntry.of(line)
    except Incomplete as lacking:
        raise BrokenChain(number, f"This line does not say what it has to say: {lacking}.") from lacking
    except ValueError as broken:
        raise BrokenChain(number, f"This line is none of golive's: {broken}.") from broken
    if entry.digest != entry.true_digest:
        raise BrokenChain(number, "This line was changed after it was written.")
    if entry.environment != environment:
        raise BrokenChain(number, f"This line belongs to the log of {entry.environment}.")
    return entry


def _check_place(entry: LogEntry, number: int, before: Sequence[LogEntry], known: Mapping[str, LogEntry]) -> None:
    """Raises BrokenChain where an entry does not stand behind those that it names, or is earlier than one of them."""
    if entry.digest in known:
        raise BrokenChain(number, "This line stands in the log a second time.")
    if not before and entry.after:
        raise BrokenChain(number, "The beginning of the log is missing.")
    if any(digest not in known for digest in entry.after):
        raise BrokenChain(number, "What stood before this line is missing or stands elsewhere.")
    if any(known[digest].at > entry.at for digest in entry.after):
        raise BrokenChain(number, "This line names an earlier time than a line that it follows.")


def gathered(lines: Iterable[str], environment: str) -> list[str]:
    """The lines of a log that git has merged badly, each once and behind those that it follows; git's own marks are
    gone. Raises BrokenChain where anything else is wrong with them."""
    found: dict[str, LogEntry] = {}
    for number, line in enumerate(lines, 1):
        if line.startswith(_MARKS) or not line:
            continue
        entry = _entry(line, number, environment)
        found.setdefault(entry.digest, entry)
    chain = Chain(tuple(found.values()))
    if len(chain.ordered) != len(found):
        raise BrokenChain(0, "Entries are missing that others follow.")
    return [entry.line for entry in chain.ordered]


_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")

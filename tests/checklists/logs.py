"""Logs as they come about: entries added on branches that meet again, as git merges them."""

from __future__ import annotations

from collections.abc import Sequence

from config.chain import Chain, verified
from config.results.log_entry import Actor, EntrySort, LogEntry

ENVIRONMENT = "sandbox"
_LEAST: dict[str, dict[str, object]] = {"attached": {"item": "shown", "binds": {}}}
"""What an entry has to say, where a test asks for no more."""
ANA = Actor("Ana Sol", "ana@client.example", ("head_of_support",), "ana")


def added(
    lines: Sequence[str], entry: EntrySort, at: str, data: dict[str, object] | None = None, by: Actor = ANA
) -> list[str]:
    """The lines with one entry more, as a verb adds it."""
    heads = verified(lines, ENVIRONMENT).heads
    said = {**_LEAST.get(entry, {}), **(data or {})}
    return [*lines, LogEntry(entry, ENVIRONMENT, at, by, heads, said).sealed.line]


def united(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """What `merge=union` makes of two versions that begin alike: the lines of both, ours first."""
    common = 0
    while common < min(len(ours), len(theirs)) and ours[common] == theirs[common]:
        common += 1
    return [*ours, *(line for line in theirs[common:] if line not in ours)]


def chain_of(lines: Sequence[str]) -> Chain:
    return verified(lines, ENVIRONMENT)

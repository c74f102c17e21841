"""Of each person the last word that counts: what does not count takes nothing away from what was said before."""

from __future__ import annotations

from collections.abc import Iterable

from checklists.book import signer_of
from checklists.checklist import Listed
from checklists.circumstances import Circumstances
from config.results.log_entry import LogEntry


def signatures_of(listed: Listed, known: Circumstances) -> tuple[LogEntry, ...]:
    """An item's sign-offs that were not withdrawn, one for each person: the last that counts; where none of theirs
    does, the last, so that it can be said why."""
    good: list[LogEntry] = []
    rest: list[LogEntry] = []
    for entry in known.book.signings.get(listed.key, ()):
        counts = not known.counts(entry)
        if entry.entry == "withdrawn":
            if counts:
                good, rest = _of_others(good, entry, known), _of_others(rest, entry, known)
        elif counts and (not listed.item.sign_off or known.roles_in(entry) & set(listed.item.sign_off.roles)):
            good = [*_of_others(good, entry, known), entry]
        else:
            rest = [*_of_others(rest, entry, known), entry]
    for entry in good:
        rest = _of_others(rest, entry, known)
    return (*good, *rest)


def decisions_of(phase: str, known: Circumstances) -> tuple[LogEntry, ...]:
    """Who has decided about a gate, one decision for each person: the last that counts."""
    deciders = set(known.checklist.gates[phase].decision or ())
    good: list[LogEntry] = []
    for entry in known.book.decided.get(phase, ()):
        if known.roles_in(entry) & deciders and not known.counts(entry):
            good = [*_of_others(good, entry, known), entry]
    return tuple(good)


def _of_others(entries: Iterable[LogEntry], entry: LogEntry, known: Circumstances) -> list[LogEntry]:
    """Entries that stand in the names of others than one does."""
    return [each for each in entries if not known.is_same_person(signer_of(each), signer_of(entry))]

"""Of each person the last word that counts: what does not count takes nothing away from what was said before."""

from __future__ import annotations

from checklists.book import person_of, signer_of
from checklists.checklist import Listed
from checklists.circumstances import Circumstances
from checklists.moments import moment
from config.results.log_entry import LogEntry


def signatures_of(listed: Listed, known: Circumstances) -> tuple[LogEntry, ...]:
    """An item's sign-offs that were not withdrawn, one for each person: the last that counts; where none of theirs
    does, the last, so that it can be said why."""
    good: dict[str, LogEntry] = {}
    rest: dict[str, LogEntry] = {}
    for entry in known.book.signings.get(listed.key, ()):
        who = person_of(signer_of(entry))
        counts = not known.counts(entry)
        if entry.entry == "withdrawn":
            for words in (good, rest) if counts else ():
                words.pop(who, None)
        elif counts and (not listed.item.sign_off or roles_in(entry, known) & set(listed.item.sign_off.roles)):
            good.pop(who, None)
            good[who] = entry
        else:
            rest[who] = entry
    return (*good.values(), *(entry for who, entry in rest.items() if who not in good))


def decisions_of(phase: str, known: Circumstances) -> tuple[LogEntry, ...]:
    """Who has decided about a gate, one decision for each person: the last that counts."""
    deciders = set(known.checklist.gates[phase].decision or ())
    good: dict[str, LogEntry] = {}
    for entry in known.book.decisions.get(phase, ()):
        if roles_in(entry, known) & deciders and not known.counts(entry):
            good.pop(person_of(signer_of(entry)), None)
            good[person_of(signer_of(entry))] = entry
    return tuple(good.values())


def roles_in(entry: LogEntry, known: Circumstances) -> set[str]:
    """The roles in which an entry was made, as far as the person has, or had by delegation, them."""
    signer = signer_of(entry)
    return set(signer.roles) & known.roles_of(signer.key, moment(entry.at))

"""Accepted risks: who has agreed to one, and which are accepted now."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from checklists.book import Waiver, signer_of
from checklists.circumstances import Circumstances
from checklists.moments import moment
from config.results.log_entry import LogEntry

WaiverState = Literal["asked", "approved", "denied", "revoked", "expired"]


def approval(waiver: Waiver, known: Circumstances) -> LogEntry | None:
    """The first answer that agrees and counts. Those that do not count do nothing, whenever they were given."""
    return next((each for each in waiver.approvals if not why_not(waiver, each, known)), None)


def waiver_state(waiver: Waiver, known: Circumstances) -> WaiverState:
    """What has become of it."""
    if waiver.ended is not None:
        return "denied" if waiver.ended.entry == "waiver_denied" else "revoked"
    if known.now > waiver.until:
        return "expired"
    return "approved" if waiver in accepted_risks(known) else "asked"


def accepted_risks(known: Circumstances) -> list[Waiver]:
    """Those that are accepted now, the first accepted first: no more items than the project allows at a time."""
    running = [each for each in known.book.waivers if each.ended is None and known.now <= each.until]
    agreed = [(found.at, each.id, each) for each in running if (found := approval(each, known)) is not None]
    items: set[str] = set()
    accepted: list[Waiver] = []
    for _, _, waiver in sorted(agreed, key=lambda each: each[:2]):
        if waiver.item in items or len(items) < known.checklist.waivers.at_most:
            items.add(waiver.item)
            accepted.append(waiver)
    return accepted


def waiver_of(item: str, known: Circumstances) -> Waiver | None:
    """The waiver of an item that says most: the one by which its risk is accepted now, else the last, whatever became
    of it."""
    accepted = [each for each in accepted_risks(known) if each.item == item]
    return accepted[-1] if accepted else known.book.waiver_of(item)


def not_accepted(waiver: Waiver, known: Circumstances) -> str:
    """Why a waiver to which somebody has agreed is not accepted all the same; empty where nobody has."""
    if approval(waiver, known) is not None:
        return f"{known.checklist.waivers.at_most} risks are accepted already"
    return next((why for each in reversed(waiver.approvals) if (why := why_not(waiver, each, known))), "")


def why_not(waiver: Waiver, entry: LogEntry, known: Circumstances) -> str:
    """Why an answer that agrees does not count; empty where it does."""
    limits, listed = known.checklist.waivers, known.checklist.items.get(waiver.item)
    asker, approver = signer_of(waiver.asked), signer_of(entry)
    if known.is_same_person(approver, asker):
        return f"{asker.name} asked for it and approved it, too"
    refused = known.counts(waiver.asked) or known.counts(entry)
    if refused:
        return refused
    deciders = known.checklist.deciders_of(waiver.item)
    if deciders and not deciders & known.roles_in(entry):
        return f"{approver.name} does not decide about it"
    if waiver.until > moment(waiver.asked.at) + timedelta(days=limits.days + 1):
        return f"it would last longer than {limits.days} days"
    if listed is None or listed.item.drop or not listed.item.waivable:
        return "its risk cannot be accepted"
    if waiver.asked.data.get("definition") != listed.digest:
        return "the item asks for something else since"
    return ""

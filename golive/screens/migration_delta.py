"""What has changed in the old tool since it was sent, on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from rich.markup import escape

from config.results.migration_delta import LeftTicket, MigrationDeltaDocument
from config.words import counted
from golive.screens.migration import shrunk
from golive.terminal.screen import Screen
from golive.wording.record_words import records_said

MOST = 5
"""Tickets of a sort that are named."""
LEFT: Mapping[str, str] = {
    "worked_on": "changed in the old tool, and worked on in the new helpdesk since: left alone, look at both",
    "left_out": "changed in the old tool, and by the file's decisions not sent any more: they stay as they are",
    "deleted": "changed in the old tool, and deleted in the new helpdesk: left alone",
    "vanished": "gone in the old tool: they stay in the new helpdesk until somebody deletes them there",
}


def show_delta(screen: Screen, document: MigrationDeltaDocument, option: str, *, is_check: bool) -> None:
    """option: ` -e NAME`. is_check: whether nothing is sent."""
    changes, key = document.changes, escape(document.source)
    since = f" since {document.since}" if document.since else ""
    is_less = _show_shrunk(screen, document)
    screen.say(f"[head]What has changed in the old tool{since}[/]")
    screen.say(f"  {changes.get('new', 0):>8,}  new: sent for the first time")
    _show_found(screen, document, "new")
    anew = "changed: made anew, and the former one deleted; the ledger keeps both ids"
    screen.say(f"  {changes.get('changed', 0):>8,}  {anew}")
    if changes.get("changed") and document.decided_anew:
        screen.say("            some perhaps only because the file decides otherwise than at the last run")
    _show_found(screen, document, "changed")
    screen.say(f"  {changes.get('same', 0):>8,}  as they were: left alone")
    for fate, tickets in groupby(document.left, lambda each: each.fate):
        screen.say(f"  {changes.get(fate, 0):>8,}  {LEFT[fate]}")
        _show_left(screen, list(tickets), changes.get(fate, 0))
    if document.waiting:
        screen.say(f"  {document.waiting:>8,}  not finished there yet, and wait for it:  --cutover  brings them, too")
    if document.records:
        least, most = document.minutes
        screen.say(f"  To be sent: {records_said(document.records)}; by the account's limits {_time(least, most)}")
    _show_overlap(screen, document)
    if document.blocked:
        screen.say("\n[danger]Nothing can be sent yet[/]")
        for why in document.blocked:
            screen.say(f"  {escape(why)}")
    elif document.records and is_check:
        when = "Only if nothing was cut off, send it" if is_less else "To send it"
        screen.say(f"\n{when}:  golive migrate delta {key} --as-read{option}")
    elif not document.records:
        screen.say("\nNothing to send." if is_check else "\nNothing to send; nothing was done.")
        screen.say(f"How far it is, and what comes next:  golive migrate status{option}")


def _show_shrunk(screen: Screen, document: MigrationDeltaDocument) -> bool:
    """Whether the old tool has given out less than the time before: then something may have been cut off."""
    less = shrunk(document.read, document.read_before)
    if less:
        screen.say(f"[danger]{less}[/]")
        screen.say("  Was the export cut off, or made of a part only? Then tickets below that have “changed” only lack")
        screen.say("  their end, and would be made anew without it. Export it again, and compare once more, before you")
        screen.say("  send anything. If records were deleted there on purpose, all is well.\n")
    return bool(less)


def _show_found(screen: Screen, document: MigrationDeltaDocument, fate: str) -> None:
    """The first tickets that are sent, by name."""
    tickets = [each for each in document.found if each.fate == fate]
    for each in tickets[:MOST]:
        new = f"  [quiet]{escape(each.target)} there now[/]" if each.target else ""
        screen.say(f"            {escape(each.source[:40])}  {escape(each.subject[:60]) or '(no subject)'}{new}")
    number = document.changes.get(fate, 0)
    if number > MOST:
        screen.say(f"            and {number - min(MOST, len(tickets)):,} more:  --json names {len(tickets):,}")


def _show_left(screen: Screen, tickets: list[LeftTicket], number: int) -> None:
    for each in tickets[:MOST]:
        said = "  ".join(filter(None, (escape(each.source[:40]), escape(each.subject[:60]))))
        screen.say(f"            {said}  [quiet]{escape(each.page)}[/]")
    if number > MOST:
        screen.say(f"            and {number - min(MOST, len(tickets)):,} more:  --json")
    if tickets[0].fate == "worked_on":
        screen.say(f"            To make one anew all the same:  --also {escape(tickets[0].source)}")
        screen.say("            What was written there since it was sent is lost then.")


def _show_overlap(screen: Screen, document: MigrationDeltaDocument) -> None:
    """What concerns the time in which both tools run."""
    arrived = sum(document.arrived.values())
    if arrived:
        screen.say(f"\n[head]Still coming into the old tool[/]: {counted(arrived, 'ticket')} since the first was sent")
        for address, number in document.arrived.items():
            screen.say(f"  {number:>8,}  {escape(address) or 'address not known'}")
    if document.unfinished:
        is_one = document.unfinished == 1
        said = "1 ticket is" if is_one else f"{document.unfinished:,} tickets are"
        screen.say(f"\n{said} not finished in the old tool: somebody still has to answer.")
    if document.replies:
        screen.say("\n[head]New tickets that answer one which was brought over[/]: merge each by hand")
        for each in document.replies[:MOST]:
            said = f"{escape(each.subject[:60])}  belongs to {escape(each.belongs_to)}"
            screen.say(f"  {escape(each.target)}  {said}  [quiet]{escape(each.page)}[/]")
        if len(document.replies) > MOST:
            screen.say(f"  and {len(document.replies) - MOST:,} more:  --json")


def _time(least: float, most: float) -> str:
    return "about a minute" if most < 1.5 else f"{max(1, least):.0f} to {most:.0f} minutes"

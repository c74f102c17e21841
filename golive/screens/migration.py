"""What a migration's steps say on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from rich.markup import escape

from config.results.migration_extract import ExtractDocument
from config.words import counted
from golive.terminal.screen import Screen
from golive.wording.record_words import FATES, TITLES, records_said


def shrunk(read: Mapping[str, int], before: Mapping[str, int]) -> str:
    """What there is less of than the time before; empty for nothing. Type → how many."""
    less = [
        f"{read.get(type_, 0):,} {TITLES[type_][read.get(type_, 0) != 1]}, where it had {number:,} the time before"
        for type_, number in before.items()
        if read.get(type_, 0) < number
    ]
    return f"The old tool has given out less than the time before: {'; '.join(less)}." if less else ""


def show_extract(screen: Screen, document: ExtractDocument) -> None:
    """What is there now, and what comes next."""
    key = escape(document.source)
    screen.say(f"[head]{escape(document.name)}[/]: {records_said(document.records)}")
    for fate, records in document.left_by_type.items():
        screen.say(f"  {FATES[fate]}: {records_said(records)}; each with the reason:  golive migrate profile {key}")
    if not document.is_whole:
        screen.say(f"\nStopped; nothing is lost. To go on:  golive migrate extract {key}")
    else:
        read = f"{counted(document.read, 'entry', 'entries')} read now"
        new = read if document.read else "nothing was left to be read"
        less = shrunk(document.records, document.read_before)
        if less:
            screen.say(f"\n[danger]{less}[/]")
            screen.say("  Was the export cut off, or made of a part only? Then export it again, and read it once more.")
        screen.say(f"\n[good]It is read to its end[/]; {new}. What it holds:  golive migrate profile {key}")

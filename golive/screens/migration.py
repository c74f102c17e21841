"""What a migration's steps say on the screen."""

from __future__ import annotations

from rich.markup import escape

from config.results.migration_extract import ExtractDocument
from config.words import counted
from golive.terminal.screen import Screen
from golive.wording.record_words import FATES, records_said


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
        screen.say(f"\n[good]It is read to its end[/]; {new}. What it holds:  golive migrate profile {key}")

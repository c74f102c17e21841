"""What a migration's steps say on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from rich.markup import escape

from config.results.migration_extract import ExtractDocument
from golive.terminal.screen import Screen

TITLES: Mapping[str, tuple[str, str]] = {
    "organizations": ("organization", "organizations"),
    "groups": ("group", "groups"),
    "people": ("person", "people"),
    "tickets": ("ticket", "tickets"),
    "comments": ("comment", "comments"),
    "attachments": ("file", "files"),
    "articles": ("article", "articles"),
    "macros": ("macro", "macros"),
    "rules": ("rule", "rules"),
}
"""Type of record → one, several, as people call them."""
FATES = {"skipped": "left out", "quarantined": "put aside"}


def records_said(records: Mapping[str, int]) -> str:
    """`1,204 tickets, 8,310 comments`."""
    said = [f"{number:,} {TITLES[type_][number != 1]}" for type_, number in records.items() if number]
    return ", ".join(said) or "nothing"


def show_extract(screen: Screen, document: ExtractDocument) -> None:
    """What is there now, and what comes next."""
    key = escape(document.source)
    screen.say(f"[head]{escape(document.name)}[/]: {records_said(document.records)}")
    for fate, number in document.left_out.items():
        screen.say(f"  {FATES[fate]}: {number:,}, each with the reason:  golive migrate profile {key}")
    if not document.is_whole:
        screen.say(f"\nStopped; nothing is lost. To go on:  golive migrate extract {key}")
    else:
        new = f"{document.read:,} were read now" if document.read else "nothing was left to be read"
        screen.say(f"\n[good]It is read to its end[/]; {new}. What it holds:  golive migrate profile {key}")

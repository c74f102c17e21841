"""What somebody has noted by hand, on one line."""

from __future__ import annotations

from rich.markup import escape

from golive.screens.times import when


def note_line(since: str, by: str, why: str) -> str:
    """One line of markup: since when, by whom and why."""
    reason = f": {escape(why)}" if why else ""
    return f"since {escape(when(since))}, by {escape(by)}{reason}"

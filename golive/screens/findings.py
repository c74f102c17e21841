"""Findings on a terminal."""

from __future__ import annotations

from collections import Counter

from rich.markup import escape

from config.findings import Finding, Severity
from golive.terminal.screen import Screen

_STYLE: dict[Severity, str] = {"error": "danger", "warning": "change", "note": "quiet"}


MANY_NOTES = 3
"""From so many notes of one rule on, only the first is shown unless all are wanted."""


def show_findings(screen: Screen, findings: list[Finding], every_note: bool = False) -> None:
    """One block per finding: place and reason, then the hint. Errors and warnings are all shown; of the notes of one
    rule, where they are many, the first with how many there are."""
    notes = Counter(finding.rule for finding in findings if finding.severity == "note")
    folded = {rule for rule, many in notes.items() if many >= MANY_NOTES and not every_note}
    shown: set[str] = set()
    for finding in findings:
        if finding.severity == "note" and finding.rule in folded & shown:
            continue
        shown.add(finding.rule)
        style = _STYLE[finding.severity]
        screen.say(
            f"[place]{escape(str(finding.position))}[/]  [{style}]{finding.severity}[/]  {escape(finding.message)}"
        )
        detail = f"    {finding.path}" if finding.path else "   "
        hint = f"  {finding.hint}" if finding.hint else ""
        screen.say(f"[quiet]{escape(detail)}[/]{escape(hint)}  [quiet]({finding.rule})[/]")
        if finding.severity == "note" and finding.rule in folded:
            screen.say(f"    [quiet]and {notes[finding.rule] - 1} more like it:  golive validate --all[/]")


def many_said(findings: list[Finding]) -> str:
    """`2 errors, 1 note`."""
    counts = Counter(finding.severity for finding in findings)
    words = [f"{counts[word]} {word}{'s' if counts[word] > 1 else ''}" for word in _STYLE if counts[word]]
    return ", ".join(words)

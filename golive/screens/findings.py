"""Findings on a terminal."""

from __future__ import annotations

from collections import Counter

from rich.markup import escape

from config.findings import Finding, Severity
from golive.screen import Screen

_STYLE: dict[Severity, str] = {"error": "danger", "warning": "change", "note": "quiet"}


def show_findings(screen: Screen, findings: list[Finding]) -> None:
    """One block per finding: place and reason, then the hint."""
    for finding in findings:
        style = _STYLE[finding.severity]
        screen.say(
            f"[place]{escape(str(finding.position))}[/]  [{style}]{finding.severity}[/]  {escape(finding.message)}"
        )
        detail = f"    {finding.path}" if finding.path else "   "
        hint = f"  {finding.hint}" if finding.hint else ""
        screen.say(f"[quiet]{escape(detail)}[/]{escape(hint)}  [quiet]({finding.rule})[/]")


def counted(findings: list[Finding]) -> str:
    """`2 errors, 1 note`."""
    counts = Counter(finding.severity for finding in findings)
    words = [f"{counts[word]} {word}{'s' if counts[word] > 1 else ''}" for word in _STYLE if counts[word]]
    return ", ".join(words)

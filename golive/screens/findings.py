"""Findings on a terminal and as GitHub annotations."""

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


def workflow_commands(findings: list[Finding]) -> list[str]:
    """GitHub workflow commands, one line each."""
    level = {"error": "error", "warning": "warning", "note": "notice"}
    return [
        f"::{level[each.severity]} file={_property(each.position.file)},line={each.position.line},"
        f"col={each.position.column},title={_property(each.rule)}::{_data(_sentence(each))}"
        for each in findings
    ]


def _sentence(finding: Finding) -> str:
    """Message and hint in one line."""
    return f"{finding.message}. {finding.hint}" if finding.hint else finding.message


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

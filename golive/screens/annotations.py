"""Marks at the lines of files, as GitHub Actions reads them from what a step prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from config.characters import visible
from config.findings import Finding
from config.results.findings import FindingEntry
from config.results.review import ReviewDocument
from golive.changes.risks import TITLES

LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def annotation(level: str, text: str, title: str, file: str = "", line: int = 0, column: int = 0) -> str:
    """One workflow command. file: from the repository's root; line and column: 0 where there is none."""
    places = {"file": file, "line": line, "col": column}
    said = [f"{name}={_property(str(value))}" for name, value in places.items() if value]
    return f"::{level} {','.join([*said, f'title={_property(visible(title))}'])}::{_data(visible(text))}"


def workflow_commands(findings: Iterable[Finding], above: str = "") -> list[str]:
    """One for each finding. above: the workspace's place in its repository, with a slash at its end."""
    return [
        annotation(
            LEVELS[each.severity],
            f"{each.message}. {each.hint}" if each.hint else each.message,
            each.rule,
            f"{above}{each.position.file}",
            each.position.line,
            each.position.column,
        )
        for each in findings
    ]


def review_annotations(document: ReviewDocument, above: str = "") -> Iterator[str]:
    """The risks and new findings of a change, at its lines; what has left the files has no line any more."""
    for each in document.risks:
        file = f"{above}{each.file}" if each.file else ""
        yield annotation("warning", each.text, TITLES[each.risk], file, each.line)
    for finding in document.findings_added:
        yield _of_entry(finding, above)
    if document.error is not None and document.error.code != "invalid":
        yield annotation("error", f"{document.error.what} {document.error.why}", "golive review")


def _of_entry(each: FindingEntry, above: str) -> str:
    said = f"{each.message}. {each.hint}" if each.hint else each.message
    return annotation(LEVELS[each.severity], said, each.rule, f"{above}{each.file}", each.line, each.column)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

"""`golive validate --json`: everything that is to be said of a workspace's files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from config.findings import Finding, Severity
from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error

SCHEMA: Literal["golive/validate/1"] = "golive/validate/1"


@dataclass(frozen=True)
class FindingEntry:
    """One finding. `line` and `column` count from 1; `path` is the place in the document, for example
    `triggers.p1.when[0].field`; `hint` says what to do and may be empty."""

    rule: str
    severity: Severity
    file: str
    line: int
    column: int
    path: str
    message: str
    hint: str


@dataclass(frozen=True)
class FindingsDocument:
    """All findings, sorted by file and line."""

    schema: Literal["golive/validate/1"] = SCHEMA
    findings: list[FindingEntry] = field(default_factory=list)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    @classmethod
    def of(cls, findings: Iterable[Finding], error: Error | None = None) -> FindingsDocument:
        """The document of findings that are sorted already."""
        return cls(
            findings=[
                FindingEntry(
                    rule=each.rule,
                    severity=each.severity,
                    file=each.position.file,
                    line=each.position.line,
                    column=each.position.column,
                    path=each.path,
                    message=each.message,
                    hint=each.hint,
                )
                for each in findings
            ],
            error=error,
        )

    def to_json(self) -> Json:
        return as_json(self)

"""`golive validate --json`: everything that is to be said of a workspace's files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from config.findings import Finding, Severity
from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error

if TYPE_CHECKING:
    from config.rules.exceptions import Allowed  # at run time, its room would load every kind

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
class AllowedEntry:
    """A finding that an object sets aside under `x-allow`. `reason` is what it says; the rest is as in a finding."""

    rule: str
    file: str
    line: int
    column: int
    path: str
    message: str
    reason: str


@dataclass(frozen=True)
class FindingsDocument:
    """All findings, sorted by file and line. `allowed` is left out where nothing is."""

    schema: Literal["golive/validate/1"] = SCHEMA
    findings: list[FindingEntry] = field(default_factory=list)
    allowed: list[AllowedEntry] | None = field(default=None, metadata=ONLY_IF_GIVEN)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    @classmethod
    def of(
        cls, findings: Iterable[Finding], error: Error | None = None, allowed: Iterable[Allowed] = ()
    ) -> FindingsDocument:
        """The document of findings that are sorted already."""
        set_aside = [
            AllowedEntry(
                rule=each.finding.rule,
                file=each.finding.position.file,
                line=each.finding.position.line,
                column=each.finding.position.column,
                path=each.finding.path,
                message=each.finding.message,
                reason=each.reason,
            )
            for each in allowed
        ]
        return cls(
            allowed=set_aside or None,
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

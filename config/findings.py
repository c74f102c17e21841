"""A finding: one thing to say about one place in a workspace's files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
_PLACES = re.compile(r"(?<=yaml):\d+(:\d+)?|(?<=yml):\d+(:\d+)?|\bline \d+")
"""Places in a finding's own text, which move when something is written above them."""


@dataclass(frozen=True, order=True)
class Position:
    """A place in a file. `file` is relative to the workspace; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Finding:
    """One finding. `rule` is its stable id, `path` the place in the document as people write it
    (`triggers.p1.when[0].field`), `hint` what to do."""

    rule: str
    severity: Severity
    position: Position
    path: str
    message: str
    hint: str = ""

    @property
    def lasting_message(self) -> str:
        """The message without places: the same wherever the finding stands now."""
        return _PLACES.sub("", self.message)

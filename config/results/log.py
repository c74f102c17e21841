"""`--json` of `golive log verify`: that the log of an environment is as golive wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error


@dataclass(frozen=True)
class LogDocument:
    """entries: how many there are; newest: the time of the latest (ISO 8601, UTC). head: the digests of the entries
    that no other follows, joined by `+`. versions: with how many commits of this branch it was compared. phase: to
    which the log leads; under_way: the one to which a move was begun that is not finished."""

    schema: Literal["golive/log/1"] = "golive/log/1"
    environment: str = ""
    entries: int = 0
    head: str = ""
    newest: str = ""
    versions: int = 0
    phase: str = ""
    under_way: str = ""
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return as_json(self)

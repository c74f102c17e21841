"""`--json` of `golive off` and `golive on`: one object, switched by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.findings import AllowedEntry, FindingEntry

SwitchResult = Literal["done", "already", "noted"]


@dataclass(frozen=True)
class SwitchDocument:
    """result: `done` with one call; `already` so, and nothing was sent; `noted`, because the files or the phase keep it
    off anyway. active: whether it is on now. since, by, why: the note that keeps it off. page: in the vendor's admin
    centre. calls: system → calls that were made. seconds: how long it took. run: its number in the history, None where
    nothing had to be noted. notices, cautions, findings, allowed: what the account was asked before and says about it,
    as in a plan; empty where nothing was to be sent, and of `off`, before which nobody is asked."""

    schema: Literal["golive/off/1", "golive/on/1"]
    environment: str = ""
    system: str = ""
    kind: str = ""
    key: str = ""
    name: str = ""
    id: str = ""
    page: str = ""
    result: SwitchResult | None = field(default=None, metadata=ONLY_IF_GIVEN)
    active: bool | None = field(default=None, metadata=ONLY_IF_GIVEN)
    since: str = ""
    by: str = ""
    why: str = ""
    calls: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    notices: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    findings: list[FindingEntry] = field(default_factory=list)
    allowed: list[AllowedEntry] = field(default_factory=list)
    run: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return as_json(self)

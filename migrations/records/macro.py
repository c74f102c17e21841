"""An answer that agents had ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from migrations.records.record import Record, RecordType


@dataclass(frozen=True, slots=True)
class Macro(Record):
    """text: what it writes. does: what else it did, in the old tool's words, a line each."""

    type: ClassVar[RecordType] = "macros"
    name: str = ""
    folder: str = ""
    text: str = ""
    public: bool = True
    does: tuple[str, ...] = ()
    active: bool = True

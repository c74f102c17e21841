"""A number that the old tool shows on its own pages, beside what was read of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ShownNumber:
    """what: `tickets`, `comments`, `attachments` or `contacts`. shown: as people typed it in; read: what the old tool
    gave out, whatever became of it."""

    what: str
    shown: int
    read: int

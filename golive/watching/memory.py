"""What a watch remembers between two looks: the open tickets with their clocks, and how far it has read.

It is a cache: without it everything is read again, and nothing is told twice, for what was told stands in the notes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from provisioners.clocks import Clock, Target, TicketClocks

FORM = 1


@dataclass(frozen=True)
class Memory:
    """watch, looks: to which watch it belongs, and after how many of its looks it was kept. newest: the latest change
    that was seen; whole_at: when all open tickets were read (the helpdesk's time, both)."""

    watch: str = ""
    looks: int = 0
    newest: datetime | None = None
    whole_at: datetime | None = None
    tickets: Mapping[str, TicketClocks] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "golive_watch": FORM,
            "watch": self.watch,
            "looks": self.looks,
            "newest": _said(self.newest),
            "whole_at": _said(self.whole_at),
            "tickets": [_ticket_json(each) for each in self.tickets.values()],
        }

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Memory:
        """Raises KeyError, TypeError or ValueError for anything that `to_json` has not made."""
        if said["golive_watch"] != FORM:
            raise ValueError("another form")
        tickets = {each["id"]: _ticket_of(each) for each in said["tickets"]}
        return cls(said["watch"], said["looks"], _read(said["newest"]), _read(said["whole_at"]), tickets)


def load_memory(path: Path, watch: str, looks: int) -> Memory:
    """What was kept after just so many looks of this watch; an empty memory where there is none that can be used."""
    try:
        found = Memory.of(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Memory(watch)
    return found if (found.watch, found.looks) == (watch, looks) else Memory(watch)


def keep(path: Path, document: Mapping[str, Any], *, for_people: bool = False) -> None:
    """Write a document all at once, so that a crash leaves the old one or the new one. for_people: on many lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    indent = 2 if for_people else None
    new.write_text(json.dumps(document, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")
    new.replace(path)


def _ticket_json(ticket: TicketClocks) -> list[Any] | dict[str, Any]:
    """Without its subject: that is the customer's business."""
    return {
        "id": ticket.id,
        "status": ticket.status,
        "priority": ticket.priority,
        "made_at": _said(ticket.made_at),
        "changed_at": _said(ticket.changed_at),
        "replies": ticket.replies,
        "policy": ticket.policy,
        "settled": ticket.settled,
        "clocks": [
            [
                each.metric,
                each.stage,
                _said(each.breach_at),
                [each.target.time.total_seconds(), each.target.business] if each.target else None,
            ]
            for each in ticket.clocks
        ],
    }


def _ticket_of(said: Mapping[str, Any]) -> TicketClocks:
    made_at, changed_at = _read(said["made_at"]), _read(said["changed_at"])
    if made_at is None or changed_at is None:
        raise ValueError("a ticket without its times")
    clocks = tuple(
        Clock(metric, stage, _read(breach_at), Target(timedelta(seconds=target[0]), target[1]) if target else None)
        for metric, stage, breach_at, target in said["clocks"]
    )
    return TicketClocks(
        said["id"], said["status"], said["priority"], made_at, changed_at, said["replies"], said["policy"],
        said["settled"], clocks,
    )  # fmt: skip


def _said(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

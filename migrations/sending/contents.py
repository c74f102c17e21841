"""Tickets, with what is in them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from migrations.records.record import RecordType
from migrations.staging.staging import Staging


def with_contents(staging: Staging, which: str, values: tuple[Any, ...] = ()) -> Counter[RecordType]:
    """How many tickets, comments and files there are, by type. which: SQL for the tickets' old ids, in parentheses;
    values: those of its marks."""
    return Counter[RecordType](
        {
            "tickets": staging.count("tickets", f"id IN {which}", values),
            "comments": staging.count("comments", f"ticket IN {which}", values),
            "attachments": staging.count("attachments", f"ticket IN {which}", values),
        }
    )

"""The words behind Freshdesk's numbers.

Source: developers.freshdesk.com/api, “Ticket Properties” and “List All Ticket Fields”, which gives the choices of some
fields as words by number, of others as numbers by word.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from migrations.sources.freshdesk.values import text

STATUSES = {"2": "Open", "3": "Pending", "4": "Resolved", "5": "Closed"}
PRIORITIES = {"1": "Low", "2": "Medium", "3": "High", "4": "Urgent"}
SOURCES = {
    "1": "Email", "2": "Portal", "3": "Phone", "4": "Forum", "5": "Twitter", "6": "Facebook", "7": "Chat",
    "8": "Mobihelp", "9": "Feedback Widget", "10": "Outbound Email", "11": "Ecommerce", "12": "Bot", "13": "WhatsApp",
    "14": "Chat - Internal Task", "15": "Web Chat",
}  # fmt: skip
"""The first ten stand in the vendor's page, the others in its newer examples."""
_KNOWN: Mapping[str, Mapping[str, str]] = {"status": STATUSES, "priority": PRIORITIES, "source": SOURCES}
SAVE = "INSERT OR REPLACE INTO freshdesk_labels VALUES (?, ?, ?)"
OUTBOUND = "10"


class Labels:
    """Words by sort and number. Those of the account win over the vendor's own."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._words = {sort: dict(words) for sort, words in _KNOWN.items()}
        for sort, number, label in database.execute("SELECT sort, number, label FROM freshdesk_labels"):
            self._words.setdefault(str(sort), {})[str(number)] = str(label)

    def word(self, sort: str, number: Any) -> str:
        """The word for a number; the number itself where the account has none; empty for nothing."""
        if number is None or number == "":
            return ""
        return self._words.get(sort, {}).get(str(number), str(number))


def labels_of(fields: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Sort, number and word of every choice in a list of ticket fields."""
    for field in fields:
        sort = str(field.get("name")) if isinstance(field, dict) else ""
        choices = field.get("choices") if sort in _KNOWN else None
        if not isinstance(choices, dict):
            continue
        for key, value in choices.items():
            if isinstance(value, list) and value:  # by number: what agents see, then what customers see
                yield sort, text(key), text(value[0])
            elif isinstance(value, int):
                yield sort, str(value), text(key)

"""Records of an old tool, as people call them."""

from __future__ import annotations

from collections.abc import Mapping

TITLES: Mapping[str, tuple[str, str]] = {
    "organizations": ("organization", "organizations"),
    "groups": ("group", "groups"),
    "people": ("person", "people"),
    "tickets": ("ticket", "tickets"),
    "comments": ("comment", "comments"),
    "attachments": ("file", "files"),
    "articles": ("article", "articles"),
    "macros": ("macro", "macros"),
    "rules": ("rule", "rules"),
}
"""Type of record → one, several, as people call them."""
FATES = {"skipped": "left out", "failed": "refused", "quarantined": "put aside"}


def records_said(records: Mapping[str, int]) -> str:
    """`1,204 tickets, 8,310 comments`."""
    said = [f"{number:,} {TITLES[type_][number != 1]}" for type_, number in records.items() if number]
    return ", ".join(said) or "nothing"

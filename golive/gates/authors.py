"""Who wrote what a signature is about, by git."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from checklists.binding import ALL
from checklists.checklist import Checklist, Listed
from config.declaration import Declaration, Declared
from golive.gates.identity import authors_by_line


def authors_by_item(root: Path, checklist: Checklist, declaration: Declaration) -> dict[str, frozenset[str] | None]:
    """Item → the addresses of those who wrote what it is about; None where git does not say. Of sign-offs only."""
    asked = {
        key: tuple(item for item in declaration if _concerns(each, item))
        for key, each in checklist.items.items()
        if each.item.sign_off is not None and not each.item.drop
    }
    lines: dict[str, list[str] | None] = {}
    for file in {each.position.file for items in asked.values() for each in items}:
        lines[file] = authors_by_line(root, file)
    return {
        key: _together(_authors_of(each, lines[each.position.file]) for each in items) for key, items in asked.items()
    }


def span_of(item: Declared) -> tuple[int, int]:
    """The first and the last line of an object in its file."""
    document = item.document
    first = item.position.line
    if document is None:
        return first, first
    depth = len(item.path)
    behind = [place.line for path, place in document.keys.items() if place.line > first and path[:depth] != item.path]
    last = min(behind, default=len(document.lines) + 1) - 1
    while last > first and not document.lines[last - 1].strip():
        last -= 1
    return first, last


def _concerns(listed: Listed, item: Declared) -> bool:
    return any(each in (ALL, item.kind, f"{item.kind}/{item.key}") for each in listed.item.concerns)


def _authors_of(item: Declared, lines: list[str] | None) -> frozenset[str] | None:
    if lines is None:
        return None
    first, last = span_of(item)
    return frozenset(each for each in lines[first - 1 : last] if each)


def _together(authors: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for each in authors:
        if each is None:
            return None
        found |= each
    return frozenset(found)

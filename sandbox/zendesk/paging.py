"""The vendor's two ways of paging: by cursor and by offset."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from sandbox.store import Row
from sandbox.zendesk.refusals import listed, plain

MAXIMUM = 100
"""Objects on one page."""
DEPTH = 10_000
"""Offset paging ends here."""

SortKey = Callable[[Row], tuple[Any, ...]]


def wants_cursor(query: dict[str, str]) -> bool:
    """Whether the call asks for cursor paging."""
    return "page[size]" in query or "page[after]" in query


def cursor_page(rows: list[Row], key: SortKey, query: dict[str, str], url: str) -> tuple[list[Row], Row]:
    """One page after the cursor, with `meta` and `links`. Raises `Refused` on a bad size or cursor."""
    size = _number(query.get("page[size]", str(MAXIMUM)), "page[size]")
    rows = sorted(rows, key=key)
    after = query.get("page[after]")
    if after:
        last = _read_cursor(after)
        rows = [row for row in rows if key(row) > last]
    page, more = rows[:size], len(rows) > size
    cursor = _write_cursor(key(page[-1])) if page else None
    following = {**query, "page[size]": str(size), "page[after]": cursor or ""}
    return page, {
        "meta": {
            "has_more": more,
            "after_cursor": cursor,
            "before_cursor": _write_cursor(key(page[0])) if page else None,
        },
        "links": {"prev": None, "next": f"{url}?{urlencode(following)}" if more else None},
    }


def offset_page(rows: list[Row], key: SortKey, query: dict[str, str], url: str) -> tuple[list[Row], Row]:
    """One page by number, with `count`, `next_page`, `previous_page`. Raises `Refused` beyond the depth."""
    size = min(MAXIMUM, max(1, int(query["per_page"]))) if query.get("per_page", "").isdigit() else MAXIMUM
    number = int(query["page"]) if query.get("page", "").isdigit() and int(query["page"]) else 1
    if number * size > DEPTH:
        raise plain(400, "InvalidPaginationDepth", "Offset paging ends at 10000 records; use cursors.")
    rows = sorted(rows, key=key)
    start = (number - 1) * size

    def link(page: int) -> str:
        return f"{url}?{urlencode({**query, 'page': str(page), 'per_page': str(size)})}"

    return rows[start : start + size], {
        "count": len(rows),
        "next_page": link(number + 1) if start + size < len(rows) else None,
        "previous_page": link(number - 1) if number > 1 else None,
    }


def _number(text: str, name: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MAXIMUM:
        raise listed(400, "InvalidPaginationParameter", "Invalid parameter", f"{name} must be 1 to {MAXIMUM}")
    return int(text)


def _write_cursor(key: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def _read_cursor(text: str) -> tuple[Any, ...]:
    try:
        key = json.loads(base64.urlsafe_b64decode(text.encode()))
    except ValueError as why:
        raise listed(400, "InvalidCursor", "Invalid cursor", "page[after] is not one of ours") from why
    return tuple(key) if isinstance(key, list) else (key,)

"""Lists by cursor, and those by page.

Source: developers.intercom.com, “Pagination”: a cursor stands for a place in the list, at most 150 on a page; a list
that goes by page names the address of its next one. In which order a list stands is said nowhere: here the last
changed comes first, so that what changes while somebody reads moves to where they have been already.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from sandbox.intercom.workspace import IntercomError, Workspace, shown
from sandbox.store import Row

MOST = 150


def cursor_page(
    rows: list[Row],
    asked: Row,
    name: str,
    type_: str,
    usual: int,
    shows: Callable[[Row], Row] = shown,
) -> Row:
    """The part of a list behind a cursor. asked: `per_page` and `starting_after`. Raises IntercomError."""
    length = _number(asked.get("per_page", usual), "per_page", MOST)
    rows = sorted(rows, key=_place, reverse=True)
    number = 1
    left = rows
    if asked.get("starting_after"):
        number, place = _read(str(asked["starting_after"]))
        left = [row for row in rows if _place(row) < place]
    page = left[:length]
    pages: Row = {
        "type": "pages",
        "page": number,
        "per_page": length,
        "total_pages": -(-len(rows) // length),
        "next": None,
    }
    if len(left) > length:
        pages["next"] = {"page": number + 1, "starting_after": _written(number + 1, page[-1])}
    return {"type": type_, name: [shows(row) for row in page], "total_count": len(rows), "pages": pages}


def numbered_page(rows: list[Row], query: Row, path: str, workspace: Workspace, shows: Callable[[Row], Row]) -> Row:
    """The page of a list that is asked for by its number. Raises IntercomError."""
    number = _number(query.get("page", 1), "page", None)
    length = _number(query.get("per_page", 10), "per_page", MOST)
    rows = sorted(rows, key=_place, reverse=True)
    total = max(1, -(-len(rows) // length))
    following = f"{workspace.origin}/intercom{path}?page={number + 1}&per_page={length}"
    pages = {
        "type": "pages",
        "page": number,
        "per_page": length,
        "total_pages": total,
        "next": following if number < total else None,
    }
    start = (number - 1) * length
    return {
        "type": "list",
        "data": [shows(row) for row in rows[start : start + length]],
        "total_count": len(rows),
        "pages": pages,
    }


def _place(row: Row) -> tuple[int, str]:
    return int(row["updated_at"]), str(row["id"])


def _written(number: int, last: Row) -> str:
    return base64.b64encode(json.dumps([number, *_place(last)]).encode()).decode()


def _read(cursor: str) -> tuple[int, tuple[int, str]]:
    try:
        number, updated, identifier = json.loads(base64.b64decode(cursor, validate=True))
    except ValueError:
        wrong = "Invalid starting_after param. Please try again using a starting_after value from a paginated response"
        raise IntercomError(400, "client_error", wrong) from None
    return int(number), (int(updated), str(identifier))


def _number(said: Any, name: str, most: int | None) -> int:
    if not str(said).isdigit() or int(said) < 1 or (most is not None and int(said) > most):
        until = f" and at most {most}" if most else ""
        raise IntercomError(400, "parameter_invalid", f"{name} must be a positive number{until}")
    return int(said)

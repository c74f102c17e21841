"""Lists by page.

Source: developers.freshdesk.com/api, “Pagination”: 30 on a page, at most 100; the `link` header leads to the next one
and is not there on the last.
"""

from __future__ import annotations

from collections.abc import Callable

from sandbox.freshdesk.account import Answer, invalid, shown
from sandbox.store import Row

USUAL, MOST = 30, 100


def page_of(query: dict[str, str]) -> tuple[int, int]:
    """Which page is asked for, and how long it is. Raises FreshdeskError."""
    return _number(query, "page", 1, None), _number(query, "per_page", USUAL, MOST)


def page(rows: list[Row], query: dict[str, str], shows: Callable[[Row], Row] = shown) -> Answer:
    """The part of a list that is asked for. shows: how a row is shown. Raises FreshdeskError."""
    number, length = page_of(query)
    start = (number - 1) * length
    return Answer([shows(row) for row in rows[start : start + length]], more=start + length < len(rows))


def _number(query: dict[str, str], name: str, usual: int, most: int | None) -> int:
    said = query.get(name, str(usual))
    if not said.isdigit() or int(said) < 1 or (most is not None and int(said) > most):
        until = f" and less than or equal to {most}" if most else ""
        raise invalid(name, f"It should be a Positive Integer{until}", "invalid_value")
    return int(said)

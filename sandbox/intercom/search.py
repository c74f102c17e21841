"""Searches: what a query takes in.

Source: developers.intercom.com, “Search for conversations”, “Search for contacts”, “Search for tickets”: a field, an
operator and a value, or several of these under AND or OR, two levels deep. Times of a contact are taken by the day. A
field that cannot be searched by is refused.
"""

from __future__ import annotations

from typing import Any

from sandbox.intercom.workspace import IntercomError
from sandbox.store import Row

DAY = 86_400
_FIELDS = {
    "conversations": ("id", "created_at", "updated_at", "state", "open", "priority", "admin_assignee_id"),
    "contacts": ("id", "created_at", "updated_at", "role", "email", "name", "external_id"),
    "tickets": ("id", "created_at", "updated_at", "open", "category", "admin_assignee_id"),
}


def found(rows: list[Row], table: str, query: Any) -> list[Row]:
    """Those that fit a query. Raises IntercomError."""
    return [row for row in rows if _fits(row, table, query)]


def _fits(row: Row, table: str, query: Any) -> bool:
    if not isinstance(query, dict) or not {"operator", "value"} <= set(query):
        raise IntercomError(400, "invalid_query", "Query must have an operator and a value")
    operator, value = query["operator"], query["value"]
    if operator in ("AND", "OR"):
        each = [_fits(row, table, one) for one in value]
        return all(each) if operator == "AND" else any(each)
    field = query.get("field")
    if field not in _FIELDS[table]:
        raise IntercomError(400, "invalid_field", f"'{field}' is not a valid field to search by")
    held = row.get(field)
    if field.endswith("_at"):
        return _by_time(int(held or 0), operator, value, by_day=table == "contacts")
    if operator in ("IN", "NIN"):
        return bool((held in value) == (operator == "IN"))
    if operator in ("=", "!="):
        return bool((str(held) == str(value)) == (operator == "="))
    raise IntercomError(400, "invalid_operator", f"'{operator}' is not valid for '{field}'")


def _by_time(held: int, operator: str, value: Any, *, by_day: bool) -> bool:
    if not str(value).isdigit():
        raise IntercomError(400, "invalid_value", "The value has to be a UNIX timestamp")
    size = DAY if by_day else 1
    said, held = int(value) // size, held // size
    match operator:
        case ">":
            return held > said
        case "<":
            return held < said
        case "=":
            return held == said
    raise IntercomError(400, "invalid_operator", f"'{operator}' is not valid for a time")

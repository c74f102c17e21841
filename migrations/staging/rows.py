"""A record as a row of its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from migrations.records.moment import Moment
from migrations.records.record import Record, RecordType

_COLUMNS: Mapping[RecordType, Mapping[str, str]] = {
    "organizations": {"name": "name"},
    "groups": {"name": "name"},
    "people": {"email": "email", "side": "side"},
    "tickets": {
        "at": "created", "status": "status", "channel": "channel", "team": "group", "language": "language",
        "requester": "requester",
    },
    "comments": {"ticket": "ticket", "at": "created", "public": "public", "author": "author"},
    "attachments": {"ticket": "ticket", "comment": "comment", "digest": "digest", "size": "size"},
    "articles": {"url": "url"},
    "macros": {"name": "name"},
    "rules": {"name": "name"},
}  # fmt: skip
"""Column → the attribute that stands in it, beside the whole record."""

Row = tuple[Any, ...]
"""Its id, what stands in the columns, and the whole record as text."""


def row_of(record: Record) -> Row:
    return (record.id, *_in_columns(_VALUES[record.type](record)), record.to_json())


def _in_columns(values: Any) -> list[Any]:
    """Of a moment its UTC."""
    several = values if type(values) is tuple else (values,)
    return [each.at if type(each) is Moment else each for each in several]


def _insert(table: str, columns: Mapping[str, str]) -> str:
    names, marks = ", ".join(columns), ", ".join("?" * (len(columns) + 2))
    anew = ", ".join(f"{name} = excluded.{name}" for name in (*columns, "data"))
    return f"INSERT INTO {table} (id, {names}, data) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {anew}"


_VALUES: Mapping[RecordType, Callable[[Any], Any]] = {
    type_: attrgetter(*columns.values()) for type_, columns in _COLUMNS.items()
}
INSERT: Mapping[RecordType, str] = {type_: _insert(type_, columns) for type_, columns in _COLUMNS.items()}
"""The statement that writes a row; one that is there already is written anew."""

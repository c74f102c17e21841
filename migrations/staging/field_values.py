"""What the fields of an old tool's own hold, counted by the database."""

from __future__ import annotations

from collections.abc import Iterator

from migrations.records.record import RecordType
from migrations.staging.staging import Staging

_HELD = "{0}, JSON_EACH({0}.data, '$.values') AS field"
_ONE = "JSON_EACH(CASE field.type WHEN 'array' THEN field.value ELSE JSON_ARRAY(field.value) END) AS one"
"""Each of several choices by itself."""


def filled_fields(staging: Staging, type_: RecordType) -> list[tuple[str, int]]:
    """(field, records in which it holds something), by name."""
    held = _HELD.format(type_)
    said = f"SELECT field.key, COUNT(*) FROM {held} WHERE field.value NOT IN ('', '[]') GROUP BY 1 ORDER BY 1"
    return [(str(key), int(number)) for key, number in staging.database.execute(said)]


def values_of(staging: Staging, type_: RecordType, field: str, most: int) -> Iterator[tuple[str, int]]:
    """(value, records that hold it) of a field, the most frequent first; so many at most."""
    said = f"{_counted(type_)} ORDER BY 2 DESC, 1 LIMIT {most}"
    return ((str(value), int(number)) for value, number in staging.database.execute(said, (field,)))


def different_values(staging: Staging, type_: RecordType, field: str) -> int:
    """How many different values a field holds."""
    said = f"SELECT COUNT(*) FROM ({_counted(type_)})"
    return int(staging.database.execute(said, (field,)).fetchone()[0])


def _counted(type_: RecordType) -> str:
    which = "field.key = ? AND one.value <> ''"
    return f"SELECT one.value, COUNT(*) FROM {_HELD.format(type_)}, {_ONE} WHERE {which} GROUP BY 1"

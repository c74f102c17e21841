"""Single values of Freshdesk's documents: texts, times, numbers, fields of the account's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from migrations.records.moment import Moment
from migrations.records.record import Value
from migrations.sources.text import plain

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Before anybody wrote tickets; a time before it is a mistake of somebody's import."""
_AHEAD = timedelta(days=1)


def text(said: Any) -> str:
    """A text without characters that no system takes; empty for nothing."""
    return plain(str(said))[0] if said is not None else ""


def identifier(said: Any) -> str:
    """An id as text; empty for nothing."""
    return "" if isinstance(said, bool | dict | list) else text(said).strip()


def moment(said: Any, now: datetime) -> Moment | None:
    """A time, by the vendor in UTC or with its distance from it; None where there is none that can be right."""
    if not isinstance(said, str):
        return None
    try:
        when = datetime.fromisoformat(said)
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        if not _EARLIEST <= when <= now + _AHEAD:
            return None
        return Moment.of(when, said)
    except (ValueError, OverflowError):
        return None


def values(fields: Any) -> dict[str, Value]:
    """The fields of the account's own that hold something, by the vendor's name of each."""
    if not isinstance(fields, Mapping):
        return {}
    held = {text(name): _value(value) for name, value in fields.items()}
    return {name: value for name, value in held.items() if value not in (None, "", [])}


def _value(value: Any) -> Value:
    if isinstance(value, str):
        return text(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        return [text(each) for each in value]
    return text(json.dumps(value, ensure_ascii=False, sort_keys=True))


def words(listed: Any) -> tuple[str, ...]:
    """A list of texts, or of objects with a `name`, without empty ones."""
    if not isinstance(listed, list):
        return ()
    said = (text(each.get("name") if isinstance(each, dict) else each).strip() for each in listed)
    return tuple(dict.fromkeys(each for each in said if each))


def listed(document: Mapping[str, Any], name: str) -> list[Any]:
    """A list in a document; empty for anything else."""
    found = document.get(name)
    return found if isinstance(found, list) else []


def objects(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects of a list in a document."""
    return [each for each in listed(document, name) if isinstance(each, Mapping)]


def inner(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object in a document; empty for anything else."""
    found = document.get(name)
    return found if isinstance(found, Mapping) else {}

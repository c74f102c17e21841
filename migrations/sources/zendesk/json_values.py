"""Values of the vendor's JSON, whatever stands in them: nobody has to be afraid of a list where a text was meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from migrations.records.moment import Moment
from migrations.sources.text import plain

Body = Mapping[str, Any]


def text(value: Any) -> str:
    """A text, number or switch as text; empty for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def one_line(value: Any) -> str:
    return " ".join(text(value).split())


def body_in(value: Any) -> Body:
    """An object; an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def bodies_in(value: Any) -> list[Body]:
    """The objects of a list."""
    return [each for each in listed(value) if isinstance(each, Mapping)]


def listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def texts_in(value: Any) -> tuple[str, ...]:
    """What says something in a list, each once."""
    return tuple(dict.fromkeys(said for each in listed(value) if (said := text(each))))


def moment(value: Any) -> Moment | None:
    """A time; None where it is none that a calendar has."""
    said = text(value)
    try:
        at = datetime.fromisoformat(said.removesuffix(" UTC"))
        return Moment.of(at if at.tzinfo else at.replace(tzinfo=UTC), said)
    except (ValueError, OverflowError):
        return None


def without_odd_characters(value: Any) -> tuple[Any, bool]:
    """The same without characters that no system takes, in keys, too; and whether there were such."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        items = [without_odd_characters(each) for each in value]
        return [each for each, _ in items], any(odd for _, odd in items)
    if isinstance(value, Mapping):
        pairs = [(plain(str(name)), without_odd_characters(each)) for name, each in value.items()]
        return {name: each for (name, _), (each, _) in pairs}, any(one or two for (_, one), (_, two) in pairs)
    return value, False

"""What all records have in common: the type, the old tool's id, and how they are kept as text."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, ClassVar, Literal, Self, get_args

from migrations.records.moment import Moment

RecordType = Literal[
    "organizations", "people", "tickets", "comments", "attachments", "articles", "macros", "rules", "groups"
]
TYPES: tuple[RecordType, ...] = get_args(RecordType)
"""In the order in which they are sent: what is named by another one comes before it."""
Value = str | int | float | bool | None | list[str]
"""What a field of the old tool's own holds; several choices are a list."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing of the old tool. id: the old tool's own, or one that every reading of the same data gives again."""

    type: ClassVar[RecordType]
    id: str

    def to_json(self) -> str:
        """As staging keeps it: every attribute by its name, a moment as both of its writings."""
        own: Any = type(self)
        form, values = _written(own)
        return form % tuple(map(_as_json, values(self)))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The record that `to_json` has written."""
        said: dict[str, Any] = json.loads(text)
        own: Any = cls
        for name in _moments(own):
            if said.get(name) is not None:
                said[name] = Moment(*said[name])
        for name in _tuples(own):
            said[name] = tuple(said.get(name) or ())
        return cls(**said)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def _as_json(value: Any) -> str:
    """As the encoder writes it, which takes ten times as long for what a record mostly holds: text, times, nothing."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value) if value else '""'
    if kind is Moment:
        return f"[{encode_basestring(value.at)},{encode_basestring(value.said)}]"
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if value is None:
        return "null"
    return "[]" if value == () else _ENCODER.encode(value)


@cache
def _written(cls: Any) -> tuple[str, Callable[[Any], tuple[Any, ...]]]:
    """What stands around the values of a class in JSON, and what gives these of a record; there are several."""
    names = tuple(each.name for each in fields(cls))
    return f"{{{','.join(f'{encode_basestring(name)}:%s' for name in names)}}}", attrgetter(*names)


@cache
def _moments(cls: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(cls) if "Moment" in str(each.type))


@cache
def _tuples(cls: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(cls) if str(each.type).startswith("tuple["))

"""Durations as the YAML writes them: `30m`, `4h`, `2d`."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

_FORM = re.compile(r"([1-9][0-9]*)([mhd])")
_MINUTES = {"m": 1, "h": 60, "d": 1440}


def _refuse_number(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        raise PydanticCustomError("duration", "`{value}` has no unit", {"value": value, "hint": "Say 30m, 4h or 2d."})
    return value


Duration = Annotated[str, Field(pattern=r"^[1-9][0-9]*[mhd]$"), BeforeValidator(_refuse_number)]
"""A whole number of minutes (`m`), hours (`h`) or days (`d`)."""


def minutes(duration: str) -> int:
    """The length in minutes. Raises ValueError for any other text."""
    found = _FORM.fullmatch(duration)
    if not found:
        raise ValueError(f"not a duration: {duration!r}")
    return int(found[1]) * _MINUTES[found[2]]


def in_days(duration: str) -> bool:
    """Whether it is written in days, which have no meaning on a business clock."""
    return duration.endswith("d")


def show(total: int) -> str:
    """Minutes in the shortest form that loses nothing: 90 → `90m`, 120 → `2h`."""
    return f"{total // 60}h" if total % 60 == 0 else f"{total}m"

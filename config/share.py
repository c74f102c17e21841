"""Shares as the YAML writes them: `75%`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError


def _refuse_number(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise PydanticCustomError("share", "`{value}` is not a share", {"value": value, "hint": "Write it as 75%."})
    return value


Share = Annotated[str, Field(pattern=r"^([1-9][0-9]?|100)%$"), BeforeValidator(_refuse_number)]
"""1% to 100%, in whole numbers."""


def percent(share: str) -> int:
    """75% → 75."""
    return int(share.removesuffix("%"))


def fraction(share: str) -> float:
    """75% → 0.75."""
    return percent(share) / 100

"""Days on which nothing may change in an environment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from config.model import Model, required

LAST_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}( .*)?$"
"""The short form: the last day, with the reason behind it."""


def _check_date(text: str) -> str:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        raise PydanticCustomError("date", "`{day}` is not a day of the calendar", {"day": text[:10]}) from None
    return text


Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_check_date)]
LastDay = Annotated[str, Field(pattern=LAST_DAY), AfterValidator(_check_date)]


class Freeze(Model):
    """Days on which nothing may change. Days are those of UTC, so that they begin and end for everybody at once."""

    from_: Day = required(alias="from", description="The first day (UTC); it belongs to the freeze.")
    until: Day = required(description="The last day (UTC); it belongs to the freeze.")
    why: str = required(description="Why nothing may change, such as `Black Friday`.")

    @model_validator(mode="after")
    def check_days(self) -> Self:
        if self.from_ > self.until:
            raise PydanticCustomError("freeze", "`until` is before `from`", {"at": "until"})
        return self


@dataclass(frozen=True)
class FrozenDays:
    """A freeze, however it was written. first, last: both belong to it; first is None where no first day is said, so
    that it holds already. why: may be empty."""

    first: date | None
    last: date
    why: str

    @classmethod
    def of(cls, said: Freeze | str) -> FrozenDays:
        """What an environment file says."""
        if isinstance(said, Freeze):
            return cls(date.fromisoformat(said.from_), date.fromisoformat(said.until), said.why.strip())
        return cls(None, date.fromisoformat(said[:10]), said[10:].strip())

    @property
    def begins(self) -> datetime | None:
        """Its first moment."""
        return datetime.combine(self.first, time(), UTC) if self.first else None

    @property
    def ends(self) -> datetime:
        """Its last second."""
        return datetime.combine(self.last, time(23, 59, 59), UTC)

    def holds(self, now: datetime) -> bool:
        """Whether a moment lies in it."""
        day = now.astimezone(UTC).date()
        return (self.first is None or self.first <= day) and day <= self.last

    @property
    def said(self) -> str:
        """`2026-12-31 (UTC): Black Friday`."""
        return f"{self.last} (UTC){': ' + self.why if self.why else ''}"

"""Business hours and holidays (grammar 36)."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from config.kinds.company import PriorityWord
from config.model import Model, Object, defaults_to, leave, none_unless_given, required
from config.references import refers_to
from config.time_zones import time_zones, zone_hint

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def minute_of_day(clock: str) -> int:
    """Minutes since midnight of `HH:MM`; `24:00` is the day's end."""
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def spans_of(texts: list[str]) -> list[tuple[int, int]]:
    """Spans of a day in minutes since midnight."""
    return [(minute_of_day(text.split("-")[0]), minute_of_day(text.split("-")[1])) for text in texts]


def _over_midnight(start: str, end: str) -> str:
    if end == "00:00":
        return f"The day ends at 24:00:  {start}-24:00"
    return f"Divide it at midnight:  {start}-24:00  on this day, and  00:00-{end}  on the next."


def _refuse_two_times(texts: Any) -> Any:
    """`[09:00, 17:00]`: one span, written as a list of two times."""
    if isinstance(texts, list) and len(texts) == 2 and all(re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", str(x)) for x in texts):
        raise PydanticCustomError(
            "span", "these are two times, not spans", {"hint": f'Write  ["{texts[0]:0>5}-{texts[1]:0>5}"]'}
        )
    return texts


def _check_spans(texts: list[str]) -> list[str]:
    last = 0
    for text, (start, end) in zip(texts, spans_of(texts), strict=True):
        if start >= end:
            raise PydanticCustomError(
                "span",
                "`{text}` ends before it begins",
                {"text": text, "hint": _over_midnight(*text.split("-"))},
            )
        if start < last:
            raise PydanticCustomError("span", "`{text}` overlaps the span before it", {"text": text})
        last = end
    return texts


def _check_zone(name: str) -> str:
    if name not in time_zones():
        raise PydanticCustomError("time_zone", "`{name}` is not a time zone", {"name": name, "hint": zone_hint(name)})
    return name


def _check_date(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("date", "`{text}` is not a date (YYYY-MM-DD)", {"text": text}) from None
    return text


Span = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
Spans = Annotated[list[Span], BeforeValidator(_refuse_two_times), AfterValidator(_check_spans)]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_check_date)]
TimeZone = Annotated[str, AfterValidator(_check_zone)]


class Week(Model):
    """Opening hours, day by day; `[]` = closed."""

    missing_hint = "Say  []  for a day that is closed."

    mon: Spans = required(description="Monday.")
    tue: Spans = required(description="Tuesday.")
    wed: Spans = required(description="Wednesday.")
    thu: Spans = required(description="Thursday.")
    fri: Spans = required(description="Friday.")
    sat: Spans = required(description="Saturday.")
    sun: Spans = required(description="Sunday.")


class Holiday(Model):
    """A day, or days inclusive, on which nobody works."""

    name: str = required(description="What people call it.")
    date: Day | None = none_unless_given(description="The day. Either this, or `from` and `to`.")
    from_: Day | None = none_unless_given(alias="from", description="The first day.")
    to: Day | None = none_unless_given(description="The last day; it belongs to the holiday.")

    @model_validator(mode="after")
    def check_days(self) -> Self:
        if (self.date is None) == (self.from_ is None) or (self.from_ is None) != (self.to is None):
            raise PydanticCustomError("holiday", "a holiday has either `date`, or `from` and `to`")
        if self.first > self.last:
            raise PydanticCustomError("holiday", "`to` is before `from`", {"at": "to"})
        return self

    @property
    def first(self) -> str:
        return str(self.date or self.from_)

    @property
    def last(self) -> str:
        return str(self.date or self.to)


class Schedule(Object):
    """When a team works. The first one declared is the account's default."""

    name: str = required(description="What people call it.")
    time_zone: TimeZone = required(description="IANA name, for example Europe/Berlin.")
    hours: Week = required(description="Opening hours, every day of the week.")
    holidays: list[Holiday] = defaults_to([], description="Days on which nobody works.")


class OnCall(Object):
    """Who is called when nobody is at work. Promises around the clock need somebody."""

    name: str = required(description="What people call it.")
    people: list[Annotated[str, refers_to("people")]] = defaults_to([], description="Who is called, in this order.")
    rota: Annotated[str, Field(pattern=r"^https://[^\s]+$")] | None = leave(
        description="Where it stands whose turn it is: an address, if not the order of `people`."
    )
    hand_over: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None = leave(
        description='When the turn changes, such as `"09:00"`.'
    )
    outside: Annotated[str, refers_to("schedules")] | None = none_unless_given(
        description="It is on call outside these hours; left out, around the clock."
    )
    priorities: Annotated[list[PriorityWord], Field(min_length=1)] = defaults_to(
        ["urgent"], description="For which tickets somebody is called."
    )

    @model_validator(mode="after")
    def check_somebody(self) -> Self:
        if not self.people and self.rota is None and not self.existing and not self.by_hand:
            raise PydanticCustomError(
                "nobody",
                "nobody is called here",
                {"at": "people", "hint": "Name `people`, or say under `rota` where it stands whose turn it is."},
            )
        return self

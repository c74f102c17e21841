"""Business hours and holidays (grammar 36)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from config.declaration import Declared
from config.kinds.schedules import DAYS, Holiday, spans_of
from config.time_zones import PLACE_OF
from config.words import as_key
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import CannotSend, ZendeskTranslation, made
from provisioners.zendesk.translations.time_zones import IANA_OF, RAILS_OF, with_same_hours

_DAY = 24 * 60
_WEEK = ("sun", *DAYS[:6])
"""The vendor's week begins on Sunday."""
_HOLIDAYS = "holidays/"


def vendor_time_zone(name: str) -> str:
    """What the vendor calls a time zone. Raises CannotSend."""
    if name not in RAILS_OF:
        place, near = PLACE_OF.get(as_key(name)), with_same_hours(name)
        hint = f"Take one with the same hours: {', '.join(near)}." if near else "Take the one that is nearest."
        if place:
            hint = f"Name a place, whose clocks change in summer as they do there: {place}."
        raise CannotSend(f"Zendesk has no name for the time zone {name}", hint, ("time_zone",))
    return RAILS_OF[name]


class Schedules(ZendeskTranslation):
    kind = "schedules"
    type_ = "zendesk:Schedule"
    natural = "name"

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for live in look.lives(self.type_):
            parts = {"": look.part(self.type_, live, {"name": "", "time_zone": "", "intervals": []})}
            form = {"schedule_id": live.id, "name": "", "start_date": "", "end_date": ""}
            for day in look.lives("zendesk:Holiday", {"schedule_id": live.id}):
                holiday = look.part("zendesk:Holiday", day, form)
                parts[f"{_HOLIDAYS}{day.id}"] = holiday
            yield Sighting(self.kind, live.label, parts)

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        intervals = [
            {"start_time": place * _DAY + start, "end_time": place * _DAY + end}
            for place, day in enumerate(_WEEK)
            for start, end in spans_of(getattr(value.hours, day))
        ]
        payload: Payload = {"name": value.name, "time_zone": vendor_time_zone(value.time_zone), "intervals": intervals}
        holidays = [
            made(
                item,
                context,
                "zendesk:Holiday",
                {
                    "schedule_id": context.ref("schedules", item.key),
                    "name": holiday.name,
                    "start_date": holiday.first,
                    "end_date": holiday.last,
                },
                part=_part(holiday),
                on_remove="delete",
            )
            for holiday in value.holidays
        ]
        return [made(item, context, self.type_, payload), *holidays]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if "" in parts:
            payload = parts[""][1]
            result["name"] = payload["name"]
            if "time_zone" in payload:
                result["time_zone"] = IANA_OF.get(payload["time_zone"], payload["time_zone"])
            if "intervals" in payload:
                result["hours"] = _hours(payload["intervals"])
        holidays = [payload for part, (_, payload) in parts.items() if part.startswith(_HOLIDAYS)]
        holidays.sort(key=lambda payload: (payload["start_date"], payload["name"]))
        result["holidays"] = [_holiday(payload) for payload in holidays]
        return result


def _part(holiday: Holiday) -> str:
    """The name of a holiday's resource: what it is called and when it begins, in plain letters."""
    ascii_name = unicodedata.normalize("NFKD", holiday.name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", f"{ascii_name} {holiday.first}".lower()).strip("_")
    return f"{_HOLIDAYS}{words}"


def _hours(intervals: list[dict[str, int]]) -> dict[str, list[str]]:
    hours: dict[str, list[str]] = {day: [] for day in DAYS}
    for interval in intervals:
        place, start = divmod(interval["start_time"], _DAY)
        end = interval["end_time"] - place * _DAY
        hours[_WEEK[place % 7]].append(f"{_clock(start)}-{_clock(end)}")
    return hours


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _holiday(payload: Payload) -> dict[str, str]:
    if payload["start_date"] == payload["end_date"]:
        return {"name": payload["name"], "date": payload["start_date"]}
    return {"name": payload["name"], "from": payload["start_date"], "to": payload["end_date"]}

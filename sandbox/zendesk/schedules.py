"""Schedules: intervals through a call of their own, in minutes since Sunday 00:00; holidays beside them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import invalid
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.time_zones import NAMES

DAY = 24 * 60
WEEK = 7 * DAY
OFFICE_HOURS = [{"start_time": day * DAY + 9 * 60, "end_time": day * DAY + 17 * 60} for day in range(1, 6)]
"""What a new schedule has: Monday to Friday, 9 to 17."""


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["time_zone"] not in NAMES:
        raise invalid("time_zone", f"{row['time_zone']} is not one of the time zones' names")


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    del resource.table(call)[str(row["id"])]
    holidays = call.account.rows("holidays")
    for key in [key for key, one in holidays.items() if one["_parent"] == str(row["id"])]:
        del holidays[key]


SCHEDULES = Resource(
    path="business_hours/schedules",
    one="schedule",
    many="schedules",
    attributes={"name": "text", "time_zone": "text"},
    defaults={"intervals": OFFICE_HOURS},
    required=("name", "time_zone"),
    least_plan="professional",
    has_url=False,
    paged=False,
    prepare=_prepare,
    remove=_remove,
)


def _intervals(given: list[Any]) -> list[Row]:
    """Sorted intervals. Raises `Refused` (422) for what lies outside the week, crosses midnight or overlaps."""
    intervals: list[Row] = []
    for one in given:
        start, end = (one.get("start_time"), one.get("end_time")) if isinstance(one, dict) else (None, None)
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= WEEK):
            raise invalid("intervals", f"start_time and end_time must be minutes of the week, 0 to {WEEK}")
        if start // DAY != (end - 1) // DAY:
            raise invalid("intervals", "an interval may not cross midnight")
        intervals.append({"start_time": start, "end_time": end})
    intervals.sort(key=lambda one: int(one["start_time"]))
    for one, following in pairwise(intervals):
        if following["start_time"] < one["end_time"]:
            raise invalid("intervals", "intervals overlap")
    return intervals


def _workweek(call: ApiCall) -> Response:
    SCHEDULES.check_plan(call)
    row = SCHEDULES.find(call, call.ids["id"])
    row["intervals"] = _intervals(call.envelope("workweek").get("intervals") or [])
    row["updated_at"] = call.account.now()
    return JSONResponse({"workweek": {"intervals": row["intervals"]}})


def _day(value: str, field: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as why:
        raise invalid(field, f"{value} is not a date") from why


def _prepare_holiday(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    SCHEDULES.find(_without_parent(call), row["_parent"])
    start, end = _day(row["start_date"], "start_date"), _day(row["end_date"], "end_date")
    if end < start:
        raise invalid("end_date", "must not be before start_date")
    today = datetime.fromtimestamp(call.account.store.clock(), UTC).date()
    if abs((start - today).days) > 731 or abs((end - today).days) > 731:
        raise invalid("start_date", "must lie within two years of today")


def _without_parent(call: ApiCall) -> ApiCall:
    return ApiCall(call.account, call.method, call.path)


HOLIDAYS = Resource(
    path="business_hours/schedules/{parent}/holidays",
    one="holiday",
    many="holidays",
    attributes={"name": "text", "start_date": "text", "end_date": "text"},
    required=("name", "start_date", "end_date"),
    least_plan="professional",
    has_url=False,
    paged=False,
    prepare=_prepare_holiday,
)

ENDPOINTS = [Endpoint("PUT", "business_hours/schedules/{id}/workweek", _workweek)]

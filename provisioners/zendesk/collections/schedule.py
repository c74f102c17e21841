"""Business hours and their holidays."""

from __future__ import annotations

from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.replies import warnings_in

SCHEDULES = "business_hours/schedules"


def _intervals(live: Any, wanted: Any) -> list[dict[str, Any]]:
    """Opening hours in minutes since Sunday 00:00; the order has no meaning."""
    found = [{"start_time": item["start_time"], "end_time": item["end_time"]} for item in live or []]
    found.sort(key=lambda item: (item["start_time"], item["end_time"]))
    return found


class Schedule(ZendeskCollection):
    """Opening hours take a call of their own: the vendor does not change them together with the name."""

    type = "zendesk:Schedule"
    kind_word = "schedule"
    calls_per_write = 2
    path = SCHEDULES
    plural = "schedules"
    envelope = "schedule"
    key = "name"
    cursor = False
    comparisons: ClassVar = {"intervals": _intervals}

    def create(self, payload: Payload) -> Write:
        made = super().create({name: value for name, value in payload.items() if name != "intervals"})
        return self._with_hours(made, payload)

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        plain = {name: value for name, value in payload.items() if name != "intervals"}
        changed = self.send(identifier, payload, plain)
        if payload.get("intervals") == old.get("intervals"):
            return changed
        return self._with_hours(changed, payload)

    def _with_hours(self, written: Write, payload: Payload) -> Write:
        if "intervals" not in payload:
            return written
        workweek = {"workweek": {"intervals": payload["intervals"]}}
        body = dict(written.live.body)
        try:
            reply = self.client.put(f"{self.path}/{written.live.id}/workweek", workweek)
        except SystemFault as refused:  # the schedule itself is there, and must not be forgotten
            body["intervals"] = None
            return Write(self.live(body, payload), (*written.warnings, str(refused)))
        said = reply.body.get("workweek")
        body["intervals"] = said.get("intervals") if isinstance(said, dict) else None
        return Write(self.live(body, payload), (*written.warnings, *warnings_in(reply.headers)))


class Holiday(ZendeskCollection):
    """A holiday of one schedule, both dates inclusive. The vendor takes dates of two years back and ahead only."""

    type = "zendesk:Holiday"
    kind_word = "holiday"
    path = "holidays"
    plural = "holidays"
    envelope = "holiday"
    key = "name"
    cursor = False
    unsent = frozenset({"schedule_id"})
    replace_on: ClassVar[frozenset[str]] = frozenset({"schedule_id"})

    def place(self, payload: Payload) -> str:
        return f"{SCHEDULES}/{payload['schedule_id']}/holidays"

    def list_scope(self, payload: Payload) -> str:
        return str(payload["schedule_id"])

    def natural_key(self, payload: Payload) -> str | None:
        return f"{payload['name']} from {payload['start_date']}"

    def live_key(self, live: Live) -> str | None:
        return f"{live.body.get('name')} from {live.body.get('start_date')}"

"""SLA clocks of Zendesk's tickets.

What is asked, and what it costs: open tickets are found by the search export, a thousand with one call, and read by
`tickets/show_many`, a hundred with one call, both with `include=slas,metric_sets`; what was changed since is the list
of tickets, latest change first, a hundred with one call. The search index lags behind by minutes, the list does not.

A ticket shows for each metric `stage` and `breach_at`, and neither policy nor target: `policy_match` finds these, and
where it cannot be certain, the ticket's audits tell the targets (one call). `slas` is documented for a single ticket;
that lists show it, too, is seen in use. Sources: developer.zendesk.com, “Side-Loading”, “SLA Policies”, “Search”,
“Tickets”, “Ticket Audit events reference”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from config.vocabulary import METRICS
from provisioners.clocks import Clock, Clocks, Promises, Sighted, Target, TicketClocks
from provisioners.opening_hours import OpeningHours
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.collections.schedule import SCHEDULES
from provisioners.zendesk.policy_match import Policy, policy_of, with_targets
from provisioners.zendesk.replies import unreachable
from provisioners.zendesk.translations.time_zones import IANA_OF

AT_ONCE = 100
"""Tickets in one call."""
EXPORTED = 1000
"""Results in one call of the search export."""
DEEPEST = 100
"""Pages that the list of tickets has: the vendor ends it at ten thousand."""
INDEXED_AFTER = timedelta(minutes=15)
"""Certainly longer than the search index lags behind (“up to a few minutes”)."""
_INCLUDE = "slas,metric_sets"
_STAGES = ("active", "paused", "achieved")


class ZendeskClocks(Clocks):
    """url: of the account, for the tickets' pages."""

    def __init__(self, client: ZendeskClient, url: str) -> None:
        self._client = client
        self._url = url.rstrip("/")
        self._policies: list[Policy] = []

    def promises(self) -> Promises:
        with _understood("slas/policies"):
            return self._promises()

    def _promises(self) -> Promises:
        bodies = self._client.pages("slas/policies", "sla_policies", cursor=False)
        bodies.sort(key=lambda body: (int(body.get("position") or 0), int(body["id"])))
        self._policies = [Policy.of(body, _moment(body.get("updated_at")) or _LONG_AGO) for body in bodies]
        schedules = {}
        for body in self._client.pages(SCHEDULES, "schedules", cursor=False):
            holidays = self._client.pages(f"{SCHEDULES}/{body['id']}/holidays", "holidays", cursor=False)
            schedules[str(body["id"])] = _opening_hours(body, holidays)
        return Promises({each.id: each.name for each in self._policies}, schedules)

    def all_open(self) -> Sighted:
        ids: dict[str, None] = {}
        at = None
        asked: dict[str, Any] = {}
        while True:
            reply = self._client.get(
                "search/export", **{"query": "status<solved", "filter[type]": "ticket", "page[size]": EXPORTED, **asked}
            )
            at = at or _time_of(reply.headers)
            with _understood("search/export"):
                ids |= {str(each["id"]): None for each in _listed(reply.body, "results", "search/export")}
            meta = reply.body.get("meta") or {}
            if not meta.get("has_more") or not meta.get("after_cursor"):
                break
            asked = {"page[after]": meta["after_cursor"]}
        young = self.changed(at - INDEXED_AFTER)
        found = dict(young.tickets) if young else {}
        found |= self.again(each for each in ids if each not in found).tickets
        return Sighted(at, {key: each for key, each in found.items() if each.is_open}, _newest(found), whole=True)

    def changed(self, since: datetime) -> Sighted | None:
        found: dict[str, TicketClocks] = {}
        at = None
        for page in range(1, DEEPEST + 1):
            reply = self._client.get(
                "tickets", sort_by="updated_at", sort_order="desc", per_page=AT_ONCE, page=page, include=_INCLUDE
            )
            at = at or _time_of(reply.headers)
            rows = self._tickets(reply.body, "tickets")
            found |= {each.id: each for each in rows if each.changed_at >= since}
            if any(each.changed_at < since for each in rows) or not reply.body.get("next_page"):
                return Sighted(at, found, _newest(found))
        return None

    def again(self, ids: Iterable[str]) -> Sighted:
        found: dict[str, TicketClocks] = {}
        left, at = iter(ids), None
        while batch := list(islice(left, AT_ONCE)):
            reply = self._client.get("tickets/show_many", ids=",".join(batch), per_page=AT_ONCE, include=_INCLUDE)
            at = at or _time_of(reply.headers)
            found |= {each.id: each for each in self._tickets(reply.body, "tickets/show_many")}
        return Sighted(at or datetime.now(UTC), found, _newest(found))

    def settled(self, ticket: TicketClocks) -> TicketClocks:
        """The last target that its audits tell for each metric; the policy is the one that promises just these."""
        path = f"tickets/{ticket.id}/audits"
        audits = self._client.pages(path, "audits")
        with _understood(path):
            told = _told(audits)
        if not told:
            return replace(ticket, settled=True)
        alike = with_targets(self._policies, ticket.priority, told)
        known = ticket.policy in {each.id for each in alike}
        policy = ticket.policy if known or not alike else alike[0].id
        clocks = tuple(replace(each, target=told.get(each.metric)) for each in ticket.clocks)
        return replace(ticket, policy=policy, settled=True, clocks=clocks)

    def page(self, ticket: str) -> str:
        return f"{self._url}/agent/tickets/{ticket}"

    def _tickets(self, body: Mapping[str, Any], path: str) -> list[TicketClocks]:
        """All tickets of an answer. Raises SystemFault."""
        with _understood(path):
            return [self._ticket(row, sets) for row, sets in _rows(body, path)]

    def _ticket(self, row: Mapping[str, Any], counts: Mapping[str, Any]) -> TicketClocks:
        changed_at = _moment(row.get("updated_at")) or _LONG_AGO
        policy, certain = policy_of(self._policies, row, changed_at)
        priority = str(row.get("priority") or "")
        promised = policy.promised(priority) if policy else {}
        clocks = tuple(_clocks(row["slas"], promised))
        waited_for = [each for each in clocks if each.stage == "active"]
        certain = certain and all(each.target for each in waited_for)
        status = str(row.get("status") or "")
        return TicketClocks(
            id=str(row["id"]),
            status="on_hold" if status == "hold" else status,
            priority=priority,
            made_at=_moment(row.get("created_at")) or _LONG_AGO,
            changed_at=changed_at,
            replies=int(counts.get("replies") or 0),
            policy=policy.id if policy else "",
            settled=certain or not waited_for,
            clocks=clocks,
            subject=str(row.get("subject") or ""),
        )


def _told(audits: Iterable[Mapping[str, Any]]) -> dict[str, Target]:
    """Metric → its last target, as audits tell it, the oldest first."""
    told: dict[str, Target] = {}
    for audit in audits:
        for event in audit.get("events") or ():
            metric, value = str(event.get("field_name") or "").removesuffix("_time"), event.get("value")
            if metric not in METRICS or event.get("type") not in ("Create", "Change"):
                continue
            told.pop(metric, None)
            if isinstance(value, Mapping) and value.get("minutes") is not None:
                time = timedelta(minutes=float(value["minutes"]))
                told[metric] = Target(time, bool(value.get("in_business_hours")))
    return told


@contextmanager
def _understood(path: str) -> Iterator[None]:
    """An answer that is not as the vendor's pages say ends in a SystemFault, as one that is none."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as odd:
        why = f"the answer is not as the vendor's pages say ({type(odd).__name__}: {odd})"
        raise unreachable(f"GET {path}", why, reads=True) from odd


_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def _clocks(slas: Any, promised: Mapping[str, Target]) -> Iterator[Clock]:
    """Metrics of groups' SLA policies, which golive knows nothing of, are left out."""
    for each in (slas or {}).get("policy_metrics") or ():
        metric = str(each.get("metric") or "").removesuffix("_time")
        if metric in METRICS and each.get("stage") in _STAGES:
            yield Clock(metric, each["stage"], _moment(each.get("breach_at")), promised.get(metric))


def _rows(body: Mapping[str, Any], path: str) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Tickets with their metric sets, which stand in the ticket or beside all of them."""
    beside = {str(each.get("ticket_id")): each for each in body.get("metric_sets") or ()}
    for row in _listed(body, "tickets", path):
        if not isinstance(row.get("slas"), Mapping):
            raise unreachable(f"GET {path}", "the answer holds no SLA times of tickets", reads=True)
        yield row, row.get("metric_set") or beside.get(str(row["id"])) or {}


def _listed(body: Mapping[str, Any], name: str, path: str) -> list[dict[str, Any]]:
    found = body.get(name)
    if not isinstance(found, list):
        raise unreachable(f"GET {path}", f"the answer holds no {name}", reads=True)
    return found


def _newest(found: Mapping[str, TicketClocks]) -> datetime | None:
    return max((each.changed_at for each in found.values()), default=None)


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(str(text).replace("Z", "+00:00")).astimezone(UTC) if text else None


def _time_of(headers: Mapping[str, str]) -> datetime:
    """The helpdesk's time, as its answer says it; this machine's where it says none."""
    try:
        return parsedate_to_datetime(headers.get("Date", "")).astimezone(UTC)
    except (TypeError, ValueError):
        return datetime.now(UTC)


def _opening_hours(body: Mapping[str, Any], holidays: Iterable[Mapping[str, Any]]) -> OpeningHours:
    name = str(body.get("time_zone") or "UTC")
    return OpeningHours(
        ZoneInfo(IANA_OF.get(name, name)),
        tuple((int(each["start_time"]), int(each["end_time"])) for each in body.get("intervals") or ()),
        tuple((_day(each["start_date"]), _day(each["end_date"])) for each in holidays),
    )


def _day(text: Any) -> date:
    return date.fromisoformat(str(text)[:10])

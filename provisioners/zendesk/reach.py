"""On how many tickets a rule that acts by itself would act now, as far as the vendor's search can count them.

Sources: support.zendesk.com, “About automations and how they work”: they run every hour; “Creating ticket deletion
schedules”: they delete archived tickets, from 72 hours after they were switched on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from config.results.reach import Effect, Mailed, Reach
from provisioners.errors import SystemFault
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import Payload
from provisioners.snapshot import Snapshot
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.look.mailing import REQUESTER, TO_CUSTOMERS
from provisioners.zendesk.ticket_query import Query

_MAILS = ("notification_user", "notification_group")
_AUTOMATION, _SCHEDULE = "zendesk:Automation", "zendesk:DeletionSchedule"
_LISTS = {_AUTOMATION: "automations", _SCHEDULE: "deletion_schedules"}
_TICKETS = "zen:ticket"
_RECORDS = {
    _TICKETS: "tickets",
    "zen:user": "customers",
    "zen:attachment": "attachments",
    "zen:bot_only_conversation": "conversations with the bot",
}
_ACTING = ("conditions", "actions", "active")
"""Attributes that decide on which tickets a rule acts, and how. What else changes reaches nobody more."""
_HOURLY, _IN_DAYS = "within the hour", "beginning within 72 hours"
_INEXACT = (
    "Zendesk's search cannot be asked for all of its conditions, so that it may be fewer: its preview in the Admin "
    "Center shows them"
)


def reach(client: ZendeskClient, intent: Intent) -> Iterator[Reach]:
    """Of each automation that mails, closes or solves, and each deletion schedule, that is on once the run is over and
    acts on what it did not act on before. Of one of the vendor's, of which only some attributes are written, the others
    are read. Reads only. Raises SystemFault only where the run itself is stopped."""
    live, now = Snapshot(), datetime.now(UTC)
    for change in intent.of(_AUTOMATION, _SCHEDULE):
        will: Payload = intent.resolved(change.will or {})
        if not will.get("active", True) or not _acts_anew(change, will, intent):
            continue
        rule = _unread(change, will)
        try:
            whole = _whole(client, live, change, will)
            rule = _rule(change, whole)
            if rule.does and whole.get("active", True):
                yield _counted(client, rule, whole.get("conditions") or {}, now)
        except SystemFault as fault:
            if fault.code == "stopped":
                raise
            yield replace(rule, why=fault.why)


def _acts_anew(change: PlannedChange, will: Payload, intent: Intent) -> bool:
    was: Payload = intent.resolved(change.was or {})
    return change.does != "update" or any(was.get(each) != will[each] for each in _ACTING if each in will)


def _whole(client: ZendeskClient, live: Snapshot, change: PlannedChange, will: Payload) -> Mapping[str, Any]:
    """What a rule will be. Raises SystemFault."""
    path = _LISTS[change.type]
    if {"conditions", "active", "object" if change.type == _SCHEDULE else "actions"} <= will.keys():
        return will
    lives = live.once(path, lambda: client.pages(path, path))
    there = next((each for each in lives if str(each.get("id")) == change.id), None)
    if there is None:
        raise SystemFault("not_found", path, "the account has no such rule any more")
    return {**there, **will}


def _rule(change: PlannedChange, whole: Mapping[str, Any]) -> Reach:
    """A rule, not counted yet."""
    name = change.name
    if change.type == _SCHEDULE:
        of = _RECORDS.get(str(whole.get("object")), "records")
        return Reach(name.instance, name.kind, name.key, str(whole["title"]), ["deletes"], of=of, when=_IN_DAYS)
    actions = whole.get("actions") or []
    title = str(whole["title"])
    return Reach(name.instance, name.kind, name.key, title, _does(actions), _mailed(actions), when=_HOURLY)


def _unread(change: PlannedChange, will: Payload) -> Reach:
    """A rule before it is read: the worst is said of it, should that fail."""
    return _rule(change, {"actions": [{"field": _MAILS[0], "value": [REQUESTER]}], "object": _TICKETS, **will})


def _counted(client: ZendeskClient, rule: Reach, conditions: Mapping[str, Any], now: datetime) -> Reach:
    """With the number of its tickets. Raises SystemFault."""
    if rule.of != "tickets":
        return replace(rule, why="Zendesk can only be asked how many tickets fit")
    query = Query.of(conditions, now, archived="deletes" in rule.does)
    count = client.get("search/count", query=query.text).body.get("count")
    if not isinstance(count, int):
        return replace(rule, why="Zendesk's search does not say how many tickets fit")
    if query.is_exact or not count:
        return replace(rule, tickets=count)
    return replace(rule, tickets=count, at_most=True, why=_INEXACT)


def _does(actions: Iterable[Mapping[str, Any]]) -> list[Effect]:
    """What is at stake."""
    actions = list(actions)
    ends = {str(each.get("value")) for each in actions if each.get("field") == "status"}
    found: list[Effect] = ["mails"] if any(each.get("field") in _MAILS for each in actions) else []
    if "closed" in ends:
        return [*found, "closes"]
    return [*found, "solves"] if "solved" in ends else found


def _mailed(actions: Iterable[Mapping[str, Any]]) -> list[Mailed]:
    """Whom they mail."""
    found: set[Mailed] = set()
    for each in actions:
        value = each.get("value")
        to = str(value[0] if isinstance(value, list) and value else value)
        if each.get("field") in _MAILS:
            found.add("customers" if to in TO_CUSTOMERS else "agents")
    return sorted(found, reverse=True)

"""Who changed something by hand, from the account's audit log.

Only Enterprise plans have it, and only admins may read it. Source: developer.zendesk.com, “Audit Logs”: entries come
newest first, 100 a page; `filter[source_id]` needs `filter[source_type]`, of which the page names `rule` (automations,
macros, triggers, views) and `user`. What other objects are called there is not documented: they are looked for by
their id among the newest entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from provisioners.authors import Asked, Author, Authors
from provisioners.errors import SystemFault
from provisioners.zendesk.client import PAGE, ZendeskClient
from provisioners.zendesk.replies import NOT_GIVEN

PATH, PLURAL = "audit_logs", "audit_logs"
MOST_CALLS = 10
"""So many calls at most are made for one plan."""
WITH_LOG = "enterprise"
"""How the plans that have the log end."""
ONLY_ENTERPRISE = "Zendesk tells who it was only in Enterprise plans, and only admins"
_SOURCE_TYPES = {
    "zendesk:Trigger": "rule",
    "zendesk:Automation": "rule",
    "zendesk:Macro": "rule",
    "zendesk:User": "user",
}
_CHANGES = ("update", "destroy")
_OURS = timedelta(seconds=60)
"""So long after our last run an entry of golive's own user may be that run's: clocks differ."""


def authors(client: ZendeskClient, asked: Iterable[Asked], plan: str | None, own_user: str) -> Authors:
    """Who changed each object last. plan: the account's, as the environment file says it. own_user: golive's id there.

    One page of the newest entries first; then, for rules and people that are not in it, one call each.
    """
    if plan is not None and not plan.endswith(WITH_LOG):
        return Authors(unknown=ONLY_ENTERPRISE)
    left = {each.name: each for each in asked}
    found: dict[str, Author] = {}
    try:
        _take(_entries(client), left, found, own_user)
        for each in [each for each in left.values() if each.type in _SOURCE_TYPES][: MOST_CALLS - 1]:
            source = {"filter[source_type]": _SOURCE_TYPES[each.type], "filter[source_id]": each.id}
            _take(_entries(client, **source), {each.name: each}, found, own_user)
    except SystemFault as fault:
        if fault.status in NOT_GIVEN:
            return Authors(found, ONLY_ENTERPRISE)
        return Authors(found, f"the audit log could not be read: {fault.why}")
    return Authors(found)


def _entries(client: ZendeskClient, **query: str) -> list[Mapping[str, Any]]:
    """The newest entries, one page of them."""
    listed = client.get(PATH, **{"page[size]": PAGE, **query}).body.get(PLURAL)
    return [each for each in listed or [] if isinstance(each, dict)]


def _take(
    entries: Iterable[Mapping[str, Any]], left: dict[str, Asked], found: dict[str, Author], own_user: str
) -> None:
    """Move what the entries tell of from `left` to `found`: an object's newest entry counts, if it is new enough."""
    by_id = {each.id: each for each in left.values()}
    for entry in entries:
        asked = by_id.get(str(entry.get("source_id")))
        if asked is None or entry.get("action") not in _CHANGES or not _fits(asked, entry):
            continue
        del by_id[asked.id], left[asked.name]
        at, last = _time(str(entry.get("created_at"))), _time(asked.since)
        is_ours = str(entry.get("actor_id")) == own_user and at - last < _OURS
        if at >= last and not is_ours:
            found[asked.name] = Author(str(entry.get("actor_name") or "somebody"), str(entry.get("created_at")))


def _fits(asked: Asked, entry: Mapping[str, Any]) -> bool:
    """Whether an entry is about an object of that type; ids of different types may be alike."""
    wanted = _SOURCE_TYPES.get(asked.type)
    said = entry.get("source_type")
    return said == wanted if wanted else said not in _SOURCE_TYPES.values()


def _time(text: str) -> datetime:
    """A time to the second, as the log has it."""
    return datetime.fromisoformat(f"{text[:19]}+00:00")

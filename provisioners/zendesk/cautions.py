"""What an account cannot do of what is declared: told by its own lists and settings, before anything is written.

The vendor's pages say what rules can ask; an account's plan and settings decide what it really knows (grammar 22).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from config.declaration import Declaration
from config.kinds.conditions import FieldCondition
from provisioners.errors import SystemFault
from provisioners.resource import Resource
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.tagging import ENABLE, SETTING, customers_tags_off
from provisioners.zendesk.translations.rollout import MARK_TAG

ASKED: dict[str, tuple[str, str, str]] = {
    "zendesk:Trigger": ("triggers/definitions", "conditions", "triggers"),
    "zendesk:SlaPolicy": ("slas/policies/definitions", "filter", "SLA policies"),
}
"""Type → (where the account lists what such rules can ask, the payload's attribute that asks, what they are called)."""
OF_TICKETS = frozenset(
    {
        "status", "custom_status_id", "priority", "type", "group_id", "assignee_id", "requester_id", "brand_id",
        "ticket_form_id", "current_tags", "via_id", "recipient", "satisfaction_score", "reopens", "replies",
        "group_stations",
    }
)  # fmt: skip
"""Fields that the vendor's lists name as conditions do. Others are named by ids, or in a way that is not documented."""


def cautions(client: ZendeskClient, declared: Declaration, resources: Iterable[Resource]) -> Iterator[str]:
    """A line for each thing that the account does not have. resources: what a run would make or change.

    Promises that match no ticket are told of each time, also where they stay as they are.
    """
    resources = list(resources)
    yield from _deleting(resources)
    changed = [each for each in resources if each.mode == "managed" and each.type in ASKED]
    yield from _tagging(client, declared, changed)
    for type_, (path, attribute, many) in ASKED.items():
        rules = [each for each in changed if each.type == type_]
        if rules:
            yield from _unknown(client, path, many, attribute, rules)


_DELETED = {
    "zen:ticket": "archived tickets, with everything that customers and agents wrote in them,",
    "zen:user": "customers, with what is known of them,",
    "zen:attachment": "attachments of tickets",
    "zen:bot_only_conversation": "conversations between customers and the bot",
}


def _deleting(changed: Iterable[Resource]) -> Iterator[str]:
    """What is deleted by itself is gone for good: said whenever a schedule that is on is made or changed."""
    for each in changed:
        if each.type == "zendesk:DeletionSchedule" and each.mode != "found" and each.payload.get("active", True):
            what = _DELETED.get(str(each.payload.get("object")), "records")
            yield (
                f"“{each.payload['title']}” deletes {what} for good, within days and then again and again. Nobody can "
                "bring them back: look at its conditions once more."
            )


def _tagging(client: ZendeskClient, declared: Declaration, changed: list[Resource]) -> Iterator[str]:
    """SLA policies see customers' fields only through tags that organizations pass on to their tickets; the rollout's
    mark has such a tag, which its fence can do without."""
    asking = [
        item.name
        for item in declared.of("sla_policies").values()
        for condition in (*item.value.when, *item.value.when_any)
        if isinstance(condition, FieldCondition) and condition.field.startswith("organization.")
    ]
    marks = any(each.source.kind == "rollout" for each in changed)
    if not asking and not marks:
        return
    try:
        settings = client.get("account/settings").body.get("settings") or {}
    except SystemFault as fault:
        yield f"Whether “{SETTING}” are on could not be read: {fault.why}"
        return
    if not customers_tags_off(settings):
        return
    if not asking:
        yield (
            f"“{SETTING}” are off in this account, so that tickets do not bear `{MARK_TAG}`, the tag of who is in the "
            f"soft launch. The fence does without; views and reports that ask for the tag do not. {ENABLE}."
        )
    else:
        names = list(dict.fromkeys(asking))
        some = ", ".join(f"“{name}”" for name in names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
        yield (
            f"“{SETTING}” are off in this account, so that {some} match no ticket that nobody tags by hand. {ENABLE}."
        )


def _unknown(client: ZendeskClient, path: str, many: str, attribute: str, rules: list[Resource]) -> Iterator[str]:
    try:
        body = client.get(path).body.get("definitions") or {}
    except SystemFault as fault:
        yield f"What {many} can ask in this account could not be read: {fault.why}"
        return
    known: dict[str, set[str]] = {}
    for one in [*(body.get("conditions_all") or []), *(body.get("conditions_any") or [])]:
        known.setdefault(str(one.get("subject")), set()).update(_operators(one))
    for resource in rules:
        for condition in _conditions(resource.payload.get(attribute)):
            name, operator = condition.get("field"), condition.get("operator")
            if name not in OF_TICKETS or not known:
                continue
            if name not in known:
                yield f"This account's {many} cannot ask `{name}`, as {resource.source.key} does: look at its plan."
            elif known[name] and operator not in known[name]:
                yield f"This account's {many} cannot ask `{name}` for `{operator}`, as {resource.source.key} does."


def _operators(definition: dict[str, Any]) -> set[str]:
    return {str(each.get("value")) for each in definition.get("operators") or [] if isinstance(each, dict)}


def _conditions(groups: Any) -> Iterator[dict[str, Any]]:
    for group in ("all", "any"):
        yield from (groups or {}).get(group) or []

"""Which live rules would act on imported tickets: automations by themselves, triggers at the next update, deletion
schedules on what is closed.

The import itself runs none. But automations go over every ticket that is not closed within the hour, and an old ticket
has waited long for each of them; and the first change of such a ticket, by whomever, runs the triggers. Closed tickets
are safe from both, but not from a deletion schedule, which goes by their age, and in the end every ticket is closed.

A rule meets them unless its conditions certainly do not hold: whatever is not known of the tickets may fit. Source:
support.zendesk.com, “About automations and how they work”, “About triggers and how they work”, “Creating ticket
deletion schedules”; developer.zendesk.com, “Ticket Import”, “Conditions reference” and “Actions reference”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from provisioners.imports import RuleMet
from provisioners.zendesk.look.conditions import TAGS, Condition, impossible
from provisioners.zendesk.look.inventory import Action, BusinessRule, rule_of
from provisioners.zendesk.look.mailing import TELLS, TO_CUSTOMERS, UPDATED

SCHEDULES = "deletion_schedules"
Lists = Mapping[str, Iterable[Mapping[str, Any]]]
"""`automations`, `triggers` and `deletion_schedules` → the bodies of the vendor's list."""
Names = Mapping[tuple[str, str], str]
"""(`groups` or `webhooks`, id) → name."""

_TICKETS = "zen:ticket"
_DELETES = "deletes tickets for good"
_TELLS = (*TELLS, "deflection", "notification_messaging_csat", "tweet_requester", "share_ticket", "cc", "follower")
"""Actions by which somebody hears of a ticket, or hears of it from then on."""
_TO_GROUPS = ("notification_group", "notification_sms_group")
_TO_PEOPLE = ("notification_user", "notification_sms_user", "cc", "follower")
_TO_CUSTOMER = ("deflection", "notification_messaging_csat", "tweet_requester")
_PEOPLE = {
    "requester_id": "the customer",
    "requester_and_ccs": "the customer and everybody in copy",
    "assignee_id": "the assignee",
    "current_user": "whoever makes the update",
    "all_agents": "all agents",
    "group_id": "the ticket's group",
    "current_groups": "the ticket's group",
}
_MAILS = {
    "notification_user": "mails",
    "notification_group": "mails",
    "notification_sms_user": "sends an SMS to",
    "notification_sms_group": "sends an SMS to",
    "cc": "takes into copy",
    "follower": "adds as a follower",
}
_SENTENCES = {
    "deflection": "mails the customer articles that may help",
    "notification_messaging_csat": "asks the customer in the conversation how they are satisfied",
    "tweet_requester": "writes to the customer on X",
    "side_conversation": "begins a side conversation by mail",
    "side_conversation_slack": "begins a side conversation in Slack",
    "side_conversation_ticket": "begins a side conversation with another ticket",
    "notification_zis": "starts an integration flow",
    "notification_target": "calls a target",
    "share_ticket": "shares the ticket with another account",
    "satisfaction_score": "offers the satisfaction survey",
    "comment_value": "writes a comment",
    "comment_value_html": "writes a comment",
    "remove_tags": "removes tags",
    "set_tags": "replaces the tags",
    "current_tags": "adds tags",
}


class _Way(NamedTuple):
    """How a sort of rule comes to act."""

    sort: Literal["automation", "trigger", "deletion schedule"]
    acts: str


_WAYS = {
    "automations": _Way("automation", "Within an hour of the import it acts on tickets that are"),
    "triggers": _Way("trigger", "When anybody changes them it may act on tickets that come as"),
    SCHEDULES: _Way("deletion schedule", "Within days it acts on old tickets that are"),
}


@dataclass(frozen=True)
class Arrival:
    """What is known of all imported tickets. mark: a tag that each of them has. tags: all that they may have, those of
    their fields' options among them; None where nobody knows."""

    mark: str
    statuses: tuple[str, ...]
    tags: frozenset[str] | None = None


def rules_met(lists: Lists, arrival: Arrival, names: Names | None = None) -> list[RuleMet]:
    """The active automations that would act on imported tickets, whatever they do, the active triggers of which
    somebody would hear, and the active deletion schedules."""
    found: list[RuleMet] = []
    for kind, way in _WAYS.items():
        for rule in (rule_of(kind, body) for body in lists.get(kind, ())):
            statuses = [each for each in arrival.statuses if _meets(rule, each, arrival)]
            if statuses and rule.active and _matters(rule):
                found.append(_told(rule, way, statuses, arrival, names or {}))
    return found


def _matters(rule: BusinessRule) -> bool:
    """Whether it does something that nobody would want: a trigger is heard of, a schedule deletes tickets."""
    if rule.kind == "triggers":
        return any(True for _ in rule.does(*_TELLS))
    return rule.kind != SCHEDULES or rule.body.get("object") in (None, _TICKETS)


def _meets(rule: BusinessRule, status: str, arrival: Arrival) -> bool:
    """Whether a rule could act on an imported ticket of a status. Triggers run when somebody has changed the ticket:
    whatever it is then, it still has the mark, and it is not being made."""
    mark = Condition(TAGS, "includes", (arrival.mark,))
    if rule.kind == "triggers":
        return status != "closed" and impossible((*rule.asked, mark, UPDATED), rule.one_of) is None
    if rule.kind == SCHEDULES:
        status = "closed"
    elif status == "closed":
        return False
    one_of = [each for each in rule.one_of if not _asks_for_other_tags(each, arrival)]
    if any(_asks_for_other_tags(each, arrival) for each in rule.asked) or (rule.one_of and not one_of):
        return False
    return impossible((*rule.asked, mark, Condition("status", "is", (status,))), one_of) is None


def _asks_for_other_tags(one: Condition, arrival: Arrival) -> bool:
    """Whether a condition wants a tag that no imported ticket has."""
    if one.field != TAGS or one.operator != "includes" or arrival.tags is None or not one.values:
        return False
    return not {each.casefold() for each in one.values} & {each.casefold() for each in (*arrival.tags, arrival.mark)}


def _told(rule: BusinessRule, way: _Way, statuses: list[str], arrival: Arrival, names: Names) -> RuleMet:
    which = statuses[0] if len(statuses) == 1 else f"{', '.join(statuses[:-1])} or {statuses[-1]}"
    deletes = rule.kind == SCHEDULES
    acts = f"{way.acts} {'closed' if deletes else which}"
    return RuleMet(
        sort=way.sort,
        id=str(rule.body.get("id") or ""),
        title=str(rule.body.get("title") or ""),
        does=(_DELETES,) if deletes else tuple(dict.fromkeys(_sentence(each, names) for each in rule.actions)),
        mails=tuple(sorted({each for action in rule.actions for each in _reaches(action)})),
        why=f"{acts}; none of its conditions keeps out those with the tag {arrival.mark}.",
        do=f"Add to the conditions that must all hold:  Tags · Contains none of the following · {arrival.mark}",
    )


def _reaches(action: Action) -> Iterator[str]:
    if action.field in _TO_CUSTOMER or (action.field in _TO_PEOPLE and action.first in TO_CUSTOMERS):
        yield "customers"
    elif action.field in (*_TO_GROUPS, *_TO_PEOPLE):
        yield "agents"
    elif action.field in _TELLS:
        yield "others"


def _sentence(action: Action, names: Names) -> str:
    """What an action does, in words."""
    first = action.first
    if action.field in _MAILS:
        sort = "the group" if action.field in _TO_GROUPS else "the user"
        name = names.get(("groups", first), first) if action.field in _TO_GROUPS else first
        return f"{_MAILS[action.field]} {_PEOPLE.get(first) or f'{sort} {name}'}"
    if action.field == "notification_webhook":
        return f"calls the webhook {names.get(('webhooks', first)) or first}"
    if action.field in _SENTENCES:
        return _SENTENCES[action.field]
    return f"sets {action.field.removesuffix('_id').replace('_', ' ')} to {' '.join(action.values) or 'nothing'}"

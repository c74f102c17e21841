"""Warnings that the helpdesk's own hourly rules give before a promise is missed (grammar 37, 42).

Each is an automation that acts in the one hour in which so much time is left. An automation asks for the ticket's next
breach, whichever promise that is: where a priority has several, each warning also comes for the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from config.declaration import Declared
from config.duration import minutes
from config.kinds import ALL_KINDS
from config.kinds.conditions import FieldCondition
from config.ordering import declared_order
from config.share import fraction
from provisioners.resource import Payload, Resource
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.actions import declared_actions, slack_post
from provisioners.zendesk.translations.base import CannotSend, known_by_name, made
from provisioners.zendesk.translations.conditions import compiled_conditions
from provisioners.zendesk.translations.speech import Hearing, Speech
from provisioners.zendesk.translations.texts import compiled_text
from provisioners.zendesk.translations.waiting import HOUR

AUTOMATION = "zendesk:Automation"
PART = "warning/"
"""With this begins the name of a part that is a warning."""
TITLE = "SLA warning (golive): "
"""With this begins what the automations are called."""
_FIELD, _BUSINESS = "until_sla_next_breach_at", "is_business_hours"
_TEXT = "Ticket {{ticket.id}} has about %s left: {{ticket.title}}\n{{ticket.link}}"
_OPPOSITE = {
    "is": "is_not",
    "is_not": "is",
    "is_one_of": "is_none_of",
    "is_none_of": "is_one_of",
    "has": "has_none",
    "empty": "empty",
}


def hourly_warnings(item: Declared, context: Context) -> list[Resource]:
    """The automations of one policy. Raises CannotSend where its conditions cannot be asked by an automation."""
    value = item.value
    if value.warn is None or value.warn.at is None:
        return []
    sent = {resource.name for resource in context.compiled.resources}
    whom = [to for to in value.warn.to if context.name(*to.split("/", 1)) in sent]
    unheard = [to for to in value.warn.to if to not in whom]
    moments = _moments(item)
    if moments and unheard:
        context.leave_out_part(item, f"its hourly warnings do not tell {_called(unheard)}, not there yet")
    if not whom:
        return []
    asked = _asked(item, context) if moments else {}
    found = []
    for priority, hours, clock in moments:
        left = f"{hours} business hours" if clock == "business" else f"{hours} hours"
        operator = _BUSINESS if clock == "business" else "is"
        conditions = {
            "all": [
                {"field": "status", "operator": "less_than", "value": "solved"},
                {"field": "priority", "operator": "is", "value": priority},
                {"field": _FIELD, "operator": operator, "value": str(hours)},
                *asked["all"],
            ],
            "any": asked["any"],
        }
        payload: Payload = {
            "title": f"{TITLE}{value.name}, {priority}, {left}",
            "active": True,
            "conditions": conditions,
            "actions": [_told(to, _TEXT % left, item, context) for to in whom],
        }
        part = f"{PART}{priority}_{hours}_{clock}"
        needs = known_by_name(item, context)
        found.append(made(item, context, AUTOMATION, payload, part=part, on_remove="delete", depends_on=needs))
    return found


def _called(references: Collection[str]) -> str:
    named = (reference.partition("/") for reference in references)
    return ", ".join(f"the {ALL_KINDS[kind].title} `{key}`" for kind, _, key in named)


def _asked(item: Declared, context: Context) -> dict[str, list[dict[str, Any]]]:
    """What a ticket must be for the policy to hold for it, as an automation asks it. Raises CannotSend."""
    when = [*item.value.when, *_not_for_earlier(item, context)]
    return compiled_conditions(when, item.value.when_any, context, "automations")


def _moments(item: Declared) -> Collection[tuple[str, int, str]]:
    """(priority, whole hours that are left, clock) of every cell that is warned of hourly, each once."""
    value = item.value
    share = fraction(value.warn.at)
    found: dict[tuple[str, int, str], None] = {}
    for metric, targets in value.targets.items():
        how = value.warn.how.get(metric, "none") if isinstance(value.warn.how, dict) else value.warn.how
        for priority, cell in targets.cells().items() if how == "hourly" else ():
            if cell != "none":
                total = minutes(cell)
                hours = max(1, (total - round(total * share)) // HOUR)
                found[priority, hours, value.clock(metric, priority)] = None
    return found


def _not_for_earlier(item: Declared, context: Context) -> list[FieldCondition]:
    """Conditions that leave out tickets of the policies before, as far as one condition says which those are."""
    order = declared_order(context.declared, item.kind)
    found = []
    for key in order[: order.index(item.key)]:
        earlier = context.declared.of(item.kind)[key].value
        only = earlier.when[0] if len(earlier.when) == 1 and not earlier.when_any else None
        opposite = _opposite(only) if isinstance(only, FieldCondition) else None
        if opposite is not None:
            found.append(opposite)
    return found


def _opposite(condition: FieldCondition) -> FieldCondition | None:
    word = _OPPOSITE.get(condition.operator)
    if word is None or word == "is_one_of":  # a list of alternatives may be there already
        return None
    value: Any = condition.value
    if condition.operator == "empty":
        value = not value
    elif word == "has_none":
        value = [value]
    return FieldCondition.model_validate({"field": condition.field, word: value})


def _told(to: str, text: str, item: Declared, context: Context) -> dict[str, Any]:
    """A channel gets a post, a person a mail."""
    kind, _, key = to.partition("/")
    if kind == "slack_channels":
        return slack_post(key, text, Speech(context, item))
    subject = f"SLA warning: {item.value.name}"
    return {"field": "notification_user", "value": [context.ref(kind, key), subject, compiled_text(text, context)]}


def check_warnings(item: Declared, context: Context) -> None:
    """Whether an automation can ask for what the policy asks. Raises CannotSend."""
    if item.value.warn is None or item.value.warn.at is None or not _moments(item):
        return
    try:
        _asked(item, context)
    except CannotSend as never:
        raise CannotSend(f"{never}, so that hourly rules cannot warn", "Write  how: watch", ("warn",)) from never


def warnings_back(parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, str | list[str]]:
    """What a plan says of a policy's warnings: `urgent: 2h before` → `slack_channels/alerts`, or a list of several."""
    payloads = [payload for part, (_, payload) in sorted(parts.items()) if part.startswith(PART)]
    return {_moment(payload): _told_by(payload, names) for payload in payloads}


def _moment(payload: Payload) -> str:
    asked = {each["field"]: each for each in payload["conditions"]["all"]}
    priority = str(asked.get("priority", {}).get("value", "any priority"))
    last = asked.get(_FIELD, {})
    clock = " in business hours" if last.get("operator") == _BUSINESS else ""
    off = "" if payload["active"] else " (switched off)"
    return f"{priority}: {last.get('value')}h before{clock}{off}"


def _told_by(payload: Payload, names: Names) -> str | list[str]:
    actions = declared_actions(payload["actions"], Hearing(names))
    told = [str(each.get("slack") or each.get("email") or "something else") for each in actions]
    return told[0] if len(told) == 1 else told

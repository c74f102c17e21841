"""Alerts: “tell this channel when”, compiled to triggers in a category of their own, or to automations where they wait
for hours (grammar 27, 42)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from config.declaration import Declared
from config.rules.conditions import alert_place
from config.vocabulary import Place
from provisioners.resource import Payload, Resource, Source
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.actions import declared_actions, slack_post
from provisioners.zendesk.translations.base import MADE_BY_GOLIVE, ZendeskTranslation, known_by_name, made
from provisioners.zendesk.translations.conditions import compiled_conditions, declared_conditions
from provisioners.zendesk.translations.orders import ALERT_CATEGORY, ALERTS_NAME
from provisioners.zendesk.translations.speech import Hearing, Speech

AUTOMATION = "zendesk:Automation"
TAG = "golive-alert-"
"""With this begins the tag of what an alert has posted for."""
_NOTE = "tag"


class Alerts(ZendeskTranslation):
    """An alert is a rule that posts and then tags the ticket, so that it posts once per ticket."""

    kind = "alerts"
    type_ = "zendesk:Trigger"

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        tag = _tag_of(item, context)
        place = alert_place(item)
        conditions = compiled_conditions(value.when, value.when_any, context, place)
        conditions["all"].append({"field": "current_tags", "operator": "not_includes", "value": tag})
        waits = place == "automations"
        own: Payload = (
            {}
            if waits
            else {
                "description": f"{MADE_BY_GOLIVE}from the alert `{item.key}`. Changes made here are put back.",
                "category_id": context.ref("alerts", ALERT_CATEGORY),
            }
        )
        payload: Payload = {
            "title": value.name,
            **own,
            "active": context.active(item),
            "conditions": conditions,
            "actions": [
                slack_post(value.to, value.text, Speech(context, item)),
                {"field": "current_tags", "value": tag},
            ],
        }
        becomes = "an automation" if waits else f"a trigger in the category “{ALERTS_NAME}”"
        rule = made(
            item,
            context,
            AUTOMATION if waits else self.type_,
            payload,
            notes={_NOTE: tag},
            depends_on=known_by_name(item, context),
            becomes={"": f"{becomes}, which posts once per ticket (tag {tag})"},
        )
        other = self.type_ if waits else AUTOMATION
        return [*([] if waits else _category(item, context)), replace(rule, other_types=(other,))]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        type_, payload = parts[""]
        if type_ == "zendesk:TriggerCategory":
            return {"name": payload["name"]}
        result: dict[str, Any] = {"name": payload["title"], "active": payload["active"]}
        place: Place = "automations" if type_ == AUTOMATION else "triggers"
        result |= _without_tag(declared_conditions(payload["conditions"], names, place))
        for action in declared_actions(payload["actions"], Hearing(names, parts)):
            if "slack" in action:
                result["to"] = str(action["slack"]).partition("/")[2]
                result["text"] = action["text"]
            elif not _is_own_tag(action.get("add_tags")):
                result.setdefault("then", []).append(action)
        return result


def _tag_of(item: Declared, context: Context) -> str:
    """The tag that says that an alert has posted: what it was at first, however often its key is renamed.

    Otherwise the alert would post once more for every ticket that it has posted for.
    """
    kept = _kept(item, context)
    if kept:
        return kept
    others = (other for other in context.declared.of(item.kind).values() if other.key != item.key)
    taken = {_kept(other, context) for other in others}
    wanted = f"{TAG}{item.value.was or item.key}"
    numbered = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(each for each in numbered if each not in taken)


def _kept(item: Declared, context: Context) -> str | None:
    known = context.last_known(item.kind, item.key)
    if known is None:
        return None
    given = [action.get("value") for action in known.payload.get("actions") or [] if action["field"] == "current_tags"]
    return known.notes.get(_NOTE) or next((str(tag) for tag in given if str(tag).startswith(TAG)), None)


def _category(item: Declared, context: Context) -> list[Resource]:
    """The category that holds the alerts' triggers; it comes with the first of them."""
    name = context.name(item.kind, ALERT_CATEGORY)
    if any(resource.name == name for resource in context.compiled.resources):
        return []
    source = Source(item.kind, ALERT_CATEGORY, item.position.file, item.position.line)
    return [Resource(name=name, type="zendesk:TriggerCategory", payload={"name": ALERTS_NAME}, source=source)]


def _is_own_tag(tags: Any) -> bool:
    return isinstance(tags, list) and len(tags) == 1 and str(tags[0]).startswith(TAG)


def _without_tag(conditions: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {
        group: left
        for group, listed in conditions.items()
        if (left := [condition for condition in listed if not _is_own_tag(condition.get("has_none"))])
    }

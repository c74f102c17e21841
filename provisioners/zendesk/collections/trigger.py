"""Triggers, their categories, and the vendor's automations."""

from __future__ import annotations

from typing import Any, ClassVar

from provisioners.collection import Live, Mailed, Switch
from provisioners.resource import Payload
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.pointing import points_to, without_texts
from provisioners.zendesk.likeness import actions, conditions

_CUSTOMERS = ("requester_id", "requester_and_ccs")


class Rule(ZendeskCollection):
    """What triggers, automations and macros share. Their place in the order is an object of its own."""

    key = "title"
    raw_texts = frozenset({"title"})
    comparisons: ClassVar = {"conditions": conditions, "actions": actions}
    switch: ClassVar[Switch | None] = Switch("active")
    has_vendor_defaults = True
    acts_by_itself: ClassVar[bool] = True

    def told(self, live: Live) -> dict[str, Any]:
        found: dict[str, Any] = {"points_to": points_to(live.body), "made_at": live.body.get("created_at")}
        if self.acts_by_itself and live.active:
            found["payload"] = {"actions": without_texts(live.body.get("actions"))}
        return found

    def mails(self, body: dict[str, Any]) -> tuple[Mailed, ...]:
        """By its actions: a rule mails a group, or a person who is the ticket's requester or somebody of the team."""
        found: set[Mailed] = set()
        for action in body.get("actions") or []:
            value = action.get("value")
            to = str(value[0] if isinstance(value, list) and value else value)
            if action.get("field") == "notification_group":
                found.add("agents")
            elif action.get("field") == "notification_user":
                found.add("customers" if to in _CUSTOMERS else "agents")
        return tuple(sorted(found))


class Trigger(Rule):
    type = "zendesk:Trigger"
    kind_word = "trigger"
    path = plural = "triggers"
    envelope = "trigger"


class Automation(Rule):
    type = "zendesk:Automation"
    kind_word = "automation"
    path = plural = "automations"
    envelope = "automation"


class TriggerCategory(ZendeskCollection):
    """Deleting one with active triggers is refused by the vendor; inactive ones go with it, so it is left then."""

    type = "zendesk:TriggerCategory"
    kind_word = "trigger category"
    path = plural = "trigger_categories"
    envelope = "trigger_category"
    key = "name"
    verb = "patch"

    def delete(self, identifier: str, payload: Payload) -> str | None:
        triggers = self.client.pages("triggers", "triggers", category_id=identifier)
        inside = sum(str(body.get("category_id")) == identifier for body in triggers)
        if not inside:
            return super().delete(identifier, payload)
        many = f"{inside} triggers are" if inside > 1 else "1 trigger is"
        return f"{many} still in it, and Zendesk would delete what is switched off along with it"

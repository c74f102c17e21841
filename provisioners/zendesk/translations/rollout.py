"""The rollout: the mark of the customers who are in the soft launch, and the fence (grammar 39, 42).

A helpdesk cannot send mail back, so customers are split before it. What comes through from outside all the same is
answered like any other ticket; the fence only tags it, so that people see it and can count it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from config.declaration import Declared
from provisioners.resource import Payload, Resource
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.actions import declared_actions
from provisioners.zendesk.translations.base import MADE_BY_GOLIVE, ZendeskTranslation, made
from provisioners.zendesk.translations.conditions import declared_conditions
from provisioners.zendesk.translations.orders import FENCE_CATEGORY, FENCE_NAME
from provisioners.zendesk.translations.speech import Hearing
from provisioners.zendesk.translations.trigger_categories import category_order
from provisioners.zendesk.translations.vendor_fields import OWNERS

MARK = "mark"
"""The part that is the mark; the fence is the main resource, so that it is what `golive off rollout/rollout` means."""
MARK_KEY = "rollout"
"""The vendor's key of the mark."""
MARK_TAG, FENCE_TAG = "in_rollout", "outside_rollout"
"""The tag that marked organizations pass on to their tickets, and the one that the fence adds to all others."""
MARK_TYPE = "zendesk:OrganizationField"
MARK_TITLE = "Rollout: in the soft launch"
FENCE_TITLE = "Rollout: from outside the soft launch"


class RolloutFence(ZendeskTranslation):
    """The fence is a trigger before all others. It asks the organization's field, and needs no setting of the account.

    An organization without a tick, and no organization at all, are outside; the vendor asks a checkbox for `is` only.
    """

    kind = "rollout"
    type_ = "zendesk:Trigger"

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        launch = item.value.soft_launch
        if launch is None or launch.cohort is None:
            context.leave_out(item, "it says nobody who is in the soft launch")
            return []
        mark = made(item, context, MARK_TYPE, mark_payload(), part=MARK, on_remove=item.value.mark_removal)
        category = made(
            item, context, "zendesk:TriggerCategory", {"name": FENCE_NAME}, part=FENCE_CATEGORY, on_remove="delete_ours"
        )
        fence: Payload = {
            "title": FENCE_TITLE,
            "description": f"{MADE_BY_GOLIVE}from `rollout`. Changes made here are put back.",
            "category_id": context.ref(self.kind, item.key, FENCE_CATEGORY),
            "active": context.active(item),
            "conditions": {
                "all": [{"field": "update_type", "operator": "is", "value": "Create"}],
                "any": [
                    {"field": f"{OWNERS['organization']}{MARK_KEY}", "operator": "is", "value": "false"},
                    {"field": "organization_id", "operator": "is", "value": ""},
                ],
            },
            "actions": [{"field": "current_tags", "value": FENCE_TAG}],
        }
        says = {
            "": f"a field of organizations, “{MARK_TITLE}” (tag {MARK_TAG}), and a trigger before all others, which "
            f"tags tickets from outside (tag {FENCE_TAG})"
        }
        trigger = made(item, context, self.type_, fence, depends_on=(mark.name,), becomes=says)
        return [trigger, mark, category]

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order of the categories, where none is declared that would bring it."""
        order = category_order([], context, items[0])
        there = {resource.name for resource in context.compiled.resources}
        return [order] if order is not None and order.name not in there else []

    def task(self, item: Declared, context: Context) -> str:
        return (
            f"a field of organizations, a checkbox with the key {MARK_KEY}, ticked for whoever is in the soft launch; "
            f"and a trigger before all others that adds the tag {FENCE_TAG} to new tickets of everybody else"
        )

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        return dict(_said(parts, names))


def mark_payload() -> Payload:
    """The mark as it is made: a checkbox of organizations."""
    return {
        "key": MARK_KEY,
        "type": "checkbox",
        "title": MARK_TITLE,
        "description": f"{MADE_BY_GOLIVE}from `rollout`: this customer is in the soft launch. Ticked by "
        "`golive cohort grow`.",
        "tag": MARK_TAG,
        "active": True,
    }


def _said(parts: Mapping[str, tuple[str, Payload]], names: Names) -> Iterator[tuple[str, Any]]:
    for part, (_, payload) in parts.items():
        if part == FENCE_CATEGORY:
            yield FENCE_CATEGORY, payload["name"]
        elif part == MARK:
            yield MARK, {"name": payload["title"], "tag": payload["tag"], "active": payload["active"]}
        else:
            yield "name", payload["title"]
            yield "active", payload["active"]
            yield from declared_conditions(payload["conditions"], names, "triggers").items()
            yield "then", declared_actions(payload["actions"], Hearing(names))

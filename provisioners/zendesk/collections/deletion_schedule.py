"""What the vendor deletes by itself, and after how long.

What a schedule deletes stays; conditions are replaced whole; a default one is never deleted. Source:
developer.zendesk.com, “Deletion Schedules”.
"""

from __future__ import annotations

from typing import Any, ClassVar

from provisioners.collection import Live, Switch
from provisioners.resource import Payload
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.pointing import points_to
from provisioners.zendesk.likeness import conditions


class DeletionSchedule(ZendeskCollection):
    """`object` is the vendor's word for what it deletes, such as `zen:ticket`."""

    type = "zendesk:DeletionSchedule"
    kind_word = "deletion schedule"
    path = plural = "deletion_schedules"
    envelope = "deletion_schedule"
    key = "title"
    cursor = False
    has_vendor_defaults = True
    replace_on: ClassVar[frozenset[str]] = frozenset({"object"})
    switch: ClassVar[Switch | None] = Switch("active")
    comparisons: ClassVar = {"conditions": conditions}

    def told(self, live: Live) -> dict[str, Any]:
        return {"points_to": points_to(live.body)}

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """A default one is the vendor's, and is only put out of action."""
        live = self.get(identifier, payload)
        if live is not None and live.default:
            self.switch_off(identifier, payload)
            return "Zendesk deletes no default schedule; it is switched off"
        return super().delete(identifier, payload)

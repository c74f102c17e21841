"""Statuses of the account's own below those that every ticket has, and which is the default of its category.

Source: developer.zendesk.com, “Custom ticket statuses”.
"""

from __future__ import annotations

import builtins
from typing import Any, ClassVar

from config.names import folded
from provisioners.collection import Live, Switch, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.setting import Setting
from provisioners.zendesk.replies import warnings_in

STATUSES, STATUS = "custom_statuses", "custom_status"
YES, NO = "true", "false"


class CustomStatus(ZendeskCollection):
    """Its category is fixed: a change of it is answered with success and left out. Labels are unique in the account.

    The list has no pages. The default of a category can be neither switched off (but for that of tickets on hold, which
    an account may do without) nor deleted, and no status can be deleted that a ticket which is not closed has.
    """

    type = "zendesk:CustomStatus"
    kind_word = "ticket status"
    path = plural = STATUSES
    envelope = STATUS
    key = "agent_label"
    cursor = False
    raw_texts = frozenset({"agent_label", "end_user_label", "description", "end_user_description"})
    replace_on: ClassVar[frozenset[str]] = frozenset({"status_category"})
    carries_data: ClassVar[bool] = True
    switch: ClassVar[Switch | None] = Switch("active")

    _folded = staticmethod(folded)

    def send(self, identifier: str, payload: Payload, body: Payload) -> Write:
        may_be_off = payload.get("status_category") == "hold"
        if body.get("active") is False and not may_be_off and _is_default(self.client, identifier):
            raise SystemFault(
                "refused",
                f"{self.kind_word} {payload.get(self.key) or identifier}",
                "it is the default of its category, which Zendesk does not switch off",
                "Make another status of the category the default first (`default: true`).",
            )
        return super().send(identifier, payload, body)

    def used(self, identifier: str, refused: SystemFault) -> str | None:
        if _is_default(self.client, identifier):
            return "it is the default of its category, of which there is always one"
        return "tickets that are not closed still have it or rules name it, and Zendesk deletes only what nothing uses"

    def count_values(self, identifier: str, payload: Payload) -> int | None:
        query = f"type:ticket custom_status_id:{identifier}"
        count = self.client.get("search/count", query=query).body.get("count")
        return count if isinstance(count, int) else None


class DefaultStatus(Setting):
    """Whether a status is the default of its category. Its id is the status's.

    It is only ever set: the vendor takes it away by giving it to another status of the category.
    """

    type = "zendesk:DefaultStatus"
    kind_word = "default ticket status"
    calls_per_write = 2
    replace_on: ClassVar[frozenset[str]] = frozenset({"status_id"})

    def list(self, payload: Payload) -> builtins.list[Live]:
        return [_of(body) for body in self.client.pages(STATUSES, STATUSES, cursor=False)]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.find(f"{STATUSES}/{identifier}", STATUS)
        return None if body is None else _of(body)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {"status_id": live.id, "default": YES if live.body.get("default") else NO}

    def create(self, payload: Payload) -> Write:
        """The ids travel as one string; the answer says nothing of them."""
        reply = self.client.put(f"{STATUS}/default", {"ids": str(payload["status_id"])})
        body = self.client.get(f"{STATUSES}/{payload['status_id']}").body[STATUS]
        return Write(_of(body), warnings_in(reply.headers))


def _is_default(client: ZendeskClient, identifier: str) -> bool:
    body: dict[str, Any] = client.find(f"{STATUSES}/{identifier}", STATUS) or {}
    return bool(body.get("default"))


def _of(body: dict[str, Any]) -> Live:
    return Live(id=str(body["id"]), body=body, label=f"default: {body.get('agent_label')}")

"""Roles of the account's own, and the vendor's role of light agents.

Source: developer.zendesk.com, “Custom Agent Roles”: Enterprise plans; the list has no pages.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any, ClassVar

from config.names import folded
from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.setting import Setting
from provisioners.zendesk.seats import LIGHT, OWN

ROLES, ROLE = "custom_roles", "custom_role"


def _configuration(live: Any, wanted: Any) -> Any:
    """The rights that are declared. One that the account does not know is as declared."""
    found: Mapping[str, Any] = live if isinstance(live, Mapping) else {}
    return {name: value if found.get(name) is None else found[name] for name, value in (wanted or {}).items()}


class CustomRole(ZendeskCollection):
    """The vendor refuses a change that repeats what is so already, so that only what differs is sent."""

    type = "zendesk:CustomRole"
    kind_word = "role"
    path = plural = ROLES
    envelope = ROLE
    key = "name"
    cursor = False
    comparisons: ClassVar = {"configuration": _configuration}
    unsent = frozenset({"like"})

    _folded = staticmethod(folded)

    def if_taken(self, live: Live) -> str:
        """The vendor's own roles cannot be changed."""
        if live.body.get("role_type") == OWN:
            return ""
        return f"“{live.label}” is one of Zendesk's own roles: give ours another name, or leave out its `rights`."

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        body = {name: value for name, value in self.wire(payload).items() if value != old.get(name)}
        if "configuration" in body:
            before = old.get("configuration") or {}
            body["configuration"] = {
                name: value for name, value in payload["configuration"].items() if value != before.get(name)
            }
        return self.send(identifier, payload, body)

    def used(self, identifier: str, refused: SystemFault) -> str | None:
        return "somebody still has it, and Zendesk deletes a role only when nobody has"


class LightAgentRole(Setting):
    """The vendor's role of light agents, whatever it is called in the account's language. It is only looked up."""

    type = "zendesk:LightAgentRole"
    kind_word = "role of light agents"

    def natural_key(self, payload: Payload) -> str | None:
        return str(LIGHT)

    def live_key(self, live: Live) -> str | None:
        return str(live.body.get("role_type"))

    def list(self, payload: Payload) -> builtins.list[Live]:
        bodies = self.client.pages(ROLES, ROLES, cursor=False)
        return [_of(body) for body in bodies if body.get("role_type") == LIGHT]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.find(f"{ROLES}/{identifier}", ROLE)
        return None if body is None else _of(body)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return dict(payload)

    def create(self, payload: Payload) -> Write:
        raise SystemFault("not_allowed", self.kind_word, "it is the vendor's own and never made")


def _of(body: dict[str, Any]) -> Live:
    return Live(id=str(body["id"]), body=body, label=str(body.get("name") or "light agents"))

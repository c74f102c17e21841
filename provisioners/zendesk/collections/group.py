"""Groups of agents, who is in them, and each agent's default group."""

from __future__ import annotations

import builtins
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.setting import Setting
from provisioners.zendesk.replies import warnings_in

MEMBERSHIPS = "group_memberships"


class Group(ZendeskCollection):
    type = "zendesk:Group"
    kind_word = "group"
    path = plural = "groups"
    envelope = "group"
    key = "name"

    def is_deleted(self, body: dict[str, Any]) -> bool:
        return bool(body.get("deleted"))


class GroupMembership(ZendeskCollection):
    """One agent in one group. The vendor cannot change one, only make and delete it."""

    type = "zendesk:GroupMembership"
    kind_word = "group membership"
    path = plural = MEMBERSHIPS
    envelope = "group_membership"
    key = "id"
    numbers = frozenset({"user_id", "group_id"})
    replace_on: ClassVar[frozenset[str]] = frozenset({"user_id", "group_id"})

    def natural_key(self, payload: Payload) -> str | None:
        """None: being in a group twice is being in it, so a membership cannot collide."""
        return None

    def live_key(self, live: Live) -> str | None:
        return None

    def place_of(self, data: Payload) -> str:
        return str(data["user_id"])

    def create(self, payload: Payload) -> Write:
        """Make it, or take the one that is there: the vendor puts each new agent into the default group itself."""
        try:
            return super().create(payload)
        except SystemFault as refused:
            if refused.status not in (409, 422):
                raise
            there = _memberships_of(self.client, payload)
            found = next((body for body in there if _is_of(body, payload)), None)
            if found is None:
                raise
            return Write(self.live(found, payload), was_there=True)

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        raise SystemFault("not_allowed", self.kind_word, "the vendor cannot change a membership, only replace it")


def _memberships_of(client: ZendeskClient, payload: Payload) -> builtins.list[dict[str, Any]]:
    return client.pages(f"users/{payload['user_id']}/{MEMBERSHIPS}", MEMBERSHIPS)


def _is_of(body: dict[str, Any], payload: Payload) -> bool:
    return all(str(body.get(name)) == str(payload[name]) for name in ("user_id", "group_id"))


class DefaultGroup(Setting):
    """Which of an agent's groups gets the tickets that are assigned to the agent. Its id is the agent's."""

    type = "zendesk:DefaultGroup"
    kind_word = "default group"
    calls_per_write = 2
    replace_on: ClassVar[frozenset[str]] = frozenset({"user_id"})

    def place_of(self, data: Payload) -> str:
        return str(data["user_id"])

    def list(self, payload: Payload) -> builtins.list[Live]:
        memberships = self.client.pages(MEMBERSHIPS, MEMBERSHIPS)
        return [_default(body) for body in memberships if body.get("default")]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        memberships = self.client.pages(f"users/{identifier}/{MEMBERSHIPS}", MEMBERSHIPS)
        return next((_default(body) for body in memberships if body.get("default")), None)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {name: str(live.body.get(name)) for name in payload}

    def create(self, payload: Payload) -> Write:
        membership = next((body for body in _memberships_of(self.client, payload) if _is_of(body, payload)), None)
        if membership is None:
            raise SystemFault(
                "refused",
                self.kind_word,
                "the agent is not in the group that should be the default one",
                "Look whether somebody took the agent out of the group, and run the same command again.",
            )
        path = f"users/{payload['user_id']}/{MEMBERSHIPS}/{membership['id']}/make_default"
        reply = self.client.put(path, {})
        return Write(_default(membership), warnings_in(reply.headers))


def _default(body: dict[str, Any]) -> Live:
    user = str(body["user_id"])
    return Live(id=user, body=body, label=f"default group of agent {user}")

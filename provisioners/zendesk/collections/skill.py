"""Sorts of skills (the vendor's attributes), the skills in them (its values), and which agent has which.

Source: developer.zendesk.com, “Skill-based Routing”. All skills come with the list of their sorts; who has which is
listed for up to a hundred agents at once, and written for one agent as a whole.
"""

from __future__ import annotations

import builtins
import threading
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.setting import Setting
from provisioners.zendesk.replies import warnings_in
from provisioners.zendesk.seats import TEAM

ATTRIBUTES, VALUES = "routing/attributes", "attribute_values"
AT_ONCE = 100
"""Agents in one call."""


class Skill(ZendeskCollection):
    """A sort of skills."""

    type = "zendesk:Skill"
    kind_word = "sort of skills"
    path = ATTRIBUTES
    plural = "attributes"
    envelope = "attribute"
    key = "name"
    cursor = False


class SkillValue(ZendeskCollection):
    """A skill. Its name is its sort's only one of that name."""

    type = "zendesk:SkillValue"
    kind_word = "skill"
    path = ATTRIBUTES
    plural = VALUES
    envelope = "attribute_value"
    key = "name"
    verb = "patch"
    cursor = False
    unsent = frozenset({"attribute_id"})
    replace_on: ClassVar[frozenset[str]] = frozenset({"attribute_id"})

    def place(self, payload: Payload) -> str:
        return f"{ATTRIBUTES}/{payload['attribute_id']}/values"

    def list_scope(self, payload: Payload) -> str:
        return str(payload["attribute_id"])

    def list(self, payload: Payload) -> builtins.list[Live]:
        bodies = self.client.pages(ATTRIBUTES, VALUES, cursor=False, include=VALUES)
        return [self.live(body, payload) for body in bodies if _sort_of(body) == str(payload["attribute_id"])]


class AgentSkill(Setting):
    """That an agent has a skill. Its id is made of both. The vendor takes all skills of an agent at once, so that one
    is added to, or taken out of, those that are there: never two at a time."""

    type = "zendesk:AgentSkill"
    kind_word = "agent's skill"
    only_set = False
    calls_per_write = 2
    replace_on: ClassVar[frozenset[str]] = frozenset({"user_id", "value_id"})

    def __init__(self, client: ZendeskClient) -> None:
        super().__init__(client)
        self._alone = threading.Lock()

    def place_of(self, data: Payload) -> str:
        return str(data["user_id"])

    def list(self, payload: Payload) -> builtins.list[Live]:
        agents = [str(body["id"]) for role in TEAM for body in self.client.pages("users", "users", role=role)]
        found = []
        for begin in range(0, len(agents), AT_ONCE):
            asked: dict[str, Any] = {"filter[agent_ids]": ",".join(agents[begin : begin + AT_ONCE])}
            for body in self.client.pages("routing/agents/instance_values", "instance_values", **asked):
                found.append(_held(str(body["agent_id"]), str(body["attribute_value_id"])))
        return found

    def get(self, identifier: str, payload: Payload) -> Live | None:
        agent, _, value = identifier.partition("/")
        return _held(agent, value) if value in self._of(agent) else None

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {name: live.body[name] for name in payload}

    def create(self, payload: Payload) -> Write:
        agent, value = str(payload["user_id"]), str(payload["value_id"])
        with self._alone:
            before = self._of(agent)
            if value in before:
                return Write(_held(agent, value), was_there=True)
            warnings = self._set(agent, [*before, value])
            if value not in self._of(agent):
                raise SystemFault("dropped_field", self.kind_word, "Zendesk took the call, and not the skill")
        return Write(_held(agent, value), warnings)

    def delete(self, identifier: str, payload: Payload) -> None:
        agent, _, value = identifier.partition("/")
        with self._alone:
            before = self._of(agent)
            if value in before:
                self._set(agent, [each for each in before if each != value])

    def _of(self, agent: str) -> builtins.list[str]:
        """Ids of the skills that an agent has; none for who is no agent any more."""
        try:
            body = self.client.get(f"routing/agents/{agent}/instance_values").body
        except SystemFault as missing:
            if missing.code != "not_found":
                raise
            return []
        return [str(each["id"]) for each in body.get(VALUES) or []]

    def _set(self, agent: str, values: builtins.list[str]) -> tuple[str, ...]:
        reply = self.client.post(f"routing/agents/{agent}/instance_values", {"attribute_value_ids": values})
        return warnings_in(reply.headers)


def _held(agent: str, value: str) -> Live:
    return Live(id=f"{agent}/{value}", body={"user_id": agent, "value_id": value}, label=f"skill of agent {agent}")


def _sort_of(body: dict[str, Any]) -> str:
    """The sort of a skill: said, or part of its address."""
    said = body.get("attribute_id")
    return str(said) if said else str(body.get("url") or "").partition(f"{ATTRIBUTES}/")[2].partition("/")[0]

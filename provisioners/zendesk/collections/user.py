"""Agents. Customers are data and are never listed here."""

from __future__ import annotations

import builtins
from typing import Any, ClassVar

from provisioners.collection import Live, Switch, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.attribute_words import UNINVITED
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.seats import OTHER_ROLE, TEAM, has_own_role, has_seat


class User(ZendeskCollection):
    """An agent or admin, known by mail address.

    Creating one sends the vendor's invitation unless the payload says `skip_verify_email: true`.
    """

    type = "zendesk:User"
    kind_word = "agent"
    calls_per_write = 2
    path = plural = "users"
    envelope = "user"
    key = "email"
    numbers = frozenset({"custom_role_id"})
    create_only = frozenset({UNINVITED})
    replace_on: ClassVar[frozenset[str]] = frozenset()
    carries_data: ClassVar[bool] = True
    gone_for_good = "the tickets lose their assignee, and a new invitation would be another person"
    switch: ClassVar[Switch | None] = Switch("suspended", on=False, off=True)

    @staticmethod
    def _folded(text: str) -> str:
        return text.strip().lower()

    def list(self, payload: Payload) -> builtins.list[Live]:
        """Agents, light ones among them, then admins."""
        bodies = [body for role in TEAM for body in self.client.pages(self.path, self.plural, role=role)]
        return [self.live(body, payload) for body in bodies if not self.is_deleted(body)]

    def unlisted(self, payload: Payload) -> builtins.list[Live]:
        """A customer with the agent's address: the vendor refuses a second user of it."""
        found = self.client.pages("users/search", self.plural, cursor=False, query=f'email:"{payload["email"]}"')
        key = self.natural_key(payload)
        lives = [self.live(body, payload) for body in found if not self.is_deleted(body)]
        return [live for live in lives if self.live_key(live) == key]

    def standing(self, live: Live) -> dict[str, Any]:
        return {
            "email": str(live.body.get("email") or ""),
            "role": str(live.body.get("role") or ""),
            "suspended": live.body.get("suspended") is True,
            "seat": has_seat(live.body),
        }

    def is_deleted(self, body: dict[str, Any]) -> bool:
        return body.get("active") is False

    def shown(self, name: str, body: dict[str, Any], wanted: Any) -> Any:
        if name == "email" and self._folded(str(body.get(name))) == self._folded(str(wanted)):
            return wanted
        return super().shown(name, body, wanted)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        """A role of the account's own in the place of a built-in one is a difference, too."""
        found = super().canonical(live, payload)
        if "role" in found and "custom_role_id" not in payload and has_own_role(live.body):
            found["role"] = f"{OTHER_ROLE}{live.body['custom_role_id']}"
        return found

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """An address that is sent in a change becomes a further one of the same agent, so it is left out."""
        if "email" in payload and self._folded(payload["email"]) != self._folded(str(old.get("email", ""))):
            raise SystemFault(
                "refused",
                f"agent {old.get('email')}",
                "Zendesk does not replace an agent's mail address by its API, it only adds another one",
                f"Make {payload['email']} the primary address in Zendesk, then run the same command again.",
            )
        body = {name: value for name, value in self.wire(payload).items() if name not in {*self.create_only, "email"}}
        if str(old.get("role", "")).startswith(OTHER_ROLE):
            body.setdefault("custom_role_id", None)
        return self.send(identifier, payload, body)

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """Delete softly: the tickets stay. Where the vendor deletes no agents, the agent becomes a customer first."""
        try:
            return super().delete(identifier, payload)
        except SystemFault as refused:
            if refused.status != 422:
                raise
            self.client.put(f"{self.path}/{identifier}", {self.envelope: {"role": "end-user"}})
            return super().delete(identifier, payload)

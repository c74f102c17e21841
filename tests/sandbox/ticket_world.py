"""An account with people, groups, fields and hours, in which tickets live: for the tests of tickets and triggers."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

from tests.sandbox.client import Answer, Zendesk

NOW = datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)
"""The client's clock: a Monday, 15:13 in London."""
SEED: dict[str, Any] = {
    "subdomain": "acme",
    "name": "Acme",
    "groups": [{"name": "Billing"}],
    "organization_fields": [
        {"key": "segment", "type": "text", "title": "Segment"},
        {"key": "size", "type": "integer", "title": "Size"},
    ],
    "user_fields": [
        {
            "key": "plan",
            "type": "dropdown",
            "title": "Plan",
            "custom_field_options": [{"name": "Gold plan", "value": "plan_gold"}],
        }
    ],
    "organizations": [
        {
            "name": "Client",
            "domain_names": ["client.org"],
            "tags": ["key_account"],
            "organization_fields": {"segment": "Large enterprise", "size": 50},
        }
    ],
    "users": [
        {"name": "Ann Agent", "email": "ann@acme.com", "role": "agent", "verified": True},
        {"name": "Bob Biller", "email": "bob@acme.com", "role": "agent", "verified": True},
    ],
    "recipient_addresses": [{"email": "help@acme.com", "name": "Acme Help"}],
    "schedules": [{"name": "Office", "time_zone": "London"}],
    "ticket_fields": [
        {
            "type": "tagger",
            "title": "Area",
            "custom_field_options": [{"name": "Pay", "value": "area_pay"}, {"name": "Login", "value": "area_login"}],
        },
        {
            "type": "multiselect",
            "title": "Kinds",
            "custom_field_options": [{"name": "One", "value": "kind_1"}, {"name": "Two", "value": "kind_2"}],
        },
        {"type": "checkbox", "title": "Loss", "tag": "loss"},
        {"type": "text", "title": "Order"},
        {"type": "date", "title": "Day"},
        {"type": "integer", "title": "Amount"},
    ],
    "webhooks": [
        {
            "name": "Pager",
            "endpoint": "https://pager.example/",
            "http_method": "POST",
            "request_format": "json",
            "status": "active",
        }
    ],
}


class World:
    """The account, and names (`<ann>`) for the ids of what is in it. Its own default triggers are switched off."""

    def __init__(self, **more: Any) -> None:
        self.zendesk = Zendesk({**SEED, **more})
        store = self.zendesk.store
        self.zendesk.clock.now = NOW.timestamp()
        for row in store.table("zendesk", "triggers").values():
            row["active"] = False
        self.ids: dict[str, Any] = {}
        for table, name in (
            ("groups", "name"),
            ("users", "name"),
            ("organizations", "name"),
            ("ticket_fields", "title"),
            ("ticket_forms", "name"),
            ("schedules", "name"),
            ("brands", "name"),
            ("webhooks", "name"),
        ):
            for row in store.table("zendesk", table).values():
                self.ids.setdefault(f"<{row[name].split()[0].lower()}>", row["id"])
        self.customer = self.zendesk.make(
            "users",
            "user",
            name="Cleo Client",
            email="cleo@client.org",
            verified=True,
            organization_id=self.ids["<client>"],
            user_fields={"plan": "plan_gold"},
        )
        self.ids["<cleo>"] = self.customer["id"]
        billing = {"user_id": self.ids["<bob>"], "group_id": self.ids["<billing>"]}
        made = self.zendesk.make("group_memberships", "group_membership", **billing)
        self.zendesk.put(f"users/{self.ids['<bob>']}/group_memberships/{made['id']}/make_default")

    def named(self, value: Any) -> Any:
        """A value with ids instead of names: `<ann>` alone a number, inside a text its digits."""
        if isinstance(value, dict):
            return {self.named(key): self.named(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.named(one) for one in value]
        if isinstance(value, str) and value in self.ids:
            return self.ids[value]
        if isinstance(value, str):
            for name, key in sorted(self.ids.items(), reverse=True):
                value = value.replace(name, str(key))
        return value

    def trigger(self, title: str, conditions: Any, actions: list[Any], **more: Any) -> dict[str, Any]:
        """An active trigger; a list of conditions means all of them."""
        parts = conditions if isinstance(conditions, dict) else {"all": conditions}
        parts = {"all": [], "any": [], **parts}
        return self.zendesk.make(
            "triggers", "trigger", title=title, conditions=self.named(parts), actions=self.named(actions), **more
        )

    def ticket(self, **sent: Any) -> dict[str, Any]:
        """A new ticket as an agent (the owner) makes it; Cleo's unless said otherwise."""
        full = {"subject": "Help", "comment": {"body": "It is broken"}, "requester_id": "<cleo>", **sent}
        return self.zendesk.make("tickets", "ticket", **self.named(full))

    def change(self, ticket: dict[str, Any], **sent: Any) -> dict[str, Any]:
        """An update by the owner."""
        answer = self.zendesk.put(f"tickets/{ticket['id']}", {"ticket": self.named(sent)})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()["ticket"]
        return found

    def show(self, ticket: dict[str, Any]) -> dict[str, Any]:
        """The ticket as it is now."""
        found: dict[str, Any] = self.zendesk.get(f"tickets/{ticket['id']}").json()["ticket"]
        return found

    def audits(self, ticket: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.zendesk.get(f"tickets/{ticket['id']}/audits").json()["audits"]
        return found

    def comments(self, ticket: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.zendesk.get(f"tickets/{ticket['id']}/comments").json()["comments"]
        return found

    def mails(self, query: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.zendesk.admin.get(f"/sandbox/mail{query}").json()["mail"]
        return found

    def mail(self, text: str, to: str = "") -> dict[str, Any]:
        """A raw mail arrives; lines end as mails' do."""
        raw = text.strip("\n").replace("\n", "\r\n").encode()
        answer = self.zendesk.admin.call("POST", f"/sandbox/mail?to={to}" if to else "/sandbox/mail", raw=raw)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def as_user(self, email: str, method: str, path: str, body: Any = None) -> Answer:
        """A call with somebody's API token."""
        secret = base64.b64encode(f"{email}/token:sandbox".encode()).decode()
        client = self.zendesk.as_token(None)
        return client.call(method, path, body, headers={"authorization": f"Basic {secret}"})

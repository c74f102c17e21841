"""Teams, which are only looked up, and their labels, templates and webhooks."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from provisioners.collection import Collection, Live, Switch, Write
from provisioners.linear.client import Body, LinearClient
from provisioners.resource import Payload
from provisioners.tracker_project import TrackerProject


class _Table(Collection):
    """A type that is listed, read, made, changed and deleted by calls of one pattern."""

    one: ClassVar[str]
    """The query for one of them, and what a mutation's answer calls it."""
    many: ClassVar[str]
    attributes: ClassVar[str]
    input: ClassVar[str]
    """What the vendor calls what it takes, before `CreateInput` and `UpdateInput`."""

    def __init__(self, client: LinearClient) -> None:
        self.client = client

    def list(self, payload: Payload) -> list[Live]:
        return [self.live(body) for body in self.client.pages(self.many, self.attributes)]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.one(self.one, self.attributes, identifier)
        return self.live(body) if body else None

    def create(self, payload: Payload) -> Write:
        answer = self.client.mutate(
            f"{self.one}Create",
            f"$input: {self.input}CreateInput!",
            f"{self.one} {{ {self.attributes} }}",
            input=self.made_with(payload),
        )
        return Write(self.live(answer[self.one]))

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        answer = self.client.mutate(
            f"{self.one}Update",
            f"$id: String!, $input: {self.input}UpdateInput!",
            f"{self.one} {{ {self.attributes} }}",
            id=identifier,
            input=self.changed_to(payload),
        )
        return Write(self.live(answer[self.one]))

    def delete(self, identifier: str, payload: Payload) -> None:
        self.client.mutate(f"{self.one}Delete", "$id: String!", "entityId", id=identifier)

    def live(self, body: Body) -> Live:
        return Live(str(body["id"]), body, str(body["name"]))

    def made_with(self, payload: Payload) -> Body:
        """What is sent to make one."""
        team = {"teamId": self.client.team(payload["team"])} if payload.get("team") else {}
        return {**self.changed_to(payload), **team}

    def changed_to(self, payload: Payload) -> Body:
        """What is sent to change one."""
        return {name: value for name, value in payload.items() if name != "team"}


class Team(TrackerProject):
    """A team: what the vocabulary calls a project."""

    type = "linear:Team"
    kind_word = "team"
    attributes = "id key name"

    def __init__(self, client: LinearClient) -> None:
        self.client = client

    def list(self, payload: Payload) -> list[Live]:
        return [self.live(body) for body in self.client.pages("teams", self.attributes)]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.one("team", self.attributes, identifier)
        return self.live(body) if body else None


class Label(_Table):
    """A label. Payload: `name`, `team` (a key, empty for the workspace's own), and `color` where it is managed. Its
    team never changes; whoever deletes it takes it from every issue."""

    type = "linear:Label"
    kind_word = "label"
    one, many, input = "issueLabel", "issueLabels", "IssueLabel"
    attributes = "id name color isGroup team { id key }"
    carries_data = True
    replace_on = frozenset({"team"})

    def natural_key(self, payload: Payload) -> str:
        return f"{payload.get('team') or ''}/{payload['name']}".lower()

    def live_key(self, live: Live) -> str:
        return f"{_team(live)}/{live.body['name']}".lower()

    def canonical(self, live: Live, payload: Payload) -> Payload:
        found = {"name": live.body["name"], "team": _team(live), "color": str(live.body["color"]).lower()}
        return {name: found[name] for name in payload}


class Template(_Table):
    """A template for issues. Payload: `name`, `team`, `labels` (ids) and `text` (its paragraphs)."""

    type = "linear:Template"
    kind_word = "template"
    one, many, input = "template", "templates", "Template"
    attributes = "id name type templateData team { id key }"
    replace_on = frozenset({"team"})

    def list(self, payload: Payload) -> list[Live]:
        """The vendor gives them all at once."""
        found = self.client.query("templates", f" {{ templates {{ {self.attributes} }} }}")["templates"]
        return [self.live(body) for body in found if body["type"] == "issue"]

    def natural_key(self, payload: Payload) -> str:
        return f"{payload['team']}/{payload['name']}".lower()

    def live_key(self, live: Live) -> str:
        return f"{_team(live)}/{live.body['name']}".lower()

    def canonical(self, live: Live, payload: Payload) -> Payload:
        data = live.body["templateData"]
        data = json.loads(data) if isinstance(data, str) else data or {}
        found: Payload = {
            "name": live.body["name"],
            "team": _team(live),
            "labels": sorted(data.get("labelIds") or []),
            "text": _paragraphs(data.get("descriptionData")),
        }
        wanted = payload.get("labels")
        if isinstance(wanted, list) and sorted(wanted) == found["labels"]:
            found["labels"] = wanted
        return {name: found[name] for name in payload}

    def made_with(self, payload: Payload) -> Body:
        return {"type": "issue", **super().made_with(payload)}

    def changed_to(self, payload: Payload) -> Body:
        paragraphs = [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in payload["text"]]
        data = {"labelIds": payload["labels"], "descriptionData": {"type": "doc", "content": paragraphs}}
        return {"name": payload["name"], "templateData": data}


class Webhook(_Table):
    """What Linear calls when an issue changes. Payload: `label`, `team`, `url`, `enabled`, `resourceTypes`."""

    type = "linear:Webhook"
    kind_word = "webhook"
    one, many, input = "webhook", "webhooks", "Webhook"
    attributes = "id label url enabled resourceTypes team { id key }"
    replace_on = frozenset({"team"})
    switch = Switch("enabled")

    def natural_key(self, payload: Payload) -> str:
        return f"{payload['team']}/{payload['url']}"

    def live_key(self, live: Live) -> str:
        return f"{_team(live)}/{live.body['url']}"

    def live(self, body: Body) -> Live:
        return Live(str(body["id"]), body, str(body.get("label") or body.get("url") or ""), active=body["enabled"])

    def canonical(self, live: Live, payload: Payload) -> Payload:
        found: dict[str, Any] = {name: live.body[name] for name in ("label", "url", "enabled")}
        found |= {"team": _team(live), "resourceTypes": sorted(live.body["resourceTypes"])}
        return {name: found[name] for name in payload}

    def turn(self, identifier: str, payload: Payload, *, on: bool) -> Write:
        answer = self.client.mutate(
            "webhookUpdate",
            "$id: String!, $input: WebhookUpdateInput!",
            f"webhook {{ {self.attributes} }}",
            id=identifier,
            input={"enabled": on},
        )
        return Write(self.live(answer["webhook"]))

    def switch_off(self, identifier: str, payload: Payload) -> None:
        self.turn(identifier, payload, on=False)


def _team(live: Live) -> str:
    """The key of its team; empty for the workspace's own."""
    return str((live.body.get("team") or {}).get("key") or "")


def _paragraphs(document: Any) -> list[str]:
    """The texts of a document, paragraph by paragraph."""
    blocks = (document or {}).get("content") or [] if isinstance(document, dict) else []
    return ["".join(str(each.get("text", "")) for each in block.get("content") or []) for block in blocks]

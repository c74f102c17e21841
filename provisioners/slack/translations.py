"""`slack_channels` in Slack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from config.declaration import Declared
from config.kinds.integrations import SlackChannel
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Sighting
from provisioners.slack.channel import TEXTS, Channel
from provisioners.translation import Context, Names, Translation


class SlackChannelTranslation(Translation):
    """A channel: one resource. Leaving the YAML archives it; people are invited and never removed."""

    kind = "slack_channels"

    def sightings(self, look: Look) -> Iterable[Sighting]:
        """Channels in which the app is; all others are the team's own business."""
        for live in look.lives(Channel.type):
            if not live.body.get("is_member") or live.body.get("is_archived"):
                continue
            form: Payload = {"name": "", "private": False, "archived": False, "people": []}
            form |= {name: "" for name in TEXTS if (live.body.get(name) or {}).get("value")}
            yield Sighting(self.kind, str(live.body["name"]), {"": look.part(Channel.type, live, form)})

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        channel: SlackChannel = item.value
        found = bool(channel.existing)
        payload: Payload = {"name": channel.existing if isinstance(channel.existing, str) else channel.name or item.key}
        if not found:
            payload |= {"private": channel.private, "archived": False}
            payload |= {name: getattr(channel, name) or "" for name in TEXTS if channel.given(name)}
            people = [context.declared.get("people", key) for key in channel.people]
            payload["people"] = [person.value.email for person in people if person is not None]
        return [
            Resource(
                name=context.name(self.kind, item.key),
                type=Channel.type,
                payload=payload,
                source=context.source(item),
                mode="found" if found else "managed",
                on_remove=channel.removal,
                aliases=(context.name(self.kind, channel.was),) if channel.was else (),
            )
        ]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        _, payload = parts[""]
        if "private" not in payload:
            return {"name": payload["name"], "existing": True}
        said: dict[str, Any] = {"name": payload["name"]}
        said |= {name: payload[name] for name in TEXTS if name in payload}
        said["private"] = payload["private"]
        if payload.get("archived"):
            said["archived"] = True
        said["people"] = [names.values.get(("people", email), email) for email in payload["people"]]
        return said

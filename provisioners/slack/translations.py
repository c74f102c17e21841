"""`slack_channels` and `slack_user_groups` in Slack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from config.declaration import Declared
from config.kinds.integrations import SlackChannel, SlackUserGroup
from provisioners.errors import SystemFault
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Sighting
from provisioners.slack.channel import TEXTS, Channel
from provisioners.slack.client import lacks
from provisioners.slack.members import addresses
from provisioners.slack.user_group import TEXTS as GROUP_TEXTS
from provisioners.slack.user_group import UserGroup
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
            payload["people"] = addresses(channel, context.declared)
        return [_resource(item, context, Channel.type, payload)]

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


class SlackUserGroupTranslation(Translation):
    """A user group: one resource. Leaving the YAML switches it off. All its members are those of the files."""

    kind = "slack_user_groups"
    only_when_named = True

    def sightings(self, look: Look) -> Iterable[Sighting]:
        """Groups that are on, but for those that Slack or a directory fills by itself; nobody where Slack lets no
        groups be seen."""
        try:
            lives = look.lives(UserGroup.type)
        except SystemFault as refused:
            if lacks(refused):
                return
            raise
        known = {item.value.email for item in look.declared.of("people").values()}
        for live in lives:
            if not live.active or live.body.get("auto_type") or live.body.get("is_external"):
                continue
            form: Payload = {"name": "", "active": True, "handle": "", "people": []}
            form |= {name: "" for name, word in GROUP_TEXTS.items() if live.body.get(word)}
            part = look.part(UserGroup.type, live, form)
            strange = [email for email in part.payload["people"] if email not in known]
            yield Sighting(self.kind, live.label, {"": part}, beyond=_strangers(strange))

    def several(self, look: Look, number: int) -> str:
        return "Slack user group" if number == 1 else "Slack user groups"

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        group: SlackUserGroup = item.value
        payload: Payload = {"name": group.existing if isinstance(group.existing, str) else group.name or item.key}
        if not group.existing:
            payload["active"] = context.active(item)
            payload |= {name: getattr(group, name) or "" for name in GROUP_TEXTS if group.given(name)}
            payload["people"] = sorted(addresses(group, context.declared))
        return [_resource(item, context, UserGroup.type, payload)]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        _, payload = parts[""]
        if "people" not in payload:
            return {"name": payload["name"], "existing": True}
        said: dict[str, Any] = {"name": payload["name"], "active": payload["active"]}
        said |= {name: payload[name] for name in GROUP_TEXTS if name in payload}
        said["people"] = [names.values.get(("people", email), email) for email in payload["people"]]
        return said


def _strangers(emails: list[str]) -> str:
    """Why a user group with these members cannot be looked after: it would lose them."""
    if not emails:
        return ""
    many = f"{len(emails)} of its members are" if emails[1:] else "one of its members is"
    named = ", ".join(emails[:3]) + (" …" if emails[3:] else "")
    return f"{many} not among `people` and would be put out of it: {named}"


def _resource(item: Declared, context: Context, type_: str, payload: Payload) -> Resource:
    return Resource(
        name=context.name(item.kind, item.key),
        type=type_,
        payload=payload,
        source=context.source(item),
        mode="found" if item.value.existing else "managed",
        on_remove=item.value.removal,
        aliases=(context.name(item.kind, item.value.was),) if item.value.was else (),
    )

"""The helpdesk's side of a Slack channel: the webhook through which rules and alerts post into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from config.declaration import Declaration, Declared
from config.kinds.actions import SlackAction
from provisioners.resource import Payload, Ref, Resource, Text
from provisioners.translation import Context, Names, Translation
from provisioners.zendesk.translations.base import MADE_BY_GOLIVE, made

SLACK_CHANNEL = "slack:Channel"
_CHANNEL = "?channel="
_RULES, _CHANNELS = ("triggers", "macros"), "slack_channels"


def channels_posted_to(declared: Declaration) -> Iterator[str]:
    """Keys of the Slack channels that alerts, rules or hourly warnings post into; may repeat."""
    for policy in declared.of("sla_policies").values():
        if policy.value.warn is not None and policy.value.warn.is_hourly:
            yield from (key for kind, _, key in (to.partition("/") for to in policy.value.warn.to) if kind == _CHANNELS)
    for alert in declared.of("alerts").values():
        yield alert.value.to
    for kind in _RULES:
        for rule in declared.of(kind).values():
            for action in rule.value.then or []:
                if isinstance(action, SlackAction):
                    yield action.slack.partition("/")[2]


class SlackChannels(Translation):
    """One webhook per channel that is posted to. It calls the incoming webhook that the channel names, or else Slack's
    API with the token that the environment names for Slack, whose refusals come with status 200: the helpdesk takes
    them for success, and `golive alerts test` does not."""

    kind = _CHANNELS

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        chat, address = context.instance_of("chat"), item.value.incoming_webhook
        if chat is None and address is None:
            context.leave_out(item, "this environment has no Slack")
            return []
        if item.key not in set(channels_posted_to(context.declared)):
            return []
        payload: Payload = {
            "name": f"Slack #{item.name} (golive)",
            "description": f"{MADE_BY_GOLIVE}for the Slack channel `{item.key}`. Changes made here are put back.",
            "status": "active",
            "http_method": "POST",
            "request_format": "json",
            "subscriptions": ["conditional_ticket_events"],
        }
        if address is not None:
            payload |= {
                "endpoint": address,
                "endpoint_fingerprint": context.fingerprint(address),
                "authentication": None,
            }
        elif chat is not None:
            slack = context.systems[chat]
            url = f"{slack.url.rstrip('/')}/api/chat.postMessage{_CHANNEL}"
            payload["endpoint"] = Text((url, Ref(f"{chat}/slack_channels/{item.key}")))
            payload["authentication"] = {
                "type": "bearer_token",
                "secret": slack.token,
                "fingerprint": context.fingerprint(slack.token),
            }
        return [made(item, context, "zendesk:Webhook", payload, on_remove="delete")]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        payload = parts[""][1]
        kept: dict[str, Any] = {name: payload[name] for name in ("name", "status", "http_method") if name in payload}
        if "endpoint" in payload:
            kept["endpoint"], asked, channel = str(payload["endpoint"]).partition(_CHANNEL)
            kept["channel"] = names.key(SLACK_CHANNEL, channel) if asked else None
        signed_in = payload.get("authentication") or {}
        return {"webhook": {**kept, "auth": signed_in.get("secret")}}

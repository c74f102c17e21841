"""The helpdesk's side of a Slack channel: the webhook through which rules and alerts post into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.declaration import Declared
from config.posting import channels_posted_to
from provisioners.resource import Payload, Ref, Resource, Text
from provisioners.translation import Context, Names, Translation
from provisioners.zendesk.translations.base import MADE_BY_GOLIVE, made

SLACK_CHANNEL = "slack:Channel"
_CHANNEL = "?channel="


class SlackChannels(Translation):
    """One webhook per channel that is posted to. It calls the incoming webhook that the channel names, or else Slack's
    API with the token that the environment names for Slack, whose refusals come with status 200: the helpdesk takes
    them for success, and `golive alerts test` does not."""

    kind = "slack_channels"

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

"""Incoming webhooks: `POST /services/…` with a text posts into the one channel that the address was made for.

Source: docs.slack.dev, “Sending messages using incoming webhooks”: the answer is plain text, `ok` with status 200, and
errors have statuses of their own, unlike those of the Web API. The address itself is the secret.
"""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sandbox.slack.workspace import Workspace
from sandbox.store import Store

PREFIX = "/services/"
TABLE = "incoming_webhooks"


def route(store: Store) -> Route:
    """The vendor's one path pattern."""
    workspace = Workspace(store)

    async def endpoint(request: Request) -> Response:
        row = workspace.table(TABLE).get(request.path_params["address"])
        if row is None:
            return PlainTextResponse("no_service", status_code=404)
        try:
            said = json.loads(await request.body())
        except ValueError:
            return PlainTextResponse("invalid_payload", status_code=400)
        if not isinstance(said, dict):
            return PlainTextResponse("invalid_payload", status_code=400)
        if not said.get("text") and not said.get("blocks"):
            return PlainTextResponse("no_text", status_code=400)
        channel = workspace.channel_named(row["channel"])
        if channel is None:
            return PlainTextResponse("channel_not_found", status_code=404)
        if channel["archived"]:
            return PlainTextResponse("channel_is_archived", status_code=410)
        workspace.add_message(channel["id"], str(said.get("text") or ""), subtype="bot_message")
        return PlainTextResponse("ok")

    return Route(PREFIX + "{address:path}", endpoint, methods=["POST"])

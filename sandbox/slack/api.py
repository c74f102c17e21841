"""The HTTP side: `POST` or `GET /api/METHOD`, arguments in a form, a query or JSON, errors with status 200."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.slack import incoming_webhooks
from sandbox.slack.methods import METHODS as BASIC
from sandbox.slack.user_groups import METHODS as USER_GROUPS
from sandbox.slack.workspace import SlackError, Workspace
from sandbox.store import Row, Store
from sandbox.system import Call

METHODS = {**BASIC, **USER_GROUPS}
READ_SCOPES = (
    "channels:history",
    "channels:read",
    "groups:history",
    "groups:read",
    "team:read",
    "usergroups:read",
    "users:read",
    "users:read.email",
)
WRITE_SCOPES = ("channels:join", "channels:manage", "chat:write", "groups:write", "usergroups:write")
_NARROW = "sandbox-narrow"


def routes(store: Store) -> list[BaseRoute]:
    """The vendor's one path pattern, without the mount."""
    workspace = Workspace(store)

    async def endpoint(request: Request) -> Response:
        method = METHODS.get(request.path_params["method"])
        if method is None:
            return _answer({"ok": False, "error": "unknown_method", "req_method": request.path_params["method"]})
        narrow = request.headers.get("authorization", "").endswith(_NARROW)
        scopes = READ_SCOPES if narrow else (*READ_SCOPES, *WRITE_SCOPES)
        scopes = tuple(workspace.settings.get("scopes") or scopes)
        try:
            if method.scope and method.scope not in scopes:
                raise SlackError("missing_scope", needed=method.scope, provided=",".join(scopes))
            arguments = await _arguments(request)
            document = {"ok": True, **method.call(workspace, arguments)}
        except SlackError as refused:
            document = {"ok": False, "error": refused.code, **refused.more}
        return _answer(document, {"x-oauth-scopes": ",".join(scopes), "x-accepted-oauth-scopes": method.scope or ""})

    return [Route("/api/{method}", endpoint, methods=["GET", "POST"]), incoming_webhooks.route(store)]


def public(call: Call) -> bool:
    """An incoming webhook's address is its own secret."""
    return call.path.startswith(incoming_webhooks.PREFIX)


def writes(call: Call) -> bool:
    """Whether the method changes anything; slack_sdk sends reads as POST, too."""
    method = METHODS.get(call.path.removeprefix("/api/"))
    return call.path.startswith(incoming_webhooks.PREFIX) or (method is not None and method.writes)


def refuse(reason: str, call: Call) -> Response:
    """The vendor's answer where the frame lets a call not through."""
    method = METHODS.get(call.path.removeprefix("/api/"))
    if reason == "throttled":
        return JSONResponse({"ok": False, "error": "ratelimited"}, status_code=429, headers={"Retry-After": "1"})
    if reason in ("error_500", "error_503"):
        error, status = ("internal_error", 500) if reason == "error_500" else ("service_unavailable", 503)
        return JSONResponse({"ok": False, "error": error}, status_code=status)
    if reason == "unauthorized":
        return _answer({"ok": False, "error": "invalid_auth" if call.bearer else "not_authed"})
    if reason == "forbidden":
        needed = (method.scope if method else None) or WRITE_SCOPES[0]
        provided = ",".join(READ_SCOPES)
        return _answer({"ok": False, "error": "missing_scope", "needed": needed, "provided": provided})
    return _answer({"ok": False, "error": "unknown_method"}, status=404)


async def _arguments(request: Request) -> dict[str, Any]:
    arguments: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    kind = request.headers.get("content-type", "")
    if not body:
        return arguments
    if "application/json" in kind:
        try:
            document = json.loads(body)
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(document, dict):
            raise SlackError("json_not_object")
        return arguments | document
    if "form-urlencoded" in kind:
        return arguments | dict(parse_qsl(body.decode(), keep_blank_values=True))
    raise SlackError("invalid_post_type")


def _answer(document: Row, headers: dict[str, str] | None = None, status: int = 200) -> Response:
    return JSONResponse(document, status_code=status, headers=headers)

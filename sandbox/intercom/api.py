"""The HTTP side: paths, versions, files, limits; and for whoever runs the stand-in, a way to add to it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.adding import adding_route
from sandbox.intercom import conversations, files, lists
from sandbox.intercom.limits import IN_WINDOW, Limits, reached
from sandbox.intercom.lists import Handler, Scrolls
from sandbox.intercom.seed import add
from sandbox.intercom.workspace import IntercomError, Workspace, missing
from sandbox.store import Row, Store
from sandbox.system import Call

VERSION = "2.15"
_VERSION = re.compile(r"^(1\.[0-4]|2\.\d{1,2}|Unstable)$")


def _handlers() -> tuple[tuple[str, str, Handler], ...]:
    return (
        ("GET", "/me", lists.me),
        ("GET", "/admins", lists.all_of("admins", "admin.list", "admins")),
        ("GET", "/admins/{id}", lists.one_of("admins", "Admin")),
        ("GET", "/teams", lists.all_of("teams", "team.list", "teams")),
        ("GET", "/tags", lists.all_of("tags", "list")),
        ("GET", "/data_attributes", lists.data_attributes),
        ("GET", "/contacts", lists.contacts),
        ("POST", "/contacts/search", lists.search_contacts),
        ("GET", "/contacts/{id}", lists.contact),
        ("GET", "/contacts/{id}/tags", lists.contact_tags),
        ("GET", "/contacts/{id}/companies", lists.contact_companies),
        ("GET", "/contacts/{id}/notes", lists.contact_notes),
        ("GET", "/companies/scroll", Scrolls().scroll),
        ("POST", "/companies/list", lists.listed_companies),
        ("GET", "/companies/{id}", lists.one_of("companies", "Company")),
        ("GET", "/conversations", conversations.conversations),
        ("POST", "/conversations/search", conversations.search_conversations),
        ("GET", "/conversations/{id}", conversations.conversation),
        ("POST", "/tickets/search", conversations.search_tickets),
        ("GET", "/tickets/{id}", conversations.ticket),
        ("GET", "/ticket_types", lists.all_of("ticket_types", "list")),
        ("GET", "/ticket_states", lists.all_of("ticket_states", "list")),
        ("GET", "/articles", lists.articles),
        ("GET", "/help_center/collections", lists.collections),
    )


def routes(store: Store) -> list[BaseRoute]:
    """Every path, without the mount."""
    limits = Limits()
    return [
        *(Route(path, _endpoint(store, limits, handler), methods=[method]) for method, path, handler in _handlers()),
        Route(files.PLACE + "/{id}/{name:path}", _file(store), methods=["GET"]),
    ]


def _endpoint(store: Store, limits: Limits, handler: Handler) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        version = request.headers.get("intercom-version", VERSION)
        headers = {"Intercom-Version": version}
        try:
            headers |= limits.count(_workspace(store, request))
            if not _VERSION.match(version):
                raise IntercomError(400, "intercom_version_invalid", "The requested version could not be found")
            _check_plan(_workspace(store, request), request.url.path)
            body = await _body(request)
            document = handler(_workspace(store, request), dict(request.path_params), dict(request.query_params), body)
        except IntercomError as refused:
            return _refused(refused, headers)
        return JSONResponse(document, headers=headers)

    return endpoint


def _workspace(store: Store, request: Request) -> Workspace:
    return Workspace(store, f"{request.url.scheme}://{request.headers.get('host', '127.0.0.1')}")


def _check_plan(workspace: Workspace, path: str) -> None:
    """What the workspace has not bought. Source: developers.intercom.com, “HTTP Responses”. Raises IntercomError."""
    first = path.removeprefix("/intercom").strip("/").partition("/")[0]
    if first in workspace.settings.get("without", ()):
        raise IntercomError(403, "api_plan_restricted", "Active subscription needed.")


async def _body(request: Request) -> Row:
    text = await request.body()
    if not text:
        return {}
    try:
        document = json.loads(text)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise IntercomError(400, "invalid_document", "Bad JSON in request body")
    return document


def _refused(refused: IntercomError, headers: dict[str, str]) -> Response:
    return JSONResponse(refused.document, status_code=refused.status, headers={**headers, **refused.headers})


def _file(store: Store) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        return files.answer(_workspace(store, request), request)

    return endpoint


def admin_routes(store: Store) -> list[BaseRoute]:
    return [adding_route(store, "intercom", add, "conversations")]


def public(call: Call) -> bool:
    """Files are opened by the signature in their link."""
    return call.path.startswith(files.PLACE + "/")


def writes(call: Call) -> bool:
    """Whether a call can change anything: searches and one list travel as POST."""
    reads = call.path.endswith("/search") or call.path == "/companies/list"
    return call.method not in ("GET", "HEAD", "OPTIONS") and not reads


def refuse(reason: str, call: Call) -> Response:
    """The vendor's answer where the frame lets a call not through."""
    match reason:
        case "throttled":
            refused = reached(IN_WINDOW)
        case "unauthorized":
            refused = IntercomError(401, "unauthorized", "Access Token Invalid")
        case "forbidden":
            refused = IntercomError(403, "forbidden", "The token has not the permission that this needs")
        case "unknown_path":
            refused = missing("Requested resource")
        case _:
            status = 500 if reason == "error_500" else 503
            code = "server_error" if status == 500 else "service_unavailable"
            refused = IntercomError(status, code, "Sorry, the API service is not available")
    return _refused(refused, {})

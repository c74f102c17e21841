"""The HTTP side: paths below `/api/v2`, files, limits; and for whoever runs the stand-in, a way to add to it."""

from __future__ import annotations

import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.adding import adding_route
from sandbox.freshdesk import account_export, files, lists, tickets
from sandbox.freshdesk.account import Account, Answer, FreshdeskError, missing
from sandbox.freshdesk.limits import Limits, reached
from sandbox.freshdesk.lists import Handler
from sandbox.freshdesk.seed import add
from sandbox.store import Row, Store
from sandbox.system import Call

API = "/api/v2"
HANDLERS: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/tickets", tickets.listed),
    ("GET", "/tickets/archived/{id}", tickets.archived),
    ("GET", "/tickets/archived/{id}/conversations", tickets.archived_conversations),
    ("GET", "/tickets/{id}", tickets.viewed),
    ("GET", "/tickets/{id}/conversations", tickets.conversations),
    ("GET", "/contacts", lists.contacts),
    ("GET", "/contacts/{id}", lists.one_of("contacts")),
    ("GET", "/companies", lists.companies),
    ("GET", "/companies/{id}", lists.one_of("companies")),
    ("GET", "/agents", lists.all_of("agents")),
    ("GET", "/agents/me", lists.me),
    ("GET", "/agents/{id}", lists.one_of("agents")),
    ("GET", "/groups", lists.all_of("groups")),
    ("GET", "/groups/{id}", lists.one_of("groups")),
    ("GET", "/ticket_fields", lists.ticket_fields),
    ("GET", "/canned_response_folders", lists.all_of("canned_folders")),
    ("GET", "/canned_response_folders/{id}/responses", lists.canned_responses),
    ("GET", "/solutions/categories", lists.all_of("categories")),
    ("GET", "/solutions/categories/{id}/folders", lists.children("folders", "categories", "_in_category")),
    ("GET", "/solutions/folders/{id}/subfolders", lists.children("folders", "folders", "parent_folder_id")),
    ("GET", "/solutions/folders/{id}/articles", lists.children("articles", "folders", "folder_id")),
    ("GET", "/solutions/folders/{id}/articles/{language}", lists.translated_articles),
    ("GET", "/automations/{type}/rules", lists.rules),
    ("GET", "/scenario_automations", lists.all_of("scenarios")),
    ("GET", "/settings/helpdesk", lists.helpdesk_settings),
    ("POST", "/account/export", account_export.ask),
    ("GET", "/account/export/{id}", account_export.state),
)


def routes(store: Store) -> list[BaseRoute]:
    """Every path, without the mount."""
    limits = Limits()
    return [
        *(
            Route(API + path, _endpoint(store, limits, path, handler), methods=[method])
            for method, path, handler in HANDLERS
        ),
        Route(files.PLACE + "/attachments/production/{id}/original/{name:path}", _attachment(store), methods=["GET"]),
        Route(files.PLACE + "/exports/{id}.zip", _export(store), methods=["GET"]),
    ]


def _endpoint(store: Store, limits: Limits, path: str, handler: Handler) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        account = _account(store, request)
        query = dict(request.query_params)
        headers: dict[str, str] = {"X-Freshdesk-Api-Version": "latest=v2; requested=v2"}
        try:
            headers |= limits.count(account, path, query.get("include", ""))
            answer = handler(account, dict(request.path_params), query, await _body(request))
        except FreshdeskError as refused:
            return _refused(refused, headers)
        if answer.more:
            headers["Link"] = f'<{_next(request)}>; rel="next"'
        return _json(answer, headers)

    return endpoint


def _account(store: Store, request: Request) -> Account:
    return Account(store, f"{request.url.scheme}://{request.headers.get('host', '127.0.0.1')}")


def _next(request: Request) -> str:
    page = int(request.query_params.get("page", "1")) + 1
    return str(request.url.include_query_params(page=page))


async def _body(request: Request) -> Row:
    text = await request.body()
    if not text:
        return {}
    try:
        document = json.loads(text)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise FreshdeskError(400, {"code": "invalid_json", "message": "Request body has invalid json format"})
    return document


def _json(answer: Answer, headers: dict[str, str]) -> Response:
    return JSONResponse(answer.document, status_code=answer.status, headers=headers)


def _refused(refused: FreshdeskError, headers: dict[str, str]) -> Response:
    every = {**headers, **refused.headers}
    if refused.document is None:
        return Response(status_code=refused.status, headers=every)
    return JSONResponse(refused.document, status_code=refused.status, headers=every)


def _attachment(store: Store) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        account, ids = _account(store, request), request.path_params
        refusal = files.refusal(account, request, f"attachments/production/{ids['id']}/original/{ids['name']}")
        row = account.table("attachments").get(ids["id"])
        return refusal or (files.content(row) if row else _refused(missing(), {}))

    return endpoint


def _export(store: Store) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        account, identifier = _account(store, request), request.path_params["id"]
        refusal = files.refusal(account, request, f"exports/{identifier}.zip")
        row = account.table("exports").get(identifier)
        if refusal or row is None:
            return refusal or _refused(missing(), {})
        return Response(account_export.archive(account, row), media_type="application/zip")

    return endpoint


def admin_routes(store: Store) -> list[BaseRoute]:
    return [adding_route(store, "freshdesk", add, "tickets")]


def token(call: Call) -> str | None:
    """The key stands where a name would; what stands for the password does not matter."""
    return call.basic[0] if call.basic else None


def public(call: Call) -> bool:
    """Files are opened by the signature in their link."""
    return call.path.startswith(files.PLACE + "/")


def refuse(reason: str, call: Call) -> Response:
    """The vendor's answer where the frame lets a call not through."""
    match reason:
        case "throttled":
            return _refused(reached(60), {})
        case "unauthorized":
            refused = FreshdeskError(
                401, {"code": "invalid_credentials", "message": "You have to be logged in to perform this action."}
            )
        case "forbidden":
            refused = FreshdeskError(
                403, {"code": "access_denied", "message": "You are not authorized to perform this action."}
            )
        case "unknown_path":
            refused = missing()
        case _:
            status = 500 if reason == "error_500" else 503
            refused = FreshdeskError(status, {"message": "We're sorry, but something went wrong."})
    return _refused(refused, {})

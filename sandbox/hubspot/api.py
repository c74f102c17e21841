"""The HTTP side: paths, JSON, scopes, limits; refusals with `category` and `correlationId`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.hubspot import pipelines, properties, records, scopes
from sandbox.hubspot.limits import Limits, reached
from sandbox.hubspot.portal import HubSpotError, Portal, invalid, object_named, page
from sandbox.hubspot.search import search
from sandbox.store import Row, Store
from sandbox.system import Call

NARROW = "sandbox-narrow"
TOKEN_INFO = "/oauth/v2/private-apps/get/access-token-info"  # noqa: S105 - a path
Answer: TypeAlias = tuple[int, object]
Handler: TypeAlias = Callable[[Portal, dict[str, str], dict[str, str], Row], Answer]
"""From the account, the path's parts, the query and the body to status and document (None: no body)."""


def account(portal: Portal, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    about = portal.about()
    return 200, {name: about[name] for name in about if name not in ("id", "userId", "name")}


def token_info(portal: Portal, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    """Whose token it is. It travels in the body, too."""
    brought = body.get("tokenKey")
    if not brought or brought != query["_token"]:
        raise invalid("tokenKey is not a private app's access token", at="tokenKey")
    about = portal.about()
    narrow = brought == NARROW
    return 200, {"userId": about["userId"], "hubId": about["portalId"], "appId": 1,
                 "scopes": scopes.held(portal, narrow=narrow)}  # fmt: skip


def owners(portal: Portal, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    wanted = query.get("archived", "false") == "true"
    rows = [row for row in portal.table("owners").values() if row["archived"] == wanted]
    if query.get("email"):
        rows = [row for row in rows if row["email"].lower() == query["email"].lower()]
    return 200, page(rows, {"limit": "100", **query}, 500)


def _all(rows: list[Row]) -> Row:
    return {"results": rows}


def _properties(portal: Portal, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    return 200, _all(properties.listed(portal, ids["object"], archived=query.get("archived") == "true"))


def _property(portal: Portal, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    return 200, properties.find(portal, ids["object"], ids["name"], archived=query.get("archived") == "true")


def _delete_property(portal: Portal, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    properties.archive(portal, ids["object"], ids["name"])
    return 204, None


def _delete_group(portal: Portal, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    properties.archive_group(portal, ids["object"], ids["name"])
    return 204, None


def _delete_pipeline(portal: Portal, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    pipelines.archive(portal, ids["pipeline"], checked=query.get("validateReferencesBeforeDelete") == "true")
    return 204, None


def _delete_stage(portal: Portal, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    pipelines.archive_stage(portal, ids["pipeline"], ids["stage"])
    return 204, None


def _delete_record(portal: Portal, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    records.archive(portal, ids["object"], ids["id"])
    return 204, None


_SCHEMAS, _RECORDS = "schemas", "objects"
_PIPELINES = "/crm/v3/pipelines/{object}"
HANDLERS: tuple[tuple[str, str, str, Handler], ...] = (
    ("GET", "/account-info/v3/details", "", account),
    ("POST", TOKEN_INFO, "", token_info),
    ("GET", "/crm/v3/owners", "crm.objects.owners.read", owners),
    ("GET", "/crm/v3/properties/{object}", _SCHEMAS, _properties),
    ("POST", "/crm/v3/properties/{object}", _SCHEMAS, lambda p, i, q, b: (201, properties.create(p, i["object"], b))),
    ("GET", "/crm/v3/properties/{object}/groups", _SCHEMAS,
     lambda p, i, q, b: (200, _all(properties.groups(p, i["object"])))),
    ("POST", "/crm/v3/properties/{object}/groups", _SCHEMAS,
     lambda p, i, q, b: (201, properties.create_group(p, i["object"], b))),
    ("GET", "/crm/v3/properties/{object}/groups/{name}", _SCHEMAS,
     lambda p, i, q, b: (200, properties.find_group(p, i["object"], i["name"]))),
    ("PATCH", "/crm/v3/properties/{object}/groups/{name}", _SCHEMAS,
     lambda p, i, q, b: (200, properties.update_group(p, i["object"], i["name"], b))),
    ("DELETE", "/crm/v3/properties/{object}/groups/{name}", _SCHEMAS, _delete_group),
    ("GET", "/crm/v3/properties/{object}/{name}", _SCHEMAS, _property),
    ("PATCH", "/crm/v3/properties/{object}/{name}", _SCHEMAS,
     lambda p, i, q, b: (200, properties.update(p, i["object"], i["name"], b))),
    ("DELETE", "/crm/v3/properties/{object}/{name}", _SCHEMAS, _delete_property),
    ("GET", _PIPELINES, _SCHEMAS, lambda p, i, q, b: (200, _all(pipelines.listed(p)))),
    ("POST", _PIPELINES, _SCHEMAS, lambda p, i, q, b: (201, pipelines.create(p, b))),
    ("GET", _PIPELINES + "/{pipeline}", _SCHEMAS, lambda p, i, q, b: (200, pipelines.shown(p, i["pipeline"]))),
    ("PATCH", _PIPELINES + "/{pipeline}", _SCHEMAS, lambda p, i, q, b: (200, pipelines.update(p, i["pipeline"], b))),
    ("DELETE", _PIPELINES + "/{pipeline}", _SCHEMAS, _delete_pipeline),
    ("GET", _PIPELINES + "/{pipeline}/stages", _SCHEMAS,
     lambda p, i, q, b: (200, _all(pipelines.stages(p, i["pipeline"])))),
    ("POST", _PIPELINES + "/{pipeline}/stages", _SCHEMAS,
     lambda p, i, q, b: (201, pipelines.create_stage(p, i["pipeline"], b))),
    ("GET", _PIPELINES + "/{pipeline}/stages/{stage}", _SCHEMAS,
     lambda p, i, q, b: (200, pipelines.find_stage(p, i["pipeline"], i["stage"]))),
    ("PATCH", _PIPELINES + "/{pipeline}/stages/{stage}", _SCHEMAS,
     lambda p, i, q, b: (200, pipelines.update_stage(p, i["pipeline"], i["stage"], b))),
    ("DELETE", _PIPELINES + "/{pipeline}/stages/{stage}", _SCHEMAS, _delete_stage),
    ("POST", "/crm/v3/objects/{object}/search", _RECORDS, lambda p, i, q, b: (200, search(p, i["object"], b))),
    ("POST", "/crm/v3/objects/{object}/batch/read", _RECORDS, lambda p, i, q, b: records.batch(p, i["object"], b)),
    ("GET", "/crm/v3/objects/{object}", _RECORDS, lambda p, i, q, b: (200, records.listed_page(p, i["object"], q))),
    ("POST", "/crm/v3/objects/{object}", _RECORDS, lambda p, i, q, b: (201, records.create(p, i["object"], b))),
    ("GET", "/crm/v3/objects/{object}/{id}", _RECORDS,
     lambda p, i, q, b: (200, records.shown(p, i["object"], records.find(p, i["object"], i["id"]),
                                            q.get("properties", "")))),
    ("PATCH", "/crm/v3/objects/{object}/{id}", _RECORDS,
     lambda p, i, q, b: (200, records.update(p, i["object"], i["id"], b))),
    ("DELETE", "/crm/v3/objects/{object}/{id}", _RECORDS, _delete_record),
)  # fmt: skip
"""Method, path, what the token needs (a scope, or the area whose scope depends on the object), what answers."""


def routes(store: Store) -> list[BaseRoute]:
    """Every path, without the mount; the vendor takes them with a stroke behind them, too."""
    limits = Limits()
    return [
        Route(f"{path}{end}", _endpoint(store, limits, method, path, area, handler), methods=[method])
        for method, path, area, handler in HANDLERS
        for end in ("", "/")
    ]


def _endpoint(
    store: Store, limits: Limits, method: str, path: str, area: str, handler: Handler
) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        portal = Portal(store)
        headers: dict[str, str] = {}
        try:
            headers = limits.count(portal, searches=path.endswith("/search"))
            ids = dict(request.path_params)
            if "object" in ids:
                ids["object"] = object_named(ids["object"])
                if "/pipelines/" in path and ids["object"] != "tickets":
                    raise invalid(f"{ids['object']} have no pipelines here")
            _check_scope(portal, method, path, area, ids)
            query = dict(request.query_params)
            query["_token"] = request.headers.get("authorization", "").partition(" ")[2]
            status, document = handler(portal, ids, query, await _body(request))
        except HubSpotError as refused:
            return _refused(portal, refused)
        if document is None:
            return Response(status_code=status, headers=headers)
        return JSONResponse(document, status_code=status, headers=headers)

    return endpoint


def _check_scope(portal: Portal, method: str, path: str, area: str, ids: dict[str, str]) -> None:
    if area in (_SCHEMAS, _RECORDS):
        reads = method == "GET" or path.endswith(("/search", "/batch/read"))
        area = scopes.needed(area, ids["object"], writes=not reads)
    if area:
        scopes.check(portal, area)


async def _body(request: Request) -> Row:
    text = await request.body()
    if not text:
        return {}
    if "application/json" not in request.headers.get("content-type", ""):
        raise HubSpotError(415, "VALIDATION_ERROR", "Unsupported Media Type")
    try:
        document = json.loads(text)
    except ValueError:
        raise invalid("Invalid input JSON") from None
    if not isinstance(document, dict):
        raise invalid("Invalid input JSON: an object is expected")
    return document


def _refused(portal: Portal, refused: HubSpotError) -> Response:
    document = {**refused.document, "correlationId": portal.correlation_id()}
    return JSONResponse(document, status_code=refused.status)


def writes(call: Call) -> bool:
    """Searches, reading by ids, and asking whose token it is travel as POST."""
    return call.method != "GET" and not call.path.endswith(("/search", "/batch/read", TOKEN_INFO))


def refuse(reason: str, call: Call) -> Response:
    """The vendor's answer where the frame lets a call not through."""
    match reason:
        case "throttled":
            refused = reached("TEN_SECONDLY_ROLLING")
        case "unauthorized":
            refused = HubSpotError(
                401, "INVALID_AUTHENTICATION",
                "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find "
                "more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
            )  # fmt: skip
        case "forbidden":
            words = call.path.strip("/").split("/")
            owner = words[3] if len(words) > 3 else "companies"
            area = _RECORDS if "/objects/" in call.path else _SCHEMAS
            refused = scopes.missing_scopes([scopes.needed(area, owner, writes=True)])
        case "unknown_path":
            return Response(
                "<html><body><h2>HTTP ERROR 404</h2></body></html>", status_code=404, media_type="text/html"
            )
        case _:
            refused = HubSpotError(500 if reason == "error_500" else 503, "INTERNAL_ERROR", "internal error")
    document = {**refused.document, "correlationId": "00000000-0000-0000-0000-000000000000"}
    return JSONResponse(document, status_code=refused.status)

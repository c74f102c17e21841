"""The HTTP side: paths below `/rest/api/2` and `/rest/api/3`, JSON, refusals with `errorMessages` and `errors`."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.jira import components, issues
from sandbox.jira.site import JiraError, Site, page
from sandbox.store import Row, Store
from sandbox.system import Call

NARROW = "sandbox-narrow"
Answer: TypeAlias = tuple[int, object]
Handler: TypeAlias = Callable[[Site, Row, dict[str, str], Row], Answer]
"""From the site, the path's parts, the query and the body to status and document (None: no body)."""


def myself(site: Site, ids: Row, query: dict[str, str], body: Row) -> Answer:
    return 200, site.person_document(next(iter(site.table("users").values())))


def server_info(site: Site, ids: Row, query: dict[str, str], body: Row) -> Answer:
    about = site.about()
    return 200, {
        "baseUrl": f"https://{about['host']}",
        "deploymentType": "Cloud",
        "serverTitle": about["name"],
        "version": "1001.0.0-SNAPSHOT",
    }


def my_permissions(site: Site, ids: Row, query: dict[str, str], body: Row) -> Answer:
    asked = [name for name in query.get("permissions", "").split(",") if name]
    if not asked:
        raise JiraError(400, "The 'permissions' query parameter is required.")
    narrow = query.get("_token") == NARROW
    writing = ("ADMINISTER_PROJECTS", "ADMINISTER", "CREATE_ISSUES")
    held = {name: {"key": name, "havePermission": not (narrow and name in writing)} for name in asked}
    return 200, {"permissions": held}


def projects(site: Site, ids: Row, query: dict[str, str], body: Row) -> Answer:
    return 200, page([site.project_document(row) for row in site.table("projects").values()], query)


def project(site: Site, ids: Row, query: dict[str, str], body: Row) -> Answer:
    return 200, site.project_document(site.project(ids["project"]))


def issue_types(site: Site, ids: Row, query: dict[str, str], body: Row) -> Answer:
    return 200, page(site.project(ids["project"])["issue_types"], query, "issueTypes")


def create_fields(site: Site, ids: Row, query: dict[str, str], body: Row) -> Answer:
    """What an issue of a type can be made with; which priorities a project allows stands here."""
    row = site.project(ids["project"])
    if not any(each["id"] == ids["type"] for each in row["issue_types"]):
        raise JiraError(404, "Issue type does not exist in the project.")
    known = site.table("priorities").values()
    allowed = [each for each in known if each["name"] in row["priorities"]]
    fields: list[Row] = [
        {"fieldId": "summary", "key": "summary", "name": "Summary", "required": True},
        {"fieldId": "description", "key": "description", "name": "Description", "required": False},
        {"fieldId": "priority", "key": "priority", "name": "Priority", "required": False, "allowedValues": allowed},
    ]
    return 200, page(fields, query, "fields")


def search_users(site: Site, ids: Row, query: dict[str, str], body: Row) -> Answer:
    """People whose name or address begins with the text, as far as their profile shows it; by whole address always."""
    text = query.get("query", "").lower()
    if not text:
        raise JiraError(400, "Either the 'query' or the 'accountId' query parameter must be set.")
    found = [
        site.person_document(user)
        for user in site.table("users").values()
        if text == user["email"].lower()
        or user["name"].lower().startswith(text)
        or (not user["hidden"] and user["email"].lower().startswith(text))
    ]
    return 200, found[: int(query.get("maxResults", "50"))]


HANDLERS: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "myself", myself),
    ("GET", "serverInfo", server_info),
    ("GET", "mypermissions", my_permissions),
    ("GET", "project/search", projects),
    ("GET", "project/{project}", project),
    ("GET", "issue/createmeta/{project}/issuetypes", issue_types),
    ("GET", "issue/createmeta/{project}/issuetypes/{type}", create_fields),
    ("GET", "user/search", search_users),
    ("GET", "project/{project}/component", components.listed),
    ("POST", "component", components.create),
    ("GET", "component/{component}", components.shown),
    ("PUT", "component/{component}", components.update),
    ("DELETE", "component/{component}", components.delete),
    ("GET", "component/{component}/relatedIssueCounts", components.issue_count),
    ("POST", "issue", issues.create),
    ("GET", "issue/{issue}", issues.shown),
    ("GET", "search/jql", issues.search),
)


def routes(store: Store) -> list[BaseRoute]:
    """Every path in both versions, without the mount."""
    found: list[BaseRoute] = []
    for version in ("2", "3"):
        for method, path, handler in HANDLERS:
            endpoint = _endpoint(store, handler, version)
            found.append(Route(f"/rest/api/{version}/{path}", endpoint, methods=[method]))
    return found


def _endpoint(store: Store, handler: Handler, version: str) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        site = Site(store, str(request.base_url).rstrip("/"))
        query = dict(request.query_params)
        if NARROW in (_secret(request.headers.get("authorization", "")) or ""):
            query["_token"] = NARROW
        try:
            body = await _body(request)
            ids = {**request.path_params, "version": version}
            status, document = handler(site, ids, query, body)
        except JiraError as refused:
            return JSONResponse(refused.document, status_code=refused.status)
        return Response(status_code=status) if document is None else JSONResponse(document, status_code=status)

    return endpoint


async def _body(request: Request) -> Row:
    text = await request.body()
    if not text:
        return {}
    if "application/json" not in request.headers.get("content-type", ""):
        raise JiraError(415, "Unsupported Media Type")
    try:
        document = json.loads(text)
    except ValueError:
        raise JiraError(400, "There was an error parsing JSON. Check that your request body is valid.") from None
    if not isinstance(document, dict):
        raise JiraError(400, "Invalid request payload. Refer to the REST API documentation and try again.")
    return document


def token(call: Call) -> str | None:
    """An API token travels as the password of basic authentication, with the person's address as the name."""
    return call.basic[1] if call.basic is not None and "@" in call.basic[0] else None


def _secret(header: str) -> str | None:
    scheme, _, text = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    return base64.b64decode(text).decode().partition(":")[2]


_REFUSALS = {
    "unauthorized": (401, "Client must be authenticated to access this resource."),
    "forbidden": (403, "You do not have permission to do this."),
    "unknown_path": (404, "null for uri"),
    "throttled": (429, "Rate limit exceeded."),
    "error_500": (500, "Internal server error"),
    "error_503": (503, "Service temporarily unavailable"),
}


def refuse(reason: str, call: Call) -> Response:
    """The vendor's answer where the frame lets a call not through."""
    status, message = _REFUSALS[reason]
    if reason == "unauthorized":
        return Response(message, status_code=status, headers={"WWW-Authenticate": 'OAuth realm="jira"'})
    headers = {"Retry-After": "1", "RateLimit-Reason": "jira-burst-based"} if reason == "throttled" else None
    return JSONResponse({"errorMessages": [message], "errors": {}}, status_code=status, headers=headers)

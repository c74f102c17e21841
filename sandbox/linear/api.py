"""The HTTP side: `POST /graphql`; refusals stand under `errors`, mostly with status 200."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    build_schema,
    execute_sync,
    parse,
    validate,
)
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.linear.complexity import MOST_IN_AN_HOUR, MOST_IN_ONE, complexity
from sandbox.linear.workspace import MUTATIONS, QUERIES, LinearError, Workspace
from sandbox.store import Row, Store
from sandbox.system import Call

SCHEMA = build_schema(files("sandbox.linear").joinpath("schema.graphql").read_text("utf-8"))
REQUESTS_AN_HOUR = 5000


class _Resolver:
    """The root of a document: each of its fields is one of the workspace's queries or mutations."""

    def __init__(self, workspace: Workspace) -> None:
        for name, call in {**QUERIES, **MUTATIONS}.items():
            setattr(self, name, lambda info, _call=call, **arguments: _call(workspace, **arguments))


def routes(store: Store) -> list[BaseRoute]:
    async def endpoint(request: Request) -> Response:
        try:
            document = json.loads(await request.body() or b"null")
        except ValueError:
            document = None
        if not isinstance(document, dict) or not isinstance(document.get("query"), str):
            return _refused("POST body missing, invalid Content-Type, or JSON object has no keys.", "BAD_REQUEST")
        return _answer(store, document["query"], document.get("variables") or {}, document.get("operationName"))

    return [Route("/graphql", endpoint, methods=["POST"])]


def _answer(store: Store, text: str, variables: Row, name: str | None) -> Response:
    try:
        document = parse(text)
    except GraphQLError as wrong:
        return _refused(wrong.message, "GRAPHQL_PARSE_FAILED")
    wrongs = validate(SCHEMA, document)
    if wrongs:
        return _refused(wrongs[0].message, "GRAPHQL_VALIDATION_FAILED")
    operation = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    points = complexity(operation, variables)
    headers = {"X-Complexity": str(points), **_budget(store, points)}
    if points > MOST_IN_ONE:
        return _refused(f"Query too complex: {points} points", "INPUT_ERROR", headers)
    if headers["X-RateLimit-Complexity-Remaining"] == "0" or headers["X-RateLimit-Requests-Remaining"] == "0":
        return _refused("Rate limit exceeded", "RATELIMITED", headers)
    result = execute_sync(
        SCHEMA, document, root_value=_Resolver(Workspace(store)), variable_values=variables, operation_name=name
    )
    shown: Row = {"data": result.data}
    if result.errors:
        shown["errors"] = [_error(each) for each in result.errors]
    return JSONResponse(shown, status_code=_status(result), headers=headers)


def _status(result: ExecutionResult) -> int:
    """Variables that do not fit the document are a bad request; what the workspace refuses is not."""
    of_workspace = all(isinstance(each.original_error, LinearError) for each in result.errors or [])
    return 200 if of_workspace else 400


def _error(wrong: GraphQLError) -> Row:
    shown: Row = {"message": wrong.message}
    if wrong.path:
        shown["path"] = list(wrong.path)
    cause = wrong.original_error
    shown["extensions"] = cause.extensions if isinstance(cause, LinearError) else {"code": "BAD_USER_INPUT"}
    return shown


def _budget(store: Store, points: int) -> dict[str, str]:
    """What is left of the hour, this document taken off, as the vendor's headers say it."""
    spent = store.table("linear", "_budget").setdefault("now", {"hour": 0, "requests": 0, "points": 0})
    hour = int(store.clock() // 3600)
    if spent["hour"] != hour:
        spent.update(hour=hour, requests=0, points=0)
    spent["requests"] += 1
    spent["points"] += points
    reset = str((hour + 1) * 3600 * 1000)
    limit = int(store.settings("linear").get("points_an_hour") or MOST_IN_AN_HOUR)
    return {
        "X-RateLimit-Requests-Limit": str(REQUESTS_AN_HOUR),
        "X-RateLimit-Requests-Remaining": str(max(0, REQUESTS_AN_HOUR - spent["requests"])),
        "X-RateLimit-Requests-Reset": reset,
        "X-RateLimit-Complexity-Limit": str(limit),
        "X-RateLimit-Complexity-Remaining": str(max(0, limit - spent["points"])),
        "X-RateLimit-Complexity-Reset": reset,
    }


def _refused(message: str, code: str, headers: dict[str, str] | None = None, status: int = 400) -> Response:
    error = {"message": message, "extensions": {"code": code, "userPresentableMessage": message}}
    return JSONResponse({"errors": [error]}, status_code=status, headers=headers)


def token(call: Call) -> str | None:
    """A personal key is the whole header; only tokens of applications have `Bearer` before them."""
    header = call.headers.get("authorization", "")
    return header if header and " " not in header else call.bearer


def writes(call: Call) -> bool:
    """Whether a document holds a mutation; all travel as POST."""
    document: Any = call.document()
    if not isinstance(document, dict):
        return False
    try:
        parsed = parse(str(document.get("query", "")))
    except GraphQLError:
        return False
    return any(
        isinstance(each, OperationDefinitionNode) and each.operation == OperationType.MUTATION
        for each in parsed.definitions
    )


def refuse(reason: str, call: Call) -> Response:
    """The vendor's answer where the frame lets a call not through; a limit is a 400 with a code of its own."""
    match reason:
        case "throttled":
            return _refused("Rate limit exceeded", "RATELIMITED", {"Retry-After": "1"})
        case "unauthorized":
            return _refused("Authentication required, not authenticated", "AUTHENTICATION_ERROR", status=401)
        case "forbidden":
            return _refused("You don't have permission to perform this action", "FORBIDDEN", status=403)
        case "unknown_path":
            return Response("Not Found", status_code=404)
    return _refused("Internal server error", "INTERNAL_SERVER_ERROR", status=500 if reason == "error_500" else 503)

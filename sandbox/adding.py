"""`POST /sandbox/SYSTEM`: add what the body lists, in the words of a seed file."""

from __future__ import annotations

import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.store import Row, Store


def adding_route(store: Store, system: str, add: Callable[[Store, Row], None], table: str) -> Route:
    """table: whose rows the answer counts."""

    async def more(request: Request) -> Response:
        try:
            document = json.loads(await request.body() or b"null")
            if not isinstance(document, dict):
                raise ValueError(f"the body is an object, as what stands below `{system}:` in a seed file")
            add(store, document)
        except (ValueError, KeyError, TypeError) as wrong:
            return JSONResponse({"error": f"{wrong}"}, status_code=400)
        return JSONResponse({table: len(store.table(system, table))})

    return Route(f"/sandbox/{system}", more, methods=["POST"])

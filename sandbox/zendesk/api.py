"""The API's front door: limits, the table of endpoints, the warning header."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.gate import NARROW_TOKEN
from sandbox.store import Store
from sandbox.system import Call
from sandbox.zendesk import audit_logs
from sandbox.zendesk.account import Account
from sandbox.zendesk.actor import acting_user, is_agent
from sandbox.zendesk.endpoint import ApiCall, Endpoint, Endpoints
from sandbox.zendesk.jobs import carry_out_due
from sandbox.zendesk.limits import Limits
from sandbox.zendesk.multipart import form, is_form
from sandbox.zendesk.refusals import Refused, forbidden, refuse, titled

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
WARNING = "x-zendesk-api-warn"
OF_CUSTOMERS = re.compile(r"(requests|users/me|locales|ticket_forms)(/|$)")
"""What customers may call."""

FILES = frozenset({"uploads"})
"""Paths to which files are sent as they are."""


class Api:
    """Answers every call below `/zendesk/api/v2/`."""

    def __init__(self, store: Store, endpoints: Iterable[Endpoint]) -> None:
        self.account = Account(store)
        self.limits = Limits(self.account)
        self.endpoints = Endpoints(endpoints)

    def routes(self) -> list[BaseRoute]:
        """One route, and one below the name of a brand, whose help center has an address of its own at the vendor's."""
        paths = ("/api/v2/{rest:path}", "/brands/{brand}/api/v2/{rest:path}")
        return [Route(path, self.answer, methods=METHODS) for path in paths]

    async def answer(self, request: Request) -> Response:
        """Limit, find, handle, warn."""
        path = request.path_params["rest"].strip("/").removesuffix(".json")
        verdict = self.limits.take(request.method, path)
        raw = Call("zendesk", request.method, path, request.url.query, dict(request.headers), b"")
        if verdict.retry_after is not None:
            response = refuse("throttled", raw)
            response.headers["retry-after"] = str(verdict.retry_after)
        else:
            response = self._handle(request, raw, path, await request.body())
        response.headers.update(verdict.headers)
        return response

    def _handle(self, request: Request, raw: Call, path: str, body: bytes) -> Response:
        found = self.endpoints.find(request.method, path)
        if found is None:
            return refuse("unknown_path", raw)
        handler, ids = found
        brand = self._brand(request)
        call = ApiCall(
            account=self.account,
            method=request.method,
            path=path,
            query=_asked(request),
            base=f"{request.url.scheme}://{request.url.netloc}/zendesk" + _below(request),
            brand=brand,
            reads_only=raw.bearer == NARROW_TOKEN,
            signed_in=raw.bearer is not None or raw.basic is not None,
            user=raw.basic[0].removesuffix("/token") if raw.basic else "",
            ids=ids,
        )
        carry_out_due(self.account, self.endpoints.known)
        try:
            if path in FILES:
                call.content, call.content_type = body, request.headers.get("content-type", "")
            elif body and is_form(request.headers.get("content-type", "")):
                call.document = form(body, request.headers["content-type"])
            elif body:
                call.document = _parsed(body)
            _refuse_customer(call)
            told = audit_logs.before(call)
            response = handler(call)
        except Refused as why:
            return JSONResponse(why.body, why.status, why.headers)
        if told is not None:
            audit_logs.note(call, told, json.loads(bytes(response.body) or b"{}"))
        if request.method != "GET" and (call.unpermitted or call.misfits):
            response.headers[WARNING] = _warning(call)
        return response

    def _brand(self, request: Request) -> str:
        """The subdomain of the brand that the address names, in its path or as the first word of its host."""
        if "brand" in request.path_params:
            return str(request.path_params["brand"])
        word = str(request.url.hostname).partition(".")[0]
        return next((word for row in self.account.rows("brands").values() if row["subdomain"] == word), "")


def _below(request: Request) -> str:
    brand = request.path_params.get("brand")
    return f"/brands/{brand}" if brand else ""


def _refuse_customer(call: ApiCall) -> None:
    """Raises `Refused` (403) where a customer asks for more than customers may."""
    if call.user and not is_agent(acting_user(call)) and not OF_CUSTOMERS.match(call.path):
        raise forbidden()


def _asked(request: Request) -> dict[str, str]:
    """The query; a name that may be given several times (`role[]`) holds all its values, with commas between them."""
    given = request.query_params
    return {name: ",".join(given.getlist(name)) if name.endswith("[]") else given[name] for name in given}


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError as why:
        raise titled(400, "Unprocessable", "The body is not JSON.") from why


def _warning(call: ApiCall) -> str:
    """What was left out, in the vendor's notation (a printed Ruby hash)."""
    controller = call.path.partition("/")[0]
    return (
        f'{{:allowed_parameters=>{{:controller=>"{controller}", :action=>"{call.method.lower()}", '
        f":unpermitted_keys=>{json.dumps(call.unpermitted)}, :invalid_values=>{json.dumps(call.misfits)}}}}}"
    )

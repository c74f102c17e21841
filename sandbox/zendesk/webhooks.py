"""Webhooks: text ids, no body after updates, secrets never returned, no warning header."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.identifiers import ulid
from sandbox.zendesk.refusals import Refused, listed
from sandbox.zendesk.resource import Resource

REQUIRED = ("name", "endpoint", "http_method", "request_format", "status")
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
FORMATS = frozenset({"json", "xml", "form_encoded"})
AUTHENTICATION = {"basic_auth": ("username", "password"), "bearer_token": ("token",), "api_key": ("name", "value")}
TRIAL_MAXIMUM = 10
OWN_TOKENS = "sandbox"
"""With this begin the stand-ins' own tokens; no other secret is kept."""


def _new_id(call: ApiCall) -> str:
    return ulid(call.account.store, "zendesk webhooks")


def _bad(field: str, why: str) -> Refused:
    return listed(400, "InvalidValue", f"Invalid {field}", f"{field} {why}")


def _authentication(given: Any) -> Row | None:
    """What is kept of a sign-in: its sort, and that a secret is there; all of it where the secret is a stand-in's."""
    if not given:
        return None
    kind, data = given.get("type"), given.get("data")
    needed = AUTHENTICATION.get(str(kind))
    if needed is None:
        raise _bad("authentication", f"type must be one of {', '.join(AUTHENTICATION)}")
    if not isinstance(data, dict) or not all(data.get(name) for name in needed):
        raise _bad("authentication", f"data needs {', '.join(needed)}")
    digest = hashlib.sha256(repr(sorted(data.items())).encode()).hexdigest()
    kept: Row = {"type": kind, "add_position": given.get("add_position", "header"), "_digest": digest}
    secret = str(data[needed[-1]])
    return {**kept, "_data": dict(data)} if secret.startswith(OWN_TOKENS) else kept


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    for name in REQUIRED:
        if not str(row.get(name) or "").strip():
            raise _bad(name, "is required")
    if not re.match(r"https?://", str(row["endpoint"])):
        raise _bad("endpoint", "must be an http or https address")
    for name, values in (
        ("http_method", METHODS),
        ("request_format", FORMATS),
        ("status", frozenset({"active", "inactive"})),
    ):
        if row[name] not in values:
            raise _bad(name, f"must be one of {', '.join(sorted(values))}")
    if "authentication" in sent:
        row["authentication"] = _authentication(sent["authentication"])
    if old is None and call.account.plan == "trial" and len(WEBHOOKS.table(call)) >= TRIAL_MAXIMUM:
        raise listed(403, "LimitExceeded", "Too many webhooks", f"A trial has at most {TRIAL_MAXIMUM}")
    row["updated_by"] = "1"
    row.setdefault("created_by", "1")


def _present(call: ApiCall, echo: Row) -> Row:
    if echo["authentication"]:
        shown = {name: value for name, value in echo["authentication"].items() if not name.startswith("_")}
        echo["authentication"] = shown
    else:
        del echo["authentication"]
    if echo["custom_headers"] is None:
        del echo["custom_headers"]
    return echo


def _fits(call: ApiCall, row: Row) -> bool:
    part = call.query.get("filter[name_contains]")
    status = call.query.get("filter[status]")
    return (part is None or part.lower() in row["name"].lower()) and (status is None or row["status"] == status)


WEBHOOKS = Resource(
    path="webhooks",
    one="webhook",
    many="webhooks",
    attributes={
        "name": "text",
        "endpoint": "text",
        "http_method": "text",
        "request_format": "text",
        "status": "text",
        "description": "text",
        "subscriptions": "list",
        "authentication": "object",
        "custom_headers": "object",
    },
    defaults={
        "description": "",
        "subscriptions": [],
        "authentication": None,
        "custom_headers": None,
        "external_source": None,
    },
    verbs=frozenset({"list", "show", "create", "delete"}),
    warns=False,
    has_url=False,
    always_cursor=True,
    new_id=_new_id,
    prepare=_prepare,
    present=_present,
    listed=_fits,
)


def _patch(call: ApiCall) -> Response:
    """What is not sent stays."""
    row = WEBHOOKS.find(call, call.ids["id"])
    WEBHOOKS.update(call, row, call.envelope("webhook"))
    return Response(status_code=204)


def _put(call: ApiCall) -> Response:
    """What is not sent goes back to its default; the sign-in too. The signing secret stays."""
    row = WEBHOOKS.find(call, call.ids["id"])
    kept = WEBHOOKS.admitted(call, call.envelope("webhook"), row)
    constant: Row = {name: row[name] for name in ("id", "created_at", "created_by", "_resets") if name in row}
    WEBHOOKS.replace(call, row, {**constant, **WEBHOOKS.defaults, **kept}, kept)
    return Response(status_code=204)


def _signing_secret(call: ApiCall, status: int = 200) -> Response:
    """Shown to administrators; of webhooks that an app has made to nobody."""
    row = _own(call)
    secret = hashlib.sha256(f"sandbox {row['id']} {row.get('_resets', 0)}".encode()).digest()
    shown = {"algorithm": "SHA256", "secret": base64.urlsafe_b64encode(secret).decode()}
    return JSONResponse({"signing_secret": shown}, status)


def _reset(call: ApiCall) -> Response:
    """The vendor makes another one; nobody can choose it, and the former one is gone."""
    row = _own(call)
    row["_resets"] = row.get("_resets", 0) + 1
    return _signing_secret(call, 201)


def _own(call: ApiCall) -> Row:
    row = WEBHOOKS.find(call, call.ids["id"])
    if row["external_source"]:
        raise listed(403, "Forbidden", "Not allowed", "The signing secret of an app's webhook is not shown")
    return row


ENDPOINTS = [
    Endpoint("PATCH", "webhooks/{id}", _patch),
    Endpoint("PUT", "webhooks/{id}", _put),
    Endpoint("GET", "webhooks/{id}/signing_secret", _signing_secret),
    Endpoint("POST", "webhooks/{id}/signing_secret", _reset),
]

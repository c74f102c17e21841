"""What came of a webhook's calls: those that reach another stand-in here are carried there, and their answers kept.

Source: developer.zendesk.com, “Webhooks”, List Webhook Invocations and List Webhook Invocation Attempts: the log has
each attempt's request and response. A status of 200 is a success whatever the body says. What goes elsewhere is not
sent, and has no invocation.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from urllib.parse import urlencode

from starlette.responses import JSONResponse, Response

from sandbox.store import Row, Store
from sandbox.system import Outgoing
from sandbox.zendesk.account import Account
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import listed
from sandbox.zendesk.rule_notifications import CALLS, WAITING
from sandbox.zendesk.webhooks import WEBHOOKS

CONTENT = {"json": "application/json", "xml": "application/xml", "form_encoded": "application/x-www-form-urlencoded"}
NO_TOKEN = "unknown"  # noqa: S105 - what stands for a secret that the stand-in has not kept


def outgoing(store: Store) -> list[Outgoing]:
    """Calls that no one has carried yet."""
    waiting = store.table("zendesk", WAITING)
    if not waiting:
        return []
    account = Account(store)
    rows = [account.rows(CALLS)[key] for key in waiting if key in account.rows(CALLS)]
    waiting.clear()
    return [_call(account, row) for row in rows]


def _call(account: Account, row: Row) -> Outgoing:
    webhook = account.rows("webhooks").get(str(row["webhook_id"])) or {}
    signed = webhook.get("authentication") or {}
    headers = {"content-type": f"{CONTENT[row['request_format']]}; charset=utf-8", "user-agent": "Zendesk Webhook"}
    headers |= _sign_in(str(signed.get("type")), signed.get("_data") or {})
    url, body = str(row["endpoint"]), row["body"]
    if isinstance(body, list):
        body = urlencode([(str(name), str(value)) for name, value in body])
    if row["http_method"] in ("GET", "DELETE"):
        url, body = f"{url}{'&' if '?' in url else '?'}{body}" if body else url, ""
    payload = str(body or "")
    return Outgoing(row["http_method"], url, headers, payload.encode(), _answered(account, row, headers, payload))


def _sign_in(sort: str, data: Row) -> dict[str, str]:
    """The header with which a call signs in. Source: developer.zendesk.com, “Webhook security and authentication”."""
    if sort == "bearer_token":
        return {"authorization": f"Bearer {data.get('token', NO_TOKEN)}"}
    if sort == "basic_auth":
        pair = f"{data.get('username', NO_TOKEN)}:{data.get('password', NO_TOKEN)}"
        return {"authorization": f"Basic {b64encode(pair.encode()).decode()}"}
    if sort == "api_key":
        return {str(data.get("name", NO_TOKEN)).lower(): str(data.get("value", NO_TOKEN))}
    return {}


def _answered(
    account: Account, row: Row, headers: dict[str, str], payload: str
) -> Callable[[int, dict[str, str], bytes], None]:
    def answered(status: int, back: dict[str, str], body: bytes) -> None:
        shown = {name: value for name, value in headers.items() if name != "authorization"}
        row["attempt"] = {
            "id": f"{row['id']}-1",
            "invocation_id": row["id"],
            "status": "success" if 200 <= status < 300 else "failed",
            "status_code": status,
            "completed_at": account.now(),
            "request": {"headers": _pairs(shown), "payload": payload},
            "response": {"headers": _pairs(back), "payload": body.decode("utf-8", "replace")},
        }

    return answered


def _pairs(headers: dict[str, str]) -> list[Row]:
    return [{"key": name, "value": value} for name, value in headers.items()]


def _of_webhook(call: ApiCall) -> list[Row]:
    webhook = WEBHOOKS.find(call, call.ids["id"])
    rows = call.account.rows(CALLS).values()
    return [row for row in rows if row["webhook_id"] == webhook["id"] and row.get("attempt")]


def _invocations(call: ApiCall) -> Response:
    """The newest first."""
    found = [
        {
            "id": row["id"],
            "latest_completed_at": row["attempt"]["completed_at"],
            "status": row["attempt"]["status"],
            "status_code": row["attempt"]["status_code"],
        }
        for row in reversed(_of_webhook(call))
    ]
    return JSONResponse({"invocations": found, "meta": {"has_more": False}, "links": {}})


def _attempts(call: ApiCall) -> Response:
    row = next((each for each in _of_webhook(call) if each["id"] == call.ids["invocation"]), None)
    if row is None:
        raise listed(404, "RecordNotFound", "Not found", "There is no such invocation")
    return JSONResponse({"attempts": [row["attempt"]]})


ENDPOINTS = [
    Endpoint("GET", "webhooks/{id}/invocations", _invocations),
    Endpoint("GET", "webhooks/{id}/invocations/{invocation}/attempts", _attempts),
]

"""Files for comments: sent one by one, held under a token until a comment takes them, and shown with that comment.

The body of the call is the file. Several files may be put under one token; it ends after 60 minutes, and the files with
it. Whoever has a file's address can load it, unless the account keeps attachments private; it leads on to another host,
which takes no credentials of ours (the setting `attachment_host`, `localhost` unless said: the same stand-in, called by
another name; `none` hands the file over at once).

Source: developer.zendesk.com, “Attachments” and “Adding ticket attachments with the API”; support.zendesk.com,
“Attaching files to tickets via API”. That a comment which names a token that is not there is refused is our reading.
"""

from __future__ import annotations

import base64
import secrets
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.store import Row, Store
from sandbox.unique import RowsByValue
from sandbox.zendesk.account import Account
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import blank, invalid, not_found
from sandbox.zendesk.settings import settings_row

TABLE = "attachments"
UPLOADS = "uploads"
LIFETIME = 3600
"""Seconds after which a token ends."""
BY_ADDRESS = "/attachments/token/"
CONTENT = "/usercontent/"
"""Where the other host has the files."""


def shown_file(row: Row) -> Row:
    """A file as comments and the API show it."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def check_tokens(call: ApiCall, tokens: list[Any]) -> None:
    """Raises `Refused` (422) for a token that is not there any more, or is named twice."""
    _forget_old(call.account)
    for place, token in enumerate(tokens):
        if str(token) not in call.account.rows(UPLOADS) or token in tokens[:place]:
            raise invalid("uploads", f"{token} is no upload token that can be used")


def taken_files(call: ApiCall, tokens: list[Any]) -> list[Row]:
    """The files under these tokens, which end with it. They have been checked."""
    files = call.account.rows(TABLE)
    taken = [files[key] for token in tokens for key in call.account.rows(UPLOADS).pop(str(token))["_files"]]
    return [shown_file(row) for row in taken]


def remove_files(account: Account, shown: list[Row]) -> None:
    """Delete files for good, as comments show them; those of mails are kept nowhere."""
    for each in shown:
        if account.rows(TABLE).pop(str(each.get("id")), None) is not None:
            _by_secret(account).removed()


def _create(call: ApiCall) -> Response:
    name = call.query.get("filename", "").strip()
    if not name:
        raise blank("filename")
    if len(call.content) > settings_row(call)["limits"]["attachment_size"]:
        raise invalid("attachment", "is too large", "TooLarge")
    token = call.query.get("token") or ""
    if token:
        check_tokens(call, [token])
    else:
        token = secrets.token_urlsafe(15)
        ends = call.account.store.clock() + LIFETIME
        call.account.rows(UPLOADS)[token] = {"id": token, "_ends": ends, "_files": []}
    upload = call.account.rows(UPLOADS)[token]
    row = _file(call, name)
    call.account.rows(TABLE)[str(row["id"])] = row
    _by_secret(call.account).stored(row, new=True)
    upload["_files"].append(str(row["id"]))
    files = [shown_file(call.account.rows(TABLE)[key]) for key in upload["_files"]]
    return JSONResponse({"upload": {"token": token, "attachment": shown_file(row), "attachments": files}}, 201)


def _file(call: ApiCall, name: str) -> Row:
    number, secret = call.account.new_id(), secrets.token_urlsafe(18)
    origin = call.base.partition("/brands/")[0]
    return {
        "url": f"{call.base}/api/v2/attachments/{number}.json",
        "id": number,
        "file_name": name,
        "content_url": f"{origin}{BY_ADDRESS}{secret}/?name={quote(name, safe='')}",
        "mapped_content_url": f"{origin}{BY_ADDRESS}{secret}/?name={quote(name, safe='')}",
        "content_type": call.content_type or "application/octet-stream",
        "size": len(call.content),
        "inline": False,
        "deleted": False,
        "malware_access_override": False,
        "malware_scan_result": "malware_not_found",
        "thumbnails": [],
        "_secret": secret,
        "_content": base64.b64encode(call.content).decode(),
    }


def _delete(call: ApiCall) -> Response:
    _forget_old(call.account)
    if call.ids["token"] not in call.account.rows(UPLOADS):
        raise not_found()
    _forget(call.account, call.ids["token"])
    return Response(status_code=204)


def _show(call: ApiCall) -> Response:
    row = call.account.rows(TABLE).get(call.ids["id"])
    if row is None:
        raise not_found()
    return JSONResponse({"attachment": shown_file(row)})


def _forget_old(account: Account) -> None:
    now = account.store.clock()
    for token in [token for token, row in account.rows(UPLOADS).items() if row["_ends"] <= now]:
        _forget(account, token)


def _forget(account: Account, token: str) -> None:
    for key in account.rows(UPLOADS).pop(token)["_files"]:
        del account.rows(TABLE)[key]
        _by_secret(account).removed()


def _by_secret(account: Account) -> RowsByValue:
    found: RowsByValue = account.store.found.setdefault("zendesk attachments", RowsByValue("_secret"))
    return found


def _found(account: Account, key: str, secret: str) -> Row | None:
    row = account.rows(TABLE).get(key)
    return row if row is not None and row["_secret"] == secret else None


def content_routes(store: Store) -> list[BaseRoute]:
    """Where the files themselves are: at the account's own address, and at the host to which that leads."""
    account = Account(store)

    async def by_address(request: Request) -> Response:
        _forget_old(account)
        secret = request.path_params["secret"]
        having = _by_secret(account).having(account.rows(TABLE), secret)
        row = next((row for row in having if row["_secret"] == secret), None)
        if row is None:
            return Response(status_code=404)
        private = account.rows("account_settings").get("1", {}).get("tickets", {}).get("private_attachments")
        if private and "authorization" not in request.headers:
            return Response(status_code=401)
        host = account.settings.get("attachment_host", "localhost")
        if host == "none":
            return _content(row)
        port = f":{request.url.port}" if request.url.port else ""
        place = f"{request.url.scheme}://{host}{port}/zendesk{CONTENT}{row['id']}?signature={secret}"
        return RedirectResponse(place, 302)

    async def elsewhere(request: Request) -> Response:
        if "authorization" in request.headers:
            return Response("Only one way of signing in is allowed", 400)
        row = _found(account, request.path_params["id"], request.query_params.get("signature", ""))
        return Response(status_code=403) if row is None else _content(row)

    return [Route(BY_ADDRESS + "{secret}/", by_address), Route(CONTENT + "{id}", elsewhere)]


def _content(row: Row) -> Response:
    headers = {"content-type": str(row["content_type"]), "content-disposition": "attachment"}
    return Response(base64.b64decode(row["_content"]), headers=headers)


ENDPOINTS = [
    Endpoint("POST", "uploads", _create),
    Endpoint("DELETE", "uploads/{token}", _delete),
    Endpoint("GET", "attachments/{id}", _show),
]

"""Files of articles: sent as forms, up to 20 MB, shown in the text (`inline`) or below it.

Source: developer.zendesk.com, “Article Attachments”: a file may be sent before its article is known and be put to it
later, 20 at a time.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.store import Row, Store
from sandbox.zendesk.account import Account
from sandbox.zendesk.articles import ARTICLES
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.help_center import brand_of, check_locale, guarded, page
from sandbox.zendesk.refusals import blank, invalid, not_found, titled
from sandbox.zendesk.resource import by_id

TABLE = "article_attachments"
LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
TOGETHER = 20
"""Files that are put to an article in one call."""


def _shown(call: ApiCall, row: Row) -> Row:
    return {
        "url": f"{call.base}/api/v2/help_center/articles/attachments/{row['id']}.json",
        "content_url": f"{call.base.partition('/brands/')[0]}/hc/article_attachments/{row['id']}",
        **{name: value for name, value in row.items() if not name.startswith("_")},
    }


def _find(call: ApiCall, key: str) -> Row:
    row = call.account.rows(TABLE).get(key)
    if row is None or row["_brand"] != brand_of(call)["id"]:
        raise not_found()
    return row


def _made(call: ApiCall, article: Row | None) -> Response:
    sent: Any = call.document if isinstance(call.document, dict) else {}
    file = sent.get("file")
    if not isinstance(file, dict) or not isinstance(file.get("content"), bytes):
        raise blank("file")
    content: bytes = file["content"]
    if len(content) > LARGEST:
        raise invalid("file", "is larger than 20 MB", "TooLarge")
    inline = str(sent.get("inline", "false")).lower() == "true"
    locale = sent.get("locale")
    if locale is not None:
        check_locale(call, locale)
        if not inline:
            raise invalid("locale", "is for inline files only")
    now = call.account.now()
    row: Row = {
        "id": call.account.new_id(),
        "article_id": article["id"] if article else None,
        "display_file_name": file["name"],
        "file_name": file["name"],
        "content_type": file["type"],
        "size": len(content),
        "inline": inline,
        "locale": locale,
        "created_at": now,
        "updated_at": now,
        "_brand": brand_of(call)["id"],
        "_content": base64.b64encode(content).decode(),
        "_digest": hashlib.sha256(content).hexdigest(),
    }
    call.account.rows(TABLE)[str(row["id"])] = row
    return JSONResponse({"article_attachment": _shown(call, row)}, 201)


def _create(call: ApiCall) -> Response:
    return _made(call, ARTICLES.find(call, call.ids["id"]))


def _create_alone(call: ApiCall) -> Response:
    return _made(call, None)


def _associate(call: ApiCall) -> Response:
    article = ARTICLES.find(call, call.ids["id"])
    keys = call.listed("attachment_ids")
    if not 1 <= len(keys) <= TOGETHER:
        raise titled(400, "Invalid attribute", f"attachment_ids must be 1 to {TOGETHER} ids.")
    rows = [_find(call, str(key)) for key in keys]
    for row in rows:
        row["article_id"] = article["id"]
    return Response(status_code=200)


def _listed(call: ApiCall) -> Response:
    article = ARTICLES.find(call, call.ids["id"])
    rows = [row for row in call.account.rows(TABLE).values() if row["article_id"] == article["id"]]
    last = call.path.rpartition("/")[2]
    if last != "attachments":
        rows = [row for row in rows if row["inline"] == (last == "inline")]
    return page(call, "article_attachments", rows, by_id, _shown)


def _show(call: ApiCall) -> Response:
    return JSONResponse({"article_attachment": _shown(call, _find(call, call.ids["attachment"]))})


def _delete(call: ApiCall) -> Response:
    del call.account.rows(TABLE)[str(_find(call, call.ids["attachment"])["id"])]
    return Response(status_code=204)


def content_route(store: Store) -> Route:
    """Where a browser gets the file itself."""
    account = Account(store)

    async def answer(request: Request) -> Response:
        row = account.rows(TABLE).get(request.path_params["id"])
        if row is None:
            return Response(status_code=404)
        return Response(base64.b64decode(row["_content"]), media_type=row["content_type"])

    return Route("/hc/article_attachments/{id}", answer)


ENDPOINTS = [
    Endpoint("POST", "help_center/articles/attachments", guarded(_create_alone)),
    Endpoint("POST", "help_center/articles/{id}/attachments", guarded(_create)),
    Endpoint("POST", "help_center/articles/{id}/bulk_attachments", guarded(_associate)),
    *(
        Endpoint("GET", f"{start}/articles/{{id}}/attachments{part}", guarded(_listed))
        for start in ("help_center", "help_center/{locale}")
        for part in ("", "/inline", "/block")
    ),
    Endpoint("GET", "help_center/articles/attachments/{attachment}", guarded(_show)),
    Endpoint("DELETE", "help_center/articles/attachments/{attachment}", guarded(_delete)),
]

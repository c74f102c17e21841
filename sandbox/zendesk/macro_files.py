"""Files that macros add to comments: up to five each, sent as forms.

Source: developer.zendesk.com, “Macros”, attachments. How large one may be stands nowhere; the account's limit for
attachments counts here.
"""

from __future__ import annotations

import base64
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import blank, invalid, not_found
from sandbox.zendesk.settings import settings_row

TABLE = "macro_attachments"
MOST = 5
"""Files of one macro."""


def _shown(call: ApiCall, row: Row) -> Row:
    return {
        **{name: value for name, value in row.items() if not name.startswith("_")},
        "content_url": f"{call.base}/api/v2/macros/attachments/{row['id']}/content",
    }


def files_of(call: ApiCall, macro: Row) -> list[Row]:
    """The files of a macro."""
    return [row for row in call.account.rows(TABLE).values() if row["_macro"] == macro["id"]]


def check_files(call: ApiCall, ids: Any) -> None:
    """Raises `Refused` (422) for files that are not there, or are too many."""
    for key in ids or []:
        if str(key) not in call.account.rows(TABLE):
            raise invalid("attachments", f"{key} is not a macro's attachment")
    if len(ids or []) > MOST:
        raise invalid("attachments", f"a macro has at most {MOST}", "TooMany")


def put_files(call: ApiCall, macro: Row, ids: list[Any]) -> None:
    """Make these the macro's files; those that it had are on their own again."""
    wanted = {str(key) for key in ids}
    for key, row in call.account.rows(TABLE).items():
        if key in wanted:
            row["_macro"] = macro["id"]
        elif row["_macro"] == macro["id"]:
            row["_macro"] = None


def _macro(call: ApiCall) -> Row:
    row = call.account.rows("macros").get(call.ids["id"])
    if row is None:
        raise not_found()
    return row


def _made(call: ApiCall, macro: Row | None) -> Response:
    sent: Any = call.document if isinstance(call.document, dict) else {}
    file = sent.get("attachment")
    if not isinstance(file, dict) or not isinstance(file.get("content"), bytes):
        raise blank("attachment")
    content: bytes = file["content"]
    if len(content) > settings_row(call)["limits"]["attachment_size"]:
        raise invalid("attachment", "is too large", "TooLarge")
    if macro is not None and len(files_of(call, macro)) >= MOST:
        raise invalid("attachments", f"a macro has at most {MOST}", "TooMany")
    row: Row = {
        "id": call.account.new_id(),
        "filename": str(sent.get("filename") or file["name"]),
        "content_type": file["type"],
        "size": len(content),
        "created_at": call.account.now(),
        "_macro": macro["id"] if macro else None,
        "_content": base64.b64encode(content).decode(),
    }
    call.account.rows(TABLE)[str(row["id"])] = row
    return JSONResponse({"macro_attachment": _shown(call, row)}, 201)


def _find(call: ApiCall) -> Row:
    row = call.account.rows(TABLE).get(call.ids["attachment"])
    if row is None:
        raise not_found()
    return row


def _listed(call: ApiCall) -> Response:
    return JSONResponse({"macro_attachments": [_shown(call, row) for row in files_of(call, _macro(call))]})


def _show(call: ApiCall) -> Response:
    return JSONResponse({"macro_attachment": _shown(call, _find(call))})


def _content(call: ApiCall) -> Response:
    row = _find(call)
    return Response(base64.b64decode(row["_content"]), media_type=row["content_type"])


ENDPOINTS = [
    Endpoint("POST", "macros/attachments", lambda call: _made(call, None)),
    Endpoint("GET", "macros/attachments/{attachment}", _show),
    Endpoint("GET", "macros/attachments/{attachment}/content", _content),
    Endpoint("POST", "macros/{id}/attachments", lambda call: _made(call, _macro(call))),
    Endpoint("GET", "macros/{id}/attachments", _listed),
]

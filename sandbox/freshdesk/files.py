"""Attachments: links that end, on another host than the API's.

Source: the vendor's examples show links to its storage with a signature and an end. There the signature is the sign-in,
and a call that brings another one beside it is refused (docs.aws.amazon.com, “Authenticating Requests”).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from sandbox.freshdesk.account import Account
from sandbox.store import Row

PLACE = "/data/helpdesk"
ENDS_AFTER = 300
"""Seconds. How long the vendor's own links are good stands nowhere; its example shows as many."""
_SIGNING = b"the stand-in's own"
_IN_TEXT = re.compile(r"\{attachment:([^{}]+)\}")


def keep(account: Account, given: Row) -> Row:
    """A new file. given: its name, `content` as text or `base64`, or `size` for one of so many bytes."""
    content = base64.b64decode(given["base64"]) if "base64" in given else str(given.get("content", "")).encode()
    size = int(given.get("size", len(content)))
    row: Row = {
        "id": account.new_id(),
        "name": str(given["name"]),
        "content_type": str(given.get("content_type", "application/octet-stream")),
        "size": size,
        "created_at": given.get("created_at"),
        "updated_at": given.get("created_at"),
        "_content": base64.b64encode(content).decode(),
        "_size": int(given.get("real_size", size)),
        "_inline": bool(given.get("inline")),
        "_gone": bool(given.get("gone")),
    }
    account.table("attachments")[str(row["id"])] = row
    return row


def with_links(account: Account, row: Row) -> Row:
    """A ticket, a conversation or a canned response as it is shown: fresh links instead of names."""
    files = [account.table("attachments")[str(each)] for each in row.get("_attachments", ())]
    document = {name: value for name, value in row.items() if not name.startswith("_")}
    links = {
        each["name"]: link(account, f"attachments/production/{each['id']}/original/{each['name']}") for each in files
    }
    for name in ("description", "body"):
        if isinstance(document.get(name), str):
            document[name] = _IN_TEXT.sub(lambda found: links.get(found[1], found[0]), document[name])
    document["attachments"] = [
        {
            **{name: value for name, value in each.items() if not name.startswith("_")},
            "attachment_url": links[each["name"]],
        }
        for each in files
        if not each["_inline"]
    ]
    return document


def link(account: Account, path: str) -> str:
    """Where a file is for a while. It is this machine by its other name, so that the host is another one."""
    ends = int(account.store.clock() + float(account.settings.get("links_end_after", ENDS_AFTER)))
    parts = urlsplit(account.origin)
    other = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}.get(parts.hostname or "")
    name = path.rpartition("/original/")[2] if "/original/" in path else path
    host = f"{other}:{parts.port}" if other and parts.port else parts.netloc
    place = f"{PLACE}/{path[: -len(name)]}{quote(name, safe='')}"
    return f"{parts.scheme}://{host}/freshdesk{place}?Expires={ends}&Signature={_signature(path, str(ends))}"


def _signature(path: str, ends: str) -> str:
    return hmac.new(_SIGNING, f"{path} {ends}".encode(), hashlib.sha256).hexdigest()[:32]


def refusal(account: Account, request: Request, path: str) -> Response | None:
    """Why a file is not handed out; None where it is."""
    if "authorization" in request.headers:
        return _storage_error(400, "InvalidArgument", "Only one auth mechanism allowed")
    ends = request.query_params.get("Expires", "")
    right = hmac.compare_digest(request.query_params.get("Signature", ""), _signature(path, ends))
    if not right or not ends.isdigit():
        return _storage_error(403, "SignatureDoesNotMatch", "The signature does not match")
    if int(ends) < account.store.clock():
        return _storage_error(403, "AccessDenied", "Request has expired")
    return None


def content(row: Row) -> Response:
    """A file's bytes; one of a given size is filled up."""
    if row["_gone"]:
        return _storage_error(404, "NoSuchKey", "The specified key does not exist.")
    found = base64.b64decode(row["_content"])
    return Response(found.ljust(row["_size"], b"."), media_type=row["content_type"])


def _storage_error(status: int, code: str, message: str) -> Response:
    text = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    return Response(text, status_code=status, media_type="application/xml")

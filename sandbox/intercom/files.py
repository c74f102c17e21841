"""Attachments and pictures: links that end, on another host than the API's.

Source: the vendor's models “file attribute” and “part attachment”: the address of a file is good for 30 minutes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from sandbox.intercom.workspace import Workspace
from sandbox.store import Row

PLACE = "/i/o"
ENDS_AFTER = 1_800
"""Seconds."""
_SIGNING = b"the stand-in's own"
_IN_TEXT = re.compile(r"\{file:([^{}]+)\}")


def keep(workspace: Workspace, given: Row) -> str:
    """The id of a new file. given: its name, `content` as text or `base64`, or `size` for one of so many bytes."""
    content = base64.b64decode(given["base64"]) if "base64" in given else str(given.get("content", "")).encode()
    size = int(given.get("size", len(content)))
    row: Row = {
        "id": workspace.new_id(),
        "name": str(given["name"]),
        "content_type": str(given.get("content_type", "application/octet-stream")),
        "filesize": size,
        "_content": base64.b64encode(content).decode(),
        "_size": int(given.get("real_size", size)),
        "_inline": bool(given.get("inline")),
        "_gone": bool(given.get("gone")),
    }
    workspace.table("_files")[row["id"]] = row
    return str(row["id"])


def with_links(workspace: Workspace, row: Row) -> Row:
    """A message as it is shown: fresh links instead of names."""
    files = [workspace.table("_files")[each] for each in row.get("_files", ())]
    document = {name: value for name, value in row.items() if not name.startswith("_")}
    links = {each["name"]: link(workspace, each) for each in files}
    if isinstance(document.get("body"), str):
        document["body"] = _IN_TEXT.sub(lambda found: links.get(found[1], found[0]), document["body"])
    document["attachments"] = [
        {
            "type": "upload",
            "name": each["name"],
            "url": links[each["name"]],
            "content_type": each["content_type"],
            "filesize": each["filesize"],
            "width": None,
            "height": None,
        }
        for each in files
        if not each["_inline"]
    ]
    return document


def link(workspace: Workspace, row: Row) -> str:
    """Where a file is for a while. It is this machine by its other name, so that the host is another one."""
    ends = int(workspace.store.clock() + float(workspace.settings.get("links_end_after", ENDS_AFTER)))
    parts = urlsplit(workspace.origin)
    other = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}.get(parts.hostname or "")
    host = f"{other}:{parts.port}" if other and parts.port else parts.netloc
    name = quote(row["name"], safe="")
    signature = _signature(row["id"], str(ends))
    return f"{parts.scheme}://{host}/intercom{PLACE}/{row['id']}/{name}?expires={ends}&signature={signature}"


def _signature(identifier: str, ends: str) -> str:
    return hmac.new(_SIGNING, f"{identifier} {ends}".encode(), hashlib.sha256).hexdigest()[:32]


def answer(workspace: Workspace, request: Request) -> Response:
    """A file, or why there is none. A call that brings a token beside the signature is refused: it should not have
    come here."""
    identifier = request.path_params["id"]
    ends = request.query_params.get("expires", "")
    right = hmac.compare_digest(request.query_params.get("signature", ""), _signature(identifier, ends))
    if "authorization" in request.headers:
        return Response("Only one authorization is allowed", status_code=400)
    if not right or not ends.isdigit() or int(ends) < workspace.store.clock():
        return Response("Forbidden", status_code=403)
    row = workspace.table("_files").get(identifier)
    if row is None or row["_gone"]:
        return Response("Not Found", status_code=404)
    return Response(base64.b64decode(row["_content"]).ljust(row["_size"], b"."), media_type=row["content_type"])

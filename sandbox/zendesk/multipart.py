"""Forms with files: `multipart/form-data`, as uploads are sent."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from typing import Any

from sandbox.store import Row
from sandbox.zendesk.refusals import titled


def is_form(content_type: str) -> bool:
    """Whether a body of this type is a form with files."""
    return content_type.lower().startswith("multipart/form-data")


def form(body: bytes, content_type: str) -> Row:
    """The fields by name: text, or `{name, type, content}` for a file. Raises `Refused` (400)."""
    head = Message()
    head["content-type"] = content_type
    boundary = head.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise titled(400, "Unprocessable", "The form has no boundary.")
    fields: Row = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]:
        headers, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name, value = _field(message_from_bytes(headers + b"\r\n\r\n"), content)
        if name:
            fields[name] = value
    return fields


def _field(headers: Message, content: bytes) -> tuple[str, Any]:
    name = headers.get_param("name", header="content-disposition")
    file = headers.get_filename()
    if file is None:
        return str(name or ""), content.decode("utf-8", "replace")
    file = re.split(r"[/\\]", file)[-1]  # a path is the sender's own business
    return str(name or ""), {"name": file, "type": headers.get_content_type(), "content": content}

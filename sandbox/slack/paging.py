"""Slack's cursors: opaque, and only good for the list that they came with."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from sandbox.slack.workspace import SlackError

LARGEST = 1000
USUAL = 100


def page(items: list[dict[str, Any]], name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """One page of a list under its name, with the next cursor (empty on the last page). Raises SlackError."""
    try:
        limit = int(arguments.get("limit") or USUAL)
    except (TypeError, ValueError):
        raise SlackError("invalid_limit") from None
    if limit < 1 or limit > LARGEST:
        raise SlackError("invalid_limit")
    start = _start(str(arguments.get("cursor") or ""), name)
    end = start + limit
    following = _cursor(name, end) if end < len(items) else ""
    return {name: items[start:end], "response_metadata": {"next_cursor": following}}


def _cursor(name: str, start: int) -> str:
    return base64.b64encode(f"{name}:{start}".encode()).decode()


def _start(cursor: str, name: str) -> int:
    if not cursor:
        return 0
    try:
        said, _, start = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if said != name or not start.isdigit():
        raise SlackError("invalid_cursor")
    return int(start)

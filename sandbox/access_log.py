"""The access log: what arrived, in order, without secrets."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sandbox.store import Row
from sandbox.system import Call

CAPACITY = 50_000
LARGEST = 32_000
"""Bytes of a body that is kept; of a larger one only its size."""
HIDDEN = "(hidden)"
SECRET_NAMES = frozenset(
    {
        "token",
        "password",
        "secret",
        "client_secret",
        "access_token",
        "refresh_token",
        "assertion",
        "api_key",
        "tokenKey",
    }
)


def without_secrets(value: Any) -> Any:
    """The same document with the values of secret-bearing names replaced."""
    if isinstance(value, list):
        return [without_secrets(item) for item in value]
    if not isinstance(value, dict):
        return value
    clean: Row = {}
    for name, item in value.items():
        if name in SECRET_NAMES:
            clean[name] = HIDDEN
        elif name == "authentication" and isinstance(item, dict) and "data" in item:
            clean[name] = {**item, "data": HIDDEN}
        elif name == "custom_headers" and isinstance(item, dict):
            clean[name] = dict.fromkeys(item, HIDDEN)
        else:
            clean[name] = without_secrets(item)
    return clean


def query_without_secrets(query: str) -> str:
    """The query string as sent; rewritten only where it holds a secret."""
    pairs = parse_qsl(query, keep_blank_values=True)
    if not any(name in SECRET_NAMES for name, _ in pairs):
        return query
    return urlencode([(name, HIDDEN if name in SECRET_NAMES else value) for name, value in pairs])


class AccessLog:
    """The last `CAPACITY` calls. Kept in memory only."""

    def __init__(self) -> None:
        self._entries: deque[Row] = deque(maxlen=CAPACITY)
        self._count = 0

    def add(self, call: Call, *, writes: bool, status: int, at: float, fault: str | None) -> None:
        """Note a call. `status` 0 means that the connection was cut; `at` is seconds since the epoch."""
        self._count += 1
        entry: Row = {
            "number": self._count,
            "at": datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds"),
            "system": call.system,
            "method": call.method,
            "path": call.path,
            "query": query_without_secrets(call.query),
            "status": status,
            "writes": writes,
            "authorization": "bearer" if call.bearer else "none",
        }
        if fault:
            entry["fault"] = fault
        if writes and len(call.body) > LARGEST:
            entry["bytes"] = len(call.body)
        elif writes and call.body:
            entry["body"] = without_secrets(call.document())
        self._entries.append(entry)

    def entries(self) -> list[Row]:
        """Oldest first."""
        return list(self._entries)

    def clear(self) -> None:
        """Forget all entries; numbers go on."""
        self._entries.clear()

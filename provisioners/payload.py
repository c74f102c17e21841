"""Payloads on their way through the engine and back.

The engine is not a faithful carrier of JSON: it drops nulls inside maps, turns every number into a float,
takes one particular string for "not known yet" and a map with one particular key for a secret, and skips keys
that begin with two underscores. Whatever it would not carry travels as `~` and its JSON text; whatever
begins with `~` itself does so too, so that nothing is ambiguous.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

FORMAT = 1
"""The version of the encoding and of the resources' properties. State format."""

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What the engine sends, in a plan, for a value that is known only once another object is there."""

MARK = "~"
_SPECIAL_KEY = "4dabf18193072939515e22adb298388d"
_LARGEST_EXACT = 2**53


def encode(value: Any, leaf: Callable[[Any], Any] | None = None) -> Any:
    """The form in which the engine carries a JSON value.

    leaf: called for what is not JSON (references), gives what stands in its place. Raises TypeError
    for anything else that is not JSON, ValueError for a number that JSON does not have.
    """
    if value is None:
        return _marked(None)
    if isinstance(value, str):
        return value if _travels(value) else _marked(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value if abs(value) <= _LARGEST_EXACT else _marked(value)
    if isinstance(value, Mapping):
        return {_encoded_key(key): encode(item, leaf) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [encode(item, leaf) for item in value]
    if leaf is not None:
        return leaf(value)
    raise TypeError(f"not JSON: {type(value).__name__}")


def decode(value: Any) -> Any:
    """What `encode` was given. `UNKNOWN` stays as it is."""
    if isinstance(value, str):
        return json.loads(value[len(MARK) :]) if value.startswith(MARK) else value
    if isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST_EXACT:
        return int(value)
    if isinstance(value, Mapping):
        return {decode(key): decode(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [decode(item) for item in value]
    return value


def has_unknown(value: Any) -> bool:
    """Whether anything in a decoded payload is not known yet."""
    if isinstance(value, str):
        return UNKNOWN in value
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in value.values())
    if isinstance(value, (list, tuple)):
        return any(has_unknown(item) for item in value)
    return False


def digest(payload: Any) -> str:
    """A digest of a decoded payload: the same for two payloads that are equal."""
    text = json.dumps(payload, sort_keys=True, ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _marked(value: Any) -> str:
    return MARK + json.dumps(value, allow_nan=False)


def _travels(text: str) -> bool:
    if text.startswith(MARK) or text == UNKNOWN:
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _encoded_key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"not a JSON key: {key!r}")
    if key in ("", _SPECIAL_KEY) or key.startswith("__") or not _travels(key):
        return _marked(key)
    return key

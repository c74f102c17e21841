"""What the vendor's answers mean: errors in its own words, and warnings that come with a success."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from provisioners.errors import FaultCode, SystemFault, remedy

WARNING_HEADER = "x-zendesk-api-warn"
NOT_FOUND = "RecordNotFound"
NOT_GIVEN = (403, 404)
"""How the vendor answers for what the account's plan, or the token's user, does not have."""

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LIST = re.compile(rf":(?P<word>[a-z_]+) ?=> ?\[(?P<names>(?:{_QUOTED.pattern}|[,\s])*)\]")


def warnings_in(headers: Mapping[str, str]) -> tuple[str, ...]:
    """What the vendor says it left out of a write that it answered with success."""
    said = headers.get(WARNING_HEADER, "").strip()
    if not said:
        return ()
    try:
        parsed = json.loads(said)
    except ValueError:
        parsed = _printed_hash(said)
    if not isinstance(parsed, dict):
        return (said,)  # words of its own
    return tuple(f"{word.replace('_', ' ')}: {_listed(value)}" for word, value in parsed.items() if value)


def _printed_hash(said: str) -> dict[str, list[str]] | None:
    """The lists of names in a hash as Ruby prints it, `{:allowed_parameters=>{…, :unpermitted_keys=>["a.b"], …}}`;
    None for any other text."""
    lists = {found["word"]: _QUOTED.findall(found["names"]) for found in _LIST.finditer(said)}
    return lists or None


def _listed(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} ({item})" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    return str(value)


def words_of(body: Any) -> str:
    """The vendor's own words in any of its three error envelopes, empty where it gave none.

    `{error, description, details}` with details by field; `{error: {title, message}}`;
    `{errors: [{code, title, detail}]}`.
    """
    if not isinstance(body, Mapping):
        return ""
    error = body.get("error")
    if isinstance(error, Mapping):
        return _joined(error.get("title"), error.get("message"))
    if isinstance(body.get("errors"), list):
        return "; ".join(_one_of_errors(item) for item in body["errors"])
    words = _joined(error, body.get("description") or body.get("error_description") or body.get("message"))
    details = _details(body.get("details"))
    return f"{words}: {details}" if details else words


def _one_of_errors(item: Any) -> str:
    if isinstance(item, Mapping):
        return _joined(item.get("title") or item.get("code"), item.get("detail") or item.get("message"))
    return str(item)


def _details(details: Any) -> str:
    if not isinstance(details, Mapping):
        return str(details) if details else ""
    lines = []
    for name, problems in details.items():
        for problem in problems if isinstance(problems, list) else [problems]:
            said = problem.get("description") or problem.get("error") if isinstance(problem, Mapping) else problem
            lines.append(f"{name}: {said}")
    return "; ".join(lines)


def _joined(*pieces: Any) -> str:
    return ": ".join(dict.fromkeys(str(piece) for piece in pieces if piece))


def is_gone(status: int, body: Any) -> bool:
    """Whether the vendor itself says that the object does not exist.

    A 404 for a path that the account does not have (`InvalidEndpoint`) or without words is not that.
    """
    if status != 404 or not isinstance(body, Mapping):
        return False
    if body.get("error") == NOT_FOUND:
        return True
    errors = body.get("errors")
    return isinstance(errors, list) and any(
        isinstance(item, Mapping) and NOT_FOUND in (item.get("code"), item.get("title")) for item in errors
    )


def fault(what: str, status: int, body: Any, *, reads: bool) -> SystemFault:
    """The vendor's refusal as golive's own error. `body` is None for an answer that is not JSON."""
    words = words_of(body) or f"the answer was {status} without a reason"
    if status >= 500 or 300 <= status < 400:
        return unreachable(what, words, reads=reads, status=status)
    code, remedy = _meaning(status, body)
    return SystemFault(code, what, words, remedy, status=status)


def _meaning(status: int, body: Any) -> tuple[FaultCode, str]:
    if status == 401:
        return "credentials", "The token is wrong, expired or was revoked: make a new one and set it."
    if status == 403:
        return "refused", "Either the token's user lacks the right for this, or the account's plan does not have it."
    if status == 404:
        if is_gone(status, body):
            return "not_found", ""
        return "refused", "The account does not have this feature, or the address in the environment file is wrong."
    if status == 409:
        return "refused", "Somebody changed the same thing at the same time: run the same command again."
    return "refused", ""


def unreachable(what: str, why: str, *, reads: bool, status: int | None = None) -> SystemFault:
    """An answer that is no answer. After a write nobody knows whether it took effect."""
    return SystemFault(
        "unreachable",
        what,
        why,
        remedy(status),
        status=status,
        took_effect=False if reads else None,
    )

"""One call to the API and the table of endpoints that answer it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.refusals import titled


@dataclass
class ApiCall:
    """A call on its way: what was asked, and which sent keys the account silently left out."""

    account: Account
    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    document: Any = None
    base: str = "http://127.0.0.1/zendesk"
    reads_only: bool = False
    signed_in: bool = True
    user: str = ""
    """The user name that came with an API token; empty where a bearer token says nothing of it."""
    brand: str = ""
    """The subdomain of the brand whose address was called; empty: the account's own."""
    ids: dict[str, str] = field(default_factory=dict)
    author: Row | None = None
    """The user who acts where it is not who signed in: the sender of a mail, the customer of an anonymous request."""
    via: Row | None = None
    """How it came where it did not come over the API."""
    message: Row | None = None
    """What a mail brings beside its text: `subject`, `attachments`; `aside` where its sender is not on the ticket."""
    with_rules: bool = True
    """Whether business rules run on what it changes: not while an account is put into its start state."""
    unpermitted: list[str] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)
    job: Row | None = None
    """The background job of which this call is the work, once its time has come."""
    content: bytes = b""
    """The body where it is a file."""
    content_type: str = ""

    @property
    def url(self) -> str:
        """The address of the call itself, as links repeat it."""
        return f"{self.base}/api/v2/{self.path}.json"

    def envelope(self, name: str) -> Row:
        """The object under its envelope. Raises `Refused` (400) where it is missing."""
        inner = self.document.get(name) if isinstance(self.document, dict) else None
        if not isinstance(inner, dict):
            raise titled(400, "Invalid attribute", f"You passed an invalid value for the {name} attribute.")
        return inner

    def listed(self, name: str) -> list[Any]:
        """The list under its name. Raises `Refused` (400) where it is missing."""
        inner = self.document.get(name) if isinstance(self.document, dict) else None
        if not isinstance(inner, list):
            raise titled(400, "Invalid attribute", f"You passed an invalid value for the {name} attribute.")
        return inner


Handler = Callable[[ApiCall], Response]


@dataclass(frozen=True)
class Endpoint:
    """A method and a path below `/api/v2/`, with `{name}` for ids."""

    method: str
    template: str
    handler: Handler

    def pattern(self) -> re.Pattern[str]:
        """The template as a regular expression."""
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template))


class Endpoints:
    """All endpoints; fixed words win over ids (`triggers/reorder` before `triggers/{id}`)."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        ordered = sorted(endpoints, key=lambda endpoint: endpoint.template.count("{"))
        self._by_method: dict[str, list[tuple[re.Pattern[str], Handler]]] = {}
        for endpoint in ordered:
            rows = self._by_method.setdefault(endpoint.method, [])
            rows.append((endpoint.pattern(), endpoint.handler))

    def known(self, method: str, path: str) -> tuple[Handler, dict[str, str]]:
        """Like `find`, for a path that has been called before. Raises `LookupError`."""
        found = self.find(method, path)
        if found is None:
            raise LookupError(f"{method} {path}")
        return found

    def find(self, method: str, path: str) -> tuple[Handler, dict[str, str]] | None:
        """The handler for a path (without `.json`) and the ids in it."""
        for pattern, handler in self._by_method.get(method, []):
            match = pattern.fullmatch(path)
            if match:
                return handler, match.groupdict()
        return None

"""What a package of this folder offers to be a system, and what the frame does where it is silent.

A system must have `routes(store)`, mounted at `/<package name>`, and `seed(store, data)`, which puts the
account's start state: the vendor's default objects and what the seed file lists under the system's name.
It may have:

- `refuse(reason, call) -> Response`: the vendor's own words for a refusal by the frame. `reason` is one of
  `REASONS`.
- `writes(call) -> bool`: whether a call can change anything (default: every method but GET, HEAD, OPTIONS).
- `public(call) -> bool`: whether a call needs no sign-in (default: none).
- `token(call) -> str | None`: the token that a call brings, in the vendor's own way (default: a bearer token).
- `PAGES`: a regular expression for paths that are pages of the vendor's, not of its API; a browser sees there what the
  stand-in holds (default: none).
- `example(store)`: one call that changes something as a person would: method, path, body (default: none).
- `outgoing(store)`: calls that the system would make to others since it was asked last (default: none). The frame
  carries those that go to one of its own stand-ins, and nothing leaves this machine.
- `admin_routes(store)`: routes below `/sandbox` for what only this system has (default: none).

Endpoints should be `async def` and not await between reading and changing a row.
"""

from __future__ import annotations

import base64
import importlib
import json
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

import sandbox
from sandbox.store import Row, Store

REASONS = {
    "unauthorized": 401,
    "forbidden": 403,
    "unknown_path": 404,
    "throttled": 429,
    "error_500": 500,
    "error_503": 503,
}
"""Why the frame refuses a call, with the usual HTTP status (a vendor may answer with another)."""


@dataclass(frozen=True)
class Call:
    """One request, read to its end. `path` starts after the system's name: `/api/v2/triggers`."""

    system: str
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def bearer(self) -> str | None:
        """The bearer token, None when the call brings none."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else None

    @property
    def basic(self) -> tuple[str, str] | None:
        """Name and secret, None when the call brings none."""
        scheme, _, text = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, _, secret = base64.b64decode(text, validate=True).decode().partition(":")
        except ValueError:
            return None
        return name, secret

    def document(self) -> Any:
        """The body as JSON or as a form's fields; None when it is neither."""
        kind = self.headers.get("content-type", "")
        try:
            if "form-urlencoded" in kind:
                return dict(parse_qsl(self.body.decode(), keep_blank_values=True))
            return json.loads(self.body) if self.body else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Outgoing:
    """A call that a system makes to somebody. answered: gets the answer's status, headers and body."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    answered: Callable[[int, dict[str, str], bytes], None]


def refuse_plainly(reason: str, call: Call) -> Response:
    """A refusal where no vendor's words apply."""
    return JSONResponse({"error": reason, "path": call.path}, status_code=REASONS[reason])


def _writes(call: Call) -> bool:
    return call.method not in ("GET", "HEAD", "OPTIONS")


def _public(call: Call) -> bool:
    return False


def _token(call: Call) -> str | None:
    return call.bearer


def _no_routes(store: Store) -> list[BaseRoute]:
    return []


Example: TypeAlias = tuple[str, str, Row]
"""Method, path from the server's root, body."""


def _nothing_outgoing(store: Store) -> list[Outgoing]:
    return []


def _no_example(store: Store) -> Example | None:
    return None


@dataclass(frozen=True)
class System:
    """A system's package with the frame's own behaviour where the package has none."""

    name: str
    routes: Callable[[Store], list[BaseRoute]]
    seed: Callable[[Store, Row], None]
    refuse: Callable[[str, Call], Response] = refuse_plainly
    writes: Callable[[Call], bool] = _writes
    public: Callable[[Call], bool] = _public
    token: Callable[[Call], str | None] = _token
    admin_routes: Callable[[Store], list[BaseRoute]] = _no_routes
    pages: str = "(?!)"
    example: Callable[[Store], Example | None] = _no_example
    outgoing: Callable[[Store], list[Outgoing]] = _nothing_outgoing


def load_system(name: str) -> System:
    """The package of this name. Raises `ModuleNotFoundError`."""
    package = importlib.import_module(f"sandbox.{name}")
    return System(
        name=name,
        routes=package.routes,
        seed=package.seed,
        refuse=getattr(package, "refuse", refuse_plainly),
        writes=getattr(package, "writes", _writes),
        public=getattr(package, "public", _public),
        token=getattr(package, "token", _token),
        admin_routes=getattr(package, "admin_routes", _no_routes),
        pages=getattr(package, "PAGES", "(?!)"),
        example=getattr(package, "example", _no_example),
        outgoing=getattr(package, "outgoing", _nothing_outgoing),
    )


def find_systems() -> dict[str, System]:
    """Every package of this folder, by name."""
    names = [module.name for module in pkgutil.iter_modules(sandbox.__path__) if module.ispkg]
    return {name: load_system(name) for name in names}

"""The gate that every request passes: sign-in, faults, the access log."""

from __future__ import annotations

import asyncio
from email.utils import formatdate
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.access_log import AccessLog
from sandbox.faults import Faults, Rule, html_page, truncated, without_field, without_items
from sandbox.grants import Grants
from sandbox.pages import Pages
from sandbox.store import Store
from sandbox.system import Call, System, refuse_plainly

NARROW_TOKEN = "sandbox-narrow"  # noqa: S105 - a fixed word of a local stand-in, not a secret
ADMIN = "sandbox"
INBOXES = frozenset({"inbox", "pager", "risk-desk"})
"""Paths that stand for other people's systems: whatever arrives is accepted and noted."""


def is_loopback(host: str | None) -> bool:
    """Whether a host is this machine."""
    return host in ("127.0.0.1", "localhost", "::1")


def _origin(scope: Scope) -> str:
    """The server's own address, as the caller has it."""
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    return f"http://{hosts[0] if hosts else '127.0.0.1'}"


class Gate:
    """The outermost application: reads the whole request, answers, and notes it. Pages are only shown."""

    def __init__(
        self,
        app: ASGIApp,
        store: Store,
        systems: dict[str, System],
        log: AccessLog,
        faults: Faults,
        token: str,
        pages: Pages,
    ) -> None:
        self.app = app
        self.store = store
        self.systems = systems
        self.log = log
        self.faults = faults
        self.token = token
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        first = scope.get("path", "").strip("/").partition("/")[0]
        if scope["type"] == "http":
            await self._deliver(scope)  # what was left when the clock was put forward
        if scope["type"] != "http" or first == ADMIN:
            await self.app(scope, receive, send)
            if scope["type"] == "http" and scope["method"] != "GET":
                self.store.touch()
            return
        page = self.pages.page(scope["method"], scope["path"], _origin(scope))
        if page is not None:
            await page(scope, receive, send)
            return
        call = await _read(scope, receive, first)
        system = self.systems.get(first)
        writes = system.writes(call) if system else call.method != "GET"
        struck = self.faults.strike(call)
        response = await self._answer(call, system, writes, struck, scope)
        if writes:
            await self._deliver(scope)
            self.store.touch()
        self.log.add(
            call,
            writes=writes,
            status=response.status_code if response else 0,
            at=self.store.clock(),
            fault=", ".join(rule.kind for rule in struck) or None,
        )
        if response is None:
            await _cut(receive, send)
        else:
            response.headers["date"] = formatdate(self.store.clock(), usegmt=True)
            await response(scope, receive, send)

    async def _deliver(self, scope: Scope) -> None:
        """Carry what systems have to say to others, as far as that is one of the stand-ins here."""
        for outgoing in [each for system in self.systems.values() for each in system.outgoing(self.store)]:
            parts = urlsplit(outgoing.url)
            first = parts.path.lstrip("/").partition("/")[0]
            if not is_loopback(parts.hostname) or not {first} & {*self.systems, *INBOXES}:
                continue
            call = Call(
                first, outgoing.method, parts.path[len(first) + 1 :], parts.query, outgoing.headers, outgoing.body
            )
            target = self.systems.get(first)
            writes = target.writes(call) if target else True
            inner = {**scope, "method": call.method, "path": parts.path, "raw_path": parts.path.encode(),
                     "query_string": parts.query.encode()}  # fmt: skip
            struck = self.faults.strike(call)
            response = await self._answer(call, target, writes, struck, inner)
            status = response.status_code if response else 0
            self.log.add(call, writes=writes, status=status, at=self.store.clock(),
                         fault=", ".join(rule.kind for rule in struck) or None)  # fmt: skip
            headers = dict(response.headers.items()) if response else {}
            outgoing.answered(status, headers, bytes(response.body) if response else b"")

    async def _answer(
        self, call: Call, system: System | None, writes: bool, struck: list[Rule], scope: Scope
    ) -> Response | None:
        """The answer, None where the connection is to be cut."""
        for rule in struck:
            if rule.kind == "latency":
                await asyncio.sleep(float(rule.value or 0) / 1000)
            elif rule.kind == "cut_before":
                return None
            elif rule.kind == "drop_field":
                call = without_field(call, str(rule.value))
            elif rule.kind == "html":
                return html_page(int(rule.value or 200))
            else:
                refusal = _refusal(rule, call, system)
                if refusal:
                    return refusal
        response = self._sign_in(call, system, writes) or await self._handle(call, scope)
        self.faults.note_made(call, response, self.store.clock())
        for rule in struck:
            if rule.kind == "cut_after":
                return None
            if rule.kind == "truncated":
                response = truncated(response)
            elif rule.kind in ("lag", "omit") and not writes:
                response = self._hide(rule, call, response)
        return response

    def _sign_in(self, call: Call, system: System | None, writes: bool) -> Response | None:
        if system is None or system.public(call):
            return None
        brought = system.token(call)
        if brought not in (self.token, NARROW_TOKEN) and not self._granted(call, brought):
            return system.refuse("unauthorized", call)
        if brought == NARROW_TOKEN and writes:
            return system.refuse("forbidden", call)
        return None

    def _granted(self, call: Call, brought: str | None) -> bool:
        """Whether a call brings a token that its system has granted, or an API token with a name before it."""
        if Grants(self.store, call.system).is_good(brought) or Grants(self.store, call.system).is_good(call.bearer):
            return True
        return call.basic is not None and call.basic[0].endswith("/token") and call.basic[1] == self.token

    def _hide(self, rule: Rule, call: Call, response: Response) -> Response:
        if rule.kind == "lag":
            young = self.faults.made_since(call.system, self.store.clock() - float(rule.value or 5))
            return without_items(response, young.__contains__)
        if isinstance(rule.value, float):
            share = rule.value
            return without_items(response, lambda key: rule.chance.random() < share)
        return without_items(response, lambda key: key == str(rule.value))

    async def _handle(self, call: Call, scope: Scope) -> Response:
        """Let the inner application answer, and keep the answer."""
        started: Message = {}
        parts: list[bytes] = []
        sent = False

        async def receive() -> Message:
            nonlocal sent
            if sent:
                return {"type": "http.disconnect"}
            sent = True
            return {"type": "http.request", "body": call.body, "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                parts.append(message.get("body", b""))

        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in call.headers.items()]
        await self.app({**scope, "headers": headers}, receive, send)
        response = Response(b"".join(parts), status_code=started["status"])
        response.raw_headers = [(name, value) for name, value in started["headers"] if name != b"content-length"] + [
            (b"content-length", str(len(response.body)).encode())
        ]
        return response


async def _read(scope: Scope, receive: Receive, system: str) -> Call:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    return Call(
        system=system,
        method=scope["method"],
        path=scope["path"][len(system) + 1 :] if scope["path"].startswith(f"/{system}") else scope["path"],
        query=scope["query_string"].decode("latin-1"),
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
        body=b"".join(parts),
    )


def _refusal(rule: Rule, call: Call, system: System | None) -> Response | None:
    reason = {
        "throttle": "throttled",
        "throttle_without_header": "throttled",
        "error_500": "error_500",
        "error_503": "error_503",
        "unauthorized": "unauthorized",
        "forbidden": "forbidden",
    }.get(rule.kind)
    if reason is None:
        return None
    response = (system.refuse if system else refuse_plainly)(reason, call)
    if rule.kind == "throttle":
        response.headers["retry-after"] = str(int(rule.value or 1))
    elif rule.kind == "throttle_without_header" and "retry-after" in response.headers:
        del response.headers["retry-after"]
    return response


async def _cut(receive: Receive, send: Any) -> None:
    """Close the connection without an answer. Where there is no connection (a test client), raise."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("the sandbox cut the connection, as a fault rule asked")
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass

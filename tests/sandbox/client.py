"""A client that calls the sandbox's application in this process, without a socket."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from sandbox.app import create_app
from sandbox.gate import Gate
from sandbox.store import Row, Store
from sandbox.system import load_system


@dataclass
class Answer:
    """What came back."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)


class Client:
    """Calls an ASGI application as an HTTP client would."""

    def __init__(self, app: Gate, token: str | None = "sandbox", prefix: str = "") -> None:
        self.app = app
        self.token = token
        self.prefix = prefix

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        parts = urlsplit(path)
        where = parts.path if parts.netloc else self.prefix + parts.path
        content = raw if raw is not None else (b"" if body is None else json.dumps(body).encode())
        sent = {"host": "sandbox.test", "content-type": "application/json", **(headers or {})}
        if self.token is not None:
            sent["authorization"] = f"Bearer {self.token}"
        scope: Row = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(where),
            "raw_path": quote(where).encode(),
            "root_path": "",
            "query_string": parts.query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "client": ("127.0.0.1", 1),
            "server": ("sandbox.test", 80),
        }
        started: Row = {}
        chunks: list[bytes] = []
        asked = False

        async def receive() -> Row:
            nonlocal asked
            if asked:
                return {"type": "http.disconnect"}
            asked = True
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                chunks.append(message.get("body", b""))

        asyncio.run(self.app(scope, receive, send))
        found = {name.decode(): value.decode() for name, value in started["headers"]}
        return Answer(started["status"], found, b"".join(chunks))

    def get(self, path: str) -> Answer:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None) -> Answer:
        return self.call("POST", path, body)

    def put(self, path: str, body: Any = None) -> Answer:
        return self.call("PUT", path, body)

    def patch(self, path: str, body: Any = None) -> Answer:
        return self.call("PATCH", path, body)

    def delete(self, path: str) -> Answer:
        return self.call("DELETE", path)


class Clock:
    """Seconds since the epoch, as a test wants them."""

    def __init__(self, now: float = 1_790_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class Zendesk(Client):
    """A fresh account: paths below `/zendesk/api/v2/`."""

    def __init__(self, seed: Row | None = None, token: str | None = "sandbox") -> None:
        self.clock = Clock()
        self.store = Store(clock=self.clock)
        app = create_app(self.store, seed={"zendesk": seed or {}}, systems={"zendesk": load_system("zendesk")})
        super().__init__(app, token, "/zendesk/api/v2/")
        self.admin = Client(app, None)

    def as_token(self, token: str | None) -> Client:
        return Client(self.app, token, self.prefix)

    def make(self, path: str, one: str, **sent: Any) -> Row:
        """Create an object; anything but 201 fails the test."""
        answer = self.post(path, {one: sent})
        assert answer.status_code == 201, answer.text
        row: Row = answer.json()[one]
        return row

    def titles(self, path: str, many: str, name: str = "title") -> list[str]:
        return [row[name] for row in self.get(path).json()[many]]

"""The real stand-in over real HTTP on a free loopback port, in a thread of the test process."""

from __future__ import annotations

import copy
import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn

from sandbox.app import create_app
from sandbox.store import Store


@dataclass(frozen=True)
class LiveSandbox:
    """A running sandbox: where it is, its memory, and what it noted."""

    url: str
    store: Store

    def log(self) -> list[dict[str, Any]]:
        """The access log so far."""
        entries: list[dict[str, Any]] = self._call("GET", "/sandbox/log")["log"]
        return entries

    def clear_log(self) -> None:
        self._call("DELETE", "/sandbox/log")

    def writes(self) -> list[dict[str, Any]]:
        """The calls in the access log that could change something."""
        return [entry for entry in self.log() if entry["writes"]]

    def fault(self, **rule: Any) -> None:
        """Add a fault rule."""
        self._call("POST", "/sandbox/faults", rule)

    def fired(self) -> int:
        """How often fault rules have struck."""
        return sum(rule["fired"] for rule in self._call("GET", "/sandbox/faults")["faults"])

    def settings(self, system: str, **settings: Any) -> None:
        """Change a system's settings, such as its limits."""
        self._call("POST", "/sandbox/settings", {system: settings})

    def forward(self, seconds: float) -> None:
        """Put the time of all its systems forward."""
        self._call("POST", "/sandbox/clock", {"forward": seconds})

    def reset(self) -> None:
        """Back to an empty start: no objects, settings, faults or log."""
        self._call("POST", "/sandbox/reset", {"empty": True})

    def heal(self) -> None:
        """Remove all fault rules."""
        self._call("DELETE", "/sandbox/faults")

    def zendesk(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """A call to its Zendesk, such as the admin centre makes it."""
        found: dict[str, Any] = self._call(method, f"/zendesk/api/v2/{path}", body)
        return found

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": "Bearer sandbox", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else {}


@contextmanager
def running_sandbox(
    seed: dict[str, Any] | None = None,
    *,
    token: str = "sandbox",
    port: int = 0,
    memory: dict[str, Any] | None = None,
) -> Iterator[LiveSandbox]:
    """Serve until the block ends. token: what it takes as the right one. port: 0 for any free one. memory: what another
    sandbox's store held, instead of a seed."""
    store = Store()
    if memory is not None:
        store.take(copy.deepcopy(memory))
    config = uvicorn.Config(
        create_app(store, seed=seed or {}, token=token),
        host="127.0.0.1",
        port=port,
        log_level="error",
        timeout_keep_alive=120,  # a connection that is closed just as a call sets out on it looks like an outage
        access_log=False,
        date_header=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive() and time.monotonic() < end, "the sandbox did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield LiveSandbox(f"http://127.0.0.1:{port}", store)
    finally:
        server.should_exit = True
        thread.join(10)

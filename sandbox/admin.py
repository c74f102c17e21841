"""`/sandbox`: status, reset, settings, clock, access log, faults, stop. For the person who runs the stand-in."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.access_log import AccessLog
from sandbox.faults import Faults, UnknownFaultError
from sandbox.seeding import check_words
from sandbox.store import Row, Store
from sandbox.system import System


@dataclass(frozen=True)
class Beginning:
    """Where the start state comes from: the name of its file, and its content as it is now."""

    name: str
    read: Callable[[], Row]

    def noted(self, data: Row) -> Row:
        """What the state file keeps, so that a later change of the file is noticed."""
        text = json.dumps(data, sort_keys=True, default=str)
        return {"file": self.name, "digest": hashlib.sha256(text.encode()).hexdigest()[:16]}

    def changed_since(self, noted: Row | None) -> bool:
        """Whether the same file says something else now."""
        if noted is None or noted.get("file") != self.name:
            return False
        try:
            return self.noted(self.read()) != noted
        except (ValueError, OSError):
            return True


INTERNAL = frozenset(
    {"account_settings", "granted_tokens", "group_memberships", "job_statuses", "uploads", "variants"}
    | {"Organization", "Profile", "PermissionSetAssignment", "FieldPermissions", "team"}
)
"""Tables that a system needs and that nobody has made."""


class Admin:
    """The endpoints under `/sandbox`; none needs a sign-in, for the server listens on loopback only."""

    def __init__(
        self,
        store: Store,
        systems: dict[str, System],
        log: AccessLog,
        faults: Faults,
        beginning: Beginning,
        stop: Callable[[], None],
    ) -> None:
        self.store = store
        self.systems = systems
        self.log = log
        self.faults = faults
        self.beginning = beginning
        self.stop_server = stop

    def routes(self) -> list[BaseRoute]:
        """The admin routes."""
        return [
            Route("/sandbox", self.status, methods=["GET"]),
            Route("/sandbox/reset", self.reset, methods=["POST"]),
            Route("/sandbox/settings", self.settings, methods=["GET", "POST"]),
            Route("/sandbox/clock", self.clock, methods=["GET", "POST"]),
            Route("/sandbox/log", self.access_log, methods=["GET", "DELETE"]),
            Route("/sandbox/faults", self.fault_rules, methods=["GET", "POST", "DELETE"]),
            Route("/sandbox/stop", self.stop, methods=["POST"]),
        ]

    def seed(self, data: Row, only_new: bool = False) -> None:
        """Put every system into its start state; with `only_new` those that the state file does not know. Raises
        `ValueError` for what the start state cannot mean."""
        check_words("start state", data, list(self.systems))
        if not (only_new and self.store.systems()):
            self.store.seed = self.beginning.noted(data)
        for name, system in self.systems.items():
            if only_new and name in self.store.systems():
                continue
            self.store.forget([name])
            own = data.get(name) or {}
            if not isinstance(own, dict):
                raise ValueError(f"{name}: what stands below it is a mapping, and `{own}` is none")
            try:
                system.seed(self.store, dict(own))
            except (KeyError, TypeError, AttributeError) as why:
                raise ValueError(f"{name}: what it lists lacks or misspells something ({why!r})") from why

    async def status(self, request: Request) -> Response:
        """What is served and how much it holds."""
        return JSONResponse(
            {
                "golive_sandbox": 1,
                "pid": os.getpid(),
                "state_file": str(self.store.file.absolute()) if self.store.file else None,
                "systems": list(self.systems),
                "counts": self._counts(),
                "seed_changed": self.beginning.name if self.beginning.changed_since(self.store.seed) else None,
            }
        )

    def _counts(self) -> dict[str, dict[str, int]]:
        """How much people would see, by system."""
        return {
            system: {name: count for name, count in counts.items() if not (name in INTERNAL or name.startswith("_"))}
            for system, counts in self.store.counts().items()
        }

    async def reset(self, request: Request) -> Response:
        """Back to the start: the seed file's as it is now, `{"empty": true}` none, `{"seed": {…}}` this one."""
        body = await _document(request)
        try:
            data = {} if body.get("empty") else body["seed"] if "seed" in body else self.beginning.read()
        except (ValueError, OSError) as why:
            return _refused(str(why))
        if not isinstance(data, dict):
            return _refused("seed must map system names to their start state")
        before = self.store.text()
        try:
            self.store.ahead = 0.0
            self.seed(data)
        except ValueError as why:
            self.store.take(json.loads(before))
            return _refused(f"{self.beginning.name}: {why}")
        self.log.clear()
        self.faults.clear()
        return await self.status(request)

    async def settings(self, request: Request) -> Response:
        """Read or change settings, `{"zendesk": {"calls_per_minute": 400}}`; null removes one."""
        body = await _document(request) if request.method == "POST" else {}
        for name, values in body.items():
            if name not in self.systems or not isinstance(values, dict):
                return _refused(f"{name}: settings are given by system ({', '.join(self.systems)})")
            own = self.store.settings(name)
            own.update(values)
            for gone in [key for key, value in own.items() if value is None]:
                del own[gone]
        return JSONResponse({name: self.store.settings(name) for name in self.systems})

    async def clock(self, request: Request) -> Response:
        """Read the stand-in's time, or put it forward: `{"forward": seconds}`. A reset brings it back."""
        if request.method == "POST":
            seconds = (await _document(request)).get("forward")
            if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
                return _refused("forward must be a number of seconds, 0 or more: time does not go back here")
            self.store.ahead += seconds
        return JSONResponse({"now": self.store.now(), "ahead": self.store.ahead})

    async def access_log(self, request: Request) -> Response:
        """The access log, or its end."""
        if request.method == "DELETE":
            self.log.clear()
        return JSONResponse({"log": self.log.entries()})

    async def fault_rules(self, request: Request) -> Response:
        """List, add (one rule, or a list under `rules`) or remove all fault rules."""
        if request.method == "DELETE":
            self.faults.clear()
        elif request.method == "POST":
            body = await _document(request)
            try:
                for rule in body.get("rules", [body]):
                    self.faults.add(rule)
            except UnknownFaultError as why:
                return _refused(str(why))
        return JSONResponse({"faults": [rule.document() for rule in self.faults.rules]})

    async def stop(self, request: Request) -> Response:
        """Save and end the server."""
        self.store.save()
        self.stop_server()
        return JSONResponse({"stopping": True})


async def _document(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _refused(why: str) -> Response:
    return JSONResponse({"error": why}, status_code=400)

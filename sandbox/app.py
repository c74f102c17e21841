"""The application: every system, the inboxes and the admin paths behind one gate."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from sandbox.access_log import AccessLog
from sandbox.admin import INTERNAL, Admin, Beginning
from sandbox.faults import Faults
from sandbox.gate import INBOXES, Gate
from sandbox.pages import Pages
from sandbox.store import Row, Store
from sandbox.system import Call, System, find_systems

TOKEN = "sandbox"  # noqa: S105 - a fixed word of a local stand-in, not a secret
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def create_app(
    store: Store,
    *,
    seed: Row | None = None,
    token: str = TOKEN,
    seed_name: str = "",
    read_seed: Callable[[], Row] | None = None,
    stop: Callable[[], None] = lambda: None,
    systems: dict[str, System] | None = None,
) -> Gate:
    """The whole stand-in as an ASGI application.

    `seed` maps system names to their start state; systems that `store` already holds are left as they are.
    `seed_name` and `read_seed` are the file that it stands in and read it as it is now (`ValueError`, `OSError`).
    `stop` is called by `POST /sandbox/stop`. `systems` defaults to every package of this folder.
    """
    systems = find_systems() if systems is None else systems
    log, faults = AccessLog(), Faults([*systems, *sorted(INBOXES)])
    beginning = Beginning(seed_name, read_seed or (lambda: seed or {}))
    admin = Admin(store, systems, log, faults, beginning, stop)
    admin.seed(seed or {}, only_new=True)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        store.save()

    routes = admin.routes()
    routes += [route for system in systems.values() for route in system.admin_routes(store)]
    routes += [Mount(f"/{name}", routes=_routes(system, store)) for name, system in systems.items()]
    for name in sorted(INBOXES):
        routes += [
            Route(f"/{name}", _accept, methods=METHODS),
            Route(f"/{name}/{{rest:path}}", _accept, methods=METHODS),
        ]
    pages = Pages(store, systems, token, INTERNAL)
    return Gate(Starlette(routes=routes, lifespan=lifespan), store, systems, log, faults, token, pages)


def _routes(system: System, store: Store) -> list[BaseRoute]:
    async def unknown(request: Request) -> Response:
        path = request.url.path.removeprefix(f"/{system.name}")
        call = Call(system.name, request.method, path, request.url.query, dict(request.headers), b"")
        return system.refuse("unknown_path", call)

    return [*system.routes(store), Route("/{rest:path}", unknown, methods=METHODS)]


async def _accept(request: Request) -> Response:
    return JSONResponse({"ok": True})

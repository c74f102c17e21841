"""The sandbox that belongs to a workspace: a new workspace runs against it at once."""

from __future__ import annotations

import json
import re
import socket
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.markup import escape

from config.addresses import is_loopback
from config.environment import Environment
from config.workspace import Workspace
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from golive.workspace.connection import sandbox_answers
from sandbox.process import BadSeedError, SandboxError, Status, open_locally, start, status, stop

DEFAULT_PORT = 8411
MOST_PORTS = 200
_USUAL_PLAN = "usual_plan"
"""The sandbox's own word for the plan of an account whose start state names none."""
_LOCAL_PORT = re.compile(r"127\.0\.0\.1:(\d+)")
ACCOUNT_FILE = Path("stacks") / "sandbox-account.yaml"


def state_file(workspace: Workspace) -> Path:
    """Where the sandbox keeps what it holds: beside the state of the runs against it."""
    return workspace.root / ".pulumi-state" / "sandbox" / "account.json"


def seed_file(workspace: Workspace) -> Path | None:
    """What the sandbox holds when it is new, where the workspace says so."""
    path = workspace.root / ACCOUNT_FILE
    return path if path.is_file() else None


def port_of(environment: Environment) -> int | None:
    """The port of an environment that lives wholly in the local sandbox; None for any other."""
    entries = list(environment.systems.values())
    ours = [entry for entry in entries if entry.token == "sandbox" and is_loopback(entry.url)]  # noqa: S105
    if not entries or len(ours) != len(entries):
        return None
    ports = {urlsplit(entry.url).port or 80 for entry in entries}
    return ports.pop() if len(ports) == 1 else None


def free_port(beside: Path) -> int:
    """A port for a new workspace's sandbox: none that answers, and none that a workspace in the same folder has."""
    taken = {
        int(port)
        for file in beside.glob("*/stacks/Pulumi.*.yaml")
        for port in _LOCAL_PORT.findall(file.read_text(encoding="utf-8", errors="replace"))
    }
    ports = range(DEFAULT_PORT, DEFAULT_PORT + MOST_PORTS)
    return next((port for port in ports if port not in taken and not _answers(port)), DEFAULT_PORT)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def start_sandbox(workspace: Workspace, port: int, seed: Path | None = None) -> Status:
    """Start the workspace's sandbox unless it runs. Raises Fault."""
    try:
        running = start(port, state_file(workspace), seed or seed_file(workspace))
    except BadSeedError as wrong:
        raise Fault(
            "sandbox_account",
            "The sandbox cannot begin with what its file says.",
            where=str(seed or ACCOUNT_FILE),
            why=str(wrong),
            do="Correct it there, and run the command again.",
            exits=Exit.USAGE,
        ) from wrong
    except SandboxError as broken:
        raise Fault(
            "sandbox",
            "The sandbox could not be started.",
            where=f"port {port}",
            why=str(broken),
            do="Free the port, or use another one:  golive sandbox start --port 8412  (and change the environment "
            "file's addresses).",
            exits=Exit.FAILED,
        ) from broken
    if running.port != port:
        raise Fault(
            "sandbox",
            f"This workspace's sandbox runs already, on port {running.port}; none was started on port {port}.",
            where=str(running.url),
            why="A workspace has one sandbox: two would write over what the other holds.",
            do="End it with  golive sandbox stop  and run the command again, or write the port on which it runs into "
            "the environment file.",
            exits=Exit.FAILED,
        )
    return running


def stop_sandbox(workspace: Workspace) -> bool:
    """End the workspace's sandbox; False when it did not run. Raises Fault."""
    try:
        return stop(state_file(workspace))
    except SandboxError as broken:
        raise Fault("sandbox", "The sandbox did not end.", why=str(broken), exits=Exit.FAILED) from broken


def sandbox_status(workspace: Workspace) -> Status:
    return status(state_file(workspace))


def ensure_sandbox(workspace: Workspace, environment: Environment, screen: Screen) -> None:
    """Start the sandbox where an environment lives in it and it does not run.

    What the files call production is somebody's account wherever it is: a sandbox that another workspace serves may
    stand for it. None is started in its place, and `expect` says which account it must be.
    """
    port = port_of(environment)
    if port is None or environment.production:
        return
    if sandbox_answers(f"http://127.0.0.1:{port}/"):
        document = _told(port, "/sandbox")
        kept_in = document.get("state_file")
        _refuse_foreign(workspace, port, kept_in)
        changed, is_ours = document.get("seed_changed"), kept_in is not None
    else:
        changed, is_ours = start_sandbox(workspace, port).seed_changed, True
        screen.note(f"[quiet]The sandbox is started on port {port}; `golive sandbox stop` ends it.[/]")
    if is_ours:
        _hand_over_plans(environment, port)
    if changed:
        screen.note(seed_has_changed(changed))


def _hand_over_plans(environment: Environment, port: int) -> None:
    """The stand-ins' accounts have the plans that the environment file names, where the account file names none."""
    held = _told(port, "/sandbox/settings")
    plans = {entry.type: entry.plan for entry in environment.systems.values() if entry.type in held and entry.plan}
    new = {name: {_USUAL_PLAN: plan} for name, plan in plans.items() if held[name].get(_USUAL_PLAN) != plan}
    if new:
        _told(port, "/sandbox/settings", new)


def _told(port: int, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the running sandbox answers the person who runs it; with a body, once it has taken it."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", data=data, headers={"Content-Type": "application/json"}
    )
    with open_locally(request, 5) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def seed_has_changed(file: str) -> str:
    """What is said where the sandbox began with something else than its file says now."""
    return (
        f"[change]{escape(file)} has changed since this sandbox began[/]; "
        "take it over with `golive sandbox reset` (empties it)."
    )


def _refuse_foreign(workspace: Workspace, port: int, kept_in: str | None) -> None:
    """Two workspaces never share a sandbox unawares. Raises Fault."""
    if kept_in and Path(kept_in) != state_file(workspace).absolute():
        raise Fault(
            "sandbox",
            f"Another workspace's sandbox runs on port {port}.",
            where=str(Path(kept_in).parents[2]),
            why="Its accounts are those of another client.",
            do="End it there with `golive sandbox stop`, or give this workspace another port in "
            "stacks/Pulumi.sandbox.yaml.",
            exits=Exit.FAILED,
        )

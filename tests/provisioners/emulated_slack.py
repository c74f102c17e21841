"""Slack as the npm package `emulate` has it: written by others, so that it shares no mistake with our own stand-in."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from provisioners.run_file import SystemSettings
from provisioners.system import Connection

HERE = Path(__file__).parents[1] / "emulate"
TOKEN, NARROW = "xoxb-golive", "xoxb-narrow"
DANA, JONAS = "dana@haldenpay.example", "jonas@haldenpay.example"
SEED: dict[str, Any] = {
    "slack": {
        "team": {"name": "Halden Pay", "domain": "halden"},
        "users": [
            {"name": "golive", "real_name": "golive"},
            {"name": "dana", "real_name": "Dana Ruiz", "email": DANA},
            {"name": "jonas", "real_name": "Jonas Beck", "email": JONAS},
        ],
        "channels": [{"name": "general"}, {"name": "engineering-bugs"}],
        "strict_scopes": True,
    },
}
PATIENCE = 30.0


@contextmanager
def emulated_slack(folder: Path, scopes: tuple[str, ...]) -> Iterator[str]:
    """Its address while it runs. scopes: of the token `TOKEN`; `NARROW` may only read channels and people.

    Skips the test where there is no Node.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not here, and emulate needs it")
    program = HERE / "node_modules" / "emulate" / "dist" / "index.js"
    assert program.is_file(), "run  make emulate"
    tokens = {TOKEN: list(scopes), NARROW: ["channels:read", "groups:read", "users:read", "users:read.email"]}
    seed = {**SEED, "tokens": {token: {"login": "golive", "scopes": granted} for token, granted in tokens.items()}}
    (folder / "seed.json").write_text(json.dumps(seed), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [node, "--require", str(HERE / "loopback.cjs"), str(program), "start", "--service", "slack"]
    with (folder / "emulate.log").open("w") as said:
        running = subprocess.Popen(
            [*command, "--port", str(port), "--seed", "seed.json"], cwd=folder, stdout=said, stderr=said
        )
    try:
        _wait_for(port, running)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=PATIENCE)


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"emulate does not answer on port {port}")


def signed_in(url: str, variable: str, *, read_only: bool = False) -> Connection:
    """A connection with the token that an environment variable holds."""
    settings = SystemSettings(type="slack", url=url, token=f"env:{variable}", sandbox=False)
    return Connection(instance="chat", settings=settings, read_only=read_only)

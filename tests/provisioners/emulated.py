"""Vendors as the npm package `emulate` has them: written by others, so that it shares no mistake with our own
stand-ins."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parents[1] / "emulate"
PATIENCE = 30.0


@contextmanager
def emulated(folder: Path, service: str, seed: Mapping[str, Any]) -> Iterator[str]:
    """Its address while it runs. Skips the test where there is no Node."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not here, and emulate needs it")
    program = HERE / "node_modules" / "emulate" / "dist" / "index.js"
    assert program.is_file(), "run  make emulate"
    (folder / "seed.json").write_text(json.dumps(seed), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [node, "--require", str(HERE / "loopback.cjs"), str(program), "start", "--service", service]
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

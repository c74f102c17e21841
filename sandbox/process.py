"""Start, stop and ask for the stand-in as a process of its own. Standard library only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

START_SECONDS = 20.0
STOP_SECONDS = 10.0


BAD_SEED = 3
"""The exit code of a stand-in that cannot begin with what its seed file says."""


class SandboxError(Exception):
    """The stand-in could not be started or stopped; the message says what to do."""


class BadSeedError(SandboxError):
    """The seed file cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True)
class Status:
    """Whether the stand-in answers, where, and what it holds. `seed_changed`: the name of the file that it began with,
    where that says something else now."""

    running: bool
    port: int | None = None
    pid: int | None = None
    state_file: Path | None = None
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    seed_changed: str | None = None

    @property
    def url(self) -> str | None:
        """The address, None when it does not run."""
        return f"http://127.0.0.1:{self.port}" if self.running else None


def start(port: int, state_file: Path, seed: Path | None = None) -> Status:
    """Start the stand-in for `state_file` unless it already runs; wait until it answers.

    Raises `SandboxError` when it does not come up (the port is taken, the state file is broken, `BadSeedError` for the
    seed file).
    """
    state_file = state_file.absolute()
    running = status(state_file)
    if running.running:
        return running
    if _ask(port) is not None:
        raise SandboxError(
            f"Port {port} is taken by a sandbox with another state file. "
            "Stop that one (golive sandbox stop in its workspace), or choose another port."
        )
    state_file.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-P", "-m", "sandbox", "--port", str(port), "--state", str(state_file)]
    if seed is not None:
        command += ["--seed", str(seed.absolute())]
    with _log_file(state_file).open("wb") as log:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=state_file.parent,
            start_new_session=True,
        )
    before = _noted(state_file)
    _note(state_file, child.pid, port)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if child.poll() is not None:
            break
        if _ask(port) is not None:
            return status(state_file)
        time.sleep(0.05)
    if child.poll() is None:
        child.kill()
    if before is not None and _alive(before[0]):  # it only did not answer in time
        _note(state_file, *before)
    else:
        _pid_file(state_file).unlink(missing_ok=True)
    said = _log_file(state_file).read_text(encoding="utf-8", errors="replace").strip()
    if child.poll() == BAD_SEED:
        raise BadSeedError(said)
    raise SandboxError(f"The sandbox did not start on port {port}. It said: {said or 'nothing'}")


def stop(state_file: Path) -> bool:
    """End the stand-in of `state_file`. False when none ran. Raises `SandboxError` when it stays."""
    state_file = state_file.absolute()
    running = status(state_file)
    if not running.running or running.port is None:
        _pid_file(state_file).unlink(missing_ok=True)
        return False
    request = urllib.request.Request(f"http://127.0.0.1:{running.port}/sandbox/stop", method="POST")
    with open_locally(request, 5):
        pass
    end = time.monotonic() + STOP_SECONDS
    while _ask(running.port) is not None or _alive(running.pid):
        if time.monotonic() > end:
            raise SandboxError(f"The sandbox (process {running.pid}) does not end. End it by hand.")
        time.sleep(0.05)
    _pid_file(state_file).unlink(missing_ok=True)
    return True


def status(state_file: Path) -> Status:
    """Ask the stand-in of `state_file` how it is."""
    state_file = state_file.absolute()
    noted = _noted(state_file)
    if noted is None:
        return Status(running=False, state_file=state_file)
    pid, port = noted
    answer = _ask(port) if _alive(pid) else None
    if answer is None or answer.get("pid") != pid:
        return Status(running=False, port=port, state_file=state_file)
    return Status(
        running=True,
        port=port,
        pid=pid,
        state_file=state_file,
        counts=answer.get("counts", {}),
        seed_changed=answer.get("seed_changed"),
    )


def answers(port: int) -> bool:
    """Whether a stand-in, whoever's it is, answers on this port."""
    return _ask(port) is not None


def open_locally(request: str | urllib.request.Request, seconds: float) -> Any:
    """The answer to a call to this machine, which no proxy of the surroundings may take for itself."""
    return _LOCAL.open(request, timeout=seconds)


_LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _ask(port: int) -> dict[str, Any] | None:
    try:
        with open_locally(f"http://127.0.0.1:{port}/sandbox", 2) as answer:
            document = json.load(answer)
    except (OSError, ValueError):
        return None
    return document if isinstance(document, dict) and "golive_sandbox" in document else None


def _alive(pid: int | None) -> bool:
    if pid is None:
        return False
    try:
        ended, _ = os.waitpid(pid, os.WNOHANG)
        return ended == 0
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _pid_file(state_file: Path) -> Path:
    return state_file.with_name(state_file.name + ".pid")


def _noted(state_file: Path) -> tuple[int, int] | None:
    """Process and port as the last start noted them."""
    try:
        noted = json.loads(_pid_file(state_file).read_text(encoding="utf-8"))
        return int(noted["pid"]), int(noted["port"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _note(state_file: Path, pid: int, port: int) -> None:
    _pid_file(state_file).write_text(json.dumps({"pid": pid, "port": port}), encoding="utf-8")


def _log_file(state_file: Path) -> Path:
    return state_file.with_name(state_file.name + ".log")

"""`python -P -m sandbox --port 8411 --state FILE [--seed FILE.yaml]`: serve in the foreground."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import uvicorn
import yaml

from sandbox.app import TOKEN, create_app
from sandbox.process import BAD_SEED
from sandbox.store import BrokenStateError, Store
from sandbox.system import find_systems

PORT = 8411


class Server(uvicorn.Server):
    """uvicorn that says in one line when it answers."""

    async def startup(self, sockets: Any = None) -> None:
        """Bind, then say where."""
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(f"golive sandbox: http://127.0.0.1:{self.config.port}\n")
            sys.stdout.flush()


def read_seed(file: Path) -> dict[str, Any]:
    """The start state by system. Raises `ValueError` when the file is not a mapping, `OSError` when it is gone."""
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as why:
        raise ValueError(f"{file}: {why}") from why
    if not isinstance(data, dict):
        names = ", ".join(find_systems())
        raise ValueError(f"{file}: a seed file maps system names ({names}) to their start state")
    return data


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped. Exit code 1: the state file cannot be used, or the port is taken; `BAD_SEED`: what is to be
    the start state cannot be."""
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--state", type=Path, help="the file that keeps everything; none: memory only")
    parser.add_argument("--seed", type=Path, help="start state, used where the state file has none")
    parser.add_argument("--token", default=TOKEN, help="the bearer token that is accepted")
    options = parser.parse_args(arguments)
    try:
        seed = read_seed(options.seed) if options.seed else {}
    except (ValueError, OSError) as why:
        sys.stderr.write(f"{why}\n")
        return BAD_SEED
    try:
        store = Store(options.state)
    except (BrokenStateError, OSError) as why:
        sys.stderr.write(f"{why}\n")
        return 1

    def stop() -> None:
        server.should_exit = True

    try:
        app = create_app(
            store,
            seed=seed,
            seed_name=options.seed.name if options.seed else "",
            read_seed=lambda: read_seed(options.seed) if options.seed else {},
            token=options.token,
            stop=stop,
        )
    except ValueError as why:
        sys.stderr.write(f"{options.seed}: {why}\n")
        return BAD_SEED
    server = Server(
        uvicorn.Config(
            app,
            host="127.0.0.1",
            port=options.port,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=2,
            date_header=False,  # the gate says the time, which may have been put forward
        )
    )
    store.touch()
    store.save()
    try:
        server.run()
    except SystemExit:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

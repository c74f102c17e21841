"""Where the engine is, and whether it is there."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

VERSION = "3.259.0"
CACHE_VARIABLE = "GOLIVE_CACHE"
STAMP = "installed.json"
HOST = "pulumi-resource-pulumi-python"
HOST_SCRIPT = """\
#!/bin/sh
running="$GOLIVE_RUN/host-of-$PPID"
if [ -f "$running" ] && read -r port host <"$running" && kill -0 "$host" 2>/dev/null; then echo "$port"; exit; fi
GOLIVE_ENGINE=$PPID exec "$GOLIVE_PYTHON" -P -u -m provisioners.host "$@"
"""
"""What the engine starts to reach the systems: our host, in golive's own Python, which imports nothing from
the folder that it runs in (-P) and knows which process it serves.

The engine asks for its provider once for what is in the state and once for what the program declares. One host serves
both: so the script gives the address of the one that is at work, and ends, which the engine allows."""


@dataclass(frozen=True)
class EngineStatus:
    """`path` is where the executable is, or would be; `source` where it came from, empty if it is not there."""

    version: str
    path: Path
    installed: bool
    source: str = ""


def cache_root() -> Path:
    """The user's cache folder for golive; the variable GOLIVE_CACHE names another."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named).expanduser().resolve() if named else user_cache_path("golive")


def engine_folder() -> Path:
    """The folder of this version; it is there completely or not at all."""
    return cache_root() / "engine" / VERSION


def engine_home() -> Path:
    """The engine's own folder for what it remembers (`PULUMI_HOME`)."""
    return cache_root() / "engine" / "home"


def status() -> EngineStatus:
    """Whether the engine is installed. Starts nothing and writes nothing."""
    folder = engine_folder()
    executable = folder / "bin" / "pulumi"
    try:
        source = str(json.loads((folder / STAMP).read_text(encoding="utf-8"))["source"])
    except (OSError, ValueError, KeyError, TypeError):
        return EngineStatus(VERSION, executable, installed=False)
    ready = os.access(executable, os.X_OK) and os.access(executable.with_name(HOST), os.X_OK)
    return EngineStatus(VERSION, executable, ready, source if ready else "")

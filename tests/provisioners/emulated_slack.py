"""Slack as the npm package `emulate` has it: written by others, so that it shares no mistake with our own stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from provisioners.run_file import SystemSettings
from provisioners.system import Connection
from tests.provisioners.emulated import emulated

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


@contextmanager
def emulated_slack(folder: Path, scopes: tuple[str, ...]) -> Iterator[str]:
    """Its address while it runs. scopes: of the token `TOKEN`; `NARROW` may only read channels and people.

    Skips the test where there is no Node.
    """
    tokens = {TOKEN: list(scopes), NARROW: ["channels:read", "groups:read", "users:read", "users:read.email"]}
    seed = {**SEED, "tokens": {token: {"login": "golive", "scopes": granted} for token, granted in tokens.items()}}
    with emulated(folder, "slack", seed) as address:
        yield address


def signed_in(url: str, variable: str, *, read_only: bool = False) -> Connection:
    """A connection with the token that an environment variable holds."""
    settings = SystemSettings(type="slack", url=url, token=f"env:{variable}", sandbox=False)
    return Connection(instance="chat", settings=settings, read_only=read_only)

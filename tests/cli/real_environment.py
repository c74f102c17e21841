"""An environment whose systems do not look like the sandbox, so that every guard is up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.cli.proxy import door
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]
Real = Callable[..., Workspace]


@pytest.fixture
def real(small: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[Real]:
    """A workspace with such an environment, called `live`."""
    monkeypatch.setenv("LIVE_TOKEN", "sandbox")
    with ExitStack() as doors:

        def make(text: str, production: bool = False) -> Workspace:
            workspace = small(text)
            address = doors.enter_context(door(workspace.sandbox.url))
            settings = workspace.settings()
            settings["production"] = production
            for entry in settings["systems"].values():
                entry["url"] = entry["url"].replace(workspace.sandbox.url, address)
                entry["token"] = "env:LIVE_TOKEN"
            workspace.set(settings, "live")
            return workspace

        yield make

"""One sandbox for all tests of a file, empty before each."""

from collections.abc import Iterator

import pytest

from provisioners.imports import Imports
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.imports.history import way_in


@pytest.fixture(scope="module")
def running() -> Iterator[LiveSandbox]:
    with running_sandbox() as live:
        yield live


@pytest.fixture
def sandbox(running: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> LiveSandbox:
    monkeypatch.setattr("provisioners.session.RETRY_PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr("provisioners.session.DEFAULT_WAIT", 0.0)
    monkeypatch.setattr("provisioners.zendesk.imports.content.RETRY_PAUSES", (0.0, 0.0, 0.0))
    running.reset()
    return running


@pytest.fixture
def imports(sandbox: LiveSandbox) -> Imports:
    return way_in(sandbox)

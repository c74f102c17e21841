"""A client of a HubSpot stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from provisioners.hubspot.client import HubSpotClient
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection

SEED: dict[str, Any] = {
    "hubspot": {
        "account": {"name": "Halden Pay", "id": 24160387},
        "owners": [
            {"name": "Dana Ruiz", "email": "dana@haldenpay.example"},
            {"name": "Piet de Vries", "email": "piet@haldenpay.example", "archived": True},
        ],
        "properties": [
            {"name": "renewal", "type": "date"},
            {
                "name": "segment",
                "type": "enumeration",
                "options": [{"label": "Big", "value": "A"}, {"label": "Small", "value": "small"}],
            },
        ],
    }
}


@pytest.fixture(scope="module")
def running() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as sandbox:
        sandbox.settings("hubspot", calls_in_ten_seconds=100_000)
        yield sandbox


@pytest.fixture
def live(running: LiveSandbox) -> LiveSandbox:
    running.heal()
    running.clear_log()
    return running


@pytest.fixture
def client(live: LiveSandbox) -> HubSpotClient:
    return HubSpotClient(connection("hubspot", live.url))

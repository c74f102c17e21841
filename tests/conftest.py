"""What holds for every test: nothing in them reaches beyond this machine."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest

os.environ.setdefault("GOGC", "400")  # the engine starts a thousand times here, and tidies up its memory less often
_connect = socket.socket.connect


class OutsideCall(AssertionError):
    """A test tried to reach something beyond this machine."""


def _only_loopback(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6):
        host = str(address[0])
        try:
            allowed = ipaddress.ip_address(host).is_loopback
        except ValueError:
            allowed = host == "localhost"
        if not allowed:
            raise OutsideCall(f"a test tried to reach {host}")
    _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Every connection of the test process goes to this machine or fails."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", _only_loopback)
    yield
    patch.undo()

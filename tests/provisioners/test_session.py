"""Which addresses are this machine, and how long a refusal asks to wait."""

from __future__ import annotations

import pytest

from config.addresses import is_loopback


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8411/zendesk", True),
        ("http://127.9.8.7", True),
        ("http://[::1]:8411", True),
        ("http://localhost:1/x", True),
        ("https://127.0.0.1.evil.example", False),
        ("https://127.example", False),
        ("https://acme.zendesk.com", False),
        ("nothing", False),
    ],
)
def test_what_is_this_machine(url: str, here: bool) -> None:
    assert is_loopback(url) is here

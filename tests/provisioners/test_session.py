"""The guard's waiting: golive's own ceiling, and the vendor's time after a 429."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.addresses import is_loopback
from provisioners.errors import SystemFault
from provisioners.session import CallGuard


def guard(calls_per_minute: int | None = None) -> CallGuard:
    return CallGuard("helpdesk", "http://127.0.0.1:1", lambda method, path: True, calls_per_minute=calls_per_minute)


def seconds(call: Callable[[], None]) -> float:
    started = time.monotonic()
    call()
    return time.monotonic() - started


@pytest.mark.parametrize("calls_per_minute", [None, 60_000])
def test_after_a_429_every_thread_waits(calls_per_minute: int | None) -> None:
    held = guard(calls_per_minute)
    assert seconds(held.wait_for_turn) < 0.1
    held.hold_all(0.3)
    with ThreadPoolExecutor(4) as threads:
        took = list(threads.map(lambda _: seconds(held.wait_for_turn), range(4)))
    assert min(took) > 0.25
    assert seconds(held.wait_for_turn) < 0.1


def test_a_429_that_comes_while_a_thread_waits_holds_it_too() -> None:
    held = guard()
    held.hold_all(0.2)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(lambda: seconds(held.wait_for_turn))
        time.sleep(0.05)
        held.hold_all(0.5)
        assert waiting.result() > 0.45


def test_the_ceiling_spreads_calls() -> None:
    held = guard(600)
    held.wait_for_turn()
    assert seconds(held.wait_for_turn) > 0.05
    assert seconds(held.wait_for_turn) > 0.05


def test_a_stopped_run_does_not_wait_on() -> None:
    held = guard()
    held.hold_all(30)
    threading.Timer(0.1, held.stop.set).start()
    with pytest.raises(SystemFault, match="stopped while waiting"):
        held.wait_for_turn()


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

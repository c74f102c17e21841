"""The limiter: golive's own ceiling, what the vendor shows, and its time after a 429."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from provisioners import limits
from provisioners.errors import SystemFault
from provisioners.limits import ACCOUNT, Limiter, Seen
from provisioners.run_file import SystemSettings
from provisioners.system import Connection
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.limits import ZendeskLimits
from tests.live_sandbox import LiveSandbox, running_sandbox

FASTER = 6
"""So much faster a minute passes in the tests that need several."""


def seconds(call: Callable[[], object]) -> float:
    started = time.monotonic()
    call()
    return time.monotonic() - started


def turn(limiter: Limiter, *scopes: str) -> Callable[[], None]:
    return lambda: limiter.take(scopes)


@pytest.mark.parametrize("calls_per_minute", [None, 60_000])
def test_after_a_429_every_thread_waits(calls_per_minute: int | None) -> None:
    limiter = Limiter("helpdesk", calls_per_minute)
    assert seconds(turn(limiter)) < 0.1
    limiter.hold(ACCOUNT, 0.3)
    held = time.monotonic()
    with ThreadPoolExecutor(4) as threads:
        waited = [threads.submit(lambda: (limiter.take(()), time.monotonic() - held)[1]) for _ in range(4)]
        assert min(each.result() for each in waited) >= 0.3
    assert seconds(turn(limiter)) < 0.1


def test_a_429_that_comes_while_a_thread_waits_holds_it_too() -> None:
    limiter = Limiter("helpdesk")
    limiter.hold(ACCOUNT, 0.5)
    held = time.monotonic()
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(turn(limiter))
        time.sleep(0.05)
        limiter.hold(ACCOUNT, 1)
        waiting.result()
        assert time.monotonic() - held >= 1


def test_one_endpoint_holds_up_no_other() -> None:
    limiter = Limiter("helpdesk")
    limiter.hold("slow", 0.4)
    assert seconds(turn(limiter, "quick")) < 0.1
    assert seconds(turn(limiter, "slow")) > 0.3


def test_the_ceiling_spreads_calls() -> None:
    limiter = Limiter("helpdesk", 600)
    limiter.take(())
    assert seconds(turn(limiter)) > 0.05
    assert seconds(turn(limiter)) > 0.05
    assert limiter.per_minute == 600


def test_a_stopped_run_does_not_wait_on() -> None:
    limiter = Limiter("helpdesk")
    limiter.hold(ACCOUNT, 30)
    threading.Timer(0.1, limiter.stop.set).start()
    with pytest.raises(SystemFault, match="stopped while waiting"):
        limiter.take(())
    with pytest.raises(SystemFault, match="stopped while waiting"):
        limiter.pause(30)


def test_the_first_call_goes_alone_where_its_answer_shows_the_limit() -> None:
    limiter = Limiter("helpdesk", speaks=True)
    limiter.take(())
    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(turn(limiter)) for _ in range(2)]
        time.sleep(0.2)
        assert not any(each.done() for each in waiting)
        limiter.learn((), [Seen(ACCOUNT, 700, 699, 60)])
        assert seconds(lambda: [each.result() for each in waiting]) < 0.5
    assert limiter.per_minute == 700


def test_what_is_left_is_counted_down_with_what_is_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    limiter = Limiter("helpdesk", on_wait=lambda why, _: told.append(why))
    limiter.take(())
    limiter.learn((), [Seen(ACCOUNT, 10, 3, 60)])
    for _ in range(2):
        limiter.take(())
    limiter.learn((), [Seen(ACCOUNT, 10, 2, 60)])  # one is still on its way: of the two that are left, one is its own
    limiter.take(())
    threading.Timer(0.2, limiter.stop.set).start()
    with pytest.raises(SystemFault, match="stopped"):
        limiter.take(())
    assert told == ["10 calls a minute"]


def test_somebody_elses_calls_are_counted_too() -> None:
    limiter = Limiter("helpdesk")
    limiter.take(())
    limiter.learn((), [Seen(ACCOUNT, 10, 9, 60)])
    limiter.take(())
    limiter.learn((), [Seen(ACCOUNT, 10, 0, 0.3)])  # another client has taken what was left
    assert seconds(turn(limiter)) > 0.5


HEADERS = {
    "X-Rate-Limit": "700",
    "RateLimit-Limit": "700",
    "RateLimit-Remaining": "698",
    "RateLimit-Reset": "42",
}


def test_zendesks_headers() -> None:
    vendor = ZendeskLimits()
    assert vendor.seen("GET", "/api/v2/triggers", HEADERS) == [Seen(ACCOUNT, 700, 698, 42)]
    assert vendor.seen("GET", "/api/v2/triggers", {"X-Rate-Limit": "400", "X-Rate-Limit-Remaining": "1"}) == [
        Seen(ACCOUNT, 400, 1, 60)
    ]
    assert vendor.seen("GET", "/api/v2/triggers", {"X-Rate-Limit": "many"}) == []
    own = {"Zendesk-RateLimit-Users-Update": "total=5; remaining=0; resets=17"}
    assert vendor.scopes("PUT", "/api/v2/users/17") == []
    assert vendor.refused("PUT", "/api/v2/users/17", own) == "users-update 17"
    assert vendor.scopes("PUT", "/api/v2/users/17.json") == ["users-update 17"]
    assert vendor.scopes("PUT", "/api/v2/users/18") == ["users-update 18"], "counted by itself, from the first call on"
    assert vendor.scopes("GET", "/api/v2/users/17") == []
    assert vendor.refused("GET", "/api/v2/triggers", {}) == ACCOUNT
    older = {"zendesk-rate-limit-search": "total=100; remaining=99; resets=3", "zendesk-ratelimit-inflight-jobs": "x"}
    assert vendor.seen("GET", "/api/v2/search", older) == [Seen("search", 100, 99, 3)]
    assert vendor.scopes("GET", "/api/v2/search") == ["search"]


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveSandbox]:
    """A sandbox, and a limiter, for whom time passes faster."""

    class Clock:
        monotonic = staticmethod(lambda: time.monotonic() * FASTER)

    monkeypatch.setattr(limits, "time", Clock)
    with running_sandbox({"zendesk": {"subdomain": "acme", "name": "Acme"}}) as sandbox:
        sandbox.store.clock = lambda: time.time() * FASTER
        yield sandbox


def client(sandbox: LiveSandbox, report: Any = lambda *_: None) -> ZendeskClient:
    settings = SystemSettings("zendesk", f"{sandbox.url}/zendesk", "sandbox", sandbox=True)
    return ZendeskClient(Connection("helpdesk", settings, read_only=True, report=report))


def test_all_that_is_allowed_is_used_and_nothing_is_refused(hurried: LiveSandbox) -> None:
    hurried.settings("zendesk", calls_per_minute=200)
    asked = client(hurried)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: asked.get("groups"), range(650)))
    log = hurried.log()
    assert sum(entry["status"] == 429 for entry in log) <= 1
    minutes = Counter(entry["at"][:16] for entry in log if entry["status"] == 200)
    middle = [minutes[minute] for minute in sorted(minutes)][1:-1]
    assert len(middle) >= 1 and min(middle) >= 0.95 * 200, minutes


def test_an_endpoint_of_its_own_does_not_hold_up_the_account(hurried: LiveSandbox) -> None:
    hurried.settings("zendesk", calls_per_minute=200, endpoint_limits=True)
    waits: list[dict[str, Any]] = []
    asked = client(hurried, lambda event, facts: waits.append(dict(facts)) if event == "wait" else None)
    for _ in range(100):
        asked.get("search", query="type:ticket")
    with ThreadPoolExecutor(2) as threads:
        held = threads.submit(asked.get, "search", query="type:ticket")
        threads.submit(asked.get, "groups").result(2)
        assert not held.done()
        held.result(20)
    assert not any(entry["status"] == 429 for entry in hurried.log())
    assert [each["why"] for each in waits] == ["100 calls a minute (search)"]

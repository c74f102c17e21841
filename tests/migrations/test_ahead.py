"""A second process that reads ahead: the same as without it, and no end that nobody notices."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrations.sources.ahead import ahead
from migrations.sources.source import SourceFault


@pytest.fixture(autouse=True)
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrations.sources.ahead.WORTH_IT", 0)
    monkeypatch.setattr("migrations.sources.ahead._processors", lambda: 2)


def numbers(until: int, then: str) -> Iterator[tuple[int, int]]:
    """With the process that gives them."""
    for number in range(until):
        yield number, os.getpid()
    if then == "fault":
        raise SourceFault("log.csv, line 3", "it is damaged", "Save it again.")
    if then == "mistake":
        raise KeyError("nothing")
    if then == "killed":
        os.kill(os.getpid(), signal.SIGKILL)


def test_it_gives_everything_in_its_order_from_another_process() -> None:
    found = [*ahead(Path(__file__), numbers, 50, "")]
    assert [number for number, _ in found] == [*range(50)]
    assert {process for _, process in found} != {os.getpid()}


def test_a_fault_is_the_same_as_without_it() -> None:
    given = ahead(Path(__file__), numbers, 1, "fault")
    assert next(given)[0] == 0
    with pytest.raises(SourceFault, match="it is damaged") as raised:
        next(given)
    assert (raised.value.where, raised.value.do) == ("log.csv, line 3", "Save it again.")


def test_a_mistake_of_ours_says_where_it_was() -> None:
    with pytest.raises(KeyError) as raised:
        next(ahead(Path(__file__), numbers, 0, "mistake"))
    assert "in numbers" in raised.value.__notes__[0]


def test_a_process_that_somebody_kills_is_said() -> None:
    given = ahead(Path(__file__), numbers, 1, "killed")
    next(given)
    with pytest.raises(SourceFault, match="has ended") as raised:
        next(given)
    assert "Run the same command again" in raised.value.do


def killed_while_it_gives() -> Iterator[bytes]:
    """What does not go through a pipe at once, so that it waits for somebody to take it."""
    yield b""
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGKILL)).start()
    yield bytes(10_000_000)


def test_a_process_that_is_killed_while_it_gives_is_said() -> None:
    given = ahead(Path(__file__), killed_while_it_gives)
    next(given)
    [process] = multiprocessing.active_children()
    process.join()
    with pytest.raises(SourceFault, match="has ended"):
        next(given)


def test_ctrl_c_is_for_the_one_that_began_it() -> None:
    given = ahead(Path(__file__), numbers, 10_000, "")
    os.kill(next(given)[1], signal.SIGINT)
    assert [number for number, _ in given] == [*range(1, 10_000)]


def test_nobody_is_left_behind_by_a_reading_that_stops() -> None:
    given = ahead(Path(__file__), numbers, 10_000_000, "")
    process = next(given)[1]
    given.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)

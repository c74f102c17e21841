"""What a run that only looks has read is not read again."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from provisioners.snapshot import Snapshot


def test_all_who_ask_at_once_get_one_answer() -> None:
    snapshot, read, everybody = Snapshot(), [], threading.Barrier(8)

    def answer() -> str:
        read.append(threading.get_ident())
        return "answer"

    def ask(number: int) -> str:
        everybody.wait()
        return str(snapshot.once(("triggers", number % 2), answer))

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {"answer"}
    assert len(read) == 2, "one for each question"


def test_a_failure_is_tried_again() -> None:
    snapshot = Snapshot()
    with pytest.raises(KeyError):
        snapshot.once("triggers", lambda: {}["nothing"])
    assert snapshot.once("triggers", lambda: 1) == snapshot.once("triggers", lambda: 2) == 1

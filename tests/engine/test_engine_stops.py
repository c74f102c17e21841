"""Cancelling, dying, locking: with the real engine."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from stacks.automation import EngineBusy, EngineFailed, EnvironmentStack, Outcome
from stacks.interruption import Interrupted, Interruption
from stacks.state import ids
from stacks.unfinished import unfinished
from tests.engine.conftest import RECORD, Site, operations, thing
from tests.waiting import wait_for

pytestmark = pytest.mark.engine

THINGS = [thing(f"n{number}") for number in range(40)]


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class Background:
    """An `up` in another thread."""

    def __init__(self, site: Site, interruption: Interruption) -> None:
        self.stack: EnvironmentStack = site.stack("up", interruption)
        self.state = self.stack.export_state()
        self.outcome: Outcome | None = None
        self.error: Exception | None = None
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.outcome = self.stack.up([RECORD, *THINGS], self.state)
        except Exception as error:
            self.error = error

    def end(self) -> None:
        self.thread.join(30)
        assert not self.thread.is_alive()


def engine_process(interruption: Interruption) -> subprocess.Popen[str]:
    process = interruption._process
    assert process is not None
    return process


def test_a_stopped_run_sends_nothing_new_saves_and_unlocks(site: Site) -> None:
    site.account.faults(create_any="slow 20")
    said: list[str] = []
    interruption = Interruption(lambda: said.append("stopping"))
    run = Background(site, interruption)
    wait_for(lambda: len(site.account.calls("create")) >= 8, "eight creates in flight")
    started = time.monotonic()
    interruption.stop()
    interruption.stop()
    run.end()
    assert time.monotonic() - started < 10
    assert said == ["stopping"]
    assert run.outcome is not None and run.outcome.interrupted and not run.outcome.ok
    assert len(site.account.calls("create")) == 8
    assert site.account.live() == {}
    (host,) = site.account.process_ids()
    wait_for(lambda: not alive(host), "the end of the host")

    site.account.faults()
    assert unfinished(site.stack().export_state()) == []
    assert site.up(*THINGS).ok
    assert len(site.account.live()) == 40


def test_the_host_dies_with_the_engine_and_writes_nothing_more(site: Site) -> None:
    site.account.faults(create_any="slow 3")
    interruption = Interruption()
    run = Background(site, interruption)
    wait_for(lambda: len(site.account.calls("create")) >= 8, "eight creates in flight")
    (host,) = site.account.process_ids()
    os.kill(engine_process(interruption).pid, signal.SIGKILL)
    wait_for(lambda: not alive(host), "the end of the host", seconds=2)
    run.end()
    assert site.account.live() == {}
    assert isinstance(run.error, EngineFailed)
    assert list(site.root.rglob("*.attrs")) == [], "a file beside the state that a death in the middle leaves empty"

    stack = site.stack("up")
    state = stack.export_state()
    assert {each.write for each in unfinished(state)} == {"create"} and len(unfinished(state)) >= 8
    (holder,) = stack.holders()
    assert holder.is_here and holder.is_dead
    site.account.faults()
    assert stack.up([RECORD], state).ok, "the lock of a dead run is in nobody's way"
    assert stack.holders() == []
    assert operations(site.plan(*THINGS[:2])) == {"n0": "create", "n1": "create"}


def test_a_run_that_golive_has_left_stops_saves_and_unlocks(site: Site) -> None:
    """Golive is killed: the host tells the engine, which nobody else would."""
    site.account.faults(create_any="slow 20")
    interruption = Interruption()
    run = Background(site, interruption)
    wait_for(lambda: len(site.account.calls("create")) >= 8, "eight creates in flight")
    (host,) = site.account.process_ids()
    site.folders.clear()
    started = time.monotonic()
    run.end()
    wait_for(lambda: not alive(host), "the end of the host", seconds=2)
    assert time.monotonic() - started < 8
    assert run.outcome is not None and not run.outcome.ok
    assert site.account.live() == {} and len(site.account.calls("create")) == 8
    stack = site.stack("up")
    assert stack.holders() == [] and unfinished(stack.export_state()) == []
    assert "golive/record/environment" in ids(stack.export_state())


def test_a_live_run_holds_the_lock(site: Site) -> None:
    site.account.faults(create_any="slow 3")
    interruption = Interruption()
    run = Background(site, interruption)
    wait_for(lambda: bool(site.account.calls("create")), "a create in flight")
    second = site.stack("up")
    state = second.export_state()
    with pytest.raises(EngineBusy) as raised:
        second.up([RECORD], state)
    (holder,) = raised.value.holders
    assert holder.pid == engine_process(interruption).pid
    assert holder.is_here and not holder.is_dead and holder.user
    interruption.stop()
    run.end()


def test_a_signal_in_the_main_thread_raises_nothing(site: Site) -> None:
    site.account.faults(create_any="slow 20")
    said: list[str] = []
    before = signal.getsignal(signal.SIGINT)
    with Interruption(lambda: said.append("stopping")) as interruption:
        stack = site.stack("up", interruption)

        def press() -> None:
            wait_for(lambda: len(site.account.calls("create")) >= 8, "eight creates in flight")
            for name in ("INT", "TERM"):  # from outside: one's own signals may come to one's own thread
                subprocess.run(["kill", f"-{name}", str(os.getpid())], check=True)

        thread = threading.Thread(target=press)
        thread.start()
        outcome = stack.up([RECORD, *THINGS], stack.export_state())
        thread.join()
    assert outcome.interrupted and not outcome.ok
    assert said == ["stopping"]
    assert signal.getsignal(signal.SIGINT) is before
    assert "golive/record/environment" in ids(site.stack().export_state())


def test_a_signal_before_the_start_starts_nothing(site: Site) -> None:
    with Interruption() as interruption:
        stack = site.stack("up", interruption)
        state = stack.export_state()
        interruption.stop()
        with pytest.raises(Interrupted):
            stack.up([RECORD, *THINGS], state)
    assert site.account.calls() == []

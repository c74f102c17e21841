"""Ctrl-C in the middle of a run: nothing new is sent, what is under way is noted, and the next run goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.cli.workspace import SCRIPT, Workspace

Small = Callable[[str], Workspace]

GROUPS = "groups: {" + ", ".join(f"g{number}: {{name: Group {number}}}" for number in range(12)) + "}\n"
OWN = GROUPS + "macros: {hand_over: {name: Hand over, then: [{set: group, to: g0}]}}\n"
HEARING = "import os, signal, sys; signal.signal(int(sys.argv[1]), signal.SIG_DFL); os.execv(sys.argv[2], sys.argv[2:])"
"""Becomes a command that hears a signal: `nohup` before the tests would be inherited. It is no function that runs
between fork and exec, because gRPC, which this process has loaded, does not always survive a fork (grpc/grpc#43055)."""


def stopped(
    workspace: Workspace,
    verb: str,
    fault: dict[str, Any],
    begun: Callable[[], bool],
    number: signal.Signals,
    more: tuple[str, ...] = ("--yes",),
    wait: float = 0.0,
) -> tuple[int, str, str]:
    """Code and output of a run that gets a signal once something has begun, while the fault keeps it waiting."""
    workspace.sandbox.fault(kind="latency", system="zendesk", **fault)
    workspace.sandbox.clear_log()
    process = subprocess.Popen(
        [sys.executable, "-c", HEARING, str(int(number)), str(SCRIPT), verb, *more],
        cwd=workspace.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + 60
    while not begun():
        assert process.poll() is None and time.monotonic() < end, "it never came so far"
        time.sleep(0.02)
    time.sleep(wait)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    workspace.sandbox.heal()
    return process.returncode, out, err


def test_no_answer_is_waited_for_longer_than_ten_seconds(small: Small) -> None:
    workspace = small(OWN)
    fault = {"method": "GET", "path": "users/me", "value": "60000"}
    asked = lambda: any(entry["path"].endswith("brands") for entry in workspace.sandbox.log())  # noqa: E731
    started = time.monotonic()
    code, _, err = stopped(workspace, "plan", fault, asked, signal.SIGINT, ())
    assert (code, "Cancelled. Nothing was changed." in err) == (8, True)
    assert time.monotonic() - started < 20


def test_what_was_under_way_when_it_was_given_up_is_found_later(small: Small) -> None:
    workspace = small(OWN)
    late = {"method": "POST", "path": "groups", "value": "45000"}
    code, out, err = stopped(workspace, "up", late, lambda: workspace.sandbox.fired() > 0, signal.SIGHUP)
    assert code == 8, err
    assert "Group 0" not in workspace.titles("groups"), "the answers come later"
    assert "left. `golive up` goes on from there." in out
    assert {each["write"] for each in workspace.plan().document["unfinished"]} == {"create"}
    end = time.monotonic() + 90
    while "Group 0" not in workspace.titles("groups"):
        assert time.monotonic() < end
        time.sleep(0.2)
    workspace.up()
    workspace.is_settled()
    names = workspace.titles("groups")
    assert [names.count(f"Group {number}") for number in range(12)] == [1] * 12


def stopped_writing(workspace: Workspace, verb: str, method: str) -> tuple[int, str, str]:
    """Ctrl-C once the first write has arrived, and before it is answered: the log has it only then."""
    fault = {"method": method, "path": "groups", "value": "1500"}
    return stopped(workspace, verb, fault, lambda: workspace.sandbox.fired() > 0, signal.SIGINT)


def stopped_between(workspace: Workspace, verb: str, slow: str, before: str) -> tuple[int, str, str]:
    """SIGTERM while golive itself waits for an answer.

    slow: the path that answers late. before: the path that is asked just before it.
    """
    fault = {"method": "GET", "path": slow, "value": "3000"}
    asked = lambda: any(entry["path"].endswith(before) for entry in workspace.sandbox.log())  # noqa: E731
    return stopped(workspace, verb, fault, asked, signal.SIGTERM)


def test_a_stopped_up_goes_on_from_there(small: Small) -> None:
    workspace = small(OWN)
    code, out, err = stopped_writing(workspace, "up", "POST")
    assert code == 8
    assert "Stopping: nothing new is sent; what is under way is finished and noted." in err
    assert "left. `golive up` goes on from there." in out.splitlines()[-1]
    assert "Traceback" not in err and "cancel" not in (out + err).lower(), "the engine's own words"
    assert "Hand over" not in workspace.titles("macros")
    workspace.up()
    workspace.is_settled()
    names = workspace.titles("groups")
    assert [names.count(f"Group {number}") for number in range(12)] == [1] * 12


def test_stopped_while_it_reads_again_is_no_change_by_hand(set_up: Small) -> None:
    workspace = set_up(OWN)
    workspace.edit("Group 3", "Group three")
    runs = workspace.root / ".golive" / "runs"
    earlier = {*runs.iterdir()}
    fault = {"method": "GET", "path": "groups", "value": "3000", "after": 1}  # the plan reads them before

    def begun() -> bool:
        requests = [run / "request.json" for run in {*runs.iterdir()} - earlier]
        return any(each.exists() and '"mode": "up"' in each.read_text() for each in requests)

    code, out, err = stopped(workspace, "up", fault, begun, signal.SIGINT, wait=1.5)
    assert (code, "Somebody changed" in err) == (8, False), err
    assert "Stopped. 0 done" in out
    workspace.up()
    workspace.is_settled()


def test_a_stopped_destroy_goes_on_from_there(set_up: Small) -> None:
    workspace = set_up(OWN)
    code, out, err = stopped_writing(workspace, "destroy", "DELETE")
    assert code == 8
    assert out.splitlines()[-1].endswith("left. Run it again to go on."), out
    assert "Traceback" not in err and "cancel" not in (out + err).lower(), "the engine's own words"
    assert workspace.golive("destroy", "--yes").code == 0
    assert [name for name in workspace.titles("groups") if name.startswith("Group ")] == []


RULES = """\
trigger_categories: {route: {name: Route}}
triggers: {a: {name: A, category: route, when: [{event: created}], then: [{add_tags: [x]}]}}
sla_policies:
  all:
    name: All
    when: [{field: via, is: email}]
    targets: {first_reply: {urgent: 1h, high: 1h, normal: 1h, low: 1h}}
    hours: business
"""


def test_a_signal_while_golive_itself_waits_is_not_lost(small: Small) -> None:
    workspace = small(RULES)
    code, _, err = stopped_between(workspace, "up", "slas/policies/definitions", "triggers/definitions")
    assert (code, "Cancelled. Nothing was changed." in err) == (8, True)
    assert workspace.sandbox.writes() == []
    workspace.up()
    code, _, err = stopped_between(workspace, "destroy", "users/me", "brands")
    assert (code, "Cancelled. Nothing was changed." in err) == (8, True)
    assert workspace.sandbox.writes() == []

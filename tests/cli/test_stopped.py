"""Ctrl-C in the middle of a run: nothing new is sent, what is under way is noted, and the next run goes on."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable

from tests.cli.workspace import SCRIPT, Workspace

Small = Callable[[str], Workspace]

GROUPS = "groups: {" + ", ".join(f"g{number}: {{name: Group {number}}}" for number in range(12)) + "}\n"
OWN = GROUPS + "macros: {hand_over: {name: Hand over, then: [{set: group, to: g0}]}}\n"


def stopped(workspace: Workspace, verb: str, method: str) -> tuple[int, str, str]:
    """Code and output of a run that is told to stop once its first write has arrived."""
    workspace.sandbox.fault(kind="latency", system="zendesk", method=method, path="groups", value="1500")
    workspace.sandbox.clear_log()
    process = subprocess.Popen(
        [str(SCRIPT), verb, "--yes"], cwd=workspace.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 60
    while not workspace.sandbox.writes():
        assert process.poll() is None and time.monotonic() < end, "nothing was written"
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    workspace.sandbox.heal()
    return process.returncode, out, err


def test_a_stopped_up_goes_on_from_there(small: Small) -> None:
    workspace = small(OWN)
    code, out, err = stopped(workspace, "up", "POST")
    assert code == 8
    assert "Stopping: nothing new is sent; what is under way is finished and noted." in err
    assert "left. `golive up` goes on from there." in out.splitlines()[-1]
    assert "Traceback" not in err
    assert "Hand over" not in workspace.titles("macros")
    workspace.up()
    workspace.is_settled()
    names = workspace.titles("groups")
    assert [names.count(f"Group {number}") for number in range(12)] == [1] * 12


def test_a_stopped_destroy_goes_on_from_there(small: Small) -> None:
    workspace = small(OWN)
    workspace.up()
    code, out, err = stopped(workspace, "destroy", "DELETE")
    assert code == 8
    assert out.splitlines()[-1].endswith("left. Run it again to go on."), out
    assert "Traceback" not in err
    assert workspace.golive("destroy", "--yes").code == 0
    assert [name for name in workspace.titles("groups") if name.startswith("Group ")] == []

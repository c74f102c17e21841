"""`kill -9` on the way to another phase: the same command goes on, the log stays whole, and no step is taken twice.

Each is known by its seed: GOLIVE_CHAOS=17 runs that one alone.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from golive.terminal.exits import Exit
from tests.chaos.conftest import Prepared
from tests.chaos.crash import MOVES, Crash, Verb, command, hit
from tests.chaos.test_chaos import seeds
from tests.chaos.world import held
from tests.cli.conftest import new_workspace
from tests.cli.gated import Gated
from tests.cli.test_phases import trigger
from tests.cli.workspace import Workspace, point_to
from tests.live_sandbox import running_sandbox

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(sys.platform != "linux", reason="who belongs to a run is read from /proc"),
]

FILES = (
    "trigger_categories: {route: {name: Route}}\ntriggers:\n"
    + "".join(trigger(f"soft_{number}", ", phase: soft_launch") for number in range(4))
    + "".join(trigger(f"gone_{number}", ", phase: {from: build, until: soft_launch}") for number in range(4))
    + "groups:\n  day: {name: Day shift}\n"
    + "".join(f"  night_{number}: {{name: Night shift {number}, phase: soft_launch}}\n" for number in range(4))
)
STARTED: dict[Verb, str] = {"advance": "advance_started", "retreat": "retreat_started"}
ENDED: dict[Verb, str] = {"advance": "advanced", "retreat": "retreated"}


@pytest.fixture(scope="session")
def moving(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("moving")
    found = Prepared({}, {}, {}, {})
    with running_sandbox() as sandbox:
        workspace = new_workspace(folder, sandbox)
        workspace.config(FILES)
        gated = Gated.of(workspace)
        workspace.up()
        gated.go()
        for verb in MOVES:
            found.folders[verb] = folder / f"before-{verb}"
            shutil.copytree(workspace.root, found.folders[verb])
            found.tables[verb] = json.loads(sandbox.store.text())
            sandbox.clear_log()
            ran = workspace.golive(*command(verb))
            assert ran.code == 0, ran.out + ran.err
            found.ends[verb] = held(sandbox.store)
            found.writes[verb] = len(sandbox.writes())
    return found


@pytest.mark.parametrize("seed", seeds())
def test_a_move_that_died_goes_on(seed: int, moving: Prepared, tmp_path: Path) -> None:
    crash = Crash.of(seed, moving.writes, MOVES)
    with running_sandbox(memory=moving.tables[crash.verb]) as sandbox:
        shutil.copytree(moving.folders[crash.verb], tmp_path / "acme")
        workspace = Workspace(tmp_path / "acme", sandbox)
        point_to(workspace.root, sandbox.url.removeprefix("http://"))
        gated = Gated(workspace)
        before = gated.noted
        left = hit(crash, workspace)
        assert left.struck or not crash.must_strike(moving.writes[crash.verb]), f"nobody was hit: {crash}"
        assert left.late_writes == [], crash
        assert left.left == [], crash
        assert gated.golive("log", "verify").code == 0, crash
        if gated.noted[len(before) :] == [STARTED[crash.verb]]:
            refused = workspace.golive("up", "--yes")
            assert refused.code == Exit.FAILED, f"{crash}\n{refused.err}"
        if ENDED[crash.verb] not in gated.noted[len(before) :]:
            assert left.code != 0, f"{crash}\n{left.said}"
            ran = workspace.golive(*command(crash.verb))
            assert ran.code == 0, f"{crash}\n{ran.code}\n{ran.err}\n{ran.out}"
        assert gated.noted[len(before) :] == [STARTED[crash.verb], ENDED[crash.verb]], crash
        assert held(workspace.sandbox.store) == moving.ends[crash.verb], crash
        assert gated.git("status", "--porcelain", "checklists/log") == "", crash
        workspace.is_settled()

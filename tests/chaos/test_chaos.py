"""`kill -9` at random moments: the next run completes what was begun, and nothing is made twice or forgotten.

`make chaos` runs more of them. Each is known by its seed: GOLIVE_CHAOS=17 runs that one alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.chaos.conftest import Prepared, beginning, end_in_peace
from tests.chaos.crash import Crash, hit
from tests.chaos.world import held

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(sys.platform != "linux", reason="who belongs to a run is read from /proc"),
]


ASKED = "GOLIVE_CHAOS"
"""Names the seeds; who asks for some also wants everything taken away again after each."""


def seeds() -> range:
    """Those that are asked for: `N` for that one, `A-B` for several."""
    first, _, last = os.environ.get(ASKED, "0-5").partition("-")
    return range(int(first), int(last or first) + 1)


@pytest.mark.parametrize("seed", seeds())
def test_the_next_run_completes_what_a_dead_one_began(seed: int, prepared: Prepared, tmp_path: Path) -> None:
    crash = Crash.of(seed, prepared.writes)
    with beginning(prepared, crash.verb, tmp_path) as workspace:
        left = hit(crash, workspace)
        assert left.struck or not crash.must_strike(prepared.writes[crash.verb]), f"nobody was hit: {crash}"
        assert left.late_writes == [], crash
        assert left.left == [], crash
        end_in_peace(workspace, crash.verb)
        assert held(workspace.sandbox.store) == prepared.ends[crash.verb], crash
        if crash.verb != "destroy":
            workspace.is_settled()
        if crash.verb == "change" and ASKED in os.environ:
            end_in_peace(workspace, "destroy")
            assert held(workspace.sandbox.store) == prepared.ends["destroy"], crash

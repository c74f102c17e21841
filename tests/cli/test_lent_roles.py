"""Who stands in for somebody signs and decides in their role, on the days on which it is lent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from golive.terminal.exits import Exit
from tests.cli.gated import ITEMS, PEOPLE, Gated, bare_checklist
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]
CONFIG = "groups:\n  day: {name: Day shift}\n"


def gated(set_up: Small, until: str) -> Gated:
    """Ana lends Ben her role, beside whom somebody else has written the files."""
    lent = {"role": "head", "to": "ben", "from": "2020-01-01", "until": until}
    people: dict[str, Any] = {**PEOPLE, "ana": {**PEOPLE["ana"], "delegates": [lent]}}
    made = Gated.of(set_up(CONFIG), bare_checklist({"agreed": ITEMS["agreed"]}, people=people))
    made.is_now("cai")
    made.git("commit", "-q", "--amend", "--reset-author", "--no-edit")
    made.is_now("ben")
    return made


def test_who_stands_in_signs_and_decides(set_up: Small) -> None:
    made = gated(set_up, "2099-01-01")
    for command in ("sign agreed", "decide soft_launch go"):
        ran = made.golive("gate", *command.split(), "--yes")
        assert ran.code == 0, ran.err
    assert made.states() == {"agreed": "pass"}
    board = made.status()
    assert (board["decision"], board["open"]) == ("pass", True)
    assert {role for entry in made.chain.entries for role in entry.by.roles} >= {"head"}


@pytest.mark.parametrize("command", ["sign agreed", "decide soft_launch go"])
def test_nobody_stands_in_after_the_last_day(set_up: Small, command: str) -> None:
    made = gated(set_up, "2020-01-14")
    ran = made.golive("gate", *command.split(), "--yes")
    assert ran.code == Exit.USAGE
    assert "Ben Ode" in ran.err
    assert made.noted == []

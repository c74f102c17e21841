"""Risks that somebody asks to accept: who can answer, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from golive.terminal.exits import Exit
from tests.cli.gated import PEOPLE, Gated, bare_checklist
from tests.cli.project import day
from tests.cli.workspace import Ran, Workspace

Small = Callable[[str], Workspace]
ONE_DECIDES = {**PEOPLE, "cai": {**PEOPLE["cai"], "roles": ["finance"]}}
"""Ana alone."""


@pytest.fixture
def gated(set_up: Small) -> Gated:
    return Gated.of(set_up("groups:\n  day: {name: Day shift}\n"), bare_checklist(people=ONE_DECIDES))


def asks(gated: Gated, who: str = "ben") -> Ran:
    return gated.does(who, "gate", "waive", "agreed", "--reason", "Ana is away", "--until", day(9), "--yes")


def state(gated: Gated) -> Any:
    return next(each["state"] for each in gated.status("--offline")["items"] if each["key"] == "agreed")


def test_one_asks_and_another_agrees(gated: Gated) -> None:
    assert "Now somebody else agrees: Ana" in asks(gated).out
    own = gated.golive("gate", "waive", "agreed", "--approve")
    assert (own.code, "somebody else has to agree" in own.err) == (Exit.USAGE, True)
    gated.is_now("cai")
    other = gated.golive("gate", "waive", "agreed", "--approve")
    assert (other.code, "does not decide about the gate" in other.err) == (Exit.USAGE, True)
    assert state(gated) == "unknown"
    assert "The risk is accepted:" in gated.does("ana", "gate", "waive", "agreed", "--approve").out
    assert state(gated) == "waived"
    assert "The risk is not accepted any more:" in gated.does("ben", "gate", "waive", "agreed", "--revoke").out
    assert state(gated) == "unknown"


def test_who_asked_can_take_it_back_before_anybody_answers(gated: Gated) -> None:
    asks(gated)
    gated.is_now("cai")
    assert gated.golive("gate", "waive", "agreed", "--revoke").code == Exit.USAGE
    ran = gated.does("ben", "gate", "waive", "agreed", "--revoke")
    assert "Nobody is asked any more to accept it:" in ran.out
    gated.is_now("ana")
    late = gated.golive("gate", "waive", "agreed", "--approve")
    assert (late.code, "No risk of" in late.err) == (Exit.USAGE, True)
    again = gated.golive("gate", "waive", "agreed", "--revoke")
    assert (again.code, "is accepted or asked for" in again.err) == (Exit.USAGE, True)


def test_it_is_said_before_asking_that_nobody_else_could_agree(gated: Gated) -> None:
    ran = asks(gated, "ana")
    told, _, after = ran.out.partition("Asked.")
    assert "Nobody else decides about the gate yet" in told
    assert "Nobody else decides" not in after
    gated.is_now("ben")
    refused = gated.golive("gate", "waive", "agreed", "--deny")
    assert refused.code == Exit.USAGE
    assert gated.noted == ["waiver_asked"]

"""No sequence of commands, crashes and branches reaches a phase without its gate, other than by broken glass."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from config.chain import BrokenChain, Chain
from config.phases import PHASES
from config.progress import HANDOFF, check_moves, check_newest, check_phase, progress_of
from config.results.log_entry import EntrySort
from golive.gates.moving import has_written
from stacks.record import Record
from tests.checklists.logs import added, chain_of, united

TRACK = list(PHASES)
MOVES = ("advance_started", "advanced", "retreat_started", "retreated")
STEPS = ("before the log", "after the log", "in the run", "after the run", "never")
"""Where a command dies."""


@dataclass
class Reached:
    """What an environment's state remembers."""

    phase: str = "build"
    head: str = ""


class Phases(RuleBasedStateMachine):
    """One environment with one state, and several checkouts of its repository, each with its own version of the log.

    Each command does what the verbs do, with the same checks in the same order; it may die after any step.
    """

    logs = Bundle("logs")

    def __init__(self) -> None:
        super().__init__()
        self.state = Reached()
        self.second = 0
        self.asked = ""

    @initialize(target=logs)
    def begins(self) -> list[str]:
        return []

    def _noted(self, lines: list[str], entry: str, phase: str, **more: object) -> list[str]:
        self.second += 1
        at = f"2026-11-29T{self.second // 3600 % 24:02d}:{self.second // 60 % 60:02d}:{self.second % 60:02d}Z"
        return added(lines, entry, at, {"phase": phase, **more})  # type: ignore[arg-type]

    def _is_trusted(self, chain: Chain) -> bool:
        """What every verb looks at first."""
        try:
            check_phase(chain, self.state.head, self.state.phase)
            check_newest(chain, self.state.phase)
        except BrokenChain:
            return False
        return True

    def _runs(self, lines: list[str], phase: str) -> bool:
        """The program registers the record before anything else; whether it may. What it registers is what is then."""
        chain = chain_of(lines)
        try:
            check_phase(chain, chain.head, phase)
        except BrokenChain:
            return False
        forward = TRACK.index(phase) > TRACK.index(self.state.phase)
        assert not forward or self.asked == phase, "no gate was asked"
        self.state.phase, self.state.head = phase, chain.head
        return True

    @rule(target=logs, lines=logs, opens=st.booleans(), glass=st.booleans(), dies=st.sampled_from(STEPS))
    def advance(self, lines: list[str], opens: bool, glass: bool, dies: str) -> list[str]:
        chain = chain_of(lines)
        progress = progress_of(chain)
        if not self._is_trusted(chain) or TRACK.index(progress.phase) + 1 == len(TRACK):
            return lines
        to = TRACK[TRACK.index(progress.phase) + 1]
        goes_on = progress.is_advance and progress.goes_to == to
        if progress.under_way is not None and not goes_on:
            return lines
        if not (goes_on and has_written(progress, chain, Record(self.state.phase, self.state.head))):
            if not (opens or glass) or dies == "before the log":
                return lines
            if not opens:
                lines = self._noted(lines, "glass_broken", to, reason="Fire", items=[])
            self.asked = to
            through = {"gate": "asked"} if opens else {"glass": chain_of(lines).heads[0]}
            lines = self._noted(lines, "advance_started", to, **through)
        if dies == "after the log":
            return lines
        assert self._runs(lines, to)
        if dies in ("in the run", "after the run"):
            return lines
        return self._noted(lines, "advanced", to)

    @rule(target=logs, lines=logs, to=st.sampled_from(TRACK), dies=st.sampled_from(STEPS))
    def retreat(self, lines: list[str], to: str, dies: str) -> list[str]:
        chain = chain_of(lines)
        progress = progress_of(chain)
        if not self._is_trusted(chain) or not progress.leads_back_to(to) or dies == "before the log":
            return lines
        if progress.is_advance or progress.goes_to != to:
            lines = self._noted(lines, "retreat_started", to)
        if dies == "after the log":
            return lines
        assert self._runs(lines, to)
        if dies in ("in the run", "after the run"):
            return lines
        return self._noted(lines, "retreated", to)

    @rule(lines=logs, entry=st.sampled_from(MOVES), phase=st.sampled_from([*TRACK, HANDOFF]), gate=st.booleans())
    def somebody_writes(self, lines: list[str], entry: str, phase: str, gate: bool) -> None:
        """A line by hand, whole in itself: it leads nowhere to which a command would not lead, too."""
        chain = chain_of(lines)
        progress = progress_of(chain)
        lines = self._noted(lines, entry, phase, **({"gate": "asked"} if gate else {}))
        try:
            check_moves(chain_of(lines))
        except BrokenChain:
            return
        match entry:
            case "advance_started":
                assert progress.leads_to(phase)
                assert gate
            case "advanced":
                assert progress.is_advance
                assert progress.goes_to == phase
            case _:
                assert phase in TRACK[: TRACK.index(progress.phase) + 1]

    @rule(lines=logs)
    def up(self, lines: list[str]) -> None:
        """From any checkout, however old."""
        chain = chain_of(lines)
        if self._is_trusted(chain) and progress_of(chain).under_way is None:
            before = self.state.phase
            self._runs(lines, before)
            assert self.state.phase == before

    @rule(target=logs, ours=logs, theirs=logs)
    def merge(self, ours: list[str], theirs: list[str]) -> list[str]:
        return united(ours, theirs)

    @rule(lines=logs, phase=st.sampled_from(TRACK))
    def somebody_claims(self, lines: list[str], phase: str) -> None:
        """A program that is told another phase than that of its log registers nothing."""
        chain = chain_of(lines)
        progress = progress_of(chain)
        if phase not in (progress.phase, progress.goes_to):
            with pytest.raises(BrokenChain):
                check_phase(chain, chain.head, phase)


def noted(lines: list[str], minute: int, entry: EntrySort, phase: str) -> list[str]:
    return added(lines, entry, f"2026-11-29T10:{minute:02d}:00Z", {"phase": phase, "gate": "asked"})


def test_of_two_ways_back_the_one_that_was_begun_first_is_gone_to_its_end() -> None:
    """One died before its run, and the other branch knew nothing of it and went less far."""
    rolled_out: list[str] = []
    for minute, phase in ((0, "soft_launch"), (2, "rollout")):
        rolled_out = noted(noted(rolled_out, minute, "advance_started", phase), minute + 1, "advanced", phase)
    far = noted(rolled_out, 5, "retreat_started", "build")
    near = noted(noted(rolled_out, 6, "retreat_started", "soft_launch"), 7, "retreated", "soft_launch")
    chain = chain_of(united(near, far))
    head = chain_of(near).head
    check_phase(chain, head, "soft_launch")
    check_newest(chain, "soft_launch")
    progress = progress_of(chain)
    assert (progress.phase, progress.goes_to, progress.is_advance) == ("rollout", "build", False)
    assert [phase for phase in PHASES if progress.leads_back_to(phase)] == ["build"]
    ended = chain_of(noted(united(near, far), 9, "retreated", "build"))
    assert progress_of(ended).phase == "build"
    with pytest.raises(BrokenChain):
        check_newest(ended, "soft_launch")


def test_a_way_back_leads_no_less_far_than_it_was_begun() -> None:
    lines = noted(noted([], 0, "advance_started", "soft_launch"), 1, "advanced", "soft_launch")
    lines = noted(lines, 2, "retreat_started", "build")
    check_moves(chain_of(lines))
    with pytest.raises(BrokenChain):
        check_moves(chain_of(noted(lines, 3, "retreat_started", "soft_launch")))
    check_moves(chain_of(noted(noted(lines, 3, "retreat_started", "build"), 4, "retreated", "build")))


TestPhases = Phases.TestCase
TestPhases.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)

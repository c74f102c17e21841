"""No sequence of commands, crashes and branches reaches a phase without its gate, other than by broken glass."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from config.chain import BrokenChain, Chain
from config.phases import PHASES
from config.progress import check_newest, check_phase, progress_of
from tests.checklists.logs import added, chain_of, united

TRACK = list(PHASES)
STEPS = ("before the log", "after the log", "in the run", "after the run", "never")
"""Where a command dies."""


@dataclass
class Reached:
    """What an environment's state remembers, and through which gates it really went."""

    phase: str = "build"
    head: str = ""
    passed: set[str] = field(default_factory=lambda: {"build"})


class Phases(RuleBasedStateMachine):
    """One environment with one state, and several checkouts of its repository, each with its own version of the log.

    Each command does what the verbs do, with the same checks in the same order; it may die after any step.
    """

    logs = Bundle("logs")

    def __init__(self) -> None:
        super().__init__()
        self.state = Reached()
        self.second = 0

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
        self.state.phase, self.state.head = phase, chain.head
        return True

    @rule(target=logs, lines=logs, opens=st.booleans(), glass=st.booleans(), dies=st.sampled_from(STEPS))
    def advance(self, lines: list[str], opens: bool, glass: bool, dies: str) -> list[str]:
        chain = chain_of(lines)
        progress = progress_of(chain)
        if not self._is_trusted(chain) or TRACK.index(progress.phase) + 1 == len(TRACK):
            return lines
        to = TRACK[TRACK.index(progress.phase) + 1]
        resumes = progress.goes_to == to and progress.under_way is not None
        if progress.under_way is not None and not resumes:
            return lines
        if not resumes:
            if not (opens or glass) or dies == "before the log":
                return lines
            if not opens:
                lines = self._noted(lines, "glass_broken", to, reason="Fire", items=[])
            self.state.passed.add(to)
            lines = self._noted(lines, "advance_started", to)
        if dies == "after the log":
            return lines
        assert self._runs(lines, to)
        if dies in ("in the run", "after the run"):
            return lines
        return self._noted(lines, "advanced", to)

    @rule(target=logs, lines=logs, back=st.integers(1, 3), dies=st.sampled_from(STEPS))
    def retreat(self, lines: list[str], back: int, dies: str) -> list[str]:
        chain = chain_of(lines)
        progress = progress_of(chain)
        if not self._is_trusted(chain) or dies == "before the log":
            return lines
        at = max(TRACK.index(progress.phase), TRACK.index(progress.goes_to or "build"))
        to = TRACK[max(0, at - back)]
        if to not in TRACK[: TRACK.index(progress.phase) + 1]:
            return lines
        lines = self._noted(lines, "retreat_started", to, leaves=TRACK[TRACK.index(to) + 1 :])
        if dies == "after the log":
            return lines
        assert self._runs(lines, to)
        if dies in ("in the run", "after the run"):
            return lines
        return self._noted(lines, "retreated", to, leaves=TRACK[TRACK.index(to) + 1 :])

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

    @invariant()
    def every_phase_has_gone_through_its_gate(self) -> None:
        for phase in TRACK[: TRACK.index(self.state.phase) + 1]:
            assert phase in self.state.passed


TestPhases = Phases.TestCase
TestPhases.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)

"""Whether golive's own memory of the environment can be relied on."""

from __future__ import annotations

from typing import Any

from checklists.facts import Facts
from checklists.probes.base import Answer, Probe
from config.chain import BrokenChain
from config.phases import phase_words
from config.progress import check_phase
from config.words import counted, some


class StateSound(Probe):
    """The state is as golive and the engine wrote it, and no run was left open."""

    name = "state_sound"
    looks_at = ("state",)

    def answer(self, given: Any, facts: Facts) -> Answer:
        state = facts.state.known()
        numbers = {"unfinished": len(state.unfinished), "copies": state.copies, "runs": state.runs}
        if not state.sound:
            return Answer("fail", f"The state is not to be trusted: {state.why}.", numbers, state.why)
        if state.unfinished:
            return Answer("fail", f"Nobody knows what became of {some(state.unfinished)}.", numbers, state.unfinished)
        return Answer(
            "pass", f"The state is sound; {counted(state.copies, 'copy', 'copies')} of it are kept.", numbers, numbers
        )


class RecordAgrees(Probe):
    """The phase that the state remembers is one to which a gate of the log has led."""

    name = "record_agrees"
    looks_at = ("state", "log")

    def answer(self, given: Any, facts: Facts) -> Answer:
        state = facts.state.known()
        looked_at = [state.phase, state.log_head, facts.log.head]
        try:
            check_phase(facts.log, state.log_head, state.phase)
        except BrokenChain as broken:
            return Answer("fail", broken.why, {}, looked_at)
        return Answer("pass", f"State and log agree: {phase_words(state.phase)}.", {}, looked_at)


class StateShared(Probe):
    """The state of a production environment is not on one machine only."""

    name = "state_shared"
    lasts = "1d"

    def answer(self, given: Any, facts: Facts) -> Answer:
        known = facts.configuration.known()
        if known.production and known.is_local:
            return Answer(
                "warn", "The state is on one machine only: when that is lost, golive knows nothing.", {}, "local"
            )
        return Answer(
            "pass",
            "The state is where others can reach it." if known.production else "Nothing here is production.",
            {},
            "shared",
        )

"""How far an environment has come, by its log: the phase that was entered last, and what is under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.chain import BrokenChain, Chain
from config.phases import HANDOFF
from config.results.log_entry import LogEntry

__all__ = ["BEGINNING", "HANDOFF", "Progress", "check_newest", "check_phase", "progress_of"]

BEGINNING = "build"


@dataclass(frozen=True)
class Progress:
    """phase: the one that was entered or gone back to last, once that was finished. under_way: the advance or retreat
    that was begun and not finished. since: phase → when it was entered last (ISO 8601, UTC), as far as it was not gone
    back behind. handed_off: when the handoff was entered; empty before."""

    phase: str = BEGINNING
    under_way: LogEntry | None = None
    since: Mapping[str, str] = field(default_factory=dict)
    handed_off: str = ""

    @property
    def goes_to(self) -> str:
        """The phase to which what is under way leads; empty where nothing is."""
        return str(self.under_way.data["phase"]) if self.under_way else ""


def progress_of(chain: Chain) -> Progress:
    """How far the log says that the environment has come."""
    found = Progress()
    for entry in chain.ordered:
        to = str(entry.data.get("phase", ""))
        match entry.entry:
            case "advance_started" | "retreat_started":
                found = Progress(found.phase, entry, found.since, found.handed_off)
            case "advanced" if to == HANDOFF:
                found = Progress(found.phase, None, found.since, entry.at)
            case "advanced":
                found = Progress(to, None, {**found.since, to: entry.at}, found.handed_off)
            case "retreated":
                kept = {phase: at for phase, at in found.since.items() if phase not in entry.data.get("leaves", ())}
                found = Progress(to, None, kept, found.handed_off)
    return found


def check_phase(chain: Chain, head: str, phase: str) -> None:
    """Whether a state may say that it is in a phase, with the head of the log that it remembers.

    Raises BrokenChain where the log has lost what the state knows, or where no entry of it leads to the phase.
    """
    if not chain.extends(head):
        raise BrokenChain(0, "It lacks entries that were there when the last run was made.")
    then = progress_of(chain.up_to(head))
    if phase not in (then.phase, then.goes_to):
        raise BrokenChain(0, f"The state says {_said(phase)}, and no gate of this log has led there.")


def check_newest(chain: Chain, phase: str) -> None:
    """Whether a state's phase is the one that the log has reached by now.

    Raises BrokenChain: an old copy of a state was put back, or the phase was entered from another state than this one.
    """
    now = progress_of(chain)
    if phase not in (now.phase, now.goes_to):
        raise BrokenChain(0, f"The log says {_said(now.phase)}, and the state says {_said(phase)}.")


def _said(phase: str) -> str:
    return phase.replace("_", " ")

"""How far an environment has come, by its log: the phase that was entered last, and what is under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from config.chain import BrokenChain, Chain
from config.phases import HANDOFF, PHASES, phase_words
from config.results.log_entry import LogEntry

__all__ = ["BEGINNING", "HANDOFF", "Progress", "check_moves", "check_newest", "check_phase", "progress_of"]

BEGINNING = PHASES[0]
_HANDED_OFF_FROM = "rollout"
"""The handoff follows this phase, beside the milestones."""


@dataclass(frozen=True)
class Progress:
    """phase: the one that was entered or gone back to last, once that was finished. under_way: the advance or retreat
    that was begun and not finished. since: phase → when it was entered last (ISO 8601, UTC), as far as it was not gone
    back behind. handed_off: when the handoff was entered; empty before, and where it was gone back behind."""

    phase: str = BEGINNING
    under_way: LogEntry | None = None
    since: Mapping[str, str] = field(default_factory=dict)
    handed_off: str = ""

    @property
    def goes_to(self) -> str:
        """The phase to which what is under way leads; empty where nothing is."""
        return str(self.under_way.data["phase"]) if self.under_way else ""

    @property
    def is_advance(self) -> bool:
        """Whether what is under way leads to a later phase."""
        return self.under_way is not None and self.under_way.entry == "advance_started"

    @property
    def is_retreat(self) -> bool:
        """Whether what is under way leads back."""
        return self.under_way is not None and not self.is_advance

    def leads_to(self, phase: str) -> bool:
        """Whether a phase, or the handoff, is the next one."""
        now = PHASES.index(self.phase)
        if phase == HANDOFF:
            return now >= PHASES.index(_HANDED_OFF_FROM) and not self.handed_off
        return phase in PHASES and PHASES.index(phase) == now + 1

    def leads_back_to(self, phase: str) -> bool:
        """Whether a phase is behind: an earlier one; this one, too, where the way to a later one was begun. A way back
        that was begun can lead further back and no less far: no gate would stand behind what wakes again."""
        nearest = self.goes_to if self.is_retreat else self.phase
        return phase in PHASES[: PHASES.index(nearest) + (self.under_way is not None)]


def phases_after(phase: str) -> tuple[str, ...]:
    """The phases, and the handoff, that an environment leaves which goes back to a phase."""
    behind = PHASES.index(phase) + 1
    handoff = (HANDOFF,) if _HANDED_OFF_FROM in PHASES[behind:] else ()
    return (*PHASES[behind:], *handoff)


def progress_of(chain: Chain) -> Progress:
    """How far the log says that the environment has come.

    Of two branches that knew nothing of each other both may have gone on from the same phase. What does not follow from
    where the environment is by then has no effect.
    """
    found = Progress()
    for entry in chain.ordered:
        found = _after(found, entry)
    return found


def _after(before: Progress, entry: LogEntry) -> Progress:
    """Where an entry leads."""
    if entry.entry not in _MOVES or not _follows(before, entry):
        return before
    to = str(entry.data["phase"])
    match entry.entry:
        case "advance_started" | "retreat_started":
            return replace(before, under_way=entry)
        case "advanced" if to == HANDOFF:
            return replace(before, under_way=None, handed_off=entry.at)
        case "advanced":
            return replace(before, phase=to, under_way=None, since={**before.since, to: entry.at})
    leaves = phases_after(to)
    kept = {phase: at for phase, at in before.since.items() if phase not in leaves}
    return Progress(to, None, kept, "" if HANDOFF in leaves else before.handed_off)


_MOVES = ("advance_started", "advanced", "retreat_started", "retreated")


def _follows(before: Progress, entry: LogEntry) -> bool:
    """Whether a move is possible from where the environment is."""
    to, under_way = str(entry.data.get("phase", "")), before.under_way
    match entry.entry:
        case "advance_started":
            again = under_way is None or (before.is_advance and before.goes_to == to)
            return again and before.leads_to(to)
        case "retreat_started":
            return before.leads_back_to(to)
        case "advanced":
            return before.is_advance and before.goes_to == to
        case _:
            return before.is_retreat and before.goes_to == to


def check_moves(chain: Chain) -> None:
    """Raises BrokenChain where an environment was moved as golive never moves one: to a phase that does not follow what
    the entry knew of, or forward without saying which gate let it through or who broke the glass."""
    for number, entry in enumerate(chain.entries, 1):
        if entry.entry not in _MOVES:
            continue
        known = chain.up_to("+".join(entry.after))
        if not _follows(progress_of(known), entry):
            raise BrokenChain(number, f"This entry does not follow from those before it: {_told(entry)}.")
        if entry.entry == "advance_started" and not _let_through(known, entry):
            raise BrokenChain(number, f"No gate and no broken glass stands behind this entry: {_told(entry)}.")


def _let_through(known: Chain, entry: LogEntry) -> bool:
    glass = entry.data.get("glass")
    if glass is None:
        return bool(entry.data.get("gate"))
    return any(
        each.digest == glass and each.entry == "glass_broken" and each.data.get("phase") == entry.data["phase"]
        for each in known.entries
    )


def _told(entry: LogEntry) -> str:
    return f"{phase_words(entry.entry)}, {phase_words(str(entry.data.get('phase', '')))}"


def check_phase(chain: Chain, head: str, phase: str) -> None:
    """Whether a state may say that it is in a phase, with the head of the log that it remembers.

    Raises BrokenChain where the log has lost what the state knows, moves as golive never does, or where no entry of it
    leads to the phase.
    """
    check_moves(chain)
    if not chain.extends(head):
        raise BrokenChain(0, "It lacks entries that were there when the last run was made.")
    then = progress_of(chain.up_to(head))
    if phase not in (then.phase, then.goes_to):
        raise BrokenChain(0, f"The state says {phase_words(phase)}, and no gate of this log has led there.")


def check_newest(chain: Chain, phase: str) -> None:
    """Whether a state's phase is the one that the log has reached by now.

    Raises BrokenChain: an old copy of a state was put back, or the phase was entered from another state than this one.
    While a way back is under way, the state may be anywhere that the rest of it leads back from: of two branches, the
    other one may have moved meanwhile.
    """
    now = progress_of(chain)
    if now.is_retreat and phase in PHASES[PHASES.index(now.goes_to) :]:
        return
    if phase not in (now.phase, now.goes_to):
        raise BrokenChain(0, f"The log says {phase_words(now.phase)}, and the state says {phase_words(phase)}.")

"""When objects are awake (grammar 7, 8)."""

from __future__ import annotations

from config.model import Object

PHASES = ("build", "soft_launch", "rollout", "day_30", "day_60", "day_90")
"""In their order; the milestones are counted from rollout."""
HANDOFF = "handoff"
"""It is entered through a gate as a phase is, and wakes nothing."""
FULL_CRM = "crm_full_enough"
"""What wakes an object that asks for values of the CRM, where too few accounts hold them."""


def asleep_until(value: Object, phase: str) -> str | None:
    """The phase or milestone that wakes an object, `over` when its last phase is behind us, `crm_full_enough` where it
    waits for the CRM alone, or None: it is awake."""
    now = PHASES.index(phase)
    if value.not_before is not None:
        late = now < PHASES.index(value.not_before)
        return value.not_before if late else FULL_CRM if value.waits_for_crm else None
    start, end = value.span
    if now < PHASES.index(start):
        return start
    if end is not None and now >= PHASES.index(end):
        return "over"
    return FULL_CRM if value.waits_for_crm else None


def phase_words(phase: str) -> str:
    """`soft launch`, `day 30`."""
    return phase.replace("_", " ")

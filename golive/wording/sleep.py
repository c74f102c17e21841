"""Until when something sleeps, as people say it."""

from __future__ import annotations

PHASES = {
    "soft_launch": "the soft launch",
    "rollout": "the rollout",
    "day_30": "day 30 after the rollout",
    "day_60": "day 60 after the rollout",
    "day_90": "day 90 after the rollout",
    "over": "its phase is over",
    "crm_full_enough": "the CRM holds enough of what it asks for",
}


def sleeps(reason: str, verb: str = "sleeps") -> str:
    """`sleeps until the rollout`, `sleeps, because its phase is over`. reason: as `asleep_until` says it."""
    said = PHASES.get(reason, reason)
    return f"{verb}, because {said}" if reason == "over" else f"{verb} until {said}"

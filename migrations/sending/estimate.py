"""How many calls a migration takes, and how long they last by the account's limits."""

from __future__ import annotations

from dataclasses import dataclass

AT_ONCE = 100
"""Objects of a bulk call."""
SECONDS_OF_A_JOB = 15.0
"""What a job of a hundred tickets was seen to take; those of many comments take longer."""
MOST_JOBS, FEWEST_JOBS = 25, 5
"""At work at the same time, at best and at worst."""
LOOKS_A_MINUTE = 30
"""Calls for looking at jobs."""


@dataclass(frozen=True)
class Estimate:
    calls: int
    least_minutes: float
    most_minutes: float


def estimate(tickets: int, people: int, organizations: int, files: int, calls_per_minute: int) -> Estimate:
    """calls_per_minute: what the account takes of golive."""
    jobs = sum(-(-number // AT_ONCE) for number in (tickets, people, organizations))
    look_ups = 2 * -(-people // AT_ONCE) + 2 * -(-organizations // AT_ONCE)
    calls = jobs + look_ups + files
    by_limit = calls / max(1, calls_per_minute - LOOKS_A_MINUTE)
    least = max(by_limit, jobs * SECONDS_OF_A_JOB / 60 / MOST_JOBS)
    most = max(by_limit, jobs * SECONDS_OF_A_JOB / 60 / FEWEST_JOBS)
    return Estimate(calls, least, most)

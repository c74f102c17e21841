"""The numbers that a watch can count itself, and the bands in which they lie. Pure.

All other numbers of checklists come with the indicators.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from checklists.bands import WORST, Band, NumberForm, band_of
from checklists.checklist import Checklist
from checklists.item import Metric
from golive.watching.memory import Memory

FEWEST = 20
"""Of fewer promises no share is said: one broken one would be a third."""
BETTER_AFTER = timedelta(minutes=10)
"""A number that is better is believed once it has been better for so long; one that is worse is told at once."""


@dataclass(frozen=True)
class Counted:
    """What a watch has counted. kept, broken: promises that came to their end, or to their time, while it watched."""

    kept: int
    broken: int
    memory: Memory
    at: datetime


@dataclass(frozen=True)
class Number:
    """A number by the name that checklists give it. count: None where it cannot be said yet."""

    name: str
    called: str
    form: NumberForm
    count: Callable[[Counted], float | None]


def _share_broken(counted: Counted) -> float | None:
    whole = counted.kept + counted.broken
    return counted.broken / whole if whole >= FEWEST else None


def _share_kept(counted: Counted) -> float | None:
    broken = _share_broken(counted)
    return None if broken is None else 1 - broken


def _oldest_unanswered(counted: Counted) -> float | None:
    waiting = [each.made_at for each in counted.memory.tickets.values() if not each.replies]
    return max(0.0, (counted.at - min(waiting)).total_seconds() / 60) if waiting else 0.0


NUMBERS: dict[str, Number] = {
    each.name: each
    for each in (
        Number("sla_breaches", "promises broken", "share", _share_broken),
        Number("sla_kept", "promises kept", "share", _share_kept),
        Number("open_tickets", "open tickets", "count", lambda counted: float(len(counted.memory.tickets))),
        Number("oldest_unanswered", "oldest ticket without an answer", "time", _oldest_unanswered),
    )
}


@dataclass(frozen=True)
class Threshold:
    """A number with the bands that an item of the checklist gives it. key: the item's; items alike are one."""

    key: str
    number: Number
    metric: Metric


@dataclass(frozen=True)
class Standing:
    """How a threshold stands. band: as it was told last; better_since: since when it has been better than that."""

    band: Band
    better_since: datetime | None = None


@dataclass(frozen=True)
class BandChange:
    """A number that is in another band now. was: None at its first."""

    threshold: Threshold
    value: float
    was: Band | None
    now: Band


def thresholds_of(checklist: Checklist) -> list[Threshold]:
    """Items that a watch can judge: in force here, with bands, and with all their figures set."""
    found: dict[tuple[Any, ...], Threshold] = {}
    for key, listed in checklist.items.items():
        metric = listed.item.metric
        if metric is None or metric.name not in NUMBERS or listed.item.drop or listed.unset:
            continue
        if not (metric.good or metric.red) or not checklist.answer(listed.item.only_if)[0]:
            continue
        said = tuple(limits and str(limits.model_dump(exclude_none=True)) for limits in (metric.good, metric.red))
        found.setdefault((metric.name, *said), Threshold(key, NUMBERS[metric.name], metric))
    return list(found.values())


def judged(
    standings: Mapping[str, Standing], thresholds: Sequence[Threshold], counted: Counted
) -> tuple[dict[str, Standing], list[BandChange]]:
    """How every threshold stands now, and what has changed since it was told last. A first band is told unless it is
    good."""
    found, changes = dict(standings), []
    for threshold in thresholds:
        value = threshold.number.count(counted)
        band = None if value is None else band_of(value, threshold.number.form, threshold.metric)
        if value is None or band is None:
            continue
        before = standings.get(threshold.key)
        standing = _standing(before, band, counted.at)
        found[threshold.key] = standing
        was = before.band if before else None
        if standing.band != (was or "good"):
            changes.append(BandChange(threshold, value, was, standing.band))
    return found, changes


def _standing(before: Standing | None, band: Band, at: datetime) -> Standing:
    if before is None or WORST.index(band) >= WORST.index(before.band):
        return Standing(band)
    since = before.better_since or at
    return Standing(band) if at - since >= BETTER_AFTER else Standing(before.band, since)


def said(number: Number, value: float) -> str:
    """A value as people write it: `7%`, `3 h 20 min`, `412`."""
    if number.form == "share":
        return f"{value:.0%}" if value in (0, 1) or value >= 0.1 else f"{value:.1%}"
    if number.form == "time":
        hours, rest = divmod(round(value), 60)
        return f"{hours} h {rest} min" if hours else f"{rest} min"
    return f"{value:.0f}"

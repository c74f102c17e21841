"""Whether golive has watched the promises for so long, and without a gap: from the environment's own log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from checklists.facts import Facts
from checklists.item import Figure, Stage
from checklists.moments import moment
from checklists.probes.base import Answer, Probe
from config.duration import Duration, minutes
from config.model import Model, defaults_to, none_unless_given
from config.phases import phase_words
from config.progress import progress_of
from config.results.log_entry import LogEntry


@dataclass(frozen=True)
class Watch:
    """Watches that follow each other, as one. longest: the longest time in it in which nobody looked."""

    began: datetime
    until: datetime
    longest: timedelta
    digests: tuple[str, ...]

    @property
    def lasted(self) -> timedelta:
        return self.until - self.began


class Watched(Probe):
    """`golive watch` has looked at the clocks of promises for so long, and never was away longer than is allowed."""

    name = "watched"
    looks_at = ("log",)
    lasts = "365d"

    class Parameters(Model):
        """How long, and how much may be missing."""

        at_least: Duration | Figure = defaults_to("48h", alias="for", description="How long at least.")
        within: Duration = defaults_to("60m", description="The longest time in which nobody may have looked.")
        phase: Stage | None = none_unless_given(
            description="It has to begin with this phase, that is within the time that `within` allows."
        )

    def answer(self, given: Any, facts: Facts) -> Answer:
        allowed, needed = timedelta(minutes=minutes(given.within)), timedelta(minutes=minutes(given.at_least))
        earliest = latest = None
        if given.phase is not None:
            since = progress_of(facts.log).since.get(given.phase, "")
            if not since:
                return Answer("fail", f"The {phase_words(given.phase)} has not begun.", {}, since)
            earliest = moment(since)
            latest = earliest + allowed
        found = [
            _from(each, earliest)
            for each in chained(watches(facts.noted("watched")), allowed)
            if (latest is None or each.began <= latest) and (earliest is None or each.until > earliest)
        ]
        if not found:
            what = f" from the beginning of the {phase_words(given.phase)} on" if given.phase else ""
            return Answer("unknown", f"The log tells of no watch{what}; it is noted when a watch ends.", {}, "")
        best = max(found, key=lambda watch: (watch.longest <= allowed, watch.lasted))
        hours = round(best.lasted.total_seconds() / 3600, 1)
        numbers = {"hours": hours, "longest_gap_minutes": round(best.longest.total_seconds() / 60)}
        looked_at = list(best.digests)
        said = f"golive watched for {hours:g} h"
        if best.longest > allowed:
            gap = f"for {numbers['longest_gap_minutes']} min in between nobody looked"
            return Answer("fail", f"{said}, and {gap}; {given.within} are allowed.", numbers, looked_at)
        if best.lasted < needed:
            return Answer("fail", f"{said}; {given.at_least} are asked.", numbers, looked_at)
        return Answer("pass", f"{said}, without a gap of more than {given.within}.", numbers, looked_at)


def watches(noted: Iterable[LogEntry]) -> Iterator[Watch]:
    """Every watch of which entries of the log tell, by its last entry, the earliest first."""
    last: dict[str, tuple[Mapping[str, Any], str]] = {}
    for entry in noted:
        if entry.data.get("looks"):
            last[str(entry.data["began"])] = (entry.data, entry.digest)
    for began, (data, digest) in sorted(last.items()):
        yield Watch(moment(began), moment(data["until"]), timedelta(seconds=int(data["longest_gap"])), (digest,))


def chained(found: Iterator[Watch], allowed: timedelta) -> list[Watch]:
    """Watches of which each begins before the one before it has been over for longer than is allowed, as one. One with
    a longer gap in itself stands alone."""
    chains: list[Watch] = []
    for watch in found:
        before = chains[-1] if chains else None
        if before is None or before.longest > allowed or watch.longest > allowed:
            chains.append(watch)
            continue
        between = max(timedelta(0), watch.began - before.until)
        if between > allowed:
            chains.append(watch)
            continue
        chains[-1] = Watch(
            before.began,
            max(before.until, watch.until),
            max(before.longest, watch.longest, between),
            (*before.digests, *watch.digests),
        )
    return chains


def _from(watch: Watch, earliest: datetime | None) -> Watch:
    """Only what of it counts: what came before the phase does not."""
    return watch if earliest is None or watch.began >= earliest else replace(watch, began=earliest)

"""Which promises of an SLA policy are counted on another clock, whatever form `hours` has in the files.

One change by hand can give `hours` another form as a whole: what was said for each priority stands under `others` then.
People hear of the promise whose clock was changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from config.kinds.sla import clock_in
from config.results.plan import Difference
from config.vocabulary import PRIORITIES


def clock_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """Promise by promise, what the files said and will say. before, after: a policy as the files say it.

    A promise that is new has its clock only afterwards; of one that is gone nothing is said.
    """
    then, now = _clocks(before), _clocks(after)
    for (metric, priority), clock in now.items():
        if then.get((metric, priority)) != clock:
            yield Difference(f"hours.{metric}.{priority}", then.get((metric, priority)), clock)


def _clocks(policy: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {
        (metric, priority): clock_in(policy.get("hours"), metric, priority)
        for metric, row in (policy.get("targets") or {}).items()
        for priority in PRIORITIES
        if (row or {}).get(priority) not in (None, "none")
    }

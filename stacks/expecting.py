"""What carrying a plan out takes: calls, and minutes where a limit draws them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from config.results.plan import Expected
from provisioners.resource import Resource, ResourceName
from provisioners.run_file import SystemSettings
from provisioners.system import readable
from stacks.facts import RunFacts
from stacks.steps import Step


def expected(
    planned: Iterable[Step],
    resources: Mapping[str, Resource],
    settings: Mapping[str, SystemSettings],
    facts: RunFacts,
) -> dict[str, Expected]:
    """Instance → reading as much again as for the plan, and what each step writes."""
    writes: Counter[str] = Counter()
    for step in planned:
        instance = ResourceName.of(step.name).instance
        resource, known = resources.get(step.name), settings.get(instance)
        if step.operation == "same" or known is None or (resource is not None and resource.mode == "found"):
            continue
        collection = readable(instance, known).get(step.type)
        calls = collection.calls_per_write if collection and step.operation != "delete" else 1
        writes[instance] += calls + (step.operation == "replace")
    found = {}
    for instance, count in writes.items():
        calls = facts.calls.get(instance, 0) + count
        limit = facts.limits.get(instance)
        left, of_day = facts.days.get(instance, (None, None))
        found[instance] = Expected(calls, limit, calls // limit if limit else 0, left, of_day)
    return found

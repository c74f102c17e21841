"""What became of a plan: each change with its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from config.results.plan import Change, PlanDocument, Result, Summary
from provisioners.resource import ObjectName, ResourceName
from stacks.record import RECORD_NAME
from stacks.steps import Step


@dataclass
class Results:
    """Of one run: the document with a result per change, and why things failed."""

    document: PlanDocument
    reasons: dict[ObjectName, str] = field(default_factory=dict)

    def count(self, result: Result) -> int:
        return sum(change.result == result for change in self.document.changes)


def results_of(plan: PlanDocument, planned: list[Step], applied: list[Step], not_tried: Mapping[str, str]) -> Results:
    """Compare what was planned with what was done.

    not_tried: instance → why nothing was sent there. An object is done when all its parts are; failed when one
    of them failed by itself.
    """
    outcome = {step.name: step for step in applied if step.phase == "apply"}
    parts: dict[ObjectName, list[Step]] = {}
    for step in planned:
        if step.phase == "apply" and step.operation != "same":
            parts.setdefault(ResourceName.of(step.name).object, []).append(step)
    reasons: dict[ObjectName, str] = {}
    changes: list[Change] = []
    for change in plan.changes:
        name = (change.system, change.kind, change.key)
        steps = [outcome.get(step.name) for step in parts.get(name, [])]
        failed = [step for step in steps if step is not None and step.status == "failed"]
        result: Result
        if change.system in not_tried and (failed or None in steps):
            result = "not_tried"
            reasons[name] = not_tried[change.system]
        elif failed:
            result = "failed"
            reasons[name] = failed[0].error
        elif all(step is not None and step.status == "done" for step in steps):
            result = "done"
        else:
            result = "not_tried"
            reasons[name] = "something that it needs was not made"
        changes.append(replace(change, result=result))
    told = {(change.system, change.kind, change.key) for change in changes}
    for step in outcome.values():  # what was to be found only, and is not there
        name = ResourceName.of(step.name).object
        if step.status == "failed" and step.name != RECORD_NAME and name not in told and name[0] not in not_tried:
            told.add(name)
            reasons[name] = step.error
            changes.append(Change(*name, action="update", result="failed"))
    document = replace(plan, schema="golive/up/1", changes=changes, summary=Summary.of(changes, plan.summary.same))
    return Results(document, reasons)

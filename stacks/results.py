"""What became of a plan: each change with its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from config.results.plan import Change, PlanDocument, Result, Summary
from provisioners.resource import ObjectName, ResourceName, closure
from stacks.facts import RunFacts
from stacks.record import RECORD_NAME
from stacks.step_events import NO_HOST
from stacks.steps import Step


@dataclass(frozen=True)
class Reason:
    """Why something was not done. call: what the system was asked when it refused (`PUT macros/7`). needs: the object
    that kept this one from being tried. code: that of the fault; see `provisioners.errors.SystemFault`."""

    why: str
    do: str = ""
    call: str = ""
    needs: str = ""
    code: str = ""

    @classmethod
    def of(cls, step: Step, facts: RunFacts) -> Reason:
        """From what the host told of a failed step; in the engine's words where it told nothing."""
        fault = facts.faults.get(step.name)
        if fault is None:
            sent = step.error == NO_HOST and step.name in facts.begun
            return cls(step.error, "The next `golive up` looks up whether this was still done." if sent else "")
        instance, _, call = fault["what"].partition(" ")
        asked = call if instance == ResourceName.of(step.name).instance else ""
        return cls(fault["why"], fault["do"], asked, code=fault["code"])

    def __str__(self) -> str:
        said = f"{self.why} ({self.call})" if self.call else self.why
        return said if said.endswith((".", "!", "?")) else f"{said}."


@dataclass
class Results:
    """Of one run: the document with a result per change, and why things failed."""

    document: PlanDocument
    reasons: dict[ObjectName, Reason] = field(default_factory=dict)

    def was_stopped(self, change: Change) -> bool:
        """Whether nothing but the end of the run kept a change from being done."""
        reason = self.reasons.get((change.system, change.kind, change.key))
        return reason is not None and reason.code == "stopped"

    def count(self, result: Result) -> int:
        return sum(change.result == result for change in self.document.changes)


def results_of(
    plan: PlanDocument,
    planned: list[Step],
    applied: list[Step],
    not_tried: Mapping[str, str],
    facts: RunFacts,
    needs: Mapping[str, Sequence[str]],
) -> Results:
    """Compare what was planned with what was done.

    not_tried: instance → why nothing was sent there. needs: resource → what must be there before it. An object is
    done when all its parts are; failed when one of them failed by itself.
    """
    outcome = {step.name: step for step in applied if step.phase == "apply"}
    parts: dict[ObjectName, list[Step]] = {}
    for step in planned:
        if step.phase == "apply" and step.operation != "same":
            parts.setdefault(ResourceName.of(step.name).object, []).append(step)
    behind = {name for name, step in outcome.items() if step.status == "failed"}
    kept = {ResourceName.of(resource).object: why for resource, why in facts.kept}
    reasons: dict[ObjectName, Reason] = {}
    changes: list[Change] = []
    for change in plan.changes:
        name = (change.system, change.kind, change.key)
        steps = [outcome.get(step.name) for step in parts.get(name, [])]
        failed = [step for step in steps if step is not None and step.status == "failed"]
        result: Result
        if change.system in not_tried and (failed or None in steps):
            result = "not_tried"
            reasons[name] = Reason(not_tried[change.system])
        elif failed:
            result = "failed"
            reasons[name] = Reason.of(failed[0], facts)
        elif all(step is not None and step.status == "done" for step in steps):
            result = "done"
        else:
            result = "not_tried"
            missing = [step.name for step in parts.get(name, []) if step.name not in outcome]
            reasons[name] = _waited_for(missing, behind, needs, not_tried)
        why = str(reasons[name]) if name in reasons else kept.get(name)
        action = "release" if result == "done" and name in kept else change.action
        changes.append(replace(change, action=action, result=result, why=why))
    told = {(change.system, change.kind, change.key) for change in changes}
    for step in outcome.values():  # what was to be found only, and is not there
        name = ResourceName.of(step.name).object
        if step.status == "failed" and step.name != RECORD_NAME and name not in told and name[0] not in not_tried:
            told.add(name)
            reasons[name] = Reason.of(step, facts)
            changes.append(Change(*name, action="update", result="failed", why=str(reasons[name])))
    document = replace(plan, schema="golive/up/1", changes=changes, summary=Summary.of(changes, plan.summary.same))
    return Results(document, reasons)


def _waited_for(
    missing: Sequence[str], failed: set[str], needs: Mapping[str, Sequence[str]], not_tried: Mapping[str, str]
) -> Reason:
    """What of all that these resources need failed, and so kept them from being tried."""
    holder = next((each for name in missing for each in closure(needs, name) if each in failed), None)
    if holder is None:
        return Reason("the run ended before it")
    name = ResourceName.of(holder)
    said = "could not be read" if name.instance in not_tried else "failed"
    return Reason(f"it needs {name.address}, which {said}", needs=name.address)

"""From the engine's steps to what a run would do in each system, for those who ask the accounts about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.declaration import Declaration
from config.results.plan import Action, Collision
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import Compiled, NotSent, Resource, ResourceName
from stacks.facts import RunFacts
from stacks.leaving import way_out
from stacks.record import RECORD_NAME
from stacks.steps import Step


@dataclass(frozen=True)
class Intents:
    """What all of a run's intents are made from.

    ids: resource name → the vendor's id, as the state knows it. missing: what is declared as existing and is not there.
    released: parts of objects that stay with them although no file names them any more.
    """

    declared: Declaration
    compiled: Compiled
    facts: RunFacts
    ids: Mapping[str, str]
    in_the_way: Sequence[Collision]
    missing: Sequence[NotSent]
    released: Collection[str]

    def of(self, instance: str, steps: Iterable[Step]) -> Intent:
        """What the run would do in one system. steps: those that the engine plans."""
        looked_up = {name: str(each["id"]) for name, each in self.facts.found.items() if each.get("id")}
        resources = {each.name: each for each in self.compiled.resources}
        mine = (step for step in steps if step.name != RECORD_NAME and ResourceName.of(step.name).instance == instance)
        blocked = {(each.kind, each.key) for each in self.in_the_way if each.system == instance}
        changes = [
            change
            for change in self._changes(mine, resources)
            if (change.name.kind, change.name.key) not in blocked or change.does not in ("create", "replace")
        ]
        return Intent(
            self.declared,
            changes,
            {
                name: id_
                for name, id_ in {**looked_up, **self.ids}.items()
                if ResourceName.of(name).instance == instance
            },
            [each for each in self.compiled.resources if each.instance == instance],
            [each for each in self.in_the_way if each.system == instance],
            [each for each in self.missing if each.system == instance],
        )

    def _changes(self, steps: Iterable[Step], resources: Mapping[str, Resource]) -> Iterator[PlannedChange]:
        for step in steps:
            resource = resources.get(step.name)
            does = self._does(step, resource)
            if does is None or (step.new is not None and resource is None):
                continue
            name = ResourceName.of(step.name)
            found = self.facts.found.get(step.name, {})
            old = step.old
            yield PlannedChange(
                name,
                step.type,
                does,
                (old.id if old else "") or str(found.get("id") or ""),
                old.payload if old else found.get("payload"),
                resource.payload if resource and step.operation != "delete" else None,
                (old.label if old else "") or self.compiled.called.get((name.kind, name.key), name.key),
            )

    def _does(self, step: Step, resource: Resource | None) -> Action | None:
        """What really happens at the vendor; None where nothing does."""
        if step.operation == "delete":
            return "release" if step.name in self.released or step.old is None else way_out(step.old)
        if step.operation == "same" or resource is None or resource.mode == "found" or resource.untouched:
            return None
        if resource.mode == "patched":
            same = step.operation == "create" and self.facts.found.get(step.name, {}).get("payload") == resource.payload
            return None if same or not resource.payload else "update"
        if step.only_notes:
            return None
        if step.operation == "replace" and step.old is not None and step.old.mode != "managed":
            return "create"
        return step.operation

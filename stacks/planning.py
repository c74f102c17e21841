"""From the engine's steps to a plan in the vocabulary's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from config.results.plan import Action, Change, Difference, NotRead, PlanDocument, Summary, Waiting
from provisioners.payload import has_unknown
from provisioners.resource import (
    SYMBOL,
    Compiled,
    NotSent,
    ObjectName,
    Payload,
    Resource,
    ResourceName,
    Source,
    with_symbols,
)
from provisioners.run_file import Owned, SystemSettings
from provisioners.system import carries_data, systems
from provisioners.translation import Names, Translation
from stacks.arranging import Arranging
from stacks.colliding import collisions
from stacks.difference import differences, new_secrets, resolved
from stacks.expecting import expected
from stacks.facts import RunFacts
from stacks.leaving import way_out
from stacks.left_alone import LeftAlone, counted, left_alone
from stacks.record import RECORD_NAME
from stacks.steps import Side, Step
from stacks.unfinished import Unfinished, told

_ACTIONS: dict[str, Action] = {"create": "create", "update": "update", "replace": "replace", "delete": "delete"}


@dataclass
class Planner:
    """Reads one run's steps. `names` is from the state; `owned`: ids that are ours."""

    environment: str
    settings: Mapping[str, SystemSettings]
    compiled: Compiled
    names: Names
    owned: Owned
    facts: RunFacts
    down: Mapping[str, str] = field(default_factory=dict)
    """Instance → why it did not answer before the run."""
    option: str = ""
    """What names the environment in the next commands, with a space before it."""
    unfinished: Sequence[Unfinished] = ()
    """What an earlier run left open."""
    sides: dict[ObjectName, tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)
    """Changed objects as they are and as they will be, whole, in the vocabulary's words. Of rules of the vendor's, of
    which only some attributes are written, `mails` says whom they mail; where one is a part of our object
    (`replaces`), it stands here by itself, under the part's name."""

    def __post_init__(self) -> None:
        self._resources = {resource.name: resource for resource in self.compiled.resources}
        renamed = {alias: resource.name for resource in self.compiled.resources for alias in resource.aliases}
        renamed = {name: now for name, now in renamed.items() if name not in self._resources}
        by_id = {place: renamed.get(name, name) for place, name in self.names.by_id.items()}
        self.names = replace(self.names, by_id=by_id)
        self.ids = {name: identifier for (_, identifier), name in by_id.items()}
        self._values: dict[str, str] = dict(self.ids)
        self._looked_after = {
            each.named.object for each in self.compiled.resources if not (each.only_orders or each.mode == "found")
        }
        self._sources: dict[ObjectName, Source] = {}
        self._positions: dict[ObjectName, int] = {}
        for index, resource in enumerate(self.compiled.resources):
            self._sources.setdefault(resource.named.object, resource.source)
            self._positions.setdefault(resource.named.object, index)
        self._translations: dict[tuple[str, str], list[Translation]] = {}
        for instance, settings in self.settings.items():
            for translation in systems()[settings.type].translations():
                self._translations.setdefault((instance, translation.kind), []).append(translation)

    def document(self, steps: list[Step]) -> PlanDocument:
        """The plan. Objects in the order in which they are declared; what is deleted comes last."""
        sent = {resource.name for resource in self.compiled.resources}
        planned = {
            step.name: self._as_sent(step)
            for step in steps
            if step.phase == "apply" and step.name != RECORD_NAME and (step.new is None or step.name in sent)
        }
        self._values = self.ids | _outputs(planned.values())
        changes, unchanged = self.changes(planned.values())
        return PlanDocument(
            schema="golive/plan/1",
            environment=self.environment,
            summary=Summary.of(changes, sum(map(self._counts, unchanged))),
            changes=changes,
            drift=self.drift(steps),
            collisions=collisions(
                planned,
                self.compiled.resources,
                self.settings,
                self.ids,
                self.owned,
                self.facts,
                {each.address.name for each in self.unfinished},
                self.option,
            ),
            unmanaged=counted(self.left_alone),
            calls={each: self.facts.calls[each] for each in self.settings if each in self.facts.calls},
            asleep=self._waiting(self.compiled.asleep),
            by_hand=self._waiting(self.compiled.by_hand),
            not_sent=self._waiting(self.compiled.not_sent),
            not_sent_parts=self._waiting(self.compiled.not_sent_parts),
            not_read=self.not_read(),
            unfinished=told(self.unfinished),
            expected=expected(planned.values(), self._resources, self.settings, self.facts),
            as_declared=self._as_declared(unchanged),
            orders=list(
                Arranging(planned, self.settings, self.facts, self.ids, self.names.by_id, self.compiled.called).orders(
                    self.compiled.resources
                )
            ),
        )

    def _as_sent(self, step: Step) -> Step:
        """What the step comes to. The engine read an order with what is not there and has been left out since."""
        resource = self._resources.get(step.name)
        if resource is None or not resource.only_orders or step.operation != "update" or step.old is None:
            return step
        return replace(step, operation="same", changed=()) if self.known(resource) == step.old.payload else step

    def known(self, resource: Resource) -> Payload:
        """A resource's payload with the ids of what is there; what is only to be made stands in it as `ref:…`."""
        found: Payload = with_symbols(resource.payload, self.ids)
        return found

    def changes(self, planned: Iterable[Step]) -> tuple[list[Change], list[ObjectName]]:
        """What happens to each object, and which stay as they are."""
        order = {name: place for place, name in enumerate(self._resources)}
        grouped = _by_object(sorted(planned, key=lambda step: order.get(step.name, len(order))))
        found = {name: self._change(name, parts) for name, parts in grouped.items()}
        changes = [change for change in found.values() if change is not None]
        return sorted(changes, key=self._place), [name for name, change in found.items() if change is None]

    def _counts(self, name: ObjectName) -> bool:
        """Whether golive looks after an object: it is no order, nor only looked up."""
        return name in self._looked_after

    def _as_declared(self, unchanged: Iterable[ObjectName]) -> dict[str, list[str]]:
        """Kind → keys of what the files declare and what is live just so."""
        untouched = {resource.named.object for resource in self.compiled.resources if resource.untouched}
        found: dict[str, list[str]] = {}
        for name in unchanged:
            _, kind, key = name
            if name not in untouched and not key.startswith("_"):
                found.setdefault(kind, []).append(key)
        return found

    def _waiting(self, items: Iterable[NotSent]) -> list[Waiting]:
        held = {resource.named.address for resource in self._resources.values() if resource.untouched}
        return [
            Waiting(
                each.source.kind,
                each.source.key,
                each.reason,
                each.source.file,
                each.source.line,
                held=f"{each.source.kind}/{each.source.key}" in held,
            )
            for each in items
        ]

    def not_read(self) -> list[NotRead]:
        """What could not be read, whole systems first."""
        whole = [NotRead(instance, why) for instance, why in {**self.facts.not_read, **self.down}.items()]
        said = {each.system for each in whole}
        parts = [
            NotRead(instance, why, word)
            for (instance, word), why in self.facts.not_read_types.items()
            if instance not in said
        ]
        return [*whole, *parts]

    def drift(self, steps: list[Step]) -> list[Change]:
        """What was changed by hand since the last run: `old` is what we left, `new` is there now."""
        refreshed = _by_object(step for step in steps if step.phase == "refresh" and step.name != RECORD_NAME)
        found: list[Change] = []
        for name, parts in refreshed.items():
            if not any(step.operation in ("update", "delete") for step in parts.values()):
                continue
            before = {part: (step.type, _payload(step.old)) for part, step in parts.items()}
            after = {part: (step.type, _payload(step.new)) for part, step in parts.items()}
            old, new = self._declared(name, before), self._declared(name, after)
            main = parts.get("")
            gone = main is not None and main.operation == "delete"
            diff = [] if gone else differences(old, new) or self._unsaid(before, after)
            if gone or diff:
                found.append(self._made(name, "delete" if gone else "update", diff, old))
        return sorted(found, key=lambda change: self._place(change)[1:])

    def missing(self) -> list[NotSent]:
        """What is declared as existing and could be looked for, but is not there."""
        return [
            NotSent(
                resource.source,
                resource.instance,
                self.facts.found[resource.name].get("why")
                or f"it is declared as existing, and {systems()[self.settings[resource.instance].type].title} "
                "has none of that name",
            )
            for resource in self.compiled.resources
            if resource.mode != "managed" and not resource.optional and not resource.untouched
            if self.facts.found.get(resource.name, {"id": ""})["id"] is None
        ]

    def loses_data(self, document: PlanDocument) -> list[Change]:
        """Objects with values that people have entered, which would be removed and made anew (grammar 5)."""
        found: list[Change] = []
        for change in document.changes:
            resource = self._resources.get(f"{change.system}/{change.kind}/{change.key}")
            if change.action != "replace" or resource is None:
                continue
            if carries_data(resource, self.settings):
                found.append(change)
        return found

    @cached_property
    def left_alone(self) -> list[LeftAlone]:
        """Live objects that are neither ours nor named by these files."""
        return list(left_alone(self.compiled, self.facts, self.names, self.settings))

    def _change(self, name: ObjectName, parts: Mapping[str, Step]) -> Change | None:
        """What happens to one object, None where nothing does."""
        if all(step.operation == "same" for step in parts.values()):
            return None
        resources = {part: self._resources.get(step.name) for part, step in parts.items()}
        if all(resource is not None and resource.mode == "found" for resource in resources.values()):
            return None
        if name[2].startswith("_") and all(
            step.old is not None and step.old.mode == "found" for step in parts.values()
        ):
            return None  # golive looked it up for something that does not need it any more
        old: dict[str, tuple[str, Payload | None]] = {}
        new: dict[str, tuple[str, Payload | None]] = {}
        for part, step in parts.items():
            resource = resources[part]
            before = _payload(step.old)
            if resource is not None and resource.mode == "patched" and step.operation == "create":
                before = self.facts.found.get(step.name, {}).get("payload")
            old[part] = (self._type_before(step), before)
            after = with_symbols(resource.payload) if resource is not None else _payload(step.new)
            now = resource.type if resource is not None else step.type
            new[part] = (now, None if step.operation == "delete" else after)
        was, will = self._declared(name, old), self._declared(name, new)
        self.sides[name] = (was, will)
        for part, step in parts.items():
            resource = resources[part]
            if resource is not None and resource.mode == "patched":
                self._judge(resource, step, old[part][1])
        action = self._action(parts, resources)
        leaves = action in ("delete", "switch_off", "release")
        diff = differences(was, {}) if leaves else differences(was, will)
        if action == "update":
            for part, step in parts.items():
                diff += new_secrets(old[part][1], new[part][1])
                resource = resources[part]
                if not part and resource is not None and step.old is not None and "on_remove" in step.changed:
                    words = [each.removesuffix("_ours") for each in (step.old.on_remove, resource.on_remove)]
                    diff += [Difference("on_remove", *words)] if words[0] != words[1] else []
            if not diff and self._only_settles(parts, resources):
                return None
            diff = diff or self._unsaid(old, new)
        return self._made(name, action, diff, will or was)

    def _type_before(self, step: Step) -> str:
        """What an object was, which is another type where its successor is one."""
        if step.old is None:
            return step.type
        return self._types.get((step.name, step.old.id), step.type)

    @cached_property
    def _types(self) -> dict[tuple[str, str], str]:
        """Resource name and id → type, as the state has it."""
        return {(name, identifier): type_ for (type_, identifier), name in self.names.by_id.items()}

    def _unsaid(
        self, old: Mapping[str, tuple[str, Payload | None]], new: Mapping[str, tuple[str, Payload | None]]
    ) -> list[Difference]:
        """What differs between payloads although our words for both are the same, by the vendor's own names."""
        found: list[Difference] = []
        for part in new:
            before, after = old.get(part, ("", None))[1] or {}, new[part][1] or {}
            for name in dict.fromkeys([*after, *before]):
                values = [resolved(side.get(name), self._values) for side in (before, after)]
                if values[0] != values[1]:
                    found.append(Difference(name, *map(self._addresses, values)))
        return found

    def _addresses(self, value: Any) -> Any:
        """A list of objects by what the YAML calls them; anything else as it is."""
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            return value
        names = {identifier: name for name, identifier in self.ids.items()}
        found = [names.get(each, each.removeprefix(SYMBOL)) for each in value]
        return [ResourceName.of(each).address if each.count("/") == 2 else each for each in found]

    def _judge(self, resource: Resource, step: Step, before: Payload | None) -> None:
        """Say of the vendor's rule, of which the payloads hold what is written only, whether it is on and whom it
        mails."""
        identifier = step.old.id if step.old else self.facts.found.get(resource.name, {}).get("id")
        listed = self.facts.listed.get((resource.instance, resource.type), [])
        live = next((each for each in listed if each["id"] == identifier), None)
        if live is None or before is None:
            return
        facts = {"name": live["label"], "active": live["active"], "mails": live["mails"]}
        instance, kind, key = resource.named.object
        if resource.part:
            sides = ({**facts, **_switch(before)}, {**facts, **_switch(resource.payload)})
            self.sides[instance, kind, f"{key}/{resource.part}"] = sides
        else:
            was, will = self.sides[instance, kind, key]
            self.sides[instance, kind, key] = ({**facts, **was}, {**facts, **will})

    def _only_settles(self, parts: Mapping[str, Step], resources: Mapping[str, Resource | None]) -> bool:
        """Whether nothing happens but that a rule which is as it should be comes under our eyes, or that we note
        more about an object than before."""
        return all(
            step.operation == "same"
            or ((resource := resources[part]) is not None and resource.mode != "managed")
            or step.only_notes
            for part, step in parts.items()
        )

    def _action(self, parts: Mapping[str, Step], resources: Mapping[str, Resource | None]) -> Action:
        main = parts.get("")
        resource = resources.get("")
        if main is None:
            ops = {step.operation for step in parts.values()}
            return _ACTIONS[ops.pop()] if len(ops) == 1 and ops <= {"create", "delete"} else "update"
        if resource is not None and resource.mode != "managed":
            return "release" if main.old is not None and main.old.mode == "managed" else "update"
        if main.operation == "replace" and main.old is not None and main.old.mode != "managed":
            return "create"
        if main.operation == "delete" and main.old is not None:
            return way_out(main.old)
        return _ACTIONS.get(main.operation, "update")

    def _made(self, name: ObjectName, action: Action, diff: list[Any], declared: Mapping[str, Any]) -> Change:
        instance, kind, key = name
        source = self._sources.get(name)
        said = declared.get("name")
        if isinstance(said, Mapping):
            said = self.compiled.called.get((kind, key)) or next(iter(said.values()), "")
        return Change(
            system=instance,
            kind=kind,
            key=key,
            action=action,
            diff=diff,
            name=said if isinstance(said, str) else "",
            file=source.file if source else "",
            line=source.line if source else 0,
        )

    def _declared(self, name: ObjectName, parts: Mapping[str, tuple[str, Payload | None]]) -> dict[str, Any]:
        """An object in the vocabulary's words, from the payloads of those of its parts that are there."""
        instance, kind, key = name
        names = replace(self.names, own=key)
        present = {part: (type_, payload) for part, (type_, payload) in sorted(parts.items()) if payload is not None}
        if not present:
            return {}
        said: dict[str, Any] = {}
        for translation in self._translations.get((instance, kind), []):
            said.update(translation.declared(present, names))
        return said

    def _place(self, change: Change) -> tuple[bool, int, str, str, str]:
        """Where a change stands in the plan: as declared; what leaves comes last."""
        name = (change.system, change.kind, change.key)
        leaves = change.action in ("delete", "switch_off", "release")
        return leaves, self._positions.get(name, len(self._positions)), *name


def _by_object(steps: Iterable[Step]) -> dict[ObjectName, dict[str, Step]]:
    """Object → part → its step."""
    grouped: dict[ObjectName, dict[str, Step]] = {}
    for step in steps:
        name = ResourceName.of(step.name)
        grouped.setdefault(name.object, {})[name.part] = step
    return grouped


def _outputs(planned: Iterable[Step]) -> dict[str, str]:
    """`resource#output` → value, of what others refer to and what stays as it is or is foreseen."""
    return {
        f"{step.name}#{output}": value
        for step in planned
        if step.new is not None
        for output, value in step.new.outputs.items()
        if isinstance(value, str) and not has_unknown(value)
    }


def _payload(side: Side | None) -> Payload | None:
    return side.payload if side else None


def _switch(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Whether a payload says on or off."""
    return {"active": payload["active"]} if "active" in payload else {}

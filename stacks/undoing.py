"""The old values of a run: what is registered so that they come back, and what keeps some of them from it.

Everything else of the environment is registered as the state has it, and not even compared.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pulumi.automation import Deployment

from config.kinds import ALL_KINDS
from provisioners.collection import Collection as Type
from provisioners.collection import Live
from provisioners.detailed_diff import changed_attributes
from provisioners.provider import ABSENT
from provisioners.resource import Payload, Resource, ResourceName, Source
from stacks.dead_ids import referring
from stacks.difference import FINGERPRINT
from stacks.leaving import chosen as way_of
from stacks.names_now import Told, names_now
from stacks.record import RECORD_NAME
from stacks.run_files import Change
from stacks.state import dependencies, names_by_id, payloads, types
from stacks.steps import Side

Why = Literal["later", "gone", "needed", "by_hand", "mode", "for_good", "kept", "secret"]


@dataclass(frozen=True)
class Left:
    """A resource that does not come back, and why.

    later: another run has changed the same since, or has taken it over (`more` says as what). needed: something else
    needs it by now (`more` says what). gone: it is not there any more. by_hand: somebody has changed the same by hand
    since. mode: whether golive looks after it at all has changed. for_good: what is deleted of its type cannot be made
    again (`more` says why). kept: it was made by the run, and is not deleted, because its kind is let go of or
    something that stays needs it. secret: nobody keeps the old values of secrets.
    """

    name: str
    why: Why
    more: str = ""


@dataclass(frozen=True)
class StillThere:
    """A live object that a run let go of. payload: canonical. left: as the run left it; anything else somebody has
    changed by hand since."""

    live: Live
    payload: Payload
    left: Payload

    @property
    def is_edited(self) -> bool:
        return self.payload != self.left


@dataclass
class Undoing:
    """What an undo registers. targets: resources that get old values. removed: what the run made and what goes now.
    relinked: what the run let go of, and what becomes ours again, by the live object that is still there."""

    resources: list[Resource] = field(default_factory=list)
    targets: dict[str, Change] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    switched_off: list[str] = field(default_factory=list)
    relinked: dict[str, StillThere] = field(default_factory=dict)
    made_anew: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    @property
    def in_the_way(self) -> list[Left]:
        """What somebody has to settle first."""
        return [each for each in self.left if each.why in ("later", "needed", "mode")]


@dataclass(frozen=True)
class Known:
    """What an undo may know. type_of: (instance, type) → what knows the type at its vendor. lives: of resources that
    the run removed, what is still there. source: where an object is declared. now: resource → live payload, of those
    that somebody has changed by hand since the last run. put_back: such changes are overwritten."""

    state: Deployment
    type_of: Callable[[str, str], Type]
    lives: Mapping[str, StillThere]
    source: Callable[[ResourceName], Source]
    now: Mapping[str, Payload | None] = field(default_factory=dict)
    put_back: bool = False


def removed_by(changes: Iterable[Change], state: Deployment) -> list[Change]:
    """What a run took out of the state, and is not in it again."""
    there = payloads(state)
    return [
        each
        for each in changes
        if each.before is not None and each.after is None and each.name not in there and each.before.id != ABSENT
    ]


def undoing(changes: Collection[Change], known: Known) -> Undoing:
    """What is registered so that these changes are undone."""
    return _Undo(changes, known).result()


class _Undo:
    def __init__(self, changes: Collection[Change], known: Known) -> None:
        self.known = known
        self.changes = sorted(changes, key=lambda change: _place(change.name))
        self.renamed = {
            ResourceName.of(each.name).object: ResourceName.of(each.was).key
            for each in self.changes
            if each.was and not ResourceName.of(each.name).part
        }
        """Object → the key that it had before."""
        self.sides = dict(payloads(known.state))
        self.names = names_now((Told(each.name, each.type, each.after) for each in self.changes), known.state)
        self.owners = names_by_id(known.state)
        self.state_types = types(known.state)
        self.needs = dependencies(known.state)
        self.undo = Undoing()
        self.targets: dict[str, Resource] = {}
        """By the names that the state has."""
        self.made: set[str] = set()
        """What the run made and is still there, whatever becomes of it."""
        self.new: list[Resource] = []
        self.stale: dict[str, str] = {}
        """Id that is dead, or will be → the resource that it is the id of."""

    def result(self) -> Undoing:
        for change in self.changes:
            if change.before is None and change.after is not None:
                self._made(change)
            elif change.before is not None and change.after is not None:
                self._changed(change)
        for change in removed_by(self.changes, self.known.state):
            self._removed(change)
        self._keep_what_is_needed()
        self._drop_empty_orders()
        self._register()
        return self.undo

    # One change.

    def _changed(self, change: Change) -> None:
        """Put back the attributes that the run changed, and no others."""
        before, after = change.before, change.after
        assert before is not None and after is not None  # noqa: S101 - the caller has looked
        name = self.names[change.name]
        side = self.sides.get(name)
        changed = set(changed_attributes(before.payload, after.payload))
        former = self._former(change) if name == change.name else name
        renamed = former != name and former not in self.sides
        former = former if renamed else name
        if side is None:
            if changed:
                self._leave(change.name, "gone")
            return
        if before.mode != after.mode or side.mode != after.mode:
            self._leave(name, "mode")
            return
        if change.type_before:
            self._another_type(change, name, side)
            return
        if ORDER in before.payload and changed_attributes(side.payload, after.payload):
            changed = set()  # the order has been another since; what goes is taken out of it below
        wanted = {each for each in changed if _at(side.payload, each) != _at(before.payload, each)}
        secrets = {each for each in wanted if _is_secret(each, side.payload.get(each), before.payload.get(each))}
        if secrets:
            self._leave(name, "secret")
            wanted -= secrets
        if any(_at(side.payload, each) != _at(after.payload, each) for each in wanted):
            self._leave(name, "later")
            return
        if not wanted and not renamed:
            return
        live = self.known.now.get(name, side.payload)
        if live is None:
            self._leave(name, "gone")
            return
        fine = {each: (_at(side.payload, each), _at(before.payload, each)) for each in wanted}
        if any(_at(live, each) not in values for each, values in fine.items()) and not self.known.put_back:
            self._leave(name, "by_hand")
            return
        payload = {**live, **{each: before.payload[each] for each in wanted if each in before.payload}}
        payload = {each: value for each, value in payload.items() if each in before.payload or each not in wanted}
        if before.id != after.id:
            self.stale |= {before.id: former, after.id: former}
        target = self._resource(former, change, before, payload)
        self._target(name, replace(target, aliases=(name,) if renamed else ()), change)

    def _another_type(self, change: Change, name: str, side: Side) -> None:
        """What the run made anew as another type is made anew as it was, whole, if it has stayed as the run left it."""
        before, after = change.before, change.after
        assert before is not None and after is not None  # noqa: S101 - the caller has looked
        live = self.known.now.get(name, side.payload)
        if live is None:
            self._leave(name, "gone")
        elif changed_attributes(side.payload, after.payload):
            self._leave(name, "later")
        elif changed_attributes(live, side.payload) and not self.known.put_back:
            self._leave(name, "by_hand")
        else:
            self.stale |= {before.id: name, after.id: name}
            target = self._resource(name, change, before, dict(before.payload))
            self._target(name, replace(target, type=change.type_before, other_types=(change.type,)), change)

    def _made(self, change: Change) -> None:
        """What the run made goes as its kind and its `on_remove` say."""
        after = change.after
        assert after is not None  # noqa: S101 - the caller has looked
        name = self.names[change.name]
        side = self.sides.get(name)
        if side is None or after.mode == "found":
            return
        self.made.add(name)
        live = self.known.now.get(name, side.payload)
        collection = self.known.type_of(ResourceName.of(name).instance, change.type)
        if ORDER in side.payload:
            return  # what goes is taken out of it
        if collection.only_set:
            self.undo.removed.append(name)
            return
        if live is None:
            self._leave(name, "gone")
            return
        way = "release" if side.mode != "managed" else way_of(side.on_remove, side.origin)
        switch = collection.switch
        if way == "release" or (way == "switch_off" and (switch is None or switch.attribute not in side.payload)):
            self._leave(name, "kept")
            return
        if way == "switch_off" and switch is not None and live[switch.attribute] == switch.off:
            self._leave(name, "kept")
            return
        if changed_attributes(side.payload, after.payload):
            self._leave(name, "later")
            return
        if changed_attributes(live, side.payload) and not self.known.put_back:
            self._leave(name, "by_hand")
            return
        if way == "delete":
            self.undo.removed.append(name)
            return
        assert switch is not None  # noqa: S101 - otherwise it is left
        target = self._resource(name, change, side, {**live, switch.attribute: switch.off})
        self._target(name, replace(target, depends_on=self.needs.get(name, ())), change)
        self.undo.switched_off.append(name)

    def _removed(self, change: Change) -> None:
        """What the run deleted is made anew; what it let go of becomes ours again."""
        before = change.before
        assert before is not None  # noqa: S101 - the caller has looked
        collection = self.known.type_of(ResourceName.of(change.name).instance, change.type)
        holder = self._holder(change, before.id)
        if holder and before.mode != "found" and not collection.only_set:
            self._leave(change.name, "later", holder)
            return
        payload = dict(before.payload)
        if before.mode == "managed" and not collection.only_set:
            found = self.known.lives.get(change.name)
            if collection.gone_for_good and (found is None or found.live.active is False):
                self._leave(change.name, "for_good", collection.gone_for_good)
                return
            if found is None:
                self.undo.made_anew.append(change.name)
                self.stale[before.id] = change.name
            else:
                self.undo.relinked[change.name] = found
                payload = found.payload if found.is_edited and not self.known.put_back else payload
                switch = collection.switch
                if switch is not None and switch.attribute in before.payload:
                    payload = {**payload, switch.attribute: before.payload[switch.attribute]}
        self.new.append(self._resource(change.name, change, before, payload))
        self.undo.targets[change.name] = change

    def _holder(self, change: Change, identifier: str) -> str:
        """The resource that looks after the object of a change by now; empty where none does."""
        name = self.owners.get((change.type, identifier), "")
        same = name and ResourceName.of(name).instance == ResourceName.of(change.name).instance
        return name if same and self.sides[name].mode != "found" else ""

    def _leave(self, name: str, why: Why, more: str = "") -> None:
        self.undo.left.append(Left(name, why, more))

    def _target(self, name: str, resource: Resource, change: Change) -> None:
        self.targets[name] = resource
        self.undo.targets[resource.name] = change

    def _resource(self, name: str, change: Change, side: Side, payload: Payload) -> Resource:
        return Resource(
            name=name,
            type=change.type,
            payload=payload,
            source=self.known.source(ResourceName.of(name)),
            mode=side.mode,  # type: ignore[arg-type]
            on_remove=side.on_remove,
            optional=side.optional,
            notes=side.notes,
            depends_on=change.needs,
        )

    def _former(self, change: Change) -> str:
        """The name before the run; a part of an object goes with it."""
        named = ResourceName.of(change.name)
        return change.was or str(named._replace(key=self.renamed.get(named.object, named.key)))

    # All together.

    def _keep_what_is_needed(self) -> None:
        """What something else needs by now does not go, nor parts of an object that stays."""
        while True:
            going = set(self.undo.removed)
            parts = {each for each in going if self._is_part_of_what_stays(each, going)}
            held = {}
            for name, needs in self.needs.items():
                if name in going or name not in self.sides or (name not in self.targets and self._is_order(name)):
                    continue
                still = self.targets[name].depends_on if name in self.targets else needs
                held.update({each: name for each in still if each in going - parts})
            if not (held or parts):
                return
            self.undo.removed = [each for each in self.undo.removed if each not in held and each not in parts]
            for each, by in held.items():
                self._leave(each, "kept" if by in self.made else "needed", by)

    def _is_part_of_what_stays(self, name: str, going: Collection[str]) -> bool:
        main = str(ResourceName.of(name).main)
        return main != name and main in self.made and main not in going

    def _is_order(self, name: str) -> bool:
        return ORDER in self.sides[name].payload

    def _drop_empty_orders(self) -> None:
        """An order of which everything goes is none."""
        gone = {self.sides[each].id for each in self.undo.removed}
        for name, side in self.sides.items():
            if name not in self.targets and self._is_order(name) and gone.issuperset(side.payload[ORDER]):
                self.undo.removed.append(name)

    def _register(self) -> None:
        """Everything that the state holds, as it is or with its old values, and what is made anew."""
        going = set(self.undo.removed)
        called = {name: target.name for name, target in self.targets.items()}
        gone_ids = {self.sides[name].id for name in going}
        there = {called.get(name, name) for name in self.sides if name not in going} | {each.name for each in self.new}
        for name, side in self.sides.items():
            if name in going or name == RECORD_NAME:
                continue
            resource = self.targets.get(name) or self._as_it_is(name, side, gone_ids)
            self.undo.resources.append(self._with_references(self._depending(resource, called, there)))
        for resource in self.new:
            self.undo.resources.append(self._with_references(self._depending(resource, called, there)))
        self.undo.resources.sort(key=lambda resource: _place(resource.name))

    def _as_it_is(self, name: str, side: Side, gone_ids: Collection[str]) -> Resource:
        """As the state has it; an order without what goes, and what points to an object that is made anew follows."""
        needs = self.needs.get(name, ())
        named = ResourceName.of(name)
        resource = Resource(
            name,
            self.state_types[name],
            side.payload,
            self.known.source(named),
            side.mode,  # type: ignore[arg-type]
            side.on_remove,
            optional=side.optional,
            notes=side.notes,
            depends_on=needs,
            untouched=True,
        )
        lists = {key: side.payload[key] for key in ORDER_LISTS if isinstance(side.payload.get(key), list)}
        kept = {key: [each for each in value if each not in gone_ids] for key, value in lists.items()}
        if kept != lists:
            return replace(resource, payload={**side.payload, **kept}, untouched=False)
        if not set(self.stale.values()).isdisjoint(needs):
            return replace(resource, untouched=False)
        return resource

    def _depending(self, resource: Resource, called: Mapping[str, str], there: Collection[str]) -> Resource:
        needs = dict.fromkeys(called.get(each, each) for each in resource.depends_on)
        return replace(resource, depends_on=tuple(each for each in needs if each in there and each != resource.name))

    def _with_references(self, resource: Resource) -> Resource:
        """Dead ids as references to what is made in the place of their objects."""
        if resource.untouched:
            return resource
        stale = {identifier: name for identifier, name in self.stale.items() if name in resource.depends_on}
        return replace(resource, payload=referring(resource.payload, stale)) if stale else resource


def _place(name: str) -> tuple[str, int, str]:
    """Where an object stands in what is shown: by system and by kind."""
    named, kinds = ResourceName.of(name), list(ALL_KINDS)
    return named.instance, kinds.index(named.kind) if named.kind in kinds else len(kinds), name


ORDER = "order"
ORDER_LISTS = (ORDER, "others", "first")
"""Attributes of an order that list ids."""


def _is_secret(attribute: str, now: Any, before: Any) -> bool:
    """Whether two values differ in the fingerprints of secrets only."""
    return attribute.endswith(FINGERPRINT) or _bare(now) == _bare(before)


def _bare(value: Any) -> Any:
    """A value without the fingerprints in it."""
    if isinstance(value, Mapping):
        return {key: _bare(item) for key, item in value.items() if not key.endswith(FINGERPRINT)}
    return [_bare(item) for item in value] if isinstance(value, list) else value


_NOT_THERE = object()


def _at(payload: Payload, attribute: str) -> Any:
    return payload.get(attribute, _NOT_THERE)

"""What was changed by hand since the last run, on its way back into the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from pulumi.automation import Deployment

from config.declaration import Declared
from config.document import is_within, parse_document, show_path
from config.findings import Position
from config.loading import Loaded
from config.values import names_in
from config.writing.edit import with_entry, with_value, without_entry
from config.writing.nodes import NotWritable
from golive.fault import of_system
from golive.live_account import LiveAccount
from golive.running import Session, compiled_for
from golive.words import ORDER
from provisioners.collection import Live
from provisioners.errors import SystemFault
from provisioners.resource import ObjectName, Payload, ResourceName, with_symbols
from provisioners.sighting import Data, Part, Sighting
from provisioners.system import systems
from provisioners.translation import Names, Translation
from stacks.adoption.merging import Conflict, Merge, Taken, merged
from stacks.adoption.wording import escaped, in_order
from stacks.record import RECORD_NAME
from stacks.state import payloads, types, with_payloads, without
from stacks.steps import Side

Prefer = Literal["files", "live", ""]
"""Which side wins where both changed; "" leaves such a value alone."""


@dataclass
class Hand:
    """One object that was changed by hand.

    said: what the files say of it. live: what is there now, by resource name; None for a part that is gone. remarks:
    what cannot come back, in words. kept: a person kept the files' side of something. problem: why nothing of it is
    written.
    """

    item: Declared
    instance: str
    merge: Merge
    said: Data
    base: Mapping[str, Side]
    live: Mapping[str, Live | None]
    remarks: list[str] = field(default_factory=list)
    kept: bool = False
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the files say everything of it as it is live."""
        return not (self.merge.conflicts or self.kept or self.problem)


@dataclass
class Pull:
    """What comes back. deleted: (system, kind, key) of objects that somebody has deleted. texts: files that change."""

    hands: list[Hand] = field(default_factory=list)
    deleted: list[ObjectName] = field(default_factory=list)
    undeclared: list[ObjectName] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    loaded: Loaded | None = None

    @property
    def written(self) -> list[Hand]:
        return [each for each in self.hands if each.merge.taken and not each.problem]

    @property
    def open(self) -> list[Hand]:
        """What is not, or not wholly, in the files."""
        return [each for each in self.hands if each.merge.conflicts or each.problem]


Decide: TypeAlias = Callable[[Hand, Conflict], Prefer]
"""Asked for each value that changed on both sides."""


class Puller:
    """Compares what the last run left with what is live, and words the difference for the files. Reads only."""

    def __init__(self, session: Session) -> None:
        """Raises Fault."""
        try:
            self.account = LiveAccount(session)
            self.ids = {name: identifier for (_, identifier), name in self.account.by_id.items()}
        except SystemFault as fault:
            raise of_system(fault, session.opened.environment_name) from fault
        self.types = types(session.state)
        self.settled: dict[str, Payload] = {}
        """What the state is to hold: by resource name, what files and systems say alike."""
        self.resources = {each.name: each for each in self.account.compiled.resources}

    def changed(self, includes: Callable[[str, str], bool]) -> Pull:
        """What was changed by hand, of the kinds and keys that are meant. Raises Fault."""
        try:
            return self._changed(includes)
        except SystemFault as fault:
            raise of_system(fault, self.account.session.opened.environment_name) from fault

    def _changed(self, includes: Callable[[str, str], bool]) -> Pull:
        found = Pull()
        for name, sides in self._objects().items():
            instance, kind, key = name
            if instance not in self.account.looks or not includes(kind, key):
                continue
            live = {resource: self._live(resource, side) for resource, side in sides.items()}
            now = {resource: self._payload(resource, live[resource], side.payload) for resource, side in sides.items()}
            if all(now[resource] == side.payload for resource, side in sides.items()):
                continue
            main = str(ResourceName(*name))
            if main in live and live[main] is None:
                found.deleted.append(name)
                continue
            item = self._order(kind) if key == ORDER else self.account.declaration.get(kind, key)
            if item is None or any(self._is_untouched(resource) for resource in sides):
                found.undeclared.append(name)
                continue
            merge, said = self._merge(name, sides, now)
            hand = Hand(item, instance, merge, said, sides, live)
            self._leave_sleeping(hand)
            found.hands.append(hand)
        return found

    def settle(self, found: Pull, decide: Decide) -> None:
        """Take the answers for what changed on both sides, and find the words for the files."""
        for hand in found.hands:
            _decide(hand, decide)
        self._write(found)

    def _objects(self) -> dict[ObjectName, dict[str, Side]]:
        found: dict[ObjectName, dict[str, Side]] = {}
        for name, side in payloads(self.account.session.state).items():
            named = ResourceName.of(name)
            if name != RECORD_NAME and side.mode == "managed" and (named.key == ORDER or not named.is_generated):
                found.setdefault(ResourceName.of(name).object, {})[name] = side
        return found

    def _order(self, kind: str) -> Declared | None:
        """Where the files give the order of a kind, or would: beside the first of its objects."""
        said = self.account.declaration.get("order", "order")
        first = next(iter(self.account.declaration.of(kind).values()), None)
        if said is not None or first is None:
            return said
        return Declared("order", "order", None, Position(first.position.file, 0), path=("order",))

    def _is_untouched(self, name: str) -> bool:
        resource = self.resources.get(name)
        return resource is not None and resource.untouched

    def _live(self, name: str, side: Side) -> Live | None:
        """The live object; None where it is gone."""
        look = self.account.looks[ResourceName.of(name).instance]
        live = look.with_id(self.types[name], side.id, side.payload)
        return live if live is not None else look.collections[self.types[name]].get(side.id, side.payload)

    def _payload(self, name: str, live: Live | None, form: Payload) -> Payload | None:
        """A live object in the form of a payload."""
        look = self.account.looks[ResourceName.of(name).instance]
        return None if live is None else look.collections[self.types[name]].canonical(live, form)

    def _leave_sleeping(self, hand: Hand) -> None:
        """Whether an object is on follows from its phase, and not from what somebody did by hand."""
        asleep = {(each.source.kind, each.source.key) for each in self.account.compiled.asleep}
        if (hand.item.kind, hand.item.key) not in asleep:
            return
        left = [each for each in hand.merge.taken if each.path != ("active",)]
        if len(left) < len(hand.merge.taken):
            hand.merge.taken = left
            hand.kept = True
            hand.remarks.append("switched on by hand, and asleep by its phase: that does not come back into the files")

    def _merge(
        self, name: ObjectName, sides: Mapping[str, Side], live: Mapping[str, Payload | None]
    ) -> tuple[Merge, Data]:
        base = {resource: side.payload for resource, side in sides.items()}
        declared = {
            resource: with_symbols(self.resources[resource].payload, self.ids)
            for resource in sides
            if resource in self.resources
        }
        left, said, now = (self._words(name, each) for each in (base, declared, live))
        if name[2] == ORDER:
            left, said, now = ({name[1]: each.get("order")} for each in (left, said, now))
        return merged(left, said, now), said

    def _words(self, name: ObjectName, parts: Mapping[str, Payload | None]) -> Data:
        """An object's payloads as the YAML has them."""
        instance, kind, key = name
        settings = self.account.settings[instance]
        context = self.account.context(instance, self.account.declaration)
        values = systems()[settings.type].words(context)
        names = Names(self.account.by_id, values, key, self.ids)
        translation = self._translation(settings.type, kind)
        there = {
            ResourceName.of(resource).part: Part(self.types[resource], Live("", {}, ""), payload)
            for resource, payload in parts.items()
            if payload is not None
        }
        if "" not in there or key == ORDER:
            return translation.declared({part: (each.type, each.payload) for part, each in there.items()}, names)
        return translation.said(Sighting(kind, key, there), names, context)

    @staticmethod
    def _translation(system: str, kind: str) -> Translation:
        return next(each for each in systems()[system].translations() if each.kind == kind)

    def state(self, found: Pull) -> Deployment:
        """The state in which what came back is no longer changed by hand."""
        names = {name for hand in found.hands if not hand.problem and not hand.merge.conflicts for name in hand.live}
        gone = [name for hand in found.hands if hand.is_whole for name, live in hand.live.items() if live is None]
        now = {name: payload for name, payload in self.settled.items() if name in names}
        return without(with_payloads(self.account.session.state, now), *gone)

    # ------------------------------------------------------------ writing

    def _write(self, found: Pull) -> None:
        """Value by value first; where that is not read as what is live, attribute by attribute."""
        self._leave_secrets(found)
        for whole in (False, True):
            found.texts = self._texts(found.written, whole=whole)
            found.loaded = self.account.loaded(found.texts)
            wrong = self._not_as_live(found)
            if not wrong:
                return
        for hand in wrong:
            hand.problem = "golive finds no words for it that mean what is live"
        found.texts = self._texts(found.written, whole=True)
        found.loaded = self.account.loaded(found.texts)

    def _leave_secrets(self, found: Pull) -> None:
        """What somebody has written a secret into does not come back, and does not keep the rest from coming."""
        errors = self.account.loaded(self._texts(found.written, whole=True)).errors if found.written else []
        for finding in errors:
            for hand in found.written:
                if finding.rule == "secrets.written-out" and is_within(finding.path, show_path(hand.item.path)):
                    hand.problem = finding.message

    def _texts(self, hands: Iterable[Hand], *, whole: bool) -> dict[str, str]:
        changed: dict[str, str] = {}
        for hand in hands:
            file = hand.item.position.file
            text = changed.get(file, self.account.texts[file])
            try:
                for taken in _by_attribute(hand) if whole else hand.merge.taken:
                    text = self._with(text, hand.item, taken)
            except NotWritable as reason:
                hand.problem = str(reason)
                continue
            changed[file] = text
        return {file: text for file, text in changed.items() if text != self.account.texts[file]}

    def _with(self, text: str, item: Declared, taken: Taken) -> str:
        raw = parse_document(text, "").data
        for step in item.path:
            raw = raw.get(step) if isinstance(raw, dict) else None
        if raw is None:
            return with_entry(text, tuple(map(str, (*item.path, *taken.path[:-1]))), taken.path[-1], taken.new)
        place: Any = raw
        for step in taken.path[:-1]:
            place = place.get(step) if isinstance(place, dict) else None
        path = (*item.path, *taken.path)
        if taken.gone:
            return without_entry(text, tuple(map(str, path))) if place and taken.path[-1] in place else text
        new = self._with_values(escaped(taken.new), place.get(taken.path[-1]) if isinstance(place, dict) else None)
        if isinstance(place, dict) and taken.path[-1] in place:
            return with_value(text, path, new)
        if len(taken.path) > 1 and not isinstance(place, dict):
            raise NotWritable(f"`{'.'.join(taken.path)}` is not where it would be")
        order = list(in_order({**place, taken.path[-1]: new}))
        index = order.index(taken.path[-1])
        after = next((name for name in reversed(order[:index]) if name in place), "")
        return with_entry(text, tuple(map(str, path[:-1])), taken.path[-1], new, after)

    def _with_values(self, new: Any, old: Any) -> Any:
        """The new value with the environment's values named where the old one named them."""
        values = self.account.session.opened.environment.values
        used = {name: str(values[name]) for name in names_in(old) if name in values}

        def named(value: Any) -> Any:
            if isinstance(value, dict):
                return {key: named(part) for key, part in value.items()}
            if isinstance(value, list):
                return [named(part) for part in value]
            if isinstance(value, str):
                for name, said in used.items():
                    value = value.replace(said, f"${{values.{name}}}") if said else value
            return value

        return named(new) if used else new

    def _not_as_live(self, found: Pull) -> list[Hand]:
        """What the files, as they would be, do not say as it is live; all of it where they are not valid."""
        self.settled = {}
        if found.loaded is None or found.loaded.errors:
            return found.written
        session = self.account.session
        opened = replace(session.opened, loaded=found.loaded)
        compiled = compiled_for(opened, session.reached, session.record, session.state)
        new = {each.name: with_symbols(each.payload, self.ids) for each in compiled.resources}
        whole = [hand for hand in found.hands if not hand.problem and not hand.merge.conflicts]
        return [hand for hand in whole if not self._is_live(hand, new)]

    def _is_live(self, hand: Hand, new: Mapping[str, Payload]) -> bool:
        """Whether the next plan would have nothing to do, but for what a person kept."""
        for name, live in hand.live.items():
            wanted = new.get(name)
            if wanted is None or live is None:
                if (wanted is None) != (live is None):
                    return False
                continue
            now = self._payload(name, live, wanted)
            if now != wanted and not hand.kept:
                return False
            before = hand.base[name].payload
            self.settled[name] = {
                each: value if now is not None and now.get(each) == value else before.get(each)
                for each, value in wanted.items()
            }
        return True


def _decide(hand: Hand, decide: Decide) -> None:
    left: list[Conflict] = []
    for conflict in hand.merge.conflicts:
        answer = decide(hand, conflict)
        if answer == "live":
            hand.merge.taken.append(Taken(conflict.path, conflict.file, conflict.live, gone=conflict.live is None))
        elif answer == "files":
            hand.kept = True
        else:
            left.append(conflict)
    hand.merge.conflicts = left


def _by_attribute(hand: Hand) -> list[Taken]:
    """The same, with each attribute as a whole."""
    found: dict[str, Taken] = {}
    for taken in hand.merge.taken:
        name = taken.path[0]
        before = found[name].new if name in found else hand.said.get(name)
        new = taken.new if len(taken.path) == 1 else _put(before, taken.path[1:], taken)
        found[name] = Taken((name,), hand.said.get(name), new, gone=taken.gone and len(taken.path) == 1)
    return list(found.values())


def _put(value: Any, path: Sequence[str], taken: Taken) -> Any:
    """A map with another value at a path."""
    inner = dict(value or {})
    if len(path) > 1:
        inner[path[0]] = _put(inner.get(path[0]), path[1:], taken)
    elif taken.gone:
        inner.pop(path[0], None)
    else:
        inner[path[0]] = taken.new
    return inner

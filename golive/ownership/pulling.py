"""What was changed by hand since the last run, on its way back into the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from pulumi.automation import Deployment

from config.declaration import Declared
from config.findings import Position
from golive.changes.changed import reaches_customers
from golive.live.hands import Hand, Pull
from golive.live.live_account import LiveAccount
from golive.live.live_words import GIVEN, LiveWords
from golive.live.not_answering import not_answering
from golive.live.unanswered import no_rule
from golive.ownership.pulled_files import PulledFiles
from golive.runs.running import Session
from golive.terminal.fault import of_system
from golive.wording.words import ORDER
from provisioners.collection import Live
from provisioners.errors import SystemFault
from provisioners.provider import ABSENT
from provisioners.resource import ObjectName, Payload, ResourceName, with_symbols
from stacks.adoption.merging import Conflict, Taken, merged
from stacks.record import RECORD_NAME
from stacks.state import payloads, with_payloads, without
from stacks.steps import Side

Prefer = Literal["files", "live", ""]
"""Which side wins where both changed; "" leaves such a value alone."""
Decide: TypeAlias = Callable[[Hand, Conflict], Prefer]
"""Asked for each value that changed on both sides."""

_PUT_BACK = "`golive up` puts it back"


class Puller:
    """Compares what the last run left with what is live, and words the difference for the files. Reads only."""

    def __init__(self, session: Session) -> None:
        """Raises Fault."""
        try:
            self.account = LiveAccount(session)
            self.words = LiveWords(self.account)
        except SystemFault as fault:
            raise of_system(fault, session.opened.environment_name) from fault
        self.resources = {each.name: each for each in self.account.compiled.resources}

    def changed(self, includes: Callable[[str, str], bool]) -> Pull:
        """What was changed by hand, of the kinds and keys that are meant. Raises Fault."""
        try:
            return self._changed(includes)
        except SystemFault as fault:
            raise of_system(fault, self.account.session.opened.environment_name) from fault

    def _changed(self, includes: Callable[[str, str], bool]) -> Pull:
        meant = {name: sides for name, sides in self._objects().items() if includes(*name[1:])}
        found = Pull(not_read=not_answering(self.account.session, {instance for instance, _, _ in meant}))
        for name, sides in meant.items():
            instance, kind, key = name
            if instance not in self.account.looks:
                continue
            live = {resource: self.words.live(resource, side) for resource, side in sides.items()}
            sides = {each: side for each, side in sides.items() if side.mode == "managed" or live[each] is not None}
            now = {each: self.words.payload(each, live[each], side.payload) for each, side in sides.items()}
            if all(now[resource] == side.payload for resource, side in sides.items()):
                continue
            main = str(ResourceName(*name))
            if main in sides and live[main] is None:
                found.deleted.append(name)
                continue
            item = self._order(kind) if key == ORDER else self.account.declaration.get(kind, key)
            if item is None or any(self._is_untouched(resource) for resource in sides):
                found.undeclared.append(name)
                continue
            hand = self._hand(item, name, sides, {each: live[each] for each in sides}, now)
            self._leave_sleeping(hand)
            _leave_vendors(hand, now)
            found.hands.append(hand)
        return found

    def settle(self, found: Pull, decide: Decide) -> None:
        """Take the answers for what changed on both sides, and find the words for the files."""
        for hand in found.hands:
            _decide(hand, decide)
        PulledFiles(self.words).write(found)
        for hand in found.written:
            told = (self._nobody_does_it(hand, name) for name in hand.live if name in found.let_go)
            hand.remarks += filter(None, told)

    def _nobody_does_it(self, hand: Hand, name: str) -> str:
        """That a rule of the vendor's, which ours had replaced, stays off although ours is off now; empty where it is
        on."""
        session, instance = self.account.session, ResourceName.of(name).instance
        live = hand.live[name]
        if live is None or live.active:
            return ""
        page = session.page_of(instance, self.words.types[name], live.id) or ""
        customers = reaches_customers(hand.said)
        return no_rule(hand.item.name, session.vendor(instance), live.label, page, customers=customers)

    def _objects(self) -> dict[ObjectName, dict[str, Side]]:
        """What golive writes, by the object to which it belongs."""
        found: dict[ObjectName, dict[str, Side]] = {}
        for name, side in payloads(self.account.session.state).items():
            if name == RECORD_NAME or side.mode == "found" or side.id == ABSENT:
                continue
            named = ResourceName.of(name)
            if named.key == ORDER or not named.is_generated:
                found.setdefault(named.object, {})[name] = side
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

    def _hand(
        self,
        item: Declared,
        name: ObjectName,
        sides: Mapping[str, Side],
        live: Mapping[str, Live | None],
        now: Mapping[str, Payload | None],
    ) -> Hand:
        """An object with what is to be written and what a person has to decide."""
        base = {resource: side.payload for resource, side in sides.items()}
        file = {
            resource: with_symbols(self.resources[resource].payload, self.words.ids)
            for resource in sides
            if resource in self.resources
        }
        only_given = sides[str(ResourceName(*name))].mode == "patched" if str(ResourceName(*name)) in sides else False
        left, said, there = (self.words.of(name, parts, only_given=only_given) for parts in (base, file, now))
        return Hand(item, name, merged(left, said, there), said, sides, file, live, only_given)

    def _leave_sleeping(self, hand: Hand) -> None:
        """Whether an object is on follows from its phase, and not from what somebody did by hand."""
        asleep = {(each.source.kind, each.source.key) for each in self.account.compiled.asleep}
        if (hand.item.kind, hand.item.key) not in asleep:
            return
        left = [each for each in hand.merge.taken if each.path != ("active",)]
        if len(left) < len(hand.merge.taken):
            hand.merge.taken = left
            hand.kept = True
            hand.remarks.append(f"switched on by hand, not taken because its phase lets it sleep; {_PUT_BACK}")

    def state(self, found: Pull) -> Deployment:
        """The state in which what came back is no longer changed by hand."""
        names = {name for hand in found.hands if not hand.problem and not hand.merge.conflicts for name in hand.live}
        gone = [name for hand in found.hands if hand.is_whole for name, live in hand.live.items() if live is None]
        gone += [name for name in names if name in found.let_go]
        now = {name: payload for name, payload in found.settled.items() if name in names}
        return without(with_payloads(self.account.session.state, now), *gone)


def _leave_vendors(hand: Hand, now: Mapping[str, Payload | None]) -> None:
    """Of a rule that came with the helpdesk only its name and whether it is on come back; not even these where ours
    takes its place."""
    goes_off = any(each.path == ("active",) and each.new is False for each in hand.merge.taken)
    for name, side in hand.base.items():
        there = now[name]
        if side.mode != "patched" or there is None or (goes_off and not hand.only_given):
            continue
        differs = {each for each, value in side.payload.items() if there.get(each) != value}
        title = side.payload["title"]
        if hand.only_given and differs - set(GIVEN.values()):
            hand.kept = True
            what = f"not taken: what somebody changed besides its name and its switch, because “{title}” came with "
            hand.remarks.append(f"{what}the helpdesk; {_PUT_BACK}")
        elif not hand.only_given and "active" in differs:
            hand.kept = True
            hand.remarks.append(f"not taken: “{title}” was switched on, because this one takes its place; {_PUT_BACK}")
        if not hand.only_given and "title" in differs:
            now_called = f"“{title}”, whose place this one takes, is called “{there['title']}” now"
            hand.remarks.append(f"{now_called}: write that under `replaces`")


def _decide(hand: Hand, decide: Decide) -> None:
    left: list[Conflict] = []
    for conflict in hand.merge.conflicts:
        answer = decide(hand, conflict)
        if answer == "live":
            hand.merge.taken.append(Taken(conflict.path, conflict.file, conflict.live, gone=conflict.live is None))
        elif answer == "files":
            hand.kept_values.append(conflict)
            hand.kept = True
        else:
            left.append(conflict)
    hand.merge.conflicts = left

"""One object of ours, switched off or on by hand: which one, and what it is now. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pulumi.automation import Deployment

from config.kinds import ALL_KINDS
from config.phases import asleep_until
from golive.runs.engine import check_lock
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.wording.sleep import sleeps
from golive.wording.words import plural_of, title_in
from golive.workspace.connection import reach
from golive.workspace.opening import Opened
from provisioners.collection import Collection, Live, Switch
from provisioners.errors import SystemFault
from provisioners.intent import PlannedChange
from provisioners.resource import Payload, ResourceName
from provisioners.run_file import SystemSettings
from provisioners.system import Connection, readable, systems
from stacks.automation import EngineBusy, EnvironmentStack
from stacks.interruption import Interruption
from stacks.record import RECORD_NAME
from stacks.state import payloads, record, types, urns_of
from stacks.steps import Side
from stacks.switches import SwitchedOff, notes_in
from stacks.unfinished import Unfinished, unfinished

ARTICLES = "articles"
"""The kind whose objects are switched in each of their languages and not by themselves."""


@dataclass
class Switching:
    """An object with a switch. live: as it is now. note: that of an earlier `golive off`. calls: how many were made."""

    opened: Opened
    state: Deployment
    name: ResourceName
    type: str
    side: Side
    settings: SystemSettings
    switch: Switch
    live: Live | None = None
    calls: int = 0
    collection: Collection | None = field(default=None, repr=False)

    @property
    def title(self) -> str:
        """The product that it is in."""
        return systems()[self.settings.type].title

    @property
    def said(self) -> str:
        """`trigger route_billing`; of what there is one, `rollout` alone."""
        title = title_in(self.title, self.name.kind)
        return title if self.name.key == self.name.kind else f"{title} {self.name.key}"

    @property
    def page(self) -> str:
        """Its page in the vendor's admin centre."""
        return self.page_of(self.type, self.side.id)

    def page_of(self, type_: str, identifier: str) -> str:
        """The page of another object in the same system; empty where it has none."""
        return systems()[self.settings.type].page(self.settings.url, type_, identifier) or ""

    @property
    def urn(self) -> str:
        return urns_of(self.state)[str(self.name)]

    @property
    def notes(self) -> list[SwitchedOff]:
        """All that the record holds."""
        return notes_in(record(self.state).switched_off)

    @property
    def note(self) -> SwitchedOff | None:
        """That of this object."""
        return next((each for each in self.notes if each.resource == str(self.name)), None)

    @property
    def is_open(self) -> bool:
        """Whether an earlier run has left open what became of it."""
        return any(each.entry["urn"] == self.urn for each in unfinished(self.state))

    @property
    def is_on(self) -> bool:
        """Whether it is on now. Call `look` first."""
        assert self.live is not None and self.collection is not None  # noqa: S101 - the caller has looked
        return bool(self.collection.canonical(self.live, self.side.payload)[self.switch.attribute] != self.switch.off)

    def payload(self, *, on: bool) -> Payload:
        """What the state says of it, switched."""
        return {**self.side.payload, self.switch.attribute: self.switch.on if on else self.switch.off}

    def switched_on(self) -> PlannedChange:
        """What switching it on would do, for those who ask the account before: all that it does counts then.

        Call `look` first.
        """
        assert self.live is not None and self.collection is not None  # noqa: S101 - the caller has looked
        was = self.collection.canonical(self.live, self.side.payload)
        will = {**was, self.switch.attribute: self.switch.on}
        return PlannedChange(self.name, self.type, "update", self.side.id, was, will, self.side.label)

    def kept_off_by(self) -> str:
        """Why it stays off whatever golive has noted; empty where it does not, or nobody knows."""
        item = self.opened.loaded.declaration.get(self.name.kind, self.name.key)
        if item is None:
            return ""
        if getattr(item.value, "active", True) is False:
            return f"the files say `active: false` ({item.position})"
        until = self.sleeps_until
        return f"it {sleeps(until)}" if until else ""

    @property
    def sleeps_until(self) -> str | None:
        """The phase or milestone that wakes it, `over` when its last phase is behind us, or None: it is awake."""
        item = self.opened.loaded.declaration.get(self.name.kind, self.name.key)
        return asleep_until(item.value, record(self.state).phase) if item is not None else None

    def count(self, event: str, facts: Mapping[str, Any]) -> None:
        """Told of everything that happens on the way to the system."""
        self.calls += event == "call"

    def look(self, interruption: Interruption) -> None:
        """Sign in, see that it is the right account, and read the one object. Raises Fault."""
        instance = self.name.instance
        expect, known = self.opened.environment.expect, record(self.state).accounts
        reached = reach({instance: self.settings}, expect, known, interruption.stopped, self.count)
        if instance in reached.down:
            raise Fault(
                "unreachable",
                f"{self.title} does not answer; nothing was changed.",
                where=self.settings.url,
                why=reached.down[instance],
                do=f"Run the command again in a moment. By hand: {self.page}" if self.page else "Run it again.",
                exits=Exit.FAILED,
            )
        connection = Connection(instance, self.settings, read_only=False, report=self.count, stop=interruption.stopped)
        self.collection = systems()[self.settings.type].collections(connection)[self.type]
        try:
            self.live = self.collection.get(self.side.id, self.side.payload)
        except SystemFault as fault:
            raise of_system(fault, self.opened.environment_name) from fault
        if self.live is None:
            raise Fault(
                "gone",
                f"{self.title} has no {self.said} any more (id {self.side.id}).",
                why="Somebody has deleted it there since golive's last run.",
                do=f"See what that means:  golive plan{self.opened.option}",
                exits=Exit.FAILED,
            )

    def unfinished(self, *, on: bool) -> Unfinished:
        """The switching itself, while nobody knows yet whether it has arrived."""
        entries = (self.state.deployment or {}).get("resources") or []
        entry = next(each for each in entries if each["urn"] == self.urn and not each.get("delete"))
        attribute = {self.switch.attribute: self.payload(on=on)[self.switch.attribute]}
        inputs = {**entry["inputs"], "payload": {**entry["inputs"]["payload"], **attribute}}
        return Unfinished("update", {**entry, "inputs": inputs})


def switching(
    opened: Opened, engine: EnvironmentStack, settings: Mapping[str, SystemSettings], address: str
) -> Switching:
    """The object that is meant, from what the state holds, whatever is wrong with the files. Raises Fault."""
    state = engine.trusted_state()
    sides = payloads(state)
    wanted = [ResourceName.of(name) for name in sides if name != RECORD_NAME]
    named = [each for each in wanted if not each.part and address in (each.address, "/".join(each.object))]
    if not named:
        raise _not_ours(opened, [each for each in wanted if not each.part], address, settings)
    type_of = types(state)
    found: list[Switching] = []
    for name in named:
        side, type_ = sides[str(name)], type_of[str(name)]
        if side.mode == "found" or name.instance not in settings:
            continue
        switch = readable(name.instance, settings[name.instance])[type_].switch
        if switch is not None and switch.attribute in side.payload:
            found.append(Switching(opened, state, name, type_, side, settings[name.instance], switch))
    if len(found) != 1:
        if named[0].kind == ARTICLES and named[0].instance in settings:
            side, known = sides[str(named[0])], settings[named[0].instance]
            page = systems()[known.type].page(known.url, type_of[str(named[0])], side.id)
            raise _in_every_language(opened, named[0], page)
        raise _no_switch(opened, named[0], sides[str(named[0])], [str(each.name) for each in found])
    _check_free(engine, found[0])
    return found[0]


def _check_free(engine: EnvironmentStack, one: Switching) -> None:
    """Raises Fault where another run is at work: it would overwrite what is noted."""
    try:
        check_lock(engine)
    except EngineBusy as busy:
        raise Fault(
            "busy",
            f"Another run is at work in this environment: {', '.join(map(str, busy.holders))}. Nothing was changed.",
            why="Two runs at once would overwrite each other's notes.",
            do="Stop that run with Ctrl-C where it runs (what it has done stays), then run this again. "
            f"If there is no time, by hand: {one.page or one.title}",
            exits=Exit.FAILED,
        ) from busy


def _not_ours(opened: Opened, ours: list[ResourceName], address: str, settings: Mapping[str, SystemSettings]) -> Fault:
    kind, _, key = address.partition("/")
    renamed = _renamed(opened, kind, key, {each.address for each in ours})
    if renamed is not None:
        return renamed
    near = get_close_matches(key, [each.key for each in ours if each.kind == kind and not each.is_generated], n=1)
    declared = opened.loaded.declaration.get(kind, key) is not None
    if near and not declared:
        do = f"Did you mean {kind}/{near[0]}?"
    elif declared:
        do = f"If it is there: golive adopt {address}{opened.option}   {_by_hand(kind, settings)}"
    else:
        do = f"To let golive do it: golive adopt {address}{opened.option}   {_by_hand(kind, settings)}"
    return Fault(
        "not_ours",
        f"golive looks after nothing called `{address}`.",
        why="It is declared, and golive has neither made it nor taken it over."
        if declared
        else "golive only touches what it has made or taken over.",
        do=do,
        exits=Exit.USAGE,
    )


def _renamed(opened: Opened, kind: str, key: str, there: Set[str]) -> Fault | None:
    """That golive goes by another key than the one that was said, where the files say `was:`; None where they do not.

    there: the addresses of what golive looks after.
    """
    items = opened.loaded.declaration.of(kind)
    item = items.get(key)
    if item is not None:
        other, why = getattr(item.value, "was", None), "the new key counts from the next `golive up` on"
    else:
        item = next((each for each in items.values() if getattr(each.value, "was", None) == key), None)
        other, why = item.key if item else None, f"`was: {key}`"
    if item is None or f"{kind}/{other}" not in there:
        return None
    return Fault(
        "not_ours",
        f"golive looks after nothing called `{kind}/{key}`; “{item.name}” is `{kind}/{other}`.",
        where=str(item.position),
        why=f"The files have given it another key: {why}.",
        do=f"Run it again with  {kind}/{other}{opened.option}",
        exits=Exit.USAGE,
    )


def _by_hand(kind: str, settings: Mapping[str, SystemSettings]) -> str:
    """Where a person switches an object of a kind off."""
    pages = (systems()[each.type].list_page(each.url, kind) for each in settings.values())
    page = next((each for each in pages if each), "")
    return f"In a hurry, switch it off by hand: {page}" if page else "In a hurry, switch it off in the vendor's pages."


def _switchable() -> list[str]:
    """Kinds whose objects can be switched off; of a Slack channel it is what the helpdesk posts there."""
    having = [word for word, each in ALL_KINDS.items() if getattr(each.model, "has_switch", False) and each.applied]
    having.remove(ARTICLES)
    return [*having, "slack_channels (what the helpdesk posts there)"]


def _in_every_language(opened: Opened, name: ResourceName, page: str | None) -> Fault:
    """Why an article is not taken from its readers in one call, and how it is."""
    return Fault(
        "no_switch",
        f"`{name.address}` cannot be switched on or off in one call; nothing was changed.",
        where=page or "",
        why="An article is published in each of its languages by itself, and `golive off` makes one call alone.",
        do=f"Write `active: false` under it, then  golive up --only {name.address}{opened.option}   In a hurry,"
        f" unpublish each of its languages by hand{f': {page}' if page else ' in the help centre'}. The next"
        " `golive up` publishes it again unless the files say `active: false`.",
        exits=Exit.USAGE,
    )


def _no_switch(opened: Opened, name: ResourceName, side: Side, several: list[str]) -> Fault:
    if several:
        return Fault(
            "several",
            f"`{name.address}` is in several systems.",
            why=f"There are {' and '.join(several)}.",
            do="Say which of them, as it stands there.",
            exits=Exit.USAGE,
        )
    if side.mode == "found":
        return Fault(
            "existing",
            f"`{name.address}` is only looked up; golive never writes it.",
            why="The files say that it exists.",
            do="Switch it off in the vendor's pages.",
            exits=Exit.USAGE,
        )
    model = ALL_KINDS[name.kind].model if name.kind in ALL_KINDS else None
    if getattr(model, "has_switch", False):
        return Fault(
            "no_switch",
            f"Whether `{name.address}` is on is not golive's to say.",
            why="It is the vendor's own, and the files list only other attributes of it.",
            do="Switch it off in the vendor's pages; or write `active: false` under it, then golive up.",
            exits=Exit.USAGE,
        )
    return Fault(
        "no_switch",
        f"{plural_of(name.kind)[0].upper()}{plural_of(name.kind)[1:]} have no switch.",
        where=name.address,
        why=f"These can be switched off: {', '.join(_switchable())}.",
        do=f"What the last run changed comes back with  golive undo{opened.option}   Otherwise change it in the files,"
        f" then  golive up --only {name.address}{opened.option}",
        exits=Exit.USAGE,
    )

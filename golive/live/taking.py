"""What taking over means: which live objects, what the next plan says of them, and what cannot be taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from config.results.plan import Change
from golive.live.not_answering import answering, check_answering
from golive.runs.compiling import compiled_for
from golive.runs.running import Session
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.wording.sleep import sleeps
from golive.wording.words import CATEGORIES, plural_of
from provisioners.errors import SystemFault
from provisioners.host.record import RECORD_ID
from provisioners.resource import ObjectName, Resource
from provisioners.system import systems
from stacks.adopting import Ambiguous, Finder, Links, entered, noted, steps_of, with_links
from stacks.facts import RunFacts
from stacks.planning import Planner
from stacks.record import RECORD_NAME
from stacks.state import Adopted, owned, payloads

FEW = 12
"""So many kinds or keys are listed at most."""


@dataclass
class Taking:
    """Objects that are about to be linked. after: the session as it is then, its state not yet saved."""

    addresses: list[str]
    before: Session
    after: Session
    finder: Finder
    links: Links
    changes: list[Change]
    sides: Mapping[ObjectName, tuple[dict[str, Any], dict[str, Any]]]

    def change(self, instance: str, address: str) -> Change | None:
        """What the next plan will say of an object in a system."""
        return next(
            (each for each in self.changes if (each.system, f"{each.kind}/{each.key}") == (instance, address)), None
        )


def vendor_of(session: Session, resource: Resource) -> str:
    """The product in which a resource is, as people say it."""
    return systems()[session.reached.settings[resource.instance].type].title


def taking(session: Session, addresses: Sequence[str]) -> Taking:
    """The live objects, and what will be said of them once they are linked. The category in which golive keeps the
    rules that it makes for them comes along. Writes nothing. Raises Fault."""
    holding = _holding(session, addresses)
    check_answering(session, {each.instance for each in session.compiled.resources if each.named.address in addresses})
    finder = Finder(session.state, answering(session), session.compiled)
    try:
        links = finder.links([*addresses, *holding])
    except SystemFault as fault:
        raise of_system(fault, session.opened.environment_name) from fault
    if links.several:
        raise _of_several(links.several[0])
    found = {each.resource.named.address for each in links.found}
    left = [each for each in addresses if _is_new(session, links, each)] + [each for each in holding if each in found]
    if not left:
        named = ", ".join(f"`{each}`" for each in addresses)
        raise Fault("adopted", f"golive looks after {named} already.", exits=Exit.USAGE)
    try:
        return _taken(session, finder, links, left)
    except SystemFault as fault:
        raise of_system(fault, session.opened.environment_name) from fault


def _holding(session: Session, addresses: Sequence[str]) -> list[str]:
    """The categories that golive makes for objects of these kinds, beside those that are named."""
    kinds = {each.partition("/")[0] for each in addresses}
    made = dict.fromkeys(
        each.named.address
        for each in session.compiled.resources
        if each.named.key in CATEGORIES and each.named.kind in kinds and each.mode == "managed"
    )
    return [each for each in made if each not in addresses]


def _of_several(several: Ambiguous) -> Fault:
    ids = ", ".join(f"id {live.id}" for live in several.lives)
    return Fault(
        "ambiguous",
        f"There are {len(several.lives)} live objects of that name ({ids}).",
        where=_place(several.resource),
        why=f"golive cannot know which of them `{several.resource.named.address}` means.",
        do="Give the others another name.",
        exits=Exit.FAILED,
    )


def _is_new(session: Session, links: Links, address: str) -> bool:
    """Whether there is something to link; False where golive looks after the object already. Raises Fault."""
    if any(each.resource.named.address == address for each in links.found):
        return True
    if any(each.named.address == address for each in links.held):
        return False
    absent = next(each for each in links.absent if each.named.address == address)
    raise Fault(
        "not_found",
        "There is no live object of that name.",
        where=_place(absent),
        why=f"{vendor_of(session, absent)} has nothing that fits `{address}`.",
        do=f"`golive up{session.opened.option}` makes it.",
        exits=Exit.FAILED,
    )


def _taken(session: Session, finder: Finder, links: Links, addresses: list[str]) -> Taking:
    after = linked(session, finder, links)
    planner = planner_of(after)
    changes, _ = planner.changes(steps_of(after.state, after.compiled, addresses, finder))
    return Taking(addresses, session, after, finder, links, changes, planner.sides)


def linked(session: Session, finder: Finder, links: Links) -> Session:
    """The session as it is once the objects are linked; its state is not saved yet."""
    opened = session.opened
    names = opened.workspace.name, opened.environment_name
    found = [*links.looked_up, *links.found, *links.renewed]
    now = with_links(session.state, *names, noted(found, finder, opened.loaded.declaration), links.lost)
    compiled = compiled_for(opened, session.reached, session.record, now)
    adopted = entered(found, finder, compiled)
    if RECORD_NAME not in payloads(session.state):  # it holds the key by which secrets are known again
        record = session.new_record.resource()
        adopted.insert(0, Adopted(record, RECORD_ID, record.payload))
    return replace(session, state=with_links(session.state, *names, adopted, links.lost), compiled=compiled)


def planner_of(session: Session) -> Planner:
    """What reads steps that no engine has made."""
    return Planner(
        session.opened.environment_name,
        session.reached.settings,
        session.compiled,
        session.names,
        owned(session.state),
        RunFacts(),
        session.reached.down,
    )


# What cannot be taken over.


def check_taking(taken: Taking) -> None:
    """Nothing is linked that could not stay what it is. Raises Fault."""
    for link in taken.links.found:
        resource = link.resource
        collection = taken.finder.collection(resource)
        vendor = vendor_of(taken.before, resource)
        advice = collection.if_taken(link.live)
        if advice:
            raise Fault(
                "not_ours",
                f"“{link.live.label}” (id {link.live.id}) cannot be taken over; nothing was linked.",
                where=_place(resource),
                why=f"{vendor} does not let golive look after it.",
                do=advice,
                exits=Exit.FAILED,
            )
        change = taken.change(resource.instance, resource.named.address)
        if resource.part or not collection.carries_data or change is None or change.action != "replace":
            continue
        raise Fault(
            "data",
            f"“{link.live.label}” (id {link.live.id}) would be removed and made anew, with every value that people "
            "have entered; nothing was linked.",
            where=_place(resource),
            why=f"It differs in what cannot be changed in {vendor}: {', '.join(each.path for each in change.diff)}.",
            do="Give ours another name and key, so that golive makes it beside this one; or write it in the files as "
            "it is there.",
            exits=Exit.FAILED,
        )


def check_addresses(session: Session, addresses: Sequence[str]) -> None:
    """Each address is that of an object which golive makes. Raises Fault."""
    modes: dict[str, set[str]] = {}
    for resource in session.compiled.resources:
        if not resource.untouched:
            modes.setdefault(resource.named.address, set()).add(resource.mode)
    for address in addresses:
        if "managed" in modes.get(address, ()):
            continue
        if address in modes:
            raise Fault(
                "existing",
                f"`{address}` is only looked up; there is nothing to take over.",
                why="The files say that it exists: golive refers to it and does not look after it.",
                do="Take out `existing` first if golive is to look after it.",
                exits=Exit.USAGE,
            )
        why = _why_not_sent(session, address)
        if why:
            raise Fault("not_sent", f"`{address}` is not sent now.", why=why, exits=Exit.USAGE)
        raise Fault(
            "not_declared",
            f"`{address}` is not an object that these files send.",
            why="Only what is declared can be taken over.",
            do=meant(address, list(modes)),
            exits=Exit.USAGE,
        )


def _why_not_sent(session: Session, address: str) -> str:
    compiled = session.compiled
    for items, words in (
        (compiled.not_sent, "{}"),
        (compiled.asleep, "It {}."),
        (compiled.by_hand, "A person does it: {}"),
    ):
        for each in items:
            if f"{each.source.kind}/{each.source.key}" == address:
                return words.format(sleeps(each.reason) if items is compiled.asleep else each.reason)
    return ""


def meant(address: str, sent: list[str]) -> str:
    """What may have been meant: something near of the same kind, never just anything."""
    kinds: dict[str, list[str]] = {}
    for each in sent:
        of, _, key = each.partition("/")
        if not key.startswith("_"):
            kinds.setdefault(of, []).append(key)
    kind, _, key = address.partition("/")
    if kind in kinds:
        near = get_close_matches(key, kinds[kind], n=1)
        return f"Did you mean {kind}/{near[0]}?" if near else f"The {plural_of(kind)} here: {_listed(kinds[kind])}."
    same = [f"{each}/{kind}" for each in kinds if kind in kinds[each]] if not key else []
    if same:
        return f"Did you mean {' or '.join(same)}?"
    if not kinds:
        return ""
    near = get_close_matches(kind, kinds, n=1)
    if near:
        return f"Did you mean {near[0]}/{key}?" if key in kinds[near[0]] else f"Did you mean the kind {near[0]}?"
    return f"Write KIND/KEY as in config/. The kinds here: {_listed(list(kinds))}."


def _listed(words: list[str]) -> str:
    more = f" and {len(words) - FEW} more" if len(words) > FEW else ""
    return ", ".join(words[:FEW]) + more


def _place(resource: Resource) -> str:
    return f"{resource.source.file}:{resource.source.line}"

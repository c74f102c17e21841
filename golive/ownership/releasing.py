"""golive lets go of objects: they stay live as they are, and leave the state and the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from pulumi.automation import Deployment

from config.declaration import Declaration, Declared
from config.document import parse_document
from config.loading import Loaded
from config.results.release import InFiles, Released
from config.writing.edit import Edit, Value, Without, with_edits
from config.writing.nodes import NotWritable
from golive.live.live_account import LiveAccount
from golive.live.not_answering import check_answering
from golive.live.taking import linked, meant
from golive.runs.compiling import compiled_for
from golive.runs.running import Session
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.wording.words import ORDER
from provisioners.errors import SystemFault
from provisioners.resource import ResourceName
from stacks.adopting import Finder
from stacks.record import RECORD_NAME
from stacks.state import payloads, without

_KEPT = ("name", "email", "type", "of", "object", "why", "was", "existing")
"""What still stands at an object that is only named."""


Gone: TypeAlias = Set[tuple[str, str]]
"""(kind, key) of what has left the files."""
Edits: TypeAlias = dict[str, list[Edit]]
"""By file."""


@dataclass
class Release:
    """What letting go comes to. as_read: the files as they are. texts: those that change. after: the session as it is
    then, its state not yet saved."""

    after: Session
    as_read: Mapping[str, str]
    released: list[Released] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


def release(session: Session, addresses: Sequence[str]) -> Release:
    """Find out what is left in files and state. Writes nothing. Raises Fault."""
    try:
        account = LiveAccount(session)
        held = _held(session)
        _check(account, held, addresses)
        check_answering(session, {ResourceName.of(name).instance for address in addresses for name in held[address]})
        found = Release(session, account.texts)
        state = without(session.state, *(name for address in addresses for name in held[address]))
        items: list[Declared] = []
        for address in addresses:
            kind, _, key = address.partition("/")
            item = session.opened.loaded.declaration.get(kind, key)
            if item is None:
                found.released.append(Released(kind, key, key, "absent"))
            else:
                items.append(item)
        loaded = _taken_out(account, items, found) if items else session.opened.loaded
        found.released.sort(key=lambda each: addresses.index(f"{each.kind}/{each.key}"))
        found.after = _after(account, state, loaded)
        return found
    except SystemFault as fault:
        raise of_system(fault, session.opened.environment_name) from fault


Write: TypeAlias = Callable[[LiveAccount, Sequence[Declared], Release], Edits]
"""(what is there, the objects, what has been let go of so far) → how the files change."""


def _held(session: Session) -> dict[str, list[str]]:
    """`kind/key` → names of the resources of an object that golive looks after; a vendor's rule that it replaces is
    among them."""
    found: dict[str, list[str]] = {}
    ours: set[str] = set()
    for name, side in payloads(session.state).items():
        named = ResourceName.of(name)
        if name == RECORD_NAME or side.mode == "found" or named.is_generated:
            continue
        found.setdefault(named.address, []).append(name)
        if side.mode == "managed":
            ours.add(named.address)
    return {address: names for address, names in found.items() if address in ours}


def _check(account: LiveAccount, held: Mapping[str, list[str]], addresses: Sequence[str]) -> None:
    for address in addresses:
        if address in held:
            continue
        kind, _, key = address.partition("/")
        declared = account.declaration.get(kind, key) is not None
        raise Fault(
            "not_held",
            f"golive does not look after `{address}`.",
            why=_why_not(account, declared=declared, nothing=not held),
            do="Take it out of the files." if declared else meant(address, list(held)),
            exits=Exit.USAGE,
        )


def _why_not(account: LiveAccount, *, declared: bool, nothing: bool) -> str:
    """Why there is nothing to let go of."""
    if declared:
        return "It is declared, and golive has not made or taken it over yet."
    return f"In {account.session.opened.environment_name} it looks after nothing yet." if nothing else ""


def _taken_out(account: LiveAccount, items: Sequence[Declared], found: Release) -> Loaded:
    """Take objects out of the files; where others name one, leave only what they need. Raises Fault.

    All at once; where that cannot be, half of them and then the others, as each try reads all files.
    """
    loaded = _tried(account, items, found, "removed", _removed)
    if loaded is None and len(items) > 1:
        half = len(items) // 2
        _taken_out(account, items[:half], found)
        return _taken_out(account, items[half:], found)
    loaded = loaded or _tried(account, items, found, "existing", _only_named)
    if loaded is None:
        raise Fault(
            "written_otherwise",
            f"`{items[0].kind}/{items[0].key}` cannot be taken out of the files by golive.",
            where=str(items[0].position),
            why="Others depend on it in a way that golive cannot write.",
            do="Write  existing: true  at it, or take it out by hand; then run the same command again.",
            exits=Exit.FAILED,
        )
    return loaded


def _tried(
    account: LiveAccount, items: Sequence[Declared], found: Release, in_files: InFiles, write: Write
) -> Loaded | None:
    """What the files say once objects are written in a way; None where they cannot be, or are not valid then."""
    texts = {**account.texts, **found.texts}
    try:
        changed = {file: with_edits(texts[file], edits) for file, edits in write(account, items, found).items()}
    except NotWritable:
        return None
    loaded = account.loaded({**found.texts, **changed})
    if loaded.errors:
        return None
    found.texts.update(changed)
    found.released += [Released(each.kind, each.key, each.name, in_files, each.position.file) for each in items]
    return loaded


def _removed(account: LiveAccount, items: Sequence[Declared], found: Release) -> Edits:
    """The files without objects, and without their keys in orders."""
    edits: Edits = {}
    for item in items:
        edits.setdefault(item.position.file, []).append(Without(tuple(map(str, item.path))))
    before = {(each.kind, each.key) for each in found.released if each.in_files == "removed"}
    for file, path, keys in _orders(account.declaration, before, {(item.kind, item.key) for item in items}):
        edits.setdefault(file, []).append(Value(path, keys))
    return edits


def _orders(declaration: Declaration, before: Gone, now: Gone) -> Iterator[tuple[str, tuple[str, ...], list[str]]]:
    """Written orders from which objects go, with what stays in them: (file, path, keys). before: what has gone
    already."""
    gone = before | now
    for category in declaration.of("trigger_categories").values():
        listed = category.value.order or ()
        if any(("triggers", key) in now for key in listed) and ("trigger_categories", category.key) not in gone:
            path = ("trigger_categories", category.key, "order")
            yield category.position.file, path, [key for key in listed if ("triggers", key) not in gone]
    said = declaration.get("order", "order")
    for kind in sorted({kind for kind, _ in now}):
        listed = getattr(said.value, kind, None) or () if said else ()
        if said and any((kind, key) in now for key in listed):
            yield said.position.file, ("order", kind), [key for key in listed if (kind, key) not in gone]


def _only_named(account: LiveAccount, items: Sequence[Declared], found: Release) -> Edits:
    """The files with objects that are only looked up."""
    edits: Edits = {}
    for item in items:
        file = item.position.file
        data = parse_document(found.texts.get(file, account.texts[file]), file).data
        for step in item.path:
            data = data[step]
        left = {name: value for name, value in data.items() if name in _KEPT or name.startswith("x-")}
        address = data.get("address")
        left["existing"] = address if item.kind == "channels" and address else True
        if item.kind == "channels":
            left.pop("name", None)
        edits.setdefault(file, []).append(Value(tuple(map(str, item.path)), left))
    return edits


def _after(account: LiveAccount, state: Deployment, loaded: Loaded) -> Session:
    """The session once golive has let go. What is only looked up from now on is in the state, so that those who name it
    do not change."""
    session = account.session
    opened = replace(session.opened, loaded=loaded)
    compiled = compiled_for(opened, session.reached, session.record, state)
    sent = {each.name for each in compiled.resources}
    orders = {
        name: ResourceName.of(name)
        for name in payloads(state)
        if name != RECORD_NAME and (ResourceName.of(name).is_generated or ResourceName.of(name).part == "order")
    }
    idle = [name for name, named in orders.items() if name not in sent and ORDER in (named.key, f"_{named.part}")]
    state = without(state, *idle)  # of fewer than two nobody gives an order
    after = replace(session, opened=opened, state=state, compiled=compiled)
    finder = Finder(state, account.settings, compiled, account.looks)
    return linked(after, finder, finder.links({named.address for name, named in orders.items() if name not in idle}))

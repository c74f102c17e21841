"""golive lets go of objects: they stay live as they are, and leave the state and the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from pulumi.automation import Deployment

from config.declaration import Declaration, Declared
from config.document import parse_document
from config.loading import Loaded
from config.results.release import InFiles, Released
from config.writing.edit import with_value, without_entry
from config.writing.nodes import NotWritable
from golive.exits import Exit
from golive.fault import Fault, of_system
from golive.live_account import LiveAccount
from golive.running import Session, compiled_for
from golive.taking import linked, meant
from provisioners.errors import SystemFault
from provisioners.resource import ResourceName
from stacks.adopting import Finder
from stacks.record import RECORD_NAME
from stacks.state import payloads, without

_KEPT = ("name", "email", "type", "of", "object", "why", "was", "existing")
"""What still stands at an object that is only named."""


Write: TypeAlias = Callable[[LiveAccount, Declared, Mapping[str, str]], dict[str, str]]
"""(what is there, the object, texts written so far) → the files that change."""


@dataclass
class Release:
    """What letting go comes to. texts: files that change. after: the session as it is then, its state not yet saved."""

    after: Session
    released: list[Released] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


def release(session: Session, addresses: Sequence[str]) -> Release:
    """Find out what is left in files and state. Writes nothing. Raises Fault."""
    try:
        account = LiveAccount(session)
        held = _held(session)
        _check(account, held, addresses)
        found = Release(session)
        state = without(session.state, *(name for address in addresses for name in held[address]))
        loaded = session.opened.loaded
        for address in addresses:
            kind, _, key = address.partition("/")
            item = session.opened.loaded.declaration.get(kind, key)
            if item is None:
                found.released.append(Released(kind, key, key, "absent"))
                continue
            loaded = _taken_out(account, item, found)
        found.after = _after(account, state, loaded)
        return found
    except SystemFault as fault:
        raise of_system(fault, session.opened.environment_name) from fault


def _held(session: Session) -> dict[str, list[str]]:
    """`kind/key` → names of the resources of an object that golive looks after."""
    found: dict[str, list[str]] = {}
    for name, side in payloads(session.state).items():
        if name != RECORD_NAME and side.mode == "managed" and not ResourceName.of(name).is_generated:
            found.setdefault(ResourceName.of(name).address, []).append(name)
    return found


def _check(account: LiveAccount, held: Mapping[str, list[str]], addresses: Sequence[str]) -> None:
    for address in addresses:
        if address in held:
            continue
        kind, _, key = address.partition("/")
        declared = account.declaration.get(kind, key) is not None
        raise Fault(
            "not_held",
            f"golive does not look after `{address}`.",
            why="It is declared, and golive has not made or taken it over yet." if declared else "",
            do="Take it out of the files." if declared else meant(address, list(held)),
            exits=Exit.USAGE,
        )


def _taken_out(account: LiveAccount, item: Declared, found: Release) -> Loaded:
    """Take an object out of the files; where others name it, leave only what they need. Raises Fault."""
    ways: tuple[tuple[InFiles, Write], ...] = (("removed", _removed), ("existing", _only_named))
    for in_files, write in ways:
        try:
            texts = write(account, item, found.texts)
        except NotWritable:
            continue
        loaded = account.loaded({**found.texts, **texts})
        if not loaded.errors:
            found.texts.update(texts)
            found.released.append(Released(item.kind, item.key, item.name, in_files, item.position.file))
            return loaded
    raise Fault(
        "written_otherwise",
        f"`{item.kind}/{item.key}` cannot be taken out of the files by golive.",
        where=str(item.position),
        why="Others depend on it in a way that golive cannot write.",
        do="Write  existing: true  at it, or take it out by hand; then run the same command again.",
        exits=Exit.FAILED,
    )


def _removed(account: LiveAccount, item: Declared, written: Mapping[str, str]) -> dict[str, str]:
    """The files without an object, and without its key in orders."""
    texts = {**account.texts, **written}
    file = item.position.file
    changed = {file: without_entry(texts[file], tuple(map(str, item.path)))}
    for place, path, keys in _orders(account.declaration, item):
        text = changed.get(place, texts[place])
        changed[place] = with_value(text, path, [key for key in keys if key != item.key])
    return changed


def _orders(declaration: Declaration, item: Declared) -> list[tuple[str, tuple[str, ...], list[str]]]:
    """Written orders that name an object: (file, path, keys)."""
    found: list[tuple[str, tuple[str, ...], list[str]]] = []
    if item.kind == "triggers":
        for category in declaration.of("trigger_categories").values():
            if item.key in (category.value.order or ()):
                path = ("trigger_categories", category.key, "order")
                found.append((category.position.file, path, list(category.value.order)))
    said = declaration.get("order", "order")
    listed = getattr(said.value, item.kind, None) if said else None
    if said and listed and item.key in listed:
        found.append((said.position.file, ("order", item.kind), list(listed)))
    return found


def _only_named(account: LiveAccount, item: Declared, written: Mapping[str, str]) -> dict[str, str]:
    """The files with an object that is only looked up."""
    file = item.position.file
    text = written.get(file, account.texts[file])
    data = parse_document(text, file).data
    for step in item.path:
        data = data[step]
    left = {name: value for name, value in data.items() if name in _KEPT or name.startswith("x-")}
    address = data.get("address")
    left["existing"] = address if item.kind == "channels" and address else True
    if item.kind == "channels":
        left.pop("name", None)
    return {file: with_value(text, tuple(map(str, item.path)), left)}


def _after(account: LiveAccount, state: Deployment, loaded: Loaded) -> Session:
    """The session once golive has let go. What is only looked up from now on is in the state, so that those who name it
    do not change."""
    session = account.session
    opened = replace(session.opened, loaded=loaded)
    compiled = compiled_for(opened, session.reached, session.record, state)
    after = replace(session, opened=opened, state=state, compiled=compiled)
    finder = Finder(state, account.settings, compiled, account.looks)
    orders = {
        ResourceName.of(name).address
        for name in payloads(state)
        if name != RECORD_NAME and (ResourceName.of(name).is_generated or ResourceName.of(name).part == "order")
    }
    return linked(after, finder, finder.links(orders))

"""Changes to a YAML text that touch nothing else: comments, order, quotes and blank lines stay as people left them.

Each function gives the new text and proves it: what is read from it is what was meant, or `NotWritable` is raised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import yaml

from config.document import Unreadable, parse_document
from config.writing.changing import removals, value_changes
from config.writing.inserting import New, insertions
from config.writing.nodes import Change, Nodes, NotWritable, Step


@dataclass(frozen=True)
class Entries:
    """New keys in the mapping at a path, which is made where it is missing.

    added: the key behind which they stand → what stands there; None: at the end, "": before all others.
    """

    path: tuple[str, ...]
    added: Mapping[str | None, New]


@dataclass(frozen=True)
class Value:
    """Another value at a path; whatever of the old one stays is left untouched."""

    path: tuple[Step, ...]
    value: Any


@dataclass(frozen=True)
class Without:
    """No key at a path any more, nor what stands below it, nor the comment lines directly above it. What is left empty
    goes as well."""

    path: tuple[str, ...]


Edit: TypeAlias = Entries | Value | Without


def with_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with several changes, each at a place of its own; read once and proved once. Raises NotWritable, also
    where two of them touch the same place."""
    data = wanted = _read(text)
    for edit in edits:
        wanted = _meant(wanted, edit)
    nodes = Nodes(text)
    changes: list[Change] = []
    added: dict[tuple[str, ...], dict[str | None, list[tuple[str, Any]]]] = {}
    for edit in edits:
        if isinstance(edit, Value) and nodes.find(edit.path) is not None:
            changes += value_changes(nodes, edit.path, _at(data, edit.path), edit.value)
        elif not isinstance(edit, Without):
            for after, pairs in _new(edit).added.items():
                added.setdefault(_new(edit).path, {}).setdefault(after, []).extend(pairs)
    for path, behind in added.items():
        changes += insertions(nodes, path, behind)
    changes += _taken_out(nodes, [edit.path for edit in edits if isinstance(edit, Without)])
    return _proved(_applied(text, changes), wanted)


def with_entry(text: str, path: tuple[str, ...], key: str, value: Any, after: str | None = None) -> str:
    """The text with `key: value` in the mapping at a path, which is made where it is missing.

    after: the key behind which it stands; otherwise it comes last. Raises NotWritable.
    """
    return with_entries(text, path, {after: [(key, value)]})


def with_entries(text: str, path: tuple[str, ...], added: Mapping[str | None, New]) -> str:
    """Like `with_entry`, for several; see `Entries`."""
    return with_edits(text, [Entries(path, added)])


def with_value(text: str, path: tuple[Step, ...], value: Any) -> str:
    """The text with another value at a path, whatever of the old one stays being left untouched. Raises NotWritable."""
    return with_edits(text, [Value(path, value)])


def without_entry(text: str, path: tuple[str, ...]) -> str:
    """The text without a key and what stands below it, with the comment lines directly above it. Raises NotWritable."""
    return with_edits(text, [Without(path)])


# The places of the changes.


def _new(edit: Entries | Value) -> Entries:
    """A value that stands nowhere yet, as an entry."""
    if isinstance(edit, Entries):
        return edit
    *above, last = edit.path
    return Entries(tuple(str(step) for step in above), {None: [(str(last), edit.value)]})


def _taken_out(nodes: Nodes, paths: Iterable[tuple[str, ...]]) -> list[Change]:
    """What takes keys out, and the mappings that would be left empty."""
    left = set(paths)
    while True:
        gone: dict[tuple[str, ...], set[str]] = {}
        for path in left:
            gone.setdefault(path[:-1], set()).add(path[-1])
        parents = {path: nodes.find(path) for path in gone}
        empty = {
            path
            for path, parent in parents.items()
            if path and isinstance(parent, yaml.MappingNode) and {key.value for key, _ in parent.value} <= gone[path]
        }
        if not empty:
            break
        left = {path for path in left if path[:-1] not in empty} | empty
    return [
        change
        for path, parent in parents.items()
        if isinstance(parent, yaml.MappingNode)
        for change in removals(nodes, parent, gone[path])
    ]


def _applied(text: str, changes: Iterable[Change]) -> str:
    """The text with pieces of it changed. Raises NotWritable where two of them overlap."""
    ordered = sorted(changes, key=lambda each: each[:2])
    if any(before[1] > later[0] for before, later in pairwise(ordered)):
        raise NotWritable("two changes touch the same place")
    pieces: list[str] = []
    place = 0
    for start, end, new in ordered:
        pieces += (text[place:start], new)
        place = end
    return "".join([*pieces, text[place:]])


# What stands in the text.


def _read(text: str) -> Any:
    try:
        return parse_document(text, "").data
    except Unreadable as broken:
        raise NotWritable(str(broken)) from broken


def _proved(text: str, wanted: Any) -> str:
    found = _read(text)
    if found != wanted:
        raise NotWritable("the change would be read as something else")
    return text


def _meant(data: Any, edit: Edit) -> Any:
    """The data as it is to be read afterwards."""
    if isinstance(edit, Entries):
        return _with(data, edit.path, edit.added)
    return _replaced(data, edit.path, edit.value) if isinstance(edit, Value) else _without(data, edit.path)


def _at(data: Any, path: Sequence[Step]) -> Any:
    for step in path:
        data = data[step]
    return data


def _replaced(data: Any, path: Sequence[Step], value: Any) -> Any:
    if not path:
        return value
    first, *rest = path
    if isinstance(data, list):
        return [_replaced(each, rest, value) if place == first else each for place, each in enumerate(data)]
    data = data or {}
    return {**data, first: _replaced(data.get(first), rest, value)}


def _with(data: Any, path: Sequence[str], added: Mapping[str | None, New]) -> Any:
    data = data or {}
    if path:
        first, *rest = path
        return {**data, first: _with(data.get(first), rest, added)}
    found = dict(added.get("", ()))
    for name, part in data.items():
        found[name] = part
        found |= dict(added.get(name, ()))
    return found | dict(added.get(None, ()))


def _without(data: Any, path: Sequence[str]) -> Any:
    first, *rest = path
    if not isinstance(data, Mapping) or first not in data:
        return data
    if rest:
        inner = _without(data[first], rest)
        return {**data, first: inner} if inner is not None else _without(data, [first])
    left = {name: part for name, part in data.items() if name != first}
    return left or None

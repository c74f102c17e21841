"""Changes to a YAML text that touch nothing else: comments, order, quotes and blank lines stay as people left them.

Each function gives the new text and proves it: what is read from it is what was meant, or `NotWritable` is raised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from config.document import Unreadable, parse_document
from config.writing.changing import removed, value_changes
from config.writing.inserting import New, inserted
from config.writing.nodes import Nodes, NotWritable, Step, child


def with_entry(text: str, path: tuple[str, ...], key: str, value: Any, after: str | None = None) -> str:
    """The text with `key: value` in the mapping at a path, which is made where it is missing.

    after: the key behind which it stands; otherwise it comes last. Raises NotWritable.
    """
    return with_entries(text, path, {after: [(key, value)]})


def with_entries(text: str, path: tuple[str, ...], added: Mapping[str | None, New]) -> str:
    """Like `with_entry`, for several. added: the key behind which they stand → what stands there; None: at the end,
    "": before all others."""
    wanted = _with(_read(text), path, added)
    return _proved(inserted(text, path, added), wanted)


def with_value(text: str, path: tuple[Step, ...], value: Any) -> str:
    """The text with another value at a path, whatever of the old one stays being left untouched. Raises NotWritable."""
    wanted = _replaced(_read(text), path, value)
    nodes = Nodes(text)
    node = nodes.find(path)
    if node is None:
        *above, last = path
        return with_entry(text, tuple(str(step) for step in above), str(last), value)
    changes = sorted(value_changes(nodes, path, _at(_read(text), path), value), reverse=True)
    for start, end, new in changes:
        text = text[:start] + new + text[end:]
    return _proved(text, wanted)


def without_entry(text: str, path: tuple[str, ...]) -> str:
    """The text without a key and what stands below it, with the comment lines directly above it. Raises NotWritable."""
    wanted = _without(_read(text), path)
    nodes = Nodes(text)
    parent, key = nodes.find(path[:-1]), path[-1]
    if not isinstance(parent, yaml.MappingNode) or child(parent, key) is None:
        return text
    if len(parent.value) == 1 and len(path) > 1:
        return without_entry(text, path[:-1])
    start, end = removed(nodes, parent, key)
    return _proved(text[:start] + text[end:], wanted)


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
    if rest:
        inner = _without(data[first], rest)
        return {**data, first: inner} if inner is not None else _without(data, [first])
    left = {name: part for name, part in data.items() if name != first}
    return left or None

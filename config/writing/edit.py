"""Changes to a YAML text that touch nothing else: comments, order, quotes and blank lines stay as people left them.

Each function gives the new text and proves it: what is read from it is what was meant, or `NotWritable` is raised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, TypeAlias

import yaml

from config.document import Unreadable, parse_document
from config.writing.nodes import Node, Nodes, NotWritable, Step, child, is_nothing
from config.writing.style import INDENT, entry, flow, item, plain

_Change: TypeAlias = tuple[int, int, str]
"""From, to, and the new text."""
SHORT = 120
"""Characters; entries that are longer are kept apart by blank lines."""
New: TypeAlias = Sequence[tuple[str, Any]]
"""Keys with their values, in the order in which they are to stand."""


def with_entry(text: str, path: tuple[str, ...], key: str, value: Any, after: str | None = None) -> str:
    """The text with `key: value` in the mapping at a path, which is made where it is missing.

    after: the key behind which it stands; otherwise it comes last. Raises NotWritable.
    """
    return with_entries(text, path, {after: [(key, value)]})


def with_entries(text: str, path: tuple[str, ...], added: Mapping[str | None, New]) -> str:
    """Like `with_entry`, for several. added: the key behind which they stand → what stands there; None: at the end,
    "": before all others."""
    wanted = _with(_read(text), path, added)
    return _proved(_inserted(text, path, added), wanted)


def with_value(text: str, path: tuple[Step, ...], value: Any) -> str:
    """The text with another value at a path, whatever of the old one stays being left untouched. Raises NotWritable."""
    wanted = _replaced(_read(text), path, value)
    nodes = Nodes(text)
    node = nodes.find(path)
    if node is None:
        *above, last = path
        return with_entry(text, tuple(str(step) for step in above), str(last), value)
    changes = sorted(_value_changes(nodes, path, _at(_read(text), path), value), reverse=True)
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
    start, end = _removed(nodes, parent, key)
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


# Inserting.


def _inserted(text: str, path: tuple[str, ...], added: Mapping[str | None, New]) -> str:
    nodes = Nodes(text)
    depth = len(path)
    while depth and (nodes.find(path[:depth]) is None or is_nothing(nodes.find(path[:depth]))):
        depth -= 1
    parent, below = nodes.find(path[:depth]), path[depth:]
    everything = [pair for listed in added.values() for pair in listed]
    if parent is None or is_nothing(parent):
        return _joined(text, _nested(below, everything, 0))
    nodes.check(parent)
    if not isinstance(parent, yaml.MappingNode):
        raise NotWritable("this is no mapping")
    if below and child(parent, below[0]) is not None:
        return _below_nothing(nodes, parent, below, everything)
    if below and parent.flow_style:
        value: Any = dict(everything)
        for step in reversed(below[1:]):
            value = {step: value}
        added = {None: [(below[0], value)]}
    elif below:
        place = nodes.line_end(_last(nodes, parent.value[-1]))
        lines = _nested(below, everything, nodes.column(parent.value[0][0]))
        gap = "\n" if depth == 0 else ""
        return _with_line_end(text[:place]) + gap + lines + text[place:]
    insert = _in_flow if parent.flow_style else _in_block
    changes = [insert(nodes, parent, after, listed) for after, listed in added.items() if listed]
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _joined(text: str, lines: str) -> str:
    """A text that ends in a line end, a blank line, and the new lines."""
    head = text.rstrip("\n")
    return f"{head}\n\n{lines}" if head else lines


def _nested(path: Sequence[str], added: New, column: int) -> str:
    """Entries below the steps of a path, one blank line between those of several lines."""
    head = "".join(f"{' ' * (column + INDENT * depth)}{step}:\n" for depth, step in enumerate(path))
    lines = [entry(key, value, column + INDENT * len(path), opened=True) for key, value in added]
    gap = "\n" if any(len(each) > SHORT for each in lines) else ""
    return head + gap.join(lines)


def _below_nothing(nodes: Nodes, parent: yaml.MappingNode, below: Sequence[str], added: New) -> str:
    """What stands below a key that had nothing below it."""
    node = next(name for name, _ in parent.value if name.value == below[0])
    if parent.flow_style:
        raise NotWritable("nothing stands behind a key within braces")
    lines = _nested(below, added, nodes.column(node)).partition("\n")[2]
    line = nodes.line_end(nodes.end(node))
    return _with_line_end(nodes.text[:line]) + lines + nodes.text[line:]


def _in_flow(nodes: Nodes, parent: yaml.MappingNode, after: str | None, added: New) -> _Change:
    said = ", ".join(f"{key}: {flow(value)}" for key, value in added)
    if not parent.value or after == "":
        place = nodes.start(parent) + 1
        return place, place, f"{said}, " if parent.value else said
    anchor = next((part for name, part in parent.value if name.value == after), parent.value[-1][1])
    return nodes.end(anchor), nodes.end(anchor), f", {said}"


def _in_block(nodes: Nodes, parent: yaml.MappingNode, after: str | None, added: New) -> _Change:
    pairs = parent.value
    names = [name.value for name, _ in pairs]
    column = nodes.column(pairs[0][0])
    lines = [entry(key, value, column, opened=True) for key, value in added]
    index = names.index(after) if after in names else len(pairs) - 1
    gap = "\n" if _are_apart(nodes, pairs, index) and any("\n" in each.rstrip("\n") for each in lines) else ""
    if after == "":
        place = _with_comments(nodes, pairs[0][0])
        return place, place, "".join(f"{each}{gap}" for each in lines)
    place = nodes.line_end(_last(nodes, pairs[index]))
    return place, place, _behind(nodes, place, "".join(f"{gap}{each}" for each in lines))


def _last(nodes: Nodes, pair: tuple[Node, Node]) -> int:
    """The place of the last character of a key and its value."""
    name, value = pair
    return max(nodes.end(name), nodes.end(value) - 1 if nodes.end(value) > nodes.start(value) else nodes.end(name))


def _are_apart(nodes: Nodes, pairs: Sequence[tuple[Node, Node]], index: int) -> bool:
    """Whether blank lines stand between the entries here."""
    for before, later in pairwise(pairs[max(index - 1, 0) : index + 2]):
        between = nodes.text[nodes.line_end(_last(nodes, before)) : nodes.start(later[0])]
        if any(not line.strip() for line in between.split("\n")[:-1]):
            return True
    return False


def _with_line_end(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


# Changing.


def _value_changes(nodes: Nodes, path: tuple[Step, ...], old: Any, new: Any) -> list[_Change]:
    parent, node = nodes.find(path[:-1]), nodes.find(path)
    if isinstance(parent, yaml.MappingNode) and node is not None:
        return _entry_changes(nodes, parent, str(path[-1]), node, old, new)
    if isinstance(parent, yaml.SequenceNode) and isinstance(path[-1], int):
        return _item_changes(nodes, parent, path[-1], old, new)
    raise NotWritable("it is not where it was")


def _changes(nodes: Nodes, node: Node, old: Any, new: Any) -> list[_Change]:
    """What makes the one value of the other, within a form that can hold both."""
    if old == new and type(old) is type(new):
        return []
    nodes.check(node)
    if isinstance(node, yaml.MappingNode) and isinstance(new, Mapping) and new and node.value:
        return _in_mapping(nodes, node, old, new)
    if isinstance(node, yaml.SequenceNode) and isinstance(new, list) and new and node.value:
        return _in_list(nodes, node, old, new)
    if isinstance(node, yaml.ScalarNode) and not isinstance(new, (dict, list)) and not _stands_in_flow(nodes, node):
        return [(nodes.start(node), nodes.end(node), _scalar(nodes, node, new))]
    return [(nodes.start(node), nodes.end(node), flow(new))]


def _keeps_form(node: Node, new: Any) -> bool:
    """Whether a value can stand where another one stands, without lines of its own."""
    if isinstance(node, yaml.MappingNode):
        return isinstance(new, dict) and bool(new) and bool(node.value)
    if isinstance(node, yaml.SequenceNode):
        return isinstance(new, list) and bool(new) and bool(node.value)
    return not isinstance(new, (dict, list))


def _entry_changes(nodes: Nodes, parent: yaml.MappingNode, name: str, value: Node, old: Any, new: Any) -> list[_Change]:
    if parent.flow_style or _keeps_form(value, new):
        return _changes(nodes, value, old, new)
    nodes.check(value)
    key = next(each for each, _ in parent.value if each.value == name)
    start, end = nodes.line_start(nodes.start(key)), nodes.line_end(_last(nodes, (key, value)))
    if nodes.text[start : nodes.start(key)].strip():  # it stands behind a dash
        start = nodes.start(key)
        return [(start, end, entry(name, new, nodes.column(key)).lstrip(" "))]
    return [(start, end, entry(name, new, nodes.column(key)))]


def _item_changes(nodes: Nodes, parent: yaml.SequenceNode, index: int, old: Any, new: Any) -> list[_Change]:
    node = parent.value[index]
    if parent.flow_style or (_keeps_form(node, new) and not _is_another(old, new)):
        return _changes(nodes, node, old, new)
    nodes.check(node)
    start, end = _without_item(nodes, parent, index)
    return [(start, end, item(new, nodes.column(parent)))]


def _is_another(old: Any, new: Any) -> bool:
    """Whether of a map not even the first key is left in another one."""
    return isinstance(old, dict) and isinstance(new, dict) and next(iter(old)) not in new


def _in_mapping(nodes: Nodes, node: yaml.MappingNode, old: Any, new: Mapping[str, Any]) -> list[_Change]:
    found: list[_Change] = []
    if not any(name in new for name in old):
        return [(nodes.start(node), nodes.end(node), flow(dict(new)))]
    before = None
    for name in old:
        value = child(node, name)
        if value is None:
            raise NotWritable(f"`{name}` is not where it was")
        if name in new:
            found += _entry_changes(nodes, node, name, value, old[name], new[name])
        else:
            found.append((*_removed(nodes, node, name), ""))
    added: dict[int, str] = {}
    for name, value in new.items():
        if name in old:
            before = name
            continue
        if node.flow_style:
            anchor = child(node, before) if before else None
            place = nodes.end(anchor) if anchor is not None else nodes.end(node.value[-1][1])
            added[place] = added.get(place, "") + f", {name}: {flow(value)}"
        else:
            index = next((at for at, (key, _) in enumerate(node.value) if key.value == before), len(node.value) - 1)
            place = nodes.line_end(_last(nodes, node.value[index]))
            added[place] = added.get(place, "") + entry(name, value, nodes.column(node.value[0][0]))
    found += [(place, place, _behind(nodes, place, lines)) for place, lines in added.items()]
    return found


def _behind(nodes: Nodes, place: int, lines: str) -> str:
    """New lines at the end of a text whose last line has no end yet."""
    needs = place == len(nodes.text) and nodes.text[-1:] not in ("\n", "") and "\n" in lines
    return f"\n{lines}" if needs else lines


def _in_list(nodes: Nodes, node: yaml.SequenceNode, old: Sequence[Any], new: Sequence[Any]) -> list[_Change]:
    """Entries that are the same stay; those in between are changed one by one, taken out or put in."""
    found: list[_Change] = []
    before, after = [repr(each) for each in old], [repr(each) for each in new]
    for tag, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        paired = min(last - first, end - start)
        for step in range(paired):
            found += _item_changes(nodes, node, first + step, old[first + step], new[start + step])
        for index in range(first + paired, last):
            found.append((*_without_item(nodes, node, index), ""))
        added = list(new[start + paired : end])
        if added:
            found.append(_with_items(nodes, node, first + paired, added))
    return found


def _with_items(nodes: Nodes, node: yaml.SequenceNode, index: int, added: Sequence[Any]) -> _Change:
    """New entries before the one at an index."""
    if node.flow_style:
        said = ", ".join(flow(each) for each in added)
        if index == 0:
            place = nodes.start(node.value[0])
            return place, place, f"{said}, "
        place = nodes.end(node.value[index - 1])
        return place, place, f", {said}"
    lines = "".join(item(each, nodes.column(node)) for each in added)
    first = nodes.line_start(nodes.start(node.value[0]))
    place = first if index == 0 else nodes.line_end(_tail(nodes, node, index - 1))
    return place, place, _behind(nodes, place, lines)


def _tail(nodes: Nodes, node: yaml.SequenceNode, index: int) -> int:
    value = node.value[index]
    return max(nodes.end(value) - 1, nodes.start(value))


def _without_item(nodes: Nodes, node: yaml.SequenceNode, index: int) -> tuple[int, int]:
    if not node.flow_style:
        return nodes.line_start(nodes.start(node.value[index])), nodes.line_end(_tail(nodes, node, index))
    if index + 1 < len(node.value):
        return nodes.start(node.value[index]), nodes.start(node.value[index + 1])
    return nodes.end(node.value[index - 1]) if index else nodes.start(node.value[0]), nodes.end(node.value[index])


def _removed(nodes: Nodes, parent: yaml.MappingNode, key: str) -> tuple[int, int]:
    """From where to where a key stands with its value; in block style with the comment lines directly above it."""
    index = next(at for at, (name, _) in enumerate(parent.value) if name.value == key)
    name, value = parent.value[index]
    if parent.flow_style:
        if index + 1 < len(parent.value):
            return nodes.start(name), nodes.start(parent.value[index + 1][0])
        return nodes.end(parent.value[index - 1][1]) if index else nodes.start(name), nodes.end(value)
    start, end = _with_comments(nodes, name), nodes.line_end(_last(nodes, (name, value)))
    while index == 0 and nodes.text[end : nodes.line_end(end)].strip() == "" and end < len(nodes.text):
        end = nodes.line_end(end)
    return start, end


def _with_comments(nodes: Nodes, key: Node) -> int:
    """Where the comment lines begin that stand directly above a key, as far in as it."""
    start = nodes.line_start(nodes.start(key))
    while start:
        above = nodes.line_start(start - 1)
        line = nodes.text[above:start]
        if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) != nodes.column(key):
            break
        start = above
    return start


def _scalar(nodes: Nodes, node: yaml.ScalarNode, new: Any) -> str:
    """A scalar in the quotes of the old one where these can hold it."""
    if isinstance(new, str) and "\n" not in new:
        if node.style == "'":
            return "'" + new.replace("'", "''") + "'"
        if node.style == '"' and new.isprintable():
            return '"' + new.replace("\\", "\\\\").replace('"', '\\"') + '"'
    line = nodes.text[nodes.line_start(nodes.start(node)) : nodes.start(node)]
    column = len(line) - len(line.lstrip(" -"))
    gap = " " if is_nothing(node) and not line.endswith(" ") else ""
    return gap + plain(new, column)


def _stands_in_flow(nodes: Nodes, node: Node) -> bool:
    """Whether a node stands within braces or brackets."""

    def walk(inner: Node, within: bool) -> bool | None:
        if inner is node:
            return within
        below = within or bool(getattr(inner, "flow_style", False))
        parts = inner.value if isinstance(inner, yaml.SequenceNode) else []
        if isinstance(inner, yaml.MappingNode):
            parts = [part for _, part in inner.value]
        return next((found for part in parts if (found := walk(part, below)) is not None), None)

    return bool(walk(nodes.root, False)) if nodes.root is not None else False

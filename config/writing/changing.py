"""Other values in a YAML text: the smallest pieces of it that have to change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

import yaml

from config.writing.nodes import (
    Change,
    Node,
    Nodes,
    NotWritable,
    Step,
    behind,
    child,
    is_nothing,
    last_of,
    with_comments,
)
from config.writing.style import entry, flow, item, plain


def value_changes(nodes: Nodes, path: tuple[Step, ...], old: Any, new: Any) -> list[Change]:
    parent, node = nodes.find(path[:-1]), nodes.find(path)
    if isinstance(parent, yaml.MappingNode) and node is not None:
        return _entry_changes(nodes, parent, str(path[-1]), node, old, new)
    if isinstance(parent, yaml.SequenceNode) and isinstance(path[-1], int):
        return _item_changes(nodes, parent, path[-1], old, new)
    raise NotWritable("it is not where it was")


def _changes(nodes: Nodes, node: Node, old: Any, new: Any) -> list[Change]:
    """What makes the one value of the other, within a form that can hold both."""
    if old == new and type(old) is type(new):
        return []
    nodes.check(node)
    if isinstance(node, yaml.MappingNode) and isinstance(new, Mapping) and new and node.value:
        return _in_mapping(nodes, node, old, new)
    if isinstance(node, yaml.SequenceNode) and isinstance(new, list) and new and node.value:
        return _in_list(nodes, node, old, new)
    if isinstance(node, yaml.ScalarNode) and not isinstance(new, (dict, list)) and id(node) not in nodes.in_flow:
        return [(nodes.start(node), nodes.end(node), _scalar(nodes, node, new))]
    return [(nodes.start(node), nodes.end(node), flow(new))]


def _keeps_form(node: Node, new: Any) -> bool:
    """Whether a value can stand where another one stands, without lines of its own."""
    if isinstance(node, yaml.MappingNode):
        return isinstance(new, dict) and bool(new) and bool(node.value)
    if isinstance(node, yaml.SequenceNode):
        return isinstance(new, list) and bool(new) and bool(node.value)
    return not isinstance(new, (dict, list))


def _entry_changes(nodes: Nodes, parent: yaml.MappingNode, name: str, value: Node, old: Any, new: Any) -> list[Change]:
    if parent.flow_style or _keeps_form(value, new):
        return _changes(nodes, value, old, new)
    nodes.check(value)
    key = next(each for each, _ in parent.value if each.value == name)
    start, end = nodes.line_start(nodes.start(key)), nodes.line_end(last_of(nodes, (key, value)))
    if nodes.text[start : nodes.start(key)].strip():  # it stands behind a dash
        start = nodes.start(key)
        return [(start, end, entry(name, new, nodes.column(key)).lstrip(" "))]
    return [(start, end, entry(name, new, nodes.column(key)))]


def _item_changes(nodes: Nodes, parent: yaml.SequenceNode, index: int, old: Any, new: Any) -> list[Change]:
    node = parent.value[index]
    if parent.flow_style or (_keeps_form(node, new) and not _is_another(old, new)):
        return _changes(nodes, node, old, new)
    nodes.check(node)
    start = _item_start(nodes, parent, index)
    lines = item(new, nodes.column(parent))
    return [(start, _item_end(nodes, parent, index), lines.lstrip(" ") if _is_behind(nodes, start) else lines)]


def _is_another(old: Any, new: Any) -> bool:
    """Whether of a map not even the first key is left in another one."""
    return isinstance(old, dict) and isinstance(new, dict) and next(iter(old)) not in new


def _in_mapping(nodes: Nodes, node: yaml.MappingNode, old: Any, new: Mapping[str, Any]) -> list[Change]:
    found: list[Change] = []
    if not any(name in new for name in old):
        return [(nodes.start(node), nodes.end(node), flow(dict(new)))]
    before = None
    for name in old:
        value = child(node, name)
        if value is None:
            raise NotWritable(f"`{name}` is not where it was")
        if name in new:
            found += _entry_changes(nodes, node, name, value, old[name], new[name])
    found += removals(nodes, node, [name for name in old if name not in new])
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
            place = nodes.line_end(last_of(nodes, node.value[index]))
            added[place] = added.get(place, "") + entry(name, value, nodes.column(node.value[0][0]))
    found += [(place, place, behind(nodes, place, lines)) for place, lines in added.items()]
    return found


def _sides(node: yaml.MappingNode) -> tuple[list[Node], list[Node]]:
    """The keys and the values of a mapping."""
    return [key for key, _ in node.value], [value for _, value in node.value]


def _runs_removed(nodes: Nodes, node: yaml.MappingNode, goes: Sequence[bool]) -> list[Change]:
    """Entries within braces that go, neighbours together."""
    found: list[Change] = []
    place = 0
    for is_gone, run in groupby(goes):
        length = len(list(run))
        if is_gone:
            found.append((*_without_run(nodes, *_sides(node), place, place + length), ""))
        place += length
    return found


def _in_list(nodes: Nodes, node: yaml.SequenceNode, old: Sequence[Any], new: Sequence[Any]) -> list[Change]:
    """Entries that are the same stay; those in between are changed one by one, taken out or put in."""
    found: list[Change] = []
    before, after = [repr(each) for each in old], [repr(each) for each in new]
    for tag, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        paired = min(last - first, end - start)
        for step in range(paired):
            found += _item_changes(nodes, node, first + step, old[first + step], new[start + step])
        if first + paired < last:
            places = (
                _without_run(nodes, node.value, node.value, first + paired, last)
                if node.flow_style
                else _without_items(nodes, node, first + paired, last)
            )
            found.append((*places, ""))
        added = list(new[start + paired : end])
        if added:
            found.append(_with_items(nodes, node, first + paired, added))
    return found


def _with_items(nodes: Nodes, node: yaml.SequenceNode, index: int, added: Sequence[Any]) -> Change:
    """New entries before the one at an index."""
    if node.flow_style:
        said = ", ".join(flow(each) for each in added)
        if index == 0:
            place = nodes.start(node.value[0])
            return place, place, f"{said}, "
        place = nodes.end(node.value[index - 1])
        return place, place, f", {said}"
    column = nodes.column(node)
    lines = "".join(item(each, column) for each in added)
    place = _item_start(nodes, node, 0) if index == 0 else _item_end(nodes, node, index - 1)
    if index == 0 and _is_behind(nodes, place):
        return place, place, lines.lstrip(" ") + " " * column
    return place, place, behind(nodes, place, lines)


def _is_behind(nodes: Nodes, place: int) -> bool:
    """Whether something stands before a place on its line: the dash of the list around it."""
    return bool(nodes.text[nodes.line_start(place) : place].strip())


def _item_start(nodes: Nodes, node: yaml.SequenceNode, index: int) -> int:
    """Where the line of an entry of a list in block style begins; of the first one behind another dash, its own."""
    if index == 0 and _is_behind(nodes, nodes.start(node)):
        return nodes.start(node)
    return nodes.line_start(nodes.start(node.value[index]))


def _item_end(nodes: Nodes, node: yaml.SequenceNode, index: int) -> int:
    """Where the line behind an entry of a list in block style begins."""
    value = node.value[index]
    return nodes.line_end(max(nodes.end(value) - 1, nodes.start(value)))


def _without_items(nodes: Nodes, node: yaml.SequenceNode, first: int, last: int) -> tuple[int, int]:
    """From where to where entries of a list in block style stand."""
    start, end = _item_start(nodes, node, first), _item_end(nodes, node, last - 1)
    return start, _up_to_text(nodes, end) if _is_behind(nodes, start) else end


def _up_to_text(nodes: Nodes, place: int) -> int:
    """Behind the spaces with which a line begins, so that what follows takes the place behind a dash."""
    return place + len(nodes.text[place:]) - len(nodes.text[place:].lstrip(" "))


def _without_run(nodes: Nodes, starts: Sequence[Node], ends: Sequence[Node], first: int, last: int) -> tuple[int, int]:
    """From where to where entries stand within braces or brackets, with the comma that goes with them."""
    if last < len(starts):
        return nodes.start(starts[first]), nodes.start(starts[last])
    return nodes.end(ends[first - 1]) if first else nodes.start(starts[0]), nodes.end(ends[-1])


def removals(nodes: Nodes, parent: yaml.MappingNode, keys: Collection[str]) -> list[Change]:
    """What takes keys out of a mapping with what stands below them; in block style with the comment lines directly
    above them."""
    goes = [name.value in keys for name, _ in parent.value]
    if parent.flow_style:
        return _runs_removed(nodes, parent, goes)
    first = goes.index(False) if False in goes else len(goes)
    found = [
        (*_removed(nodes, parent, index, is_first=index < first), "") for index, is_gone in enumerate(goes) if is_gone
    ]
    start = nodes.start(parent.value[0][0])
    if first and _is_behind(nodes, start):  # what is left takes the place behind the dash
        found[:first] = [(start, _up_to_text(nodes, found[first - 1][1]), "")]
    return found


def _removed(nodes: Nodes, parent: yaml.MappingNode, index: int, *, is_first: bool) -> tuple[int, int]:
    """From where to where an entry in block style stands. is_first: nothing is left before it."""
    name, value = parent.value[index]
    start, end = with_comments(nodes, name), nodes.line_end(last_of(nodes, (name, value)))
    while is_first and nodes.text[end : nodes.line_end(end)].strip() == "" and end < len(nodes.text):
        end = nodes.line_end(end)
    return start, end


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

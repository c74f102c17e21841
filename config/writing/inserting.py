"""New entries in a YAML text: where they go, and how far from their neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import yaml

from config.writing.nodes import Change, Node, Nodes, NotWritable, behind, child, is_nothing, last_of, with_comments
from config.writing.style import INDENT, entry, flow

SHORT = 120
"""Characters; entries that are longer are kept apart by blank lines."""
New: TypeAlias = Sequence[tuple[str, Any]]
"""Keys with their values, in the order in which they are to stand."""


def insertions(nodes: Nodes, path: tuple[str, ...], added: Mapping[str | None, New]) -> list[Change]:
    """What puts new entries into the mapping at a path, which is made where it is missing. Raises NotWritable.

    added: the key behind which they stand → what stands there; None: at the end, "": before all others.
    """
    depth = len(path)
    while depth and (nodes.find(path[:depth]) is None or is_nothing(nodes.find(path[:depth]))):
        depth -= 1
    parent, below = nodes.find(path[:depth]), path[depth:]
    everything = [pair for listed in added.values() for pair in listed]
    if parent is None or is_nothing(parent):
        return [_at_end(nodes, _nested(below, everything, 0))]
    nodes.check(parent)
    if not isinstance(parent, yaml.MappingNode):
        raise NotWritable("this is no mapping")
    if below and child(parent, below[0]) is not None:
        return [_below_nothing(nodes, parent, below, everything)]
    if below and parent.flow_style:
        value: Any = dict(everything)
        for step in reversed(below[1:]):
            value = {step: value}
        added = {None: [(below[0], value)]}
    elif below:
        lines = _nested(below, everything, nodes.column(parent.value[0][0]))
        return [_at_end(nodes, lines) if depth == 0 else _at_line(nodes, last_of(nodes, parent.value[-1]), lines)]
    insert = _in_flow if parent.flow_style else _in_block
    return [insert(nodes, parent, after, listed) for after, listed in added.items() if listed]


def _at_end(nodes: Nodes, lines: str) -> Change:
    """New lines at the end of a text, behind a blank line."""
    length = len(nodes.text.rstrip("\n"))
    return length, len(nodes.text), f"\n\n{lines}" if length else lines


def _at_line(nodes: Nodes, place: int, lines: str) -> Change:
    """New lines behind the line of a place."""
    line = nodes.line_end(place)
    return line, line, behind(nodes, line, lines)


def _nested(path: Sequence[str], added: New, column: int) -> str:
    """Entries below the steps of a path, one blank line between those of several lines."""
    head = "".join(f"{' ' * (column + INDENT * depth)}{step}:\n" for depth, step in enumerate(path))
    lines = [entry(key, value, column + INDENT * len(path), opened=True) for key, value in added]
    gap = "\n" if any(len(each) > SHORT for each in lines) else ""
    return head + gap.join(lines)


def _below_nothing(nodes: Nodes, parent: yaml.MappingNode, below: Sequence[str], added: New) -> Change:
    """What stands below a key that had nothing below it."""
    node = next(name for name, _ in parent.value if name.value == below[0])
    if parent.flow_style:
        raise NotWritable("nothing stands behind a key within braces")
    lines = _nested(below, added, nodes.column(node)).partition("\n")[2]
    return _at_line(nodes, nodes.end(node), lines)


def _in_flow(nodes: Nodes, parent: yaml.MappingNode, after: str | None, added: New) -> Change:
    said = ", ".join(f"{key}: {flow(value)}" for key, value in added)
    if not parent.value or after == "":
        place = nodes.start(parent) + 1
        return place, place, f"{said}, " if parent.value else said
    anchor = next((part for name, part in parent.value if name.value == after), parent.value[-1][1])
    return nodes.end(anchor), nodes.end(anchor), f", {said}"


def _in_block(nodes: Nodes, parent: yaml.MappingNode, after: str | None, added: New) -> Change:
    pairs = parent.value
    names = [name.value for name, _ in pairs]
    column = nodes.column(pairs[0][0])
    lines = [entry(key, value, column, opened=True) for key, value in added]
    index = names.index(after) if after in names else len(pairs) - 1
    gap = "\n" if _are_apart(nodes, pairs, index) and any("\n" in each.rstrip("\n") for each in lines) else ""
    if after == "":
        place = with_comments(nodes, pairs[0][0])
        return place, place, "".join(f"{each}{gap}" for each in lines)
    place = nodes.line_end(last_of(nodes, pairs[index]))
    return place, place, behind(nodes, place, "".join(f"{gap}{each}" for each in lines))


def _are_apart(nodes: Nodes, pairs: Sequence[tuple[Node, Node]], index: int) -> bool:
    """Whether blank lines stand between the entries here."""
    for before, later in pairwise(pairs[max(index - 1, 0) : index + 2]):
        between = nodes.text[nodes.line_end(last_of(nodes, before)) : nodes.start(later[0])]
        if any(not line.strip() for line in between.split("\n")[:-1]):
            return True
    return False

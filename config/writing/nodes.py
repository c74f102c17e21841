"""The nodes of a YAML text with the exact places at which they begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, cast

import yaml

from config.syntax import LOADER

Node: TypeAlias = yaml.MappingNode | yaml.SequenceNode | yaml.ScalarNode
Step: TypeAlias = str | int
Change: TypeAlias = tuple[int, int, str]
"""From, to, and the new text."""

_LINE_END = re.compile("\\r\\n|[\\n\\r\\x85\\u2028\\u2029]")


class NotWritable(Exception):
    """The text is written in a way in which this place cannot be changed, such as an alias."""


@dataclass
class Nodes:
    """One text. Places are counted in characters from its beginning."""

    text: str

    @cached_property
    def root(self) -> Node | None:
        """The whole document; None where the text holds no value."""
        return cast("Node | None", yaml.compose(self.text, Loader=LOADER))

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    @cached_property
    def _aliased(self) -> frozenset[int]:
        """Nodes that stand in several places."""
        seen: set[int] = set()
        twice: set[int] = set()

        def walk(node: Node) -> None:
            if id(node) in seen:
                twice.add(id(node))
                return
            seen.add(id(node))
            for child in children(node):
                walk(child)

        if self.root is not None:
            walk(self.root)
        return frozenset(twice)

    @cached_property
    def in_flow(self) -> frozenset[int]:
        """Nodes that stand within braces or brackets."""
        found: set[int] = set()

        def walk(node: Node, *, within: bool) -> None:
            if within:
                found.add(id(node))
            below = within or bool(getattr(node, "flow_style", False))
            for part in children(node):
                walk(part, within=below)

        if self.root is not None:
            walk(self.root, within=False)
        return frozenset(found)

    def start(self, node: Node) -> int:
        """Where a node's own text begins, or its anchor."""
        return self._at(node.start_mark)

    def end(self, node: Node) -> int:
        """Behind the last character of a node; white space and comments after it do not belong to it."""
        if isinstance(node, yaml.ScalarNode):
            end = self._at(node.end_mark)
            if node.style not in ("|", ">"):
                return end
            start = self.start(node)
            return start + len(self.text[start:end].rstrip())
        if node.flow_style:
            return self._at(node.end_mark)
        inner = children(node)
        return self.end(inner[-1]) if inner else self._at(node.end_mark)

    def column(self, node: Node) -> int:
        return int(node.start_mark.column)

    def line_start(self, place: int) -> int:
        """Where the line of a place begins."""
        return self._lines[bisect_right(self._lines, place) - 1]

    def line_end(self, place: int) -> int:
        """Where the line after that of a place begins."""
        index = bisect_right(self._lines, place)
        return self._lines[index] if index < len(self._lines) else len(self.text)

    def _at(self, mark: yaml.error.Mark) -> int:
        if mark.line >= len(self._lines):
            return len(self.text)
        return min(self._lines[mark.line] + mark.column, len(self.text))

    def find(self, path: tuple[Step, ...]) -> Node | None:
        """The node at a path, or None. Raises NotWritable where the way leads through an alias."""
        node = self.root
        for step in path:
            if node is not None and id(node) in self._aliased:
                raise NotWritable(f"`{step}` stands below an alias")
            node = child(node, step)
        return node

    def check(self, node: Node) -> None:
        """Raises NotWritable where a change would show in several places."""
        if id(node) in self._aliased:
            raise NotWritable("it stands in several places, through an alias")


def children(node: Node) -> list[Node]:
    """What stands in a node, keys included, in its order."""
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def child(node: Node | None, step: Step) -> Node | None:
    """What stands under a key or at an index."""
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: Node = node.value[step]
        return found
    return None


def is_nothing(node: Node | None) -> bool:
    """Whether nothing stands behind a key."""
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style


def last_of(nodes: Nodes, pair: tuple[Node, Node]) -> int:
    """The place of the last character of a key and its value."""
    name, value = pair
    return max(nodes.end(name), nodes.end(value) - 1 if nodes.end(value) > nodes.start(value) else nodes.end(name))


def with_comments(nodes: Nodes, key: Node) -> int:
    """Where the comment lines begin that stand directly above a key, as far in as it."""
    start = nodes.line_start(nodes.start(key))
    while start:
        above = nodes.line_start(start - 1)
        line = nodes.text[above:start]
        if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) != nodes.column(key):
            break
        start = above
    return start


def behind(nodes: Nodes, place: int, lines: str) -> str:
    """New lines at the end of a text whose last line has no end yet."""
    needs = place == len(nodes.text) and nodes.text[-1:] not in ("\n", "") and "\n" in lines
    return f"\n{lines}" if needs else lines

"""HTML by its meaning: the same for two texts that a reader sees alike, however they are written.

The vendor stores bodies in a form of its own: it adds ids to headings and `rel` to links, moves white space, writes
`tbody` and closes what was left open (seen in bodies that its editor and its API give back).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "li", "main", "nav", "ol", "p", "pre",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video",
    }
)  # fmt: skip
"""Around these white space means nothing."""
_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
_TRANSPARENT = frozenset({"html", "body", "tbody"})
_CLOSES = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}
"""What an opening tag closes, where that was left open."""
_HOLDS_LISTS = frozenset({"ul", "ol", "table", "dl", "blockquote"})
_VENDORS_ID = re.compile(r"h_[0-9A-Za-z]{10,}|[0-9a-f-]{20,}|\s*")
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass
class Node:
    """An element with its attributes in order of their names."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        return self.tag in BLOCKS


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        if tag in _TRANSPARENT:
            return
        self._close_what_ends_here(tag)
        node = Node(tag, _attributes(tag, attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        tag = _SAME.get(tag, tag)
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def _close_what_ends_here(self, tag: str) -> None:
        if tag in BLOCKS and self.open[-1].tag == "p":
            self.open.pop()
        closes = _CLOSES.get(tag, frozenset())
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag in closes:
                del self.open[place:]
                return
            if self.open[place].tag in _HOLDS_LISTS:
                return


def _attributes(tag: str, attrs: list[tuple[str, str | None]]) -> dict[str, str]:
    found = {name: value or "" for name, value in attrs}
    found.pop("rel", None)
    if _VENDORS_ID.fullmatch(found.get("id", "")):
        found.pop("id", None)
    for name in ("class", "style", "title", "alt") if tag != "img" else ("class", "style", "title"):
        if found.get(name) == "":
            del found[name]
    if tag == "ol" and found.get("start") == "1":
        del found["start"]
    return dict(sorted(found.items()))


def tree(html: str) -> Node:
    """The elements of a text, without what means nothing."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    _tidy(reader.root, in_pre=False)
    return reader.root


def _tidy(node: Node, *, in_pre: bool) -> None:
    in_pre = in_pre or node.tag == "pre"
    for child in node.children:
        if isinstance(child, Node):
            _tidy(child, in_pre=in_pre)
    if in_pre:
        node.children = _joined(node.children)
        if node.tag == "pre":
            _strip_pre(node)
        return
    children = _joined([_SPACE.sub(" ", each) if isinstance(each, str) else each for each in node.children])
    kept: list[Node | str] = []
    for place, child in enumerate(children):
        if isinstance(child, str):
            before = children[place - 1] if place else None
            after = children[place + 1] if place + 1 < len(children) else None
            edge = node.is_block or not node.tag
            if _is_edge(before, at_end=edge):
                child = child.lstrip(" ")
            if _is_edge(after, at_end=edge):
                child = child.rstrip(" ")
            if not child:
                continue
        kept.append(child)
    if node.tag == "li" and [each.tag for each in kept if isinstance(each, Node) and each.tag == "p"] == ["p"]:
        kept = [part for each in kept for part in _opened(each)]
    if node.is_block and kept and isinstance(kept[-1], Node) and kept[-1].tag == "br":
        kept.pop()
    node.children = kept


def _strip_pre(node: Node) -> None:
    """A code block's last line end is not seen."""
    last = node.children[-1] if node.children else None
    if isinstance(last, Node) and last.children and isinstance(last.children[-1], str):
        last.children[-1] = last.children[-1].rstrip("\n")
    elif isinstance(last, str):
        node.children[-1] = last.rstrip("\n")


def _opened(child: Node | str) -> list[Node | str]:
    """A list entry's only paragraph says no more than its text."""
    return child.children if isinstance(child, Node) and child.tag == "p" and not child.attributes else [child]


def _joined(children: list[Node | str]) -> list[Node | str]:
    found: list[Node | str] = []
    for child in children:
        if isinstance(child, str) and found and isinstance(found[-1], str):
            found[-1] += child
        else:
            found.append(child)
    return found


def _is_edge(neighbour: Node | str | None, *, at_end: bool) -> bool:
    if neighbour is None:
        return at_end
    return isinstance(neighbour, Node) and (neighbour.is_block or neighbour.tag == "br")


def meaning(html: str) -> str:
    """One text for all that look alike."""
    return "".join(_written(child, "", 0) for child in tree(html).children)


def same_meaning(one: str, other: str) -> bool:
    return one == other or meaning(one) == meaning(other)


def readable(html: str) -> str:
    """The HTML with a line for each block, as people can read and compare it."""
    lines = [line.rstrip() for child in tree(html).children for line in _written(child, "\n", 0).split("\n")]
    return "\n".join(line for line in lines if line)


def _written(child: Node | str, line: str, depth: int) -> str:
    """line: what stands between blocks; empty for a text that nobody reads."""
    if isinstance(child, str):
        return escape(child, quote=False)
    said = "".join(f' {name}="{escape(value)}"' for name, value in child.attributes.items())
    around = f"{line}{'  ' * depth if line else ''}" if child.is_block else ""
    if child.tag in VOID:
        return f"{around}<{child.tag}{said}>{line if child.is_block else ''}"
    inner_line = "" if child.tag == "pre" else line
    inside = "".join(_written(each, inner_line, depth + 1) for each in child.children)
    has_blocks = any(isinstance(each, Node) and each.is_block for each in child.children)
    end = f"{line}{'  ' * depth if line else ''}" if child.is_block and has_blocks else ""
    return f"{around}<{child.tag}{said}>{inside}{end}</{child.tag}>{line if child.is_block else ''}"


def nodes_in(node: Node) -> Iterator[Node]:
    """Every element below one."""
    for child in node.children:
        if isinstance(child, Node):
            yield child
            yield from nodes_in(child)

"""Markdown to the HTML that articles hold, and back where nothing is lost.

Markdown is CommonMark with tables and crossed-out words, as markdown-it-py reads it. HTML in the middle of it stays
text: whoever wants HTML writes the whole text in it.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt

from provisioners.zendesk.markup.html_tree import Node, readable, same_meaning, tree

PLACEHOLDER = re.compile(r"\{\{\s*(?P<word>article|dc):(?P<key>[a-z][a-z0-9_]*)\s*\}\}")
"""What golive replaces in a body, also where a link leads to."""
_TOKEN = re.compile(r"golive-(?P<word>article|dc):(?P<key>[a-z][a-z0-9_]*);")
_ESCAPED = re.compile(r"([\\`*\[\]<>|~])|(?<![^\W_])_|_(?![^\W_])|&(?=[#\w]+;)")
_AT_START = re.compile(r"(?m)^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|\d{1,9}(?=[.)](?:\s|$))|-{3,}\s*$)")


class _Beyond(Exception):
    """The HTML holds something that Markdown has no sign for."""


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def is_html(text: str) -> bool:
    """Whether a body is HTML as it stands."""
    return text.lstrip().startswith("<")


def as_html(text: str) -> str:
    """The HTML of a body: it is HTML already, or Markdown. Placeholders stay as they are."""
    if is_html(text):
        return text
    protected = PLACEHOLDER.sub(lambda found: f"golive-{found['word']}:{found['key']};", text)
    made = str(_reader().render(protected))
    return _TOKEN.sub(lambda found: f"{{{{{found['word']}:{found['key']}}}}}", made).strip()


def as_written(html: str) -> str:
    """A body as people would write it: Markdown where that means the same, else HTML with a line for each block."""
    try:
        said = _blocks(tree(html), "")
    except _Beyond:
        return readable(html)
    return said if not is_html(said) and same_meaning(as_html(said), html) else readable(html)


def _blocks(node: Node, indent: str) -> str:
    """What stands in a block, block by block."""
    found: list[str] = []
    inline: list[Node | str] = []

    def end_of_inline() -> None:
        if inline:
            found.append(_paragraph(inline))
            inline.clear()

    for child in node.children:
        if isinstance(child, Node) and child.is_block:
            end_of_inline()
            found.append(_block(child))
        else:
            inline.append(child)
    end_of_inline()
    tight = node.tag == "li" and not any(isinstance(each, Node) and each.tag == "p" for each in node.children)
    return ("\n" if tight else "\n\n").join(found)


def _paragraph(children: list[Node | str]) -> str:
    said = "".join(map(_inline, children))
    return _AT_START.sub(lambda found: f"{found[1]}{_escaped_start(found[2])}", said)


def _escaped_start(sign: str) -> str:
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def _block(node: Node) -> str:
    tag = node.tag
    if tag in ("ul", "ol"):
        return _list(node)
    if tag == "pre":
        return _code(node)
    if node.attributes:
        raise _Beyond(tag)
    if tag == "p":
        return _paragraph(node.children)
    if re.fullmatch("h[1-6]", tag):
        return f"{'#' * int(tag[1])} {''.join(map(_inline, node.children))}"
    if tag == "hr":
        return "---"
    if tag == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in _blocks(node, "").split("\n"))
    if tag == "table":
        return _table(node)
    raise _Beyond(tag)


def _list(node: Node) -> str:
    start = node.attributes.get("start", "1")
    if set(node.attributes) - {"start"} or not start.isdigit():
        raise _Beyond(node.tag)
    lines: list[str] = []
    for place, entry in enumerate(node.children):
        if not isinstance(entry, Node) or entry.tag != "li" or entry.attributes:
            raise _Beyond(node.tag)
        sign = f"{int(start) + place}. " if node.tag == "ol" else "- "
        first, *rest = _blocks(entry, "").split("\n")
        lines += [f"{sign}{first}".rstrip(), *(f"{' ' * len(sign)}{line}".rstrip() for line in rest)]
    return "\n".join(lines)


def _code(node: Node) -> str:
    inside = node.children[0] if len(node.children) == 1 else None
    if node.attributes or not isinstance(inside, Node) or inside.tag != "code":
        raise _Beyond("pre")
    language = inside.attributes.get("class", "").removeprefix("language-")
    text = "".join(_plain(each) for each in inside.children)
    if set(inside.attributes) - {"class"} or "```" in text or " " in language:
        raise _Beyond("pre")
    return f"```{language}\n{text}\n```"


def _table(node: Node) -> str:
    rows = [each for part in node.children if isinstance(part, Node) for each in _rows(part)]
    head, *body = rows or [[]]
    if not head or any(cell.tag != "th" for cell in head) or any(cell.tag != "td" for row in body for cell in row):
        raise _Beyond("table")
    lines = [_row(head), f"|{' --- |' * len(head)}", *(_row(row) for row in body)]
    return "\n".join(lines)


def _rows(part: Node) -> list[list[Node]]:
    if part.tag == "tr":
        cells = [each for each in part.children if isinstance(each, Node)]
        if part.attributes or any(each.attributes for each in cells):
            raise _Beyond("table")
        return [cells]
    if part.tag != "thead" or part.attributes:
        raise _Beyond("table")
    return [row for each in part.children if isinstance(each, Node) for row in _rows(each)]


def _row(cells: list[Node]) -> str:
    return f"| {' | '.join(''.join(map(_inline, cell.children)) for cell in cells)} |"


def _inline(child: Node | str) -> str:
    if isinstance(child, str):
        return _escaped(child)
    said = child.attributes
    if child.tag == "br":
        return "\\\n"
    if child.tag == "img" and set(said) <= {"src", "alt"}:
        return f"![{_escaped(said.get('alt', ''))}]({_address(said.get('src', ''))})"
    inside = "".join(map(_inline, child.children))
    if child.tag == "a" and set(said) == {"href"}:
        return f"[{inside}]({_address(said['href'])})"
    if child.tag == "code" and not said:
        text = "".join(_plain(each) for each in child.children)
        if "`" in text or text != text.strip():
            raise _Beyond("code")
        return f"`{text}`"
    around = {"strong": "**", "em": "*", "del": "~~"}.get(child.tag)
    if around is None or said or not inside or inside != inside.strip():
        raise _Beyond(child.tag)
    return f"{around}{inside}{around}"


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\{found[0]}", text)


def _plain(child: Node | str) -> str:
    if isinstance(child, Node):
        raise _Beyond(child.tag)
    return child


def _address(address: str) -> str:
    """A link's address as Markdown takes it; what was written with letters beyond ASCII reads as such."""
    if PLACEHOLDER.fullmatch(address):
        return address
    plain = unquote(address) if quote(unquote(address), safe="/:?#[]@!$&'()*+,;=%~-._") == address else address
    return f"<{plain}>" if re.search(r"[\s()<>]", plain) else plain

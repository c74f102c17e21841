"""Markdown for comments and issues on GitHub, out of which no name can break."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from config.characters import visible
from golive.terminal.inert import ZERO, inert

LONGEST_NAME = 120
"""Characters of a name in a heading; it stands whole in what follows."""

_PUNCTUATION = re.compile(r"[\\`*_\[\]<>|~&!#^]")
_AUTOLINK = re.compile(r"(:/(?=/)|(?<=www)(?=\.)|#(?=\d)|\bGH(?=-\d))", re.IGNORECASE)
_LIST = re.compile(r"^([-+=]|\d+(?=[.)]))")


def marker(what: str, name: str) -> str:
    """The invisible first line by which the comment or issue is found again."""
    return f"<!-- golive {what}: {re.sub(r'[^A-Za-z0-9_.]+', '-', name).strip('-')} -->"


def inline(text: str) -> str:
    """Text on one line, shown as what it is: no markup, no link, no HTML, and nobody is mentioned by it.

    GitHub looks for mentions and links in the finished text, where escaping is gone already: a space without width
    parts these.
    """
    said = " ".join(visible(text).split())
    said = _AUTOLINK.sub(rf"\1{ZERO}", said).replace("@", f"@{ZERO}")
    said = _PUNCTUATION.sub(r"\\\g<0>", said)
    said = said.replace("$", "<span>$</span>")  # the way in which GitHub shows a dollar that begins no formula
    return inert(_LIST.sub(lambda found: f"{found[0]}{ZERO}", said))


def code(text: str) -> str:
    """A command that can be copied, also in a cell of a table: nothing in it ends the code or the cell."""
    said = visible(" ".join(text.split())).replace("`", "'").replace("|", "\\|")
    return f"`{said}`"


def name_of(text: str) -> str:
    """A name, shortened where it would hide everything else."""
    said = " ".join(text.split())
    return inline(said if len(said) <= LONGEST_NAME else f"{said[:LONGEST_NAME]}…")


def fenced(lines: Iterable[str], language: str = "diff") -> str:
    """Lines as they are, in a block that none of them can end."""
    body = "\n".join(inert(visible(part)) for line in lines for part in line.split("\n"))
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{body}\n{fence}"


def folded(title: str, body: str) -> str:
    """A part that opens with a click. title: Markdown without block marks, already escaped."""
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


@dataclass(frozen=True)
class Block:
    """A part of a text that stands whole or not at all. short: what stands in its place where it is too long."""

    text: str
    short: str = ""


def fitted(blocks: list[Block], limit: int, said: str) -> tuple[str, str]:
    """(what the limit allows, in whole blocks; all the others). Empty where everything fits.

    A block that would take the place of many others gives way to its short form. limit: UTF-16 units, as GitHub's own
    interface counts. said: the line that stands at the end where something is left out.
    """
    whole = _joined(each.text for each in blocks)
    if length(whole) <= limit:
        return whole, ""
    room = limit - length(said) - 4
    kept: list[str] = []
    left: list[str] = []
    full = False
    for each in blocks:
        is_long = length(each.text) > limit // LARGEST_SHARE
        text = each.short if is_long else each.text
        room -= length(text) + 2
        full = full or room < 0
        if not full:
            kept.append(text)
        if full or is_long:
            left.append(each.text)
    return _joined([*kept, said]), _joined(left)


LARGEST_SHARE = 4
"""No block takes more than the fourth part of what there is room for."""


def length(text: str) -> int:
    """UTF-16 units of a text."""
    return len(text) + sum(character > "\uffff" for character in text)


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"

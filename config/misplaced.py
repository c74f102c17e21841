"""Lines of a kind that stand a step too far in or out, or below the wrong kind: one finding each, not one per line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from config.document import Document, show_path
from config.findings import Finding
from config.kinds import KINDS, Kind
from config.locations import attributes_of, members_of
from config.registry import vendor_words

FEWEST = 2
"""How many objects in a row must look like another kind's before they are taken for them."""


@dataclass
class Misplaced:
    """Findings; the keys that are no objects of the kind; and by kind the keys that were meant to be of it."""

    findings: list[Finding] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    meant: dict[str, set[str]] = field(default_factory=dict)

    def add(self, document: Document, kind: Kind, key: str, message: str, hint: str) -> None:
        path = (kind.word, key)
        position = document.position(path, of_key=True)
        self.findings.append(Finding("schema.key", "error", position, show_path(path), message, hint))
        self.keys.add(key)


def misplaced(document: Document, kind: Kind, content: dict[str, Any]) -> Misplaced:
    """What below a kind's word cannot have been meant to stand there."""
    found = Misplaced()
    attributes = set(attributes_of(kind.model))
    if isinstance(content.get("name"), str) and set(content) <= attributes:
        message = f"this {kind.title} has no key: its attributes stand directly below `{kind.word}`"
        hint = f"Write a key of your own between them:  {kind.word}: KEY: name: …, each indented below the other."
        found.add(document, kind, "name", message, hint)
        found.keys = set(content)
        return found
    _beside(document, kind, content, attributes, found)
    for key, item in content.items():
        if key in KINDS and _foreign(item, kind):
            hint = f"Let it begin at the left edge, as `{kind.word}` does."
            found.add(document, kind, key, f"`{key}` is a kind, and stands below `{kind.word}`", hint)
            found.meant.setdefault(key, set()).update(item)
    _others(document, kind, content, found)
    return found


def _beside(document: Document, kind: Kind, content: dict[str, Any], attributes: set[str], found: Misplaced) -> None:
    """Attributes that stand beside their object's key."""
    above, begun = "", False
    for key, item in content.items():
        if above and key in attributes and item is not None and not isinstance(item, dict):
            found.keys |= {above, key}
            found.meant.setdefault(kind.word, set()).add(above)
            if not begun:
                message = f"`{key}` stands beside `{above}`, so it counts as another {kind.title}"
                hint = f"Indent it further than `{above}`, with all other lines of that {kind.title}."
                found.add(document, kind, key, message, hint)
            begun = True
        else:
            above, begun = (key if item is None else ""), False


def _others(document: Document, kind: Kind, content: dict[str, Any], found: Misplaced) -> None:
    """Objects in a row that are another kind's: its word is missing above them."""
    row: list[str] = []
    fitting: list[str] = []
    for key, item in [*content.items(), ("", None)]:
        kinds = _kinds_of(item) if _foreign(item, kind) else []
        still = [word for word in fitting if word in kinds] if row else kinds
        if still:
            row, fitting = [*row, key], still
            continue
        if len(row) >= FEWEST and len(fitting) == 1:
            message = f"`{row[0]}` and what follows look like {KINDS[fitting[0]].plural}, and stand below `{kind.word}`"
            found.add(document, kind, row[0], message, f"Write  {fitting[0]}:  in a line of its own above it.")
            found.keys |= set(row)
            found.meant.setdefault(fitting[0], set()).update(row)
        row, fitting = ([key], kinds) if kinds else ([], [])


def _is_open(kind: Kind) -> bool:
    """Whether objects of a kind may have attributes that it does not know."""
    return any(model.model_config.get("extra") == "allow" for model in members_of(kind.model))


def _foreign(item: Any, kind: Kind) -> set[str]:
    """Attributes of an object that its kind cannot have."""
    if not isinstance(item, dict) or _is_open(kind):
        return set()
    own = {word for word in item if not word.startswith("x-") and word not in vendor_words()}
    return own - set(attributes_of(kind.model))


def _kinds_of(item: dict[str, Any]) -> list[str]:
    """The kinds that know all attributes of an object."""
    return [word for word, kind in KINDS.items() if not (kind.single or _is_open(kind) or _foreign(item, kind))]

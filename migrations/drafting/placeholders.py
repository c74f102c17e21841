"""Placeholders of the old tool's texts, as the new helpdesk has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from config.declaration import Declaration
from migrations.declared.mapping import FieldRow
from migrations.sources.source import FIELD

_PLACEHOLDER = re.compile(r"\{\{-?\s*(?P<name>[A-Za-z_][A-Za-z0-9_.]*)\s*(?P<rest>\|[^}]*)?-?\}\}")
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)


def with_placeholders(text: str, known: Callable[[str], str]) -> tuple[str, list[str]]:
    """The text with each placeholder as the new helpdesk has it, and those that it has not, which stay as they are.

    known: the old name → what stands between the braces; empty for nothing.
    """
    unknown: list[str] = []

    def ours(found: re.Match[str]) -> str:
        new = known(found["name"])
        if not new:
            unknown.append(found[0])
            return found[0]
        return f"{{{{{new}{found['rest'] or ''}}}}}" if new != found["name"] else found[0]

    said = _PLACEHOLDER.sub(ours, text)
    return said, [*dict.fromkeys([*unknown, *_TAG.findall(text)])]


def known_placeholder(
    of_source: Callable[[str], str], fields: Mapping[str, FieldRow], declared: Declaration
) -> Callable[[str], str]:
    """What the source says a placeholder is; a field by the key that the mapping gives it."""

    def known(name: str) -> str:
        said = of_source(name)
        if not said.startswith(FIELD):
            return said
        row = fields.get(said.removeprefix(FIELD))
        field = declared.get("ticket_fields", row.to) if row is not None and row.to else None
        return f"ticket.fields.{field.key}" if field is not None else ""

    return known

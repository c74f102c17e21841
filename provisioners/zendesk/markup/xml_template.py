"""XML in which Liquid stands as the YAML has it, made from maps and lists, and read back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

_LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_NAME = re.compile(r"(?!xml)[a-z_][\w.-]*", re.IGNORECASE | re.ASCII)
_KEPT = re.compile("\ue000([0-9]+)\ue001")
"""In place of Liquid while a template is read: characters that nobody writes."""


def xml_template(data: Mapping[str, Any]) -> str:
    """The document. A list is its name several times. Raises ValueError, in words for people."""
    if len(data) != 1 or isinstance(next(iter(data.values())), list):
        raise ValueError("an XML document has one outermost name, and all others stand below it")
    ((name, value),) = data.items()
    return "".join(_elements(name, value))


def _elements(name: Any, value: Any) -> Iterator[str]:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValueError(f"`{name}` cannot be a name in XML")
    if isinstance(value, list):
        for each in value:
            if isinstance(each, list):
                raise ValueError(f"`{name}` has a list in a list, for which XML has no form")
            yield from _elements(name, each)
        return
    inside = "".join(_inside(value))
    yield f"<{name}>{inside}</{name}>" if inside else f"<{name}/>"


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _elements(name, each)
    elif isinstance(value, bool):
        yield str(value).lower()
    elif value is not None:
        yield _escaped(str(value))


def _escaped(text: str) -> str:
    """A text whose own characters are no markup; Liquid stays, since escaped it could not be read."""
    end, pieces = 0, []
    for found in _LIQUID.finditer(text):
        pieces += [_entities(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*pieces, _entities(text[end:])])


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def xml_data(template: str) -> Any:
    """`xml_template` undone, every value a text; the text itself where it holds what maps and lists cannot say."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\ue000{len(kept) - 1}\ue001"

    shielded = _LIQUID.sub(keep, template)
    if "<!" in shielded or "<?" in shielded:
        return template
    try:
        root = ElementTree.fromstring(shielded)  # noqa: S314 - no document type, so no entities
        return {root.tag: _value(root, kept)}
    except (ElementTree.ParseError, ValueError):
        return template


def _value(element: ElementTree.Element, kept: list[str]) -> Any:
    """Raises ValueError for attributes, and for text beside elements."""
    beside = [element.text or "", *(each.tail or "" for each in element)]
    if element.attrib or (len(element) and any(each.strip() for each in beside)):
        raise ValueError("no map says this")
    if not len(element):
        return _KEPT.sub(lambda found: kept[int(found[1])], element.text or "")
    values: dict[str, list[Any]] = {}
    for each in element:
        values.setdefault(each.tag, []).append(_value(each, kept))
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}

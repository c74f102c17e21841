"""Values of the environment in what is written: named where the file named them, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any

from config.values import USE, WRITTEN_OUT, as_text, filled
from config.writing.nodes import NotWritable

_WORD = re.compile(r"\w+(?:[^\w\s]+\w+)*|\s+|.")
"""Words with what stands inside them (`4.5`, `help.acme.example`), gaps, and single marks."""


def escaped(value: Any) -> Any:
    """The data as a file holds it: what looks like a value of the environment is none."""
    if isinstance(value, dict):
        return {name: escaped(part) for name, part in value.items()}
    if isinstance(value, list):
        return [escaped(part) for part in value]
    return value.replace("${", WRITTEN_OUT) if isinstance(value, str) else value


def with_values(new: Any, old: Any, values: Mapping[str, Any], texts: Mapping[str, str] = MappingProxyType({})) -> Any:
    """New data as a file holds it that holds `old`: a value stays named where its surroundings are the same in both.

    texts: path → what stands in a file that `old` names (`{file: PATH}`). Raises NotWritable where another text would
    take its place: such a file may say more than one text, and is looked after by others.
    """
    before = _filled(old, values, texts)
    if before == new and type(before) is type(new):
        return old
    if isinstance(old, dict) and old.keys() == {"file"}:
        raise NotWritable(
            f"this text stands in {old['file']}, into which golive does not write. Put there what is live, and run "
            "this again; or let `golive up` put the old one back"
        )
    if isinstance(new, dict):
        below = old if isinstance(old, dict) else {}
        return {name: with_values(part, below.get(name), values, texts) for name, part in new.items()}
    if isinstance(new, list):
        return _list(new, old if isinstance(old, list) else [], values, texts)
    if isinstance(new, str) and isinstance(old, str):
        said = _text(new, old, values)
        return said if _filled(said, values) == new else escaped(new)
    return escaped(new)


def _list(new: list[Any], old: list[Any], values: Mapping[str, Any], texts: Mapping[str, str]) -> list[Any]:
    """Entries that are the same stand for each other, and of those in between the first for the first."""
    found: list[Any] = []
    before, after = [repr(_filled(each, values, texts)) for each in old], [repr(each) for each in new]
    for _, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        there = [*old[first:last], *[None] * (end - start)]
        found += [with_values(part, there[place], values, texts) for place, part in enumerate(new[start:end])]
    return found


def _text(new: str, old: str, values: Mapping[str, Any]) -> str:
    """A new text with the old one's values named in the passages of more than one word that both have."""
    pieces = list(_pieces(old, values))
    before, after = _WORD.findall("".join(said for said, _ in pieces)), _WORD.findall(new)
    shift: dict[int, int] = {}
    start = 0
    places = _places(before)
    others = _places(after)
    for first, second, size in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        if len(re.findall(r"\w+", "".join(before[first : first + size]))) > 1:
            for place in range(places[first], places[first + size]):
                shift[place] = others[second] - places[first]
    found, written = "", 0
    for said, name in pieces:
        end = start + len(said)
        moved = {shift.get(place) for place in range(start, end)}
        if name and len(moved) == 1 and (by := next(iter(moved))) is not None:
            found += f"{escaped(new[written : start + by])}{name}"
            written = end + by
        start = end
    return found + str(escaped(new[written:]))


def _places(words: list[str]) -> list[int]:
    """Where each word begins, and where the last one ends."""
    found = [0]
    for word in words:
        found.append(found[-1] + len(word))
    return found


def _pieces(old: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A text as it is read, piece by piece, with the placeholder that a piece stands for."""
    place = 0
    for use in USE.finditer(old):
        yield old[place : use.start()].replace(WRITTEN_OUT, "${"), ""
        yield as_text(values[use[1]]) if use[1] in values else "", use[0]
        place = use.end()
    yield old[place:].replace(WRITTEN_OUT, "${"), ""


def _filled(data: Any, values: Mapping[str, Any], texts: Mapping[str, str] = MappingProxyType({})) -> Any:
    """The data as it is read with an environment's values, all of which are there, and with the texts of its files."""
    if isinstance(data, dict):
        if data.keys() == {"file"} and data["file"] in texts:
            return texts[data["file"]]
        return {name: _filled(part, values, texts) for name, part in data.items()}
    if isinstance(data, list):
        return [_filled(part, values, texts) for part in data]
    return filled(data, values, lambda name: "") if isinstance(data, str) else data

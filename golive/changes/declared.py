"""Declared objects as plain data, so that two sides of a change can be compared attribute by attribute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from config.declaration import Declaration, Declared
from config.kinds import ALL_KINDS, PLACES
from config.kinds.fields import Option
from config.model import From
from config.ordering import declared_order
from config.references import references_of
from config.text import FileText, text_in_file
from provisioners.payload import digest

Data = dict[str, Any]
Renamed = Mapping[tuple[str, str], str]
"""(kind, former key) → the key by which the object is declared now."""

_BELOW = [place[1:] for place in PLACES.values() if place[0] == "integrations"]
"""Where parts of `integrations` stand that are objects by themselves."""


@dataclass(frozen=True)
class Side:
    """One side's declaration. root: where the files are that its texts name."""

    declaration: Declaration
    root: Path

    def digest(self, environment: str) -> str:
        """The same for two sides that declare the same in the same order, wherever their files are. environment: what
        is said of the environment for which it is declared."""
        said = [[each.kind, each.key, getattr(each.value, "was", None), self.data(each)] for each in self.declaration]
        return digest([environment, said])

    def data(self, item: Declared, renamed: Renamed | None = None) -> Data:
        """What an object says, defaults filled in, texts from files in place of their names. What it was called before
        (`was:`) is left out; that it sleeps for the CRM's sake is said, though it follows from elsewhere. renamed:
        references to these are said by their new keys."""
        said = self.model(item.value)
        if item.kind == "integrations":
            said = without_parts(said, _BELOW)
        if item.value.waits_for_crm:
            said["waits_for_crm"] = True
        _rename_references(said, item.value, renamed or {})
        return said

    def given(self, item: Declared) -> set[str]:
        """The attributes that the file names."""
        fields = type(item.value).model_fields
        return {(fields[name].alias or name) if name in fields else name for name in item.value.model_fields_set}

    def order(self, kind: str, category: str | None = None) -> list[str]:
        """The keys of a kind in their order (grammar 30); of the triggers of one category, where one is named."""
        return declared_order(self.declaration, kind, category)

    def model(self, value: BaseModel) -> Data:
        """A part of the vocabulary as plain data."""
        said: Data = {}
        only_given = getattr(value, "existing", None) == "vendor_default"  # grammar 6
        for name, info in type(value).model_fields.items():
            part, given = getattr(value, name), name in value.model_fields_set
            extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
            if name in ("was", "vendor") or (
                not given and (part is None or only_given or extra.get("x-class") == "leave")
            ):
                continue
            said[info.alias or name] = self._value(part)
        said |= {name: self._value(part) for name, part in (value.model_extra or {}).items()}
        return said | {name: self._value(part) for name, part in (getattr(value, "vendor", None) or {}).items()}

    def _value(self, value: Any) -> Any:
        if isinstance(value, FileText):
            return self._text(value.file)
        if isinstance(value, Option) and value.tag is None:
            return value.name
        if isinstance(value, From) and value.until is None:
            return value.from_
        if isinstance(value, BaseModel):
            return self.model(value)
        if isinstance(value, dict):
            return {str(name): self._value(part) for name, part in value.items()}
        return [self._value(part) for part in value] if isinstance(value, list | tuple) else value

    def _text(self, name: str) -> str:
        """The text in a file of the workspace; the file's name where it cannot be read."""
        found = text_in_file(self.root, name)
        return f"{{file: {name}}}" if found is None else found


def renamed_keys(old: Declaration, new: Declaration) -> dict[tuple[str, str], str]:
    """Every object that has another key now, by its `was:` (grammar 3)."""
    found: dict[tuple[str, str], str] = {}
    for item in new:
        was: str | None = getattr(item.value, "was", None)
        if was and old.get(item.kind, was) and not old.get(item.kind, item.key) and not new.get(item.kind, was):
            found[item.kind, was] = item.key
    return found


def with_renamed_options(old: Data, item: Declared) -> Data:
    """The former data of a field, its options under the keys that they have now (`was:` of an option)."""
    options = old.get("options")
    choices = getattr(item.value, "options", None) or {}
    if not isinstance(options, dict):
        return old
    new = {option.was: key for key, option in choices.items() if isinstance(option, Option) and option.was}
    keys = {key: new[key] for key in options if key in new and new[key] not in options and key not in choices}
    return {**old, "options": {keys.get(key, key): option for key, option in options.items()}}


def kinds_to_compare(*declarations: Declaration) -> list[str]:
    """Kinds of which one of the declarations has objects, as the grammar orders them."""
    declared: set[str] = {kind for each in declarations for kind in each.objects}
    return [kind for kind in ALL_KINDS if kind in declared and kind not in ("order", "help_center")]


def without_parts(said: Data, places: Iterable[tuple[str, ...]]) -> Data:
    """Data without what stands at these places, and without parts that say nothing of their own then."""
    below: dict[str, list[tuple[str, ...]]] = {}
    for first, *rest in places:
        below.setdefault(first, []).append(tuple(rest))
    found = {}
    for name, part in said.items():
        rests = below.get(name)
        if rests is None:
            found[name] = part
        elif () not in rests and isinstance(part, dict):
            left = {key: each for key, each in without_parts(part, rests).items() if (key, each) != ("by_hand", False)}
            found |= {name: left} if left else {}
    return found


def _rename_references(said: Data, value: BaseModel, renamed: Renamed) -> None:
    for reference in references_of(value) if renamed else ():
        named = reference.resolve()
        if named is None or named not in renamed:
            continue
        *steps, last = reference.path
        holder: Any = said
        for step in steps:
            holder = holder[step] if _holds(holder, step) else None
        if not _holds(holder, last) or not isinstance(holder[last], str):
            continue
        text = holder[last]
        if text == named[1] or text.endswith((f".{named[1]}", f"/{named[1]}")):
            holder[last] = text[: len(text) - len(named[1])] + renamed[named]


def _holds(holder: Any, step: str | int) -> bool:
    if isinstance(holder, list):
        return isinstance(step, int) and step < len(holder)
    return isinstance(holder, dict) and step in holder

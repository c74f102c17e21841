"""Where new objects are written: beside others of their kind, in live order; in new files where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.declaration import Declaration
from config.kinds import ALL_KINDS, object_path
from config.writing.edit import with_entries, with_value
from config.writing.values import escaped
from provisioners.sighting import Data

FILES = {
    "roles": "people",
    "groups": "people",
    "people": "people",
    "ticket_fields": "fields",
    "customer_fields": "fields",
    "trigger_categories": "triggers",
    "sla_policies": "slas",
    "skills": "routing",
    "queues": "routing",
    "slack_channels": "slack",
    "slack_user_groups": "slack",
    "alerts": "slack",
    "help_center_categories": "help_center",
    "help_center_sections": "help_center",
    "articles": "help_center",
    "crm_objects": "crm",
    "crm_record_types": "crm",
    "crm_field_groups": "crm",
    "crm_fields": "crm",
    "crm_access": "crm",
    "crm_queues": "crm",
    "crm_pipelines": "crm",
    "engineering_projects": "engineering",
    "engineering_components": "engineering",
    "engineering_labels": "engineering",
}
"""In which file of `config/` a kind is put that stands in none yet; others have a file of their own name."""
_REST = "..."


@dataclass(frozen=True)
class New:
    """An object that is to stand in the files."""

    kind: str
    key: str
    data: Data


Texts = Mapping[str, str]
"""Files by their place in the workspace."""


def with_objects(
    texts: Texts,
    declaration: Declaration,
    new: Sequence[New],
    order: Mapping[str, Sequence[str]],
    header: str,
) -> dict[str, str]:
    """The files with the new objects in them; files that are as they were are left out.

    order: by kind, keys in live order. header: what a new file begins with. Raises NotWritable.
    """
    changed: dict[str, str] = {}

    def text_of(file: str) -> str:
        return changed.get(file, texts.get(file, header))

    for kind in dict.fromkeys(each.kind for each in new):
        by_file: dict[str, list[New]] = {}
        for each in new:
            if each.kind == kind:
                by_file.setdefault(_file_of(each, declaration, texts), []).append(each)
        for file, listed in by_file.items():
            above = object_path(kind, listed[0].key)[:-1]
            changed[file] = with_entries(text_of(file), above, _places(kind, file, listed, declaration, order))
    for file, path, keys in _orders(declaration, new, order):
        changed[file] = with_value(text_of(file), path, keys)
    return {file: text for file, text in changed.items() if text != texts.get(file)}


def _file_of(candidate: New, declaration: Declaration, texts: Texts) -> str:
    """The file with the nearest relatives of an object."""
    same = list(declaration.of(candidate.kind).values())
    if candidate.kind == "triggers":
        category = candidate.data.get("category")
        same = [each for each in same if each.value.category == category] or same
    files = [each.position.file for each in same]
    if files:
        return max(dict.fromkeys(files), key=files.count)
    return f"config/{FILES.get(candidate.kind, candidate.kind)}.yaml"


def _places(
    kind: str, file: str, new: Sequence[New], declaration: Declaration, order: Mapping[str, Sequence[str]]
) -> dict[str | None, list[tuple[str, Any]]]:
    """Behind which key each object stands."""
    data = {each.key: escaped(each.data) for each in new}
    if not ALL_KINDS[kind].ordered:
        return {None: list(data.items())}
    here = {key for key, item in declaration.of(kind).items() if item.position.file == file}
    found: dict[str | None, list[tuple[str, Any]]] = {}
    before: str | None = ""
    for key in order.get(kind, ()):
        if key in here:
            before = key
        elif key in data:
            found.setdefault(before if here else None, []).append((key, data.pop(key)))
    found.setdefault(None, []).extend(data.items())
    return found


def _orders(
    declaration: Declaration, new: Sequence[New], order: Mapping[str, Sequence[str]]
) -> Iterable[tuple[str, tuple[str, ...], list[str]]]:
    """Orders that the files write out and that would leave the new objects last: (file, path, the new list)."""
    for category in declaration.of("trigger_categories").values():
        added = [each.key for each in new if each.kind == "triggers" and each.data.get("category") == category.key]
        listed = category.value.order
        if added and listed is not None and _REST not in listed:
            path = ("trigger_categories", category.key, "order")
            yield category.position.file, path, _merged(listed, added, order.get("triggers", ()))
    said = declaration.get("order", "order")
    for kind in ("trigger_categories", "triggers", "sla_policies", "queues"):
        listed = getattr(said.value, kind, None) if said else None
        added = [each.key for each in new if each.kind == kind]
        if said and added and listed is not None and _REST not in listed:
            yield said.position.file, ("order", kind), _merged(listed, added, order.get(kind, ()))


def _merged(listed: Sequence[str], added: Sequence[str], live: Sequence[str]) -> list[str]:
    """A written order with new keys, each behind the one that it follows live."""
    found = list(listed)
    before = ""
    for key in live:
        if key in added:
            found.insert(found.index(before) + 1 if before in found else 0, key)
        if key in found:
            before = key
    return [*found, *(key for key in added if key not in found)]

"""What a workspace declares: typed objects by kind and key, each with its place in the files."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.document import Document, Path_, show_path
from config.findings import Finding, Position, Severity


@dataclass(frozen=True)
class Declared:
    """One object. `kind` is the grammar's word; what stands below `integrations` has the words
    `slack_channels`, `slack_user_groups`, `alerts`, `crm_objects`, `crm_record_types`, `crm_field_groups`,
    `crm_fields`, `crm_access`, `crm_queues`, `crm_pipelines`, `crm_mapping`,
    `engineering_projects`, `engineering_components`, `engineering_labels`, `escalations`.

    `value` is an instance of the kind's model (`config.kinds`). `index` counts objects of the kind in the
    order in which they stand. `document` and `path` say where, for findings about its attributes.
    """

    kind: str
    key: str
    value: Any
    position: Position
    index: int = 0
    document: Document | None = field(default=None, repr=False, compare=False)
    path: Path_ = ()

    @property
    def name(self) -> str:
        """What people call it: its declared name, else its key."""
        name = getattr(self.value, "name", None)
        return name if isinstance(name, str) else self.key

    def at(self, *path: str | int, of_key: bool = False) -> Position:
        """The place of one of its attributes."""
        if self.document is None:
            return self.position
        return self.document.position((*self.path, *path), of_key=of_key)

    def finding(
        self, rule: str, severity: Severity, path: Path_, message: str, hint: str = "", *, of_key: bool = False
    ) -> Finding:
        """A finding about one of its attributes; `path` counts from the object."""
        whole = (*(self.path or (self.kind, self.key)), *path)
        return Finding(rule, severity, self.at(*path, of_key=of_key), show_path(whole), message, hint)


@dataclass
class Declaration:
    """All objects of a workspace, values filled in for one environment. contents: path → what stands in each file that
    a text names, however its lines end, where it can be read. texts: path → SHA-256 (hex) of it, empty where it cannot.
    root: the workspace's folder, for files that are sent as they are; None where there is none.
    """

    objects: dict[str, dict[str, Declared]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict, repr=False)
    root: Path | None = None

    def of(self, kind: str) -> dict[str, Declared]:
        """Objects of a kind by key, in their order; empty for a kind that is not declared."""
        return self.objects.get(kind, {})

    def get(self, kind: str, key: str) -> Declared | None:
        return self.of(kind).get(key)

    def single(self, kind: str) -> Any:
        """The value of a kind of which there is one (`company`), or None."""
        found = self.get(kind, kind)
        return found.value if found else None

    def only(self, objects: Container[tuple[str, str]]) -> Declaration:
        """Of all objects those that are named by kind and key."""
        chosen = Declaration({}, self.texts, self.contents, self.root)
        for item in self:
            if (item.kind, item.key) in objects:
                chosen.add(item)
        return chosen

    def __iter__(self) -> Iterator[Declared]:
        for objects in self.objects.values():
            yield from objects.values()

    def add(self, item: Declared) -> None:
        self.objects.setdefault(item.kind, {})[item.key] = item

"""What differs between two payloads, attribute by attribute, as the engine takes it."""

from __future__ import annotations

from pulumi.dynamic import DiffResult

from provisioners.resource import Payload


class DetailedDiff(DiffResult):
    """A difference, attribute by attribute: property path → add, update or delete."""

    def __init__(self, detailed: dict[str, str], replaces: list[str], delete_before_replace: bool) -> None:
        super().__init__(changes=bool(detailed), replaces=replaces, delete_before_replace=delete_before_replace)
        self.detailed = detailed


def changed_attributes(old: Payload, new: Payload) -> dict[str, str]:
    """Attribute → add, update or delete, of those that differ."""
    kinds = {name: "update" if name in new else "delete" for name in old if new.get(name, ...) != old[name]}
    return kinds | {name: "add" for name in new if name not in old}


def property_path(name: str) -> str:
    """The engine's path of a payload attribute."""
    if name.replace("_", "a").isalnum() and name.isascii() and not name[0].isdigit():
        return f"payload.{name}"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'payload["{quoted}"]'

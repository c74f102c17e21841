"""What a signature or evidence is bound to: when that changes, it is out of date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklists.checklist import Listed
from config.declaration import Declaration
from config.results.log_entry import canonical

ALL = "all"
LENGTH = 12
"""Hex digits of an object's digest."""


@dataclass(frozen=True)
class Changed:
    """Why something is out of date. objects: `kind/key` of what is other than it was then, or new, or gone. definition:
    whether the item asks for something else now. evidence: files that are other than they were."""

    objects: tuple[str, ...] = ()
    definition: bool = False
    evidence: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.objects or self.definition or self.evidence)

    @property
    def said(self) -> str:
        """What changed, in words."""
        parts = []
        if self.objects:
            more = f" and {len(self.objects) - 3} more" if self.objects[3:] else ""
            parts.append(f"{', '.join(self.objects[:3])}{more} changed")
        if self.definition:
            parts.append("the item asks for something else")
        if self.evidence:
            parts.append(f"{', '.join(self.evidence[:3])} is not what it was")
        return " and ".join(parts)


def bound_objects(concerns: Sequence[str], declaration: Declaration) -> dict[str, str]:
    """`kind/key` → digest of everything that an item is about."""
    found: dict[str, str] = {}
    for item in declaration:
        address = f"{item.kind}/{item.key}"
        if any(each in (ALL, item.kind, address) for each in concerns):
            found[address] = _digest(item.value)
    return found


def whole_digest(declaration: Declaration) -> str:
    """One digest of everything that the files declare."""
    said = {f"{item.kind}/{item.key}": _digest(item.value) for item in declaration}
    return hashlib.sha256(canonical(said).encode()).hexdigest()[:16]


def changed_since(
    bound: Mapping[str, Any], listed: Listed, declaration: Declaration, files: Mapping[str, str]
) -> Changed:
    """What is other now than when something was bound. bound: as the log has it: `item` (the definition's digest),
    `objects` and `files` by path. files: path → digest as they are now."""
    now = bound_objects(listed.item.concerns, declaration)
    then: Mapping[str, str] = bound.get("objects", {})
    objects = sorted(address for address in {*now, *then} if now.get(address) != then.get(address))
    evidence = sorted(path for path, digest in bound.get("files", {}).items() if files.get(path) != digest)
    return Changed(tuple(objects), bound.get("item") != listed.digest, tuple(evidence))


def paths_of(bindings: Iterable[Mapping[str, Any]]) -> set[str]:
    """Every file that something was bound to."""
    return {path for bound in bindings for path in bound.get("files", {})}


def _digest(value: Any) -> str:
    said = value.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"why", "was", "allow"})
    return hashlib.sha256(canonical([said, getattr(value, "vendor", {})]).encode()).hexdigest()[:LENGTH]

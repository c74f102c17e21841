"""What a rule says, whatever type of rule it is: each condition and action by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def conditions_of(groups: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The conditions under `all` and `any`."""
    found = groups or {}
    return [*(found.get("all") or ()), *(found.get("any") or ())]


def entries_of(rule: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The conditions and actions of a rule's payload."""
    found = rule or {}
    return [*conditions_of(found.get("conditions") or found.get("filter")), *(found.get("actions") or ())]

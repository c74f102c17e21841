"""What a run would do in one system, for those who ask the account about it before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from config.declaration import Declaration
from config.document import Path_
from config.findings import Finding, Position
from config.results.plan import Action, Collision
from config.rules.rule import Rule
from provisioners.resource import NotSent, ObjectName, Payload, Resource, ResourceName, with_symbols

MADE: tuple[Action, ...] = ("create", "update", "replace")
ENDED: tuple[Action, ...] = ("delete", "switch_off")
NOWHERE = Position("", 0, 0)
"""Where something stands that no file declares any more."""


@dataclass(frozen=True)
class PlannedChange:
    """What a run would do to one resource.

    id: the vendor's; empty where it is not there yet. was: what was last known live, in the vendor's shape and with its
    ids. will: what is declared, with references. Either is None where there is none. label: what people call it.
    """

    name: ResourceName
    type: str
    does: Action
    id: str = ""
    was: Payload | None = None
    will: Payload | None = None
    label: str = ""

    @property
    def said(self) -> str:
        """The label, or the key where there is none."""
        return f"“{self.label or self.name.key}”"


@dataclass(frozen=True)
class SeatChanges:
    """Whose seat for agents a run would take, and whose it would give back."""

    taken: Sequence[PlannedChange] = ()
    given_back: Sequence[PlannedChange] = ()


@dataclass(frozen=True)
class Intent:
    """All that a run would do in one system.

    ids: resource name → the vendor's id, of what is there. resources: all that is declared, changed or not. in_the_way:
    live objects with the name of one that would be made. missing: what is declared as existing and is not there.
    """

    declared: Declaration
    changes: Sequence[PlannedChange] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    resources: Sequence[Resource] = ()
    in_the_way: Sequence[Collision] = ()
    missing: Sequence[NotSent] = ()

    def of(self, *types: str) -> Iterator[PlannedChange]:
        """What would be made or changed, of some types."""
        return (each for each in self.changes if each.type in types and each.does in MADE)

    def ended(self, *types: str) -> Iterator[PlannedChange]:
        """What would be deleted, of some types."""
        return (each for each in self.changes if each.type in types and each.does == "delete")

    def resolved(self, value: Any) -> Any:
        """A payload with the vendor's ids of what is there; other references become `ref:<resource>`."""
        return with_symbols(value, self.ids)

    @cached_property
    def objects(self) -> set[ObjectName]:
        """The objects that the run would touch."""
        return {each.name.object for each in self.changes}

    def found(self, rule: Rule, name: ResourceName, message: str, hint: str = "", path: Path_ | None = None) -> Finding:
        """A finding at an object, or at one of its attributes; without a place where no file declares it."""
        item = self.declared.get(name.kind, name.key)
        if item is None:
            return Finding(rule.id, rule.weight, NOWHERE, name.address, message, hint or rule.fix)
        return rule.found(item, path or (), message, hint, of_key=path is None)

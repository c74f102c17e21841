"""One resource in one phase of a call to the engine, as it is planned or done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from provisioners.payload import UNKNOWN, decode
from provisioners.resource import OnRemove, Payload

Operation = Literal["same", "create", "update", "replace", "delete"]
Phase = Literal["refresh", "apply"]
Status = Literal["planned", "running", "done", "failed"]


@dataclass(frozen=True)
class Side:
    """A resource before or after a step, or as the state knows it.

    payload: decoded; values that only the run will bring are `payload.UNKNOWN`. id is empty where it is not
    known. outputs: what else other resources may refer to.
    """

    id: str
    payload: Payload
    mode: str = "managed"
    on_remove: OnRemove = "delete"
    optional: bool = False
    origin: str = ""
    label: str = ""
    notes: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, identifier: str, properties: Mapping[str, Any]) -> Side:
        """From a resource's properties, as they stand in events and in the state."""
        rest = {name: value for name, value in properties.items() if name not in ("payload", "format")}
        known = {name: decode(rest.pop(name)) for name in _META if name in rest}
        payload = decode(properties["payload"])
        return cls("" if identifier == UNKNOWN else identifier, payload, **known, outputs=rest)


BESIDE = frozenset({"on_remove", "mode", "optional", "notes", "format"})
"""Properties of a resource that only the state knows: changing them calls nobody."""
_META = ("mode", "on_remove", "optional", "origin", "label", "notes")


@dataclass(frozen=True)
class Step:
    """What happens to a resource in a phase of a call.

    phase: `refresh` compares what was last applied (old) with what is live (new); `apply`, planned or done, what
    is live (old) with what is declared (new). old is None for what is new, new is None for what is gone or
    goes. changed: the payload's attributes that differ, as the engine saw it.
    """

    name: str
    type: str
    operation: Operation
    phase: Phase
    old: Side | None = None
    new: Side | None = None
    status: Status = "planned"
    error: str = ""
    changed: tuple[str, ...] = ()

    @property
    def only_notes(self) -> bool:
        """Whether it changes nothing but what only the state knows."""
        return self.operation == "update" and bool(self.changed) and set(self.changed) <= BESIDE


OnStep = Callable[[Step], None]

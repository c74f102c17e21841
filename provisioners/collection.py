"""What a system tells the generic provider about one type of object at the vendor."""

from __future__ import annotations

import builtins
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from provisioners.resource import Payload

Mailed = Literal["customers", "agents"]


@dataclass(frozen=True)
class Live:
    """An object as the vendor shows it now.

    `id` is the vendor's id as a string; `body` the vendor's own JSON, unchanged;
    `label` what a person calls it; `active` is None for objects without a switch.
    """

    id: str
    body: dict[str, Any]
    label: str
    active: bool | None = None
    default: bool = False
    """The vendor put it there when the account was made."""
    mails: tuple[Mailed, ...] = ()
    """Of a rule: whom it mails when it runs, whether it is on or not."""


@dataclass(frozen=True)
class Write:
    """The vendor's answer to a write: the object as it is now, and warnings that came with it.

    was_there: nothing was made, because the very same was there already; it is taken over, and `destroy` leaves it.
    """

    live: Live
    warnings: tuple[str, ...] = ()
    outputs: dict[str, str] = field(default_factory=dict)
    was_there: bool = False


@dataclass(frozen=True)
class Switch:
    """The attribute of a type's payloads that says whether an object is on, and what it says then and otherwise."""

    attribute: str
    on: Any = True
    off: Any = False


class Collection(ABC):
    """One type of object at one vendor: where it lives, how it is found, written and compared.

    The generic provider (`provisioners.provider`) owns everything else: modes, `on_remove`, the list cache,
    the comparison of each reply with what was sent, collisions and errors. A collection

    - must raise only `provisioners.errors.SystemFault` (or let its client do so);
    - must not cache, retry or wait: the session does;
    - must not write in `list`, `get` or `canonical`.

    Payloads that reach it are decoded: plain JSON data without references.
    """

    type: ClassVar[str]
    """For example `zendesk:Trigger`."""
    kind_word: ClassVar[str]
    """What people call one of these, for messages: "trigger"."""
    replace_on: ClassVar[frozenset[str]] = frozenset()
    """Top-level payload attributes that the vendor cannot change: another value means a new object."""
    create_only: ClassVar[frozenset[str]] = frozenset()
    """Attributes that only steer the creation: sent then, and no difference later."""
    carries_data: ClassVar[bool] = False
    """Deleting it loses what customers or agents have entered."""
    lists_all: ClassVar[bool] = True
    """False where the vendor cannot list this type; then each object is read by its id."""
    outputs_from: ClassVar[frozenset[str]] = frozenset()
    """Attributes of which a change may change what others refer to."""
    delete_before_replace: ClassVar[bool] = True
    calls_per_write: ClassVar[int] = 1
    """How many calls it takes to write one of these, reading back included; said before a run."""
    only_set: ClassVar[bool] = False
    """It always is, and is never made or deleted at the vendor: making it is setting it, and may be done again."""
    gone_for_good: ClassVar[str] = ""
    """Why an object that was deleted cannot be made again from what was known of it; empty where it can, with another
    id and without what people had entered."""
    comes_back: ClassVar[bool] = False
    """Deleting one only puts it out of use, and making one of that name brings the very same back."""
    switch: ClassVar[Switch | None] = None
    """How an object is switched off and on again without any trace; None for types that have no such switch."""
    orders: ClassVar[str] = ""
    """Of an order: the type of what it puts in order."""
    joins: ClassVar[bool] = False
    """Making one that is there already is no collision: to be there is all there is to it, and `create` takes it."""

    @abstractmethod
    def natural_key(self, payload: Payload) -> str | None:
        """What makes the object the same in the eyes of a person (a name, an address).

        None where it has none (an order, a membership), and the object can never collide; also where only the list says
        it, until that has been read. Calls nobody: it is asked for while the system is down, too.
        """

    @abstractmethod
    def live_key(self, live: Live) -> str | None:
        """The natural key of a live object, comparable with `natural_key`."""

    def list(self, payload: Payload) -> list[Live]:
        """All live objects of the type, inactive ones too, in the vendor's order.

        `payload` is that of the resource at hand; a type that lives under a parent reads the parent's id there.
        """
        raise NotImplementedError

    def list_scope(self, payload: Payload) -> str:
        """Two payloads with one scope share one list: the parent's id where the type has a parent."""
        return ""

    def place_of(self, data: Payload) -> str:
        """Of what has no name: by what few of its list can be told to be it, from a payload or from the vendor's JSON.
        "" where only comparing can tell."""
        return ""

    def unlisted(self, payload: Payload) -> builtins.list[Live]:
        """Live objects with the payload's natural key that `list` leaves out; they are in the way all the same."""
        return []

    @abstractmethod
    def get(self, identifier: str, payload: Payload) -> Live | None:
        """One object by id. None only when the vendor itself says that it does not exist."""

    @abstractmethod
    def canonical(self, live: Live, payload: Payload) -> Payload:
        """The live object in the payload's own shape, so that equal means nothing to do.

        Holds exactly the attributes of `payload`: defaults filled, ids as strings, order removed where it has no
        meaning, echoes of the vendor undone. Attributes that the vendor never returns (secrets) are copied
        from `payload`.
        """

    def count_values(self, identifier: str, payload: Payload) -> int | None:
        """How many records hold a value in this object (a field); None where the vendor cannot say."""
        return None

    def choices_left_out(self, payload: Payload, old: Payload) -> builtins.list[tuple[str, str]]:
        """Of a field with options: what people call each that was in its old payload and is not in the new one, and the
        value by which records hold it."""
        return []

    def count_choice(self, identifier: str, value: str) -> int | None:
        """How many records hold this value in a field with options; None where the vendor cannot say."""
        return None

    def taken_over(self, live: Live, payload: Payload) -> Payload:
        """Like `canonical`, for an object that becomes ours: what the vendor never shows is unknown and not assumed."""
        return self.canonical(live, payload)

    @abstractmethod
    def create(self, payload: Payload) -> Write: ...

    @abstractmethod
    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """Make the live object equal to `payload`. `old` is what was last known live, in the same shape."""

    @abstractmethod
    def delete(self, identifier: str, payload: Payload) -> str | None:
        """Delete it for good. Deleting what is no longer there succeeds.

        A text says that it was left, and why: somebody else's things would have gone with it.
        """

    def switch_off(self, identifier: str, payload: Payload) -> None:
        """What `on_remove: switch_off` does. Only for types that can be put out of action without being deleted."""
        raise NotImplementedError(f"{self.type} has no switch")

    def turn(self, identifier: str, payload: Payload, *, on: bool) -> Write:
        """Switch it on or off in one writing call that says nothing else. Only for types with a `switch`."""
        raise NotImplementedError(f"{self.type} has no switch")

    def choices(self, live: Live, payload: Payload) -> builtins.list[tuple[str, str]]:
        """Of a field with options: what people call each, and the value by which records hold it, in live order."""
        return []

    def told(self, live: Live) -> dict[str, Any]:
        """What a plan says of a live object that is not ours, beside its name. points_to: [type, id] of what it names.
        made_at: when it was made (ISO 8601), where the list says so. payload: of a rule that is on and acts by itself,
        what it does, without texts, in the payload's shape."""
        return {}

    def standing(self, live: Live) -> dict[str, Any]:
        """What gates ask about a live object beside its name and its switch, such as `verified` of an address."""
        return {}

    def arranged(self, live: Live) -> builtins.list[str]:
        """Of an order: the ids of everything that stands in it, as it stands now."""
        return []

    def rearranged(self, now: builtins.list[str], payload: Payload, old: Payload | None = None) -> builtins.list[str]:
        """Of an order: everything that stands in it, as it would stand once the payload is written. old: what was last
        known live in the payload's shape; None where it is set for the first time."""
        return now

    def if_taken(self, live: Live) -> str:
        """What a person can do where this object holds a declared name and cannot be taken over; "" where it can."""
        return ""

    def outputs(self, live: Live) -> dict[str, str]:
        """Further values that other resources may refer to with `Ref(resource, output)`; `outputs_from` says from which
        attributes they follow."""
        return {}

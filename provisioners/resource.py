"""What compiling gives and what the engine is told to register: resources with payloads and references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

Payload: TypeAlias = dict[str, Any]
"""JSON-like data in the vendor's shape; its leaves may also be `Ref` or `Text`."""

OnRemove: TypeAlias = Literal["switch_off", "delete", "delete_ours", "release"]
"""What leaving the YAML does. delete_ours: delete what golive made, let go of what it took over. State format."""

Mode: TypeAlias = Literal["managed", "found", "patched"]
"""managed: golive makes it and keeps it equal to the payload.
found: it must be there under its natural key; it is looked up and never written (`existing: true`).
patched: it must be there; only the attributes of the payload are written (`existing: vendor_default`, `replaces:`)."""


ObjectName: TypeAlias = tuple[str, str, str]
"""Instance, kind and key."""


class ResourceName(NamedTuple):
    """`instance/kind/key`, or `instance/kind/key/part` for a part of an object. State format.

    instance: as the environment file calls the system (`helpdesk`). A key that begins with `_` is golive's own.
    """

    instance: str
    kind: str
    key: str
    part: str = ""

    @classmethod
    def of(cls, text: str) -> ResourceName:
        """Raises ValueError for a text that is no such name."""
        pieces = text.split("/", 3)
        if len(pieces) < 3:
            raise ValueError(f"not the name of a resource: {text!r}")
        return cls(*pieces)

    def __str__(self) -> str:
        return "/".join(piece for piece in self if piece)

    @property
    def object(self) -> ObjectName:
        """The object that the resource is, or is a part of."""
        return self.instance, self.kind, self.key

    @property
    def main(self) -> ResourceName:
        """The object's main resource."""
        return self._replace(part="")

    @property
    def address(self) -> str:
        """The object as people name it: `kind/key`."""
        return f"{self.kind}/{self.key}"

    @property
    def is_generated(self) -> bool:
        """Whether golive makes it by itself, as it does with orders."""
        return self.key.startswith("_")


@dataclass(frozen=True)
class Ref:
    """An output of another resource, known only once that resource is there.

    `as_number` asks for a JSON number where the vendor wants one; ids are strings otherwise.
    """

    resource: str
    output: str = "id"
    as_number: bool = False


@dataclass(frozen=True)
class Text:
    """A string with references inside it, for example `custom_fields_` followed by an id."""

    parts: tuple[str | Ref, ...]


@dataclass(frozen=True)
class Source:
    """The place in the workspace's files that a resource comes from."""

    kind: str
    key: str
    file: str
    line: int


@dataclass(frozen=True)
class Resource:
    """One thing to register with the engine.

    `name` is `instance/kind/key` or `instance/kind/key/part` and is state format.
    `type` is `system:Name`, for example `zendesk:Trigger`, and is state format.
    `optional`: a `patched` resource that is absent is a note instead of an error.
    """

    name: str
    type: str
    payload: Payload
    source: Source
    mode: Mode = "managed"
    on_remove: OnRemove = "delete"
    depends_on: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    optional: bool = False
    only_orders: bool = False
    """It only puts others in order (`order` in the payload), so that what is not sent is left out of it."""
    other_types: tuple[str, ...] = ()
    """Types that the very same object can be, too: it is made anew where it becomes the other one."""
    untouched: bool = False
    """It is in the state and stays there as it is, whatever the payload says."""
    notes: Mapping[str, Any] = field(default_factory=dict)
    """JSON that the state keeps beside the payload for the next run's translation. The vendor never sees it."""
    becomes: Mapping[str, str] = field(default_factory=dict)
    """What a plan says the vendor makes of our words, where that is something else: attribute that it is said of (empty
    for the whole object) → a line."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of all resources that must be there before this one."""
        return tuple(dict.fromkeys([*self.depends_on, *(ref.resource for ref in references_in(self.payload))]))

    @property
    def named(self) -> ResourceName:
        """The name in its pieces."""
        return ResourceName.of(self.name)

    @property
    def instance(self) -> str:
        return self.named.instance

    @property
    def part(self) -> str:
        """The part's name, empty for an object's main resource."""
        return self.named.part


@dataclass(frozen=True)
class Known:
    """What the state holds of a resource: its payload as it was last seen, and its notes."""

    payload: Payload
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NotSent:
    """A declared object that this run does not send, and why, in a support lead's words."""

    source: Source
    system: str
    reason: str


@dataclass
class Compiled:
    """All resources of one environment, with what was left out and why."""

    resources: list[Resource] = field(default_factory=list)
    asleep: list[NotSent] = field(default_factory=list)
    not_sent: list[NotSent] = field(default_factory=list)
    not_sent_parts: list[NotSent] = field(default_factory=list)
    by_hand: list[NotSent] = field(default_factory=list)
    called: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Kind and key → what people call the declared object, whether it is sent or not."""
    taken_over: list[str] = field(default_factory=list)
    """What was taken over and whose files have not arrived yet, as the record notes it; it is registered as the state
    has it."""
    taken_out: list[ObjectName] = field(default_factory=list)
    """What was taken over, whose file has arrived, and what no file declares: no run has seen it in any."""


def references_in(value: Any) -> Iterator[Ref]:
    """Every `Ref` inside a payload, in order."""
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, Text):
        for piece in value.parts:
            if isinstance(piece, Ref):
                yield piece
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from references_in(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from references_in(item)


SYMBOL = "ref:"


def with_symbols(value: Any, known: Mapping[str, str] = MappingProxyType({})) -> Any:
    """The payload with each reference written as `ref:<resource>` (`ref:<resource>#<output>`).

    This is the form in which desired and live payloads are translated back by one function.
    known: resource name → id, and `name#output` → value; references to these become what they refer to.
    """
    if isinstance(value, Ref):
        if value.output != "id" and f"{value.resource}#{value.output}" in known:
            return known[f"{value.resource}#{value.output}"]
        if value.output == "id" and value.resource in known:
            identifier = known[value.resource]
            return int(identifier) if value.as_number and identifier.isdecimal() else identifier
        tail = "" if value.output == "id" else f"#{value.output}"
        return f"{SYMBOL}{value.resource}{tail}"
    if isinstance(value, Text):
        return "".join(piece if isinstance(piece, str) else str(with_symbols(piece, known)) for piece in value.parts)
    if isinstance(value, Mapping):
        return {key: with_symbols(item, known) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [with_symbols(item, known) for item in value]
    return value


def closure(needs: Mapping[str, Iterable[str]], name: str) -> set[str]:
    """Everything that a resource needs, and what that needs, and so on."""
    found: set[str] = set()
    open_names = list(needs.get(name, ()))
    while open_names:
        each = open_names.pop()
        if each not in found:
            found.add(each)
            open_names += needs.get(each, ())
    return found

"""What the translations of all kinds share: existing objects, and what this version cannot send."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from config.declaration import Declared
from config.kinds import ALL_KINDS
from config.placeholders import named_by
from config.references import references_of
from provisioners.collection import Live
from provisioners.errors import SystemFault
from provisioners.resource import Mode, OnRemove, Payload, Resource
from provisioners.sighting import Look, Sighting
from provisioners.translation import Context, Translation
from provisioners.zendesk.replies import NOT_GIVEN

MADE_BY_GOLIVE = "Made by golive "
"""With this begins the vendor's description of what golive generates (grammar 42)."""


class CannotSend(Exception):
    """The object says something that Zendesk does not have. The text is the reason, for a support lead.

    hint: the nearest thing that it has. at: the place of the words at fault, from the condition, action or object.
    """

    def __init__(self, reason: str, hint: str = "", at: tuple[str | int, ...] = ()) -> None:
        super().__init__(reason)
        self.hint = hint
        self.at = at


def made(
    item: Declared,
    context: Context,
    type_: str,
    payload: Payload,
    *,
    part: str = "",
    mode: Mode = "managed",
    on_remove: OnRemove | None = None,
    optional: bool = False,
    depends_on: tuple[str, ...] = (),
    former_part: str = "",
    notes: Mapping[str, Any] = MappingProxyType({}),
    becomes: Mapping[str, str] = MappingProxyType({}),
) -> Resource:
    """The resource of an object or of a part of it, named after the object and known under its former key too.

    former_part: the part's name before what it is named after was renamed.
    """
    keys = [item.key, *([item.value.was] if item.value.was else [])]
    names = [context.name(item.kind, key, each) for key in keys for each in (part, former_part or part)]
    own = context.name(item.kind, item.key, part)
    return Resource(
        name=context.name(item.kind, item.key, part),
        type=type_,
        payload=payload,
        source=context.source(item),
        mode=mode,
        on_remove=on_remove or item.value.removal,
        depends_on=depends_on,
        aliases=tuple(dict.fromkeys(name for name in names if name != own)),
        optional=optional,
        notes=dict(notes),
        becomes=becomes,
    )


def left_to(live: Live) -> str:
    """Why a live object has no place in the files: golive generated it. "" for any other."""
    generated = str(live.body.get("description") or "").startswith(MADE_BY_GOLIVE)
    return "golive made it for something that these files do not declare" if generated else ""


def extras_of(item: Declared, *names: str) -> Payload:
    """What stands under `zendesk:` and is sent as it is."""
    return {name: value for name, value in item.value.vendor.get("zendesk", {}).items() if name in names}


def extras_back(payload: Payload, *names: str) -> dict[str, Any]:
    """What stands under `zendesk:` of a payload, as the YAML has it."""
    said = {name: payload[name] for name in names if name in payload}
    return {"zendesk": said} if said else {}


_KNOWN_BY_NAME = ("customer_fields", "dynamic_content")


def known_by_name(item: Declared, context: Context) -> tuple[str, ...]:
    """Resources of what an object names and the vendor knows by a key of its own and not by id, so that no reference
    in the payload says that they must be there first."""
    named = [
        reference.resolve() for reference in references_of(item.value) if not item.value.does_without(reference.path)
    ]
    named.extend((kind, key) for _, kind, key in named_by(item))
    return tuple(context.name(*each) for each in dict.fromkeys(named) if each is not None and each[0] in _KNOWN_BY_NAME)


class ZendeskTranslation(Translation):
    """A kind whose main resource has the natural key `natural` in its payload."""

    type_: ClassVar[str]
    natural: ClassVar[str] = "title"

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        existing = item.value.existing
        try:
            if existing == "vendor_default":
                return self.patched(item, context)
            if existing:
                return [self.found(item, context)]
            return self.compiled(item, context)
        except CannotSend as reason:
            context.leave_out(item, str(reason))
            return []

    @abstractmethod
    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        """The resources of an object that golive makes. Raises CannotSend."""

    def patched(self, item: Declared, context: Context) -> list[Resource]:
        """The resource of a vendor's default of which only some attributes are written. Raises CannotSend."""
        raise NotImplementedError(f"no {ALL_KINDS[item.kind].title} comes with Zendesk")

    def found(self, item: Declared, context: Context) -> Resource:
        """The resource of an object that is there already and is never written."""
        return made(item, context, self.type_, {self.natural: self.existing_name(item)}, mode="found")

    form: ClassVar[Payload] = {}
    """Everything of a live object that the vocabulary can say, each attribute with a value of its type."""
    further: ClassVar[Payload] = {}
    """What stands under `zendesk:`, each with the value that need not be said."""

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for live in self.listed(look) if self.form else ():
            part = look.part(self.type_, live, self.form_of(live))
            yield Sighting(self.kind, live.label, {"": part}, left=left_to(live))

    def listed(self, look: Look) -> list[Live]:
        """The live objects, in the order in which the files have them."""
        return look.lives(self.type_)

    def listed_if_carried(self, look: Look) -> list[Live]:
        """Every live object; where the account's plan does not have the kind, there are none."""
        try:
            return look.lives(self.type_)
        except SystemFault as fault:
            if fault.status not in NOT_GIVEN:
                raise
            return []

    def form_of(self, live: Live) -> Payload:
        """The form of one live object: what is as every other is not said."""
        said = {name: usual for name, usual in self.further.items() if live.body.get(name) not in (usual, None)}
        return {**self.form, **said}

    def existing_name(self, item: Declared) -> str:
        """By which name an existing object is looked up."""
        existing = item.value.existing
        return existing if isinstance(existing, str) else item.name

"""Live objects and payloads in the words of the files."""

from __future__ import annotations

from collections.abc import Mapping

from golive.live.live_account import LiveAccount
from golive.wording.words import ORDER
from provisioners.collection import Live
from provisioners.resource import ObjectName, Payload, ResourceName
from provisioners.sighting import Data, Part, Sighting
from provisioners.system import systems
from provisioners.translation import Names
from stacks.state import types
from stacks.steps import Side

GIVEN = {"name": "title", "active": "active"}
"""What comes back of a rule that came with the vendor: our word → the payload's attribute."""


class LiveWords:
    """Reads only."""

    def __init__(self, account: LiveAccount) -> None:
        self.account = account
        self.ids = {name: identifier for (_, identifier), name in account.by_id.items()}
        """Resource name → id, of everything that files or state know."""
        self.types = types(account.session.state)

    def live(self, name: str, side: Side) -> Live | None:
        """The live object of a resource; None where it is gone. Raises SystemFault."""
        look = self.account.looks[ResourceName.of(name).instance]
        live = look.with_id(self.types[name], side.id, side.payload)
        return live if live is not None else look.collections[self.types[name]].get(side.id, side.payload)

    def payload(self, name: str, live: Live | None, form: Payload) -> Payload | None:
        """A live object in the form of a payload."""
        look = self.account.looks[ResourceName.of(name).instance]
        return None if live is None else look.collections[self.types[name]].canonical(live, form)

    def of(self, name: ObjectName, parts: Mapping[str, Payload | None], *, only_given: bool = False) -> Data:
        """An object's payloads, by resource name, as the YAML has them; an order by the kind that it puts in order.

        only_given: it came with the vendor and the payloads hold little of it; said is what it is called, by which
        it is found, and whether it is on.
        """
        if only_given:
            main = parts.get(str(ResourceName(*name))) or {}
            return {word: main[given] for word, given in GIVEN.items() if given in main}
        instance, kind, key = name
        settings = self.account.settings[instance]
        context = self.account.context(instance, self.account.declaration)
        values = systems()[settings.type].words(context)
        names = Names(self.account.by_id, values, key, self.ids)
        translation = next(each for each in systems()[settings.type].translations() if each.kind == kind)
        there = {
            ResourceName.of(resource).part: Part(self.types[resource], Live("", {}, ""), payload)
            for resource, payload in parts.items()
            if payload is not None
        }
        if "" in there and key != ORDER:
            return translation.said(Sighting(kind, key, there), names, context)
        said = translation.declared({part: (each.type, each.payload) for part, each in there.items()}, names)
        return {kind: said.get("order")} if key == ORDER else said

"""One rule of the health page: a small function over the inventory, and what is said when it finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from config.results.look import Topic, Weight
from provisioners.zendesk.look.inventory import Body, BusinessRule, Inventory

WHOLE = "whole"
"""Need of a rule that concludes from what is not in a list: that an admin reads, who sees everything."""


@dataclass(frozen=True)
class Spot:
    """An object that a rule is about, and what is special about it."""

    kind: str
    body: Body
    note: str = ""


@dataclass(frozen=True)
class Found:
    """What a rule found. what, weight: where they differ from the rule's own; a finding without spots is about the
    account."""

    spots: tuple[Spot, ...] = ()
    what: str = ""
    weight: Weight | None = None


Find = Callable[[Inventory], Iterable[Spot] | Found | None]
"""Nothing, or no spots, where all is well or where nobody can know."""


@dataclass(frozen=True)
class Rule:
    """A check. needs: what must have been read for it. what, why, do: what is said where it finds something; in_order:
    where it does not. about: kinds of which there must be an object, so that the latter means something; the needs
    where nothing else is said. known: whether the account tells what it asks for."""

    id: str
    topic: Topic
    weight: Weight
    needs: tuple[str, ...]
    find: Find
    what: str
    why: str
    do: str
    in_order: str = ""
    about: tuple[str, ...] = ()
    known: Callable[[Inventory], bool] = lambda inventory: True

    def applies(self, inventory: Inventory) -> bool:
        """Whether everything that it needs was read."""
        return inventory.has(*self.needs)

    def found(self, inventory: Inventory) -> Found | None:
        """What it found, None for nothing."""
        found = self.find(inventory)
        if not isinstance(found, Found):
            spots = tuple(found or ())
            return Found(spots) if spots else None
        return found

    def says_something(self, inventory: Inventory) -> bool:
        """Whether there is anything of which it could find something wrong."""
        kinds = [kind for kind in (self.about or self.needs) if kind not in (WHOLE, "settings")]
        return self.known(inventory) and (not kinds or any(inventory.of(kind) for kind in kinds))


def spot(rule: BusinessRule, note: str = "") -> Spot:
    return Spot(rule.kind, rule.body, note)

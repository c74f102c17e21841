"""One rule of the health page: a small function over the inventory, and what is said when it finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from config.results.look import Topic, Weight
from provisioners.zendesk.look.inventory import Body, BusinessRule, Inventory

WHOLE = "whole"
"""Need of a rule that concludes from what is not in a list: that an admin reads, who sees everything."""
OF_LARGER_PLANS = frozenset({"sla_policies"})
"""Rules that small plans do not have, so that their list is refused."""


@dataclass(frozen=True)
class Spot:
    """An object that a rule is about, and what is special about it; twins: the ones that it is like. where: what tells
    it from them."""

    kind: str
    body: Body
    note: str = ""
    where: str = ""
    twins: tuple[Spot, ...] = ()


@dataclass(frozen=True)
class Found:
    """What a rule found. what, weight, why: where they differ from the rule's own; a finding without spots is about the
    account."""

    spots: tuple[Spot, ...] = ()
    what: str = ""
    weight: Weight | None = None
    why: str = ""


Find = Callable[[Inventory], Iterable[Spot] | Found | None]
"""Nothing, or no spots, where all is well or where nobody can know."""


@dataclass(frozen=True)
class Rule:
    """A check. needs: what must have been read for it. what, why, do: what is said where it finds something; in_order:
    where it does not. about: kinds of which there must be an object, so that the latter means something; the needs
    where nothing else is said. known: whether the account tells what it asks for. to_be_sure: what must have been read,
    too, to say that all is well. figure: the number that it measures by, and whose that is."""

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
    to_be_sure: tuple[str, ...] = ()
    figure: str = ""

    def unread(self, inventory: Inventory, *, found: bool = True) -> list[str]:
        """What could not be read, and without which it cannot be asked; where it found nothing, without which it
        cannot say that all is well."""
        needed = self.needs if found else (*self.needs, *self.to_be_sure, *(set(self.about) - OF_LARGER_PLANS))
        return sorted(kind for kind in set(needed) if not inventory.has(kind))

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

"""The order of what stands in the help centre. The vendor has no call for an order: each object has a position."""

from __future__ import annotations

import builtins
from typing import Any, ClassVar

from provisioners.collection import Live
from provisioners.resource import Payload
from provisioners.zendesk.client import Reply
from provisioners.zendesk.collections.help_center import HELP_CENTER, WITH_TRANSLATIONS
from provisioners.zendesk.collections.orders import Order

_POSITIONS = "positions"


class HelpCenterOrder(Order):
    """The order of the objects of a list that are in one parent; its id is the parent's."""

    listed: ClassVar[str]
    envelope: ClassVar[str]
    parent: ClassVar[str] = ""
    """The attribute of the payload that names the parent."""

    def list(self, payload: Payload) -> builtins.list[Live]:
        by_parent: dict[str, builtins.list[dict[str, Any]]] = {}
        for body in self._all():
            by_parent.setdefault(self._parent_of(body), []).append(body)
        return [_order(parent or self.listed, bodies) for parent, bodies in by_parent.items()]

    def read(self, payload: Payload) -> Live:
        parent = str(payload[self.parent]) if self.parent else ""
        return _order(parent or self.listed, [body for body in self._all() if self._parent_of(body) == parent])

    def _all(self) -> builtins.list[dict[str, Any]]:
        return self.client.pages(f"{HELP_CENTER}/{self.listed}", self.listed, **WITH_TRANSLATIONS)

    def _parent_of(self, body: dict[str, Any]) -> str:
        return str(body.get(self.parent)) if self.parent else ""

    def write(self, order: builtins.list[str], payload: Payload) -> Reply:
        """Move what stands wrong, each with a call. An object stays where it is if it is behind the one before it."""
        now = self.read(payload).body[_POSITIONS]
        last, reply = 0, Reply({}, {})
        for identifier in order:
            if now[identifier] > last:
                last = now[identifier]
                continue
            last += 1
            path = f"{HELP_CENTER}/{self.listed}/{identifier}"
            reply = self.client.put(path, {self.envelope: {"position": last}})
        return reply

    def _is_said(self, now: Live) -> bool:
        """Objects with one position stand in an order that nobody has said."""
        positions = list(now.body[_POSITIONS].values())
        return len(set(positions)) == len(positions)


def _order(identifier: str, bodies: builtins.list[dict[str, Any]]) -> Live:
    """Of one position the older one counts as the first."""
    in_order = sorted(bodies, key=lambda body: (body.get("position") or 0, int(body["id"])))
    positions = {str(body["id"]): body.get("position") or 0 for body in in_order}
    return Live(id=identifier, body={"order": list(positions), _POSITIONS: positions}, label="order")


class CategoryOrder(HelpCenterOrder):
    """The order of the categories; there is one."""

    type = "zendesk:HelpCenterCategoryOrder"
    orders = "zendesk:HelpCenterCategory"
    listed, envelope = "categories", "category"


class SectionOrder(HelpCenterOrder):
    """The order of the sections that stand directly in a category."""

    type = "zendesk:HelpCenterSectionOrder"
    orders = "zendesk:HelpCenterSection"
    listed, envelope, parent = "sections", "section", "category_id"
    replace_on: ClassVar[frozenset[str]] = frozenset({"category_id"})

    def _parent_of(self, body: dict[str, Any]) -> str:
        return "" if body.get("parent_section_id") else super()._parent_of(body)


class SubsectionOrder(HelpCenterOrder):
    """The order of the sections of a section."""

    type = "zendesk:HelpCenterSubsectionOrder"
    orders = "zendesk:HelpCenterSection"
    listed, envelope, parent = "sections", "section", "parent_section_id"
    replace_on: ClassVar[frozenset[str]] = frozenset({"parent_section_id"})


class ArticleOrder(HelpCenterOrder):
    """The order of the articles of a section."""

    type = "zendesk:ArticleOrder"
    orders = "zendesk:Article"
    listed, envelope, parent = "articles", "article", "section_id"
    replace_on: ClassVar[frozenset[str]] = frozenset({"section_id"})


HELP_CENTER_ORDERS: tuple[type[HelpCenterOrder], ...] = (CategoryOrder, SectionOrder, SubsectionOrder, ArticleOrder)

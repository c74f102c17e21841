"""The order in which the vendor goes through rules, as objects of their own."""

from __future__ import annotations

import builtins
from abc import abstractmethod
from collections.abc import Collection, Mapping
from itertools import groupby
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.resource import Payload
from provisioners.zendesk.client import PAGE, Reply, ZendeskClient
from provisioners.zendesk.collections.setting import Setting
from provisioners.zendesk.replies import unreachable, warnings_in

REST = "..."
"""In a declared order: everything that is not listed, in live order."""
FIRST = "first"
"""In a payload: what comes before everything else, declared or not. State format."""


def order_as_declared(live: list[str], declared: list[str]) -> list[str]:
    """The live order of what is declared, so that equal means nothing to do.

    Without `...` what is not declared may stand anywhere. With it, what is not declared must stand where `...` does;
    otherwise each run of it shows as `...`.
    """
    listed = [item for item in live if item in declared]
    if REST not in declared or len(listed) == len(live):
        missing = [REST] if REST in declared else []
        place = declared.index(REST) if missing else 0
        return [*listed[:place], *missing, *listed[place:]]
    runs = groupby(live, lambda item: item if item in declared else REST)
    return [item for item, _ in runs]


def full_order(live: list[str], declared: list[str], new: Collection[str] = ()) -> list[str]:
    """Every live id in the order that is wanted; ids that are declared but not live are left out.

    Without `...` what is not declared keeps its place: those declared so far change places among themselves, and a new
    one comes before the one that follows it in the declaration, or else behind the last. new: ids that are declared for
    the first time; the vendor has put them last.
    """
    wanted = [item for item in declared if item == REST or item in live]
    rest = [item for item in live if item not in declared]
    if REST in wanted:
        place = wanted.index(REST)
        return [*wanted[:place], *rest, *wanted[place + 1 :]]
    known = [item for item in wanted if item not in new]
    if not known:
        return [*rest, *wanted]
    places = iter(known)
    order = [item if item in rest else next(places) for item in live if item in rest or item not in new]
    waiting: list[str] = []
    for item in wanted:
        if item in new:
            waiting.append(item)
        else:
            place = order.index(item)
            order[place:place] = waiting
            waiting = []
    last = order.index(known[-1]) + 1
    return [*order[:last], *waiting, *order[last:]]


class Order(Setting):
    """An order has no name and is never made or deleted at the vendor, only set."""

    kind_word = "order"
    calls_per_write = 3

    def canonical(self, live: Live, payload: Payload) -> Payload:
        order, first = live.body["order"], payload.get(FIRST, [])
        shown = {**payload, "order": order_as_declared(_without(order, first), payload["order"])}
        return {**shown, FIRST: order[: len(first)]} if first else shown

    @abstractmethod
    def read(self, payload: Payload) -> Live:
        """The order as it is now."""

    @abstractmethod
    def write(self, order: builtins.list[str], payload: Payload) -> Reply:
        """Put all objects into this order."""

    def get(self, identifier: str, payload: Payload) -> Live | None:
        return self.read(payload)

    def arranged(self, live: Live) -> builtins.list[str]:
        return list(live.body["order"])

    def rearranged(self, now: builtins.list[str], payload: Payload, old: Payload | None = None) -> builtins.list[str]:
        """The first time, what stands behind everything that is not declared may just have been made."""
        first = [item for item in payload.get(FIRST, []) if item in now]
        rest = _without(now, first)
        if old is None:
            last = max((place for place, item in enumerate(rest) if item not in payload["order"]), default=-1)
            new = rest[last + 1 :] if last >= 0 else []
        else:
            before = old["order"] if "order" in old else payload["order"]
            new = [item for item in payload["order"] if item not in before]
        return [*first, *full_order(rest, payload["order"], new)]

    def create(self, payload: Payload) -> Write:
        return self._set(payload, None)

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        return self._set(payload, old)

    def _set(self, payload: Payload, old: Payload | None) -> Write:
        now = self.read(payload)
        wanted = self.rearranged(now.body["order"], payload, old)
        if self._is_said(now) and wanted == now.body["order"]:
            return Write(now)
        reply = self.write(wanted, payload)
        return Write(self.read(payload), warnings_in(reply.headers))

    def _is_said(self, now: Live) -> bool:
        """Whether somebody has said the order that is there."""
        return True


def _without(order: list[str], items: Collection[str]) -> list[str]:
    return [item for item in order if item not in items]


def _in_order(bodies: list[dict[str, Any]]) -> list[str]:
    in_order = sorted(bodies, key=lambda body: body.get("position") or 0)
    return list(dict.fromkeys(str(body["id"]) for body in in_order))  # a list that is read page by page may shift


def _batch(client: ZendeskClient, name: str, entries: list[dict[str, Any]]) -> Reply:
    """The vendor's one call that moves triggers of several categories, or categories."""
    job = {"action": "patch", "items": {name: entries}}
    reply = client.post("trigger_categories/jobs", {"job": job})
    if reply.body.get("errors"):
        raise unreachable("POST trigger_categories/jobs", str(reply.body["errors"]), reads=False)
    return reply


class TriggerOrder(Order):
    """The order of the triggers of one category; its id is the category's."""

    type = "zendesk:TriggerOrder"
    orders = "zendesk:Trigger"
    replace_on: ClassVar[frozenset[str]] = frozenset({"category_id"})

    def list(self, payload: Payload) -> builtins.list[Live]:
        by_category: dict[str, builtins.list[dict[str, Any]]] = {
            str(body["id"]): [] for body in self.client.pages("trigger_categories", "trigger_categories")
        }
        for body in self.client.pages("triggers", "triggers"):
            by_category.setdefault(str(body.get("category_id")), []).append(body)
        return [order_of(category, bodies) for category, bodies in by_category.items()]

    def read(self, payload: Payload) -> Live:
        category = str(payload["category_id"])
        bodies = self.client.pages("triggers", "triggers", category_id=category)
        return order_of(category, [body for body in bodies if str(body.get("category_id")) == category])

    def write(self, order: builtins.list[str], payload: Payload) -> Reply:
        category = str(payload["category_id"])
        entries = [
            {"id": int(item), "category_id": category, "position": place} for place, item in enumerate(order, start=1)
        ]
        return _batch(self.client, "triggers", entries)


class TriggerCategoryOrder(Order):
    """The order of the trigger categories; there is one."""

    type = "zendesk:TriggerCategoryOrder"
    orders = "zendesk:TriggerCategory"

    def list(self, payload: Payload) -> builtins.list[Live]:
        return [self.read(payload)]

    def read(self, payload: Payload) -> Live:
        return order_of("trigger_categories", self.client.pages("trigger_categories", "trigger_categories"))

    def write(self, order: builtins.list[str], payload: Payload) -> Reply:
        entries = [{"id": item, "position": place} for place, item in enumerate(order, start=1)]
        return _batch(self.client, "trigger_categories", entries)


class PositionOrder(Order):
    """An order that the vendor has as a position of each object; `update_many` takes 100 of them in one call."""

    path: ClassVar[str]
    query: ClassVar[Mapping[str, Any]] = {}

    def list(self, payload: Payload) -> builtins.list[Live]:
        return [self.read(payload)]

    def read(self, payload: Payload) -> Live:
        return order_of(self.path, self.client.pages(self.path, self.path, **self.query))

    def write(self, order: builtins.list[str], payload: Payload) -> Reply:
        """Move only what does not stand where it should; the positions stay those that there were."""
        bodies = self.client.pages(self.path, self.path, **self.query)
        now = {str(body["id"]): int(body.get("position") or 0) for body in bodies}
        places = sorted({now[item] for item in order})
        if len(places) < len(order):
            places = list(range(1, len(order) + 1))
        moved = [
            {"id": int(item), "position": place}
            for item, place in zip(order, places, strict=True)
            if now[item] != place
        ]
        reply = Reply({}, {})
        for start in range(0, len(moved), PAGE):
            reply = self.client.put(f"{self.path}/update_many", {self.path: moved[start : start + PAGE]})
        return reply


class AutomationOrder(PositionOrder):
    """The order in which the vendor goes through the automations each hour; there is one."""

    type = "zendesk:AutomationOrder"
    orders = "zendesk:Automation"
    path = "automations"


class ViewOrder(PositionOrder):
    """The order in which agents see the shared views; there is one."""

    type = "zendesk:ViewOrder"
    orders = "zendesk:View"
    path = "views"
    query: ClassVar[Mapping[str, Any]] = {"access": "shared"}


class MacroOrder(PositionOrder):
    """The order in which agents see the shared macros, where the account lets people choose it; there is one."""

    type = "zendesk:MacroOrder"
    orders = "zendesk:Macro"
    path = "macros"
    query: ClassVar[Mapping[str, Any]] = {"access": "shared"}


class WholeOrder(Order):
    """An order that the vendor takes as the list of all ids, in one call."""

    path: ClassVar[str]
    plural: ClassVar[str]
    attribute: ClassVar[str]
    cursor: ClassVar[bool] = False

    def list(self, payload: Payload) -> builtins.list[Live]:
        return [self.read(payload)]

    def read(self, payload: Payload) -> Live:
        return order_of(self.plural, self.client.pages(self.path, self.plural, cursor=self.cursor))

    def write(self, order: builtins.list[str], payload: Payload) -> Reply:
        return self.client.put(f"{self.path}/reorder", {self.attribute: [int(item) for item in order]})


class TicketFormOrder(WholeOrder):
    """The order in which customers and agents are offered the forms; there is one."""

    type = "zendesk:TicketFormOrder"
    orders = "zendesk:TicketForm"
    path = plural = "ticket_forms"
    attribute = "ticket_form_ids"


class TicketFieldOrder(WholeOrder):
    """The order of the fields, where forms do not say another one; there is one."""

    type = "zendesk:TicketFieldOrder"
    orders = "zendesk:TicketField"
    path = plural = "ticket_fields"
    attribute = "ticket_field_ids"
    cursor = True


class SlaPolicyOrder(WholeOrder):
    """The order of the SLA policies, of which the first that fits wins; there is one."""

    type = "zendesk:SlaPolicyOrder"
    orders = "zendesk:SlaPolicy"
    path = "slas/policies"
    plural = "sla_policies"
    attribute = "sla_policy_ids"


class GroupSlaPolicyOrder(WholeOrder):
    """The order of the group SLA policies, of which the first that fits wins; there is one."""

    type = "zendesk:GroupSlaPolicyOrder"
    orders = "zendesk:GroupSlaPolicy"
    path = "group_slas/policies"
    plural = "group_sla_policies"
    attribute = "group_sla_policy_ids"

    def write(self, order: builtins.list[str], payload: Payload) -> Reply:
        return self.client.put(f"{self.path}/reorder", {self.attribute: order})


class QueueOrder(Order):
    """The order of the queues, of which the first that fits takes a ticket; there is one. The vendor calls a queue's
    place its `order`, and takes every queue's id or none."""

    type = "zendesk:QueueOrder"
    orders = "zendesk:Queue"

    def list(self, payload: Payload) -> builtins.list[Live]:
        return [self.read(payload)]

    def read(self, payload: Payload) -> Live:
        bodies = self.client.pages("queues", "queues", cursor=False)
        return order_of("queues", [{**body, "position": body.get("order")} for body in bodies])

    def write(self, order: builtins.list[str], payload: Payload) -> Reply:
        return self.client.patch("queues/order", {"queue_ids": order})


def order_of(identifier: str, bodies: list[dict[str, Any]]) -> Live:
    """Live objects as an order that is an object of its own."""
    return Live(id=identifier, body={"order": _in_order(bodies)}, label="order")

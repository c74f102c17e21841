"""Brands, and which of them is the default one. Source: developer.zendesk.com, “Brands”."""

from __future__ import annotations

import builtins
from typing import Any, ClassVar

from provisioners.collection import Live, Switch, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.client import ZendeskClient, unwrapped
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.setting import Setting
from provisioners.zendesk.replies import warnings_in

BRANDS, BRAND = "brands", "brand"
YES, NO = "true", "false"


class Brand(ZendeskCollection):
    """The default one can be neither switched off nor deleted; a subdomain belongs to one account in the world."""

    type = "zendesk:Brand"
    kind_word = "brand"
    path = plural = BRANDS
    envelope = BRAND
    key = "name"
    carries_data: ClassVar[bool] = True
    gone_for_good = "its tickets lose their brand, and its help centre is gone"
    switch: ClassVar[Switch | None] = Switch("active")

    def is_deleted(self, body: dict[str, Any]) -> bool:
        return bool(body.get("is_deleted"))

    def send(self, identifier: str, payload: Payload, body: Payload) -> Write:
        if body.get("active") is False and _is_default(self.client, identifier):
            raise SystemFault(
                "refused",
                f"{self.kind_word} {payload.get(self.key) or identifier}",
                "it is the default brand, which Zendesk does not switch off",
                "Make another brand the default first (`default: true`).",
            )
        return super().send(identifier, payload, body)

    def delete(self, identifier: str, payload: Payload) -> str | None:
        if _is_default(self.client, identifier):
            return "it is the default brand, of which there is always one"
        return super().delete(identifier, payload)

    def count_values(self, identifier: str, payload: Payload) -> int | None:
        count = self.client.get("search/count", query=f"type:ticket brand:{identifier}").body.get("count")
        return count if isinstance(count, int) else None


class DefaultBrand(Setting):
    """Whether a brand is the default one. Its id is the brand's.

    It is only ever set: the vendor takes it away by giving it to another brand.
    """

    type = "zendesk:DefaultBrand"
    kind_word = "default brand"
    replace_on: ClassVar[frozenset[str]] = frozenset({"brand_id"})

    def list(self, payload: Payload) -> builtins.list[Live]:
        return [_of(body) for body in self.client.pages(BRANDS, BRANDS)]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.find(f"{BRANDS}/{identifier}", BRAND)
        return None if body is None else _of(body)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {"brand_id": live.id, "default": YES if live.body.get("default") else NO}

    def create(self, payload: Payload) -> Write:
        path = f"{BRANDS}/{payload['brand_id']}"
        reply = self.client.put(path, {BRAND: {"default": True}})
        return Write(_of(unwrapped(reply, BRAND, f"PUT {path}", reads=False)), warnings_in(reply.headers))


def _is_default(client: ZendeskClient, identifier: str) -> bool:
    body: dict[str, Any] = client.find(f"{BRANDS}/{identifier}", BRAND) or {}
    return bool(body.get("default"))


def _of(body: dict[str, Any]) -> Live:
    return Live(id=str(body["id"]), body=body, label=f"default: {body.get('name')}")

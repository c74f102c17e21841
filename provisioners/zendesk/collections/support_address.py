"""Addresses at which the helpdesk receives mail, and which of them is the default one."""

from __future__ import annotations

import builtins
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.resource import Payload
from provisioners.zendesk.client import unwrapped
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.setting import Setting
from provisioners.zendesk.replies import warnings_in

ADDRESSES, ADDRESS = "recipient_addresses", "recipient_address"
CAN_BE_DEFAULT = "can_be_default"


class SupportAddress(ZendeskCollection):
    """The address itself never changes. The vendor keeps it in small letters, and deletes no default one: its successor
    is made, and may become the default, before it goes."""

    type = "zendesk:SupportAddress"
    kind_word = "support address"
    path = plural = ADDRESSES
    envelope = ADDRESS
    key = "email"
    numbers = frozenset({"brand_id"})
    replace_on: ClassVar[frozenset[str]] = frozenset({"email"})
    delete_before_replace = False
    gone_for_good = "the address has to be verified by mail again"

    @staticmethod
    def _folded(text: str) -> str:
        return text.strip().lower()

    def shown(self, name: str, body: dict[str, Any], wanted: Any) -> Any:
        if name == "email" and self._folded(str(body.get(name))) == self._folded(str(wanted)):
            return wanted
        return super().shown(name, body, wanted)

    def outputs(self, live: Live) -> dict[str, str]:
        """Whether the vendor would take it as the default: only an address whose mail is known to arrive."""
        return {CAN_BE_DEFAULT: _word(_arrives(live))}

    def standing(self, live: Live) -> dict[str, Any]:
        return {"email": str(live.body.get("email") or ""), "verified": _arrives(live)}


class DefaultAddress(Setting):
    """Whether an address is the default one. Its id is the address's.

    It is only ever set: the vendor takes it away by giving it to another address.
    """

    type = "zendesk:DefaultAddress"
    kind_word = "default support address"
    replace_on: ClassVar[frozenset[str]] = frozenset({"address_id"})

    def list(self, payload: Payload) -> builtins.list[Live]:
        return [_of(body) for body in self.client.pages(ADDRESSES, ADDRESSES)]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.find(f"{ADDRESSES}/{identifier}", ADDRESS)
        return None if body is None else _of(body)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {"address_id": live.id, "default": _word(live.body.get("default"))}

    def create(self, payload: Payload) -> Write:
        path = f"{ADDRESSES}/{payload['address_id']}"
        if payload["default"] != _word(True):  # not verified yet, so that the vendor would say no
            return Write(_of(self.client.get(path).body[ADDRESS]))
        reply = self.client.put(path, {ADDRESS: {"default": True}})
        return Write(_of(unwrapped(reply, ADDRESS, f"PUT {path}", reads=False)), warnings_in(reply.headers))


def _arrives(live: Live) -> bool:
    """Whether the vendor knows that mail to an address arrives; it says it of the default one without a test."""
    return bool(live.body.get("default")) or live.body.get("forwarding_status") == "verified"


def _of(body: dict[str, Any]) -> Live:
    return Live(id=str(body["id"]), body=body, label=f"default of {body.get('email')}")


def _word(value: object) -> str:
    return "true" if value else "false"

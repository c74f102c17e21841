"""Addresses at which the helpdesk receives mail."""

from __future__ import annotations

from typing import ClassVar

from provisioners.zendesk.collections.base import ZendeskCollection


class SupportAddress(ZendeskCollection):
    """The address itself never changes. Only a verified one may be the default; else the vendor says no."""

    type = "zendesk:SupportAddress"
    kind_word = "support address"
    path = plural = "recipient_addresses"
    envelope = "recipient_address"
    key = "email"
    numbers = frozenset({"brand_id"})
    replace_on: ClassVar[frozenset[str]] = frozenset({"email"})

    @staticmethod
    def _folded(text: str) -> str:
        return text.strip().lower()

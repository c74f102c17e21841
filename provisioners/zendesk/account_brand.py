"""Which brand an account's own address belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def account_brand(brands: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The brand that came with the account and has its subdomain: the oldest one, whichever is the default by now.
    Empty where there is none."""
    return min(brands, key=lambda brand: (len(str(brand.get("id"))), str(brand.get("id"))), default={})

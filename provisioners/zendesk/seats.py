"""Who has a seat for agents, and what the vendor says of a role beside `agent` and `admin`: the numbers of `role_type`.

Who is suspended keeps the seat. Source: developer.zendesk.com, “Users” and “Custom Agent Roles”; support.zendesk.com,
“What counts as an agent license in Zendesk”.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TEAM = ("agent", "admin")
"""The vendor's roles of whoever belongs to the team."""
LIGHT_PART = "role"
"""The part of a person that is the vendor's role of light agents, looked up in the account."""
OWN, LIGHT = 0, 1
"""A role of the account's own; the vendor's light agents."""
CHAT, CONTRIBUTOR = 2, 3
OTHER_PRODUCTS = (CHAT, CONTRIBUTOR)
"""Chat agents and contributors."""
FREE = (LIGHT, CONTRIBUTOR)
"""Whoever takes no seat."""
OTHER_ROLE = "custom_role/"
"""Before the id of a role of the account's own, where a built-in one is declared: somebody has given it by hand."""


def has_own_role(body: Mapping[str, Any]) -> bool:
    """Whether somebody's rights are those of a custom role or of the vendor's light agents."""
    return body.get("role_type") in (OWN, LIGHT) and bool(body.get("custom_role_id"))


def has_seat(body: Mapping[str, Any]) -> bool:
    """Whether a live user takes a seat for agents."""
    return body.get("role") in TEAM and body.get("role_type") not in FREE and body.get("active") is not False

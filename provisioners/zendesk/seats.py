"""What the vendor says of a team member's role beside `agent` and `admin`: the numbers of its `role_type`.

Source: developer.zendesk.com, “Users” and “Custom Agent Roles”.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OWN, LIGHT = 0, 1
"""A role of the account's own; the vendor's light agents."""
OTHER_PRODUCTS = (2, 3)
"""Chat agents and contributors."""
OTHER_ROLE = "custom_role/"
"""Before the id of a role of the account's own, where a built-in one is declared: somebody has given it by hand."""


def has_own_role(body: Mapping[str, Any]) -> bool:
    """Whether somebody's rights are those of a custom role or of the vendor's light agents."""
    return body.get("role_type") in (OWN, LIGHT) and bool(body.get("custom_role_id"))

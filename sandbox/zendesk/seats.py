"""Seats: how many agents an account may have. The setting `max_agents` of the start state says it; without it, any.

Source: support.zendesk.com, “What counts as an agent license in Zendesk”: administrators and suspended agents take a
seat, light agents and contributors do not. The words of the vendor's refusal stand nowhere; these are ours.
"""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import invalid

FREE = (1, 3)
"""Types of roles that take no seat: light agents, contributors."""


def takes_seat(user: Row) -> bool:
    """Whether a user counts."""
    return bool(user["active"]) and user["role"] != "end-user" and user.get("role_type") not in FREE


def check_seats(call: ApiCall, row: Row, old: Row | None) -> None:
    """Raises `Refused` (422) where somebody would need a seat and none is left."""
    most = call.account.settings.get("max_agents")
    if most is None or not takes_seat(row) or (old is not None and takes_seat(old)):
        return
    taken = sum(takes_seat(other) for other in call.account.rows("users").values())
    if taken >= int(most):
        raise invalid("role", f"all {most} agent seats are taken", "AgentLimitExceeded")

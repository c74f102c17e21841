"""Who acts in a call: the sender of a mail or request, whose API token it is, else the account's owner."""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall


def acting_user(call: ApiCall) -> Row:
    """The user's row. A bearer token says nothing of its user, and counts as the owner's."""
    if call.author is not None:
        return call.author
    users = call.account.rows("users").values()
    named = next((row for row in users if row.get("email") == call.user), None) if call.user else None
    return named or next(row for row in users if row["_owner"])


def is_agent(user: Row) -> bool:
    """Whether somebody works in the account; administrators do."""
    return bool(user["role"] != "end-user")

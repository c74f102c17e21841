"""Who may use a macro or view: everyone (null), groups, or one person."""

from __future__ import annotations

from typing import Any

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.refusals import invalid


def restriction(account: Account, given: Any) -> Row | None:
    """The restriction as the vendor echoes it: groups with `id` and `ids`. Raises `Refused` (422)."""
    if not given:
        return None
    kind = given.get("type") if isinstance(given, dict) else None
    table = {"Group": "groups", "User": "users"}.get(str(kind))
    if table is None:
        raise invalid("restriction", "type must be Group or User")
    ids = given.get("ids") or ([given["id"]] if given.get("id") else [])
    if not ids:
        raise invalid("restriction", "needs id or ids")
    for one in ids:
        row = account.rows(table).get(str(one))
        if row is None or row.get("deleted") or (table == "users" and not row["active"]):
            raise invalid("restriction", f"{one} is not one of the account's {table}")
    numbers = [int(one) for one in ids]
    if kind == "User":
        return {"type": "User", "id": numbers[0]}
    return {"type": "Group", "id": numbers[0], "ids": numbers}


def is_personal(row: Row) -> bool:
    """Whether a rule belongs to one person."""
    return (row.get("restriction") or {}).get("type") == "User"


def fits_access(access: str | None, row: Row) -> bool:
    """The lists' filter `access=shared|personal|account`."""
    if access == "shared":
        return not is_personal(row)
    if access == "personal":
        return is_personal(row)
    if access == "account":
        return row.get("restriction") is None
    return True

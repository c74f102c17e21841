"""Tickets by what is asked for often, so that nobody goes through all of them."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.store import Row
from sandbox.unique import RowsByValue
from sandbox.zendesk.account import Account

EXTERNAL_ID = "external_id"
REQUESTER = "requester_id"


def tickets_with(account: Account, attribute: str, value: object) -> Iterator[Row]:
    """Tickets by their external id, of which several may have the same, or by their requester."""
    return _indexes(account)[attribute].having(account.rows("tickets"), value)


def note_stored(account: Account, row: Row, *, new: bool) -> None:
    """A ticket was made or changed."""
    for each in _indexes(account).values():
        each.stored(row, new=new)


def note_removed(account: Account) -> None:
    """A ticket was taken out of the table."""
    for each in _indexes(account).values():
        each.removed()


def _indexes(account: Account) -> dict[str, RowsByValue]:
    found: dict[str, RowsByValue] = account.store.found.setdefault(
        "zendesk tickets", {each: RowsByValue(each) for each in (EXTERNAL_ID, REQUESTER)}
    )
    return found

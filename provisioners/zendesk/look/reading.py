"""Read an account's lists, several at once, without a write and without stopping at what is refused."""

from __future__ import annotations

from collections.abc import Container
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from config.results.plan import NotRead
from provisioners.errors import SystemFault
from provisioners.system import Connection
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.look.inventory import Body, Inventory
from provisioners.zendesk.look.lists import LISTS, PERSONAL_MACROS, Listing

AT_ONCE = 4
"""Lists that are read at the same time; the account's limit counts them together."""
_FATAL = frozenset({"stopped", "credentials", "not_allowed", "wrong_account"})

Answer = TypeVar("Answer")


def read(connection: Connection, *, whole: bool) -> tuple[Inventory, list[NotRead]]:
    """What the account holds, and what of it could not be read, and why. whole: whether whoever reads sees everything.

    Raises SystemFault where nothing can be read at all: the credentials are worth nothing, or the run was stopped.
    """
    client = ZendeskClient(connection)
    lists: dict[str, list[Body]] = {}
    not_read: list[NotRead] = []
    with ThreadPoolExecutor(AT_ONCE) as threads:
        asked = [(listing, threads.submit(_list, client, listing)) for listing in LISTS]
        settings = threads.submit(lambda: client.get("account/settings").body.get("settings"))
        organizations = threads.submit(lambda: client.get("organizations/count").body.get("count"))
        try:
            for listing, answer in asked:
                bodies = _unless_refused(answer, connection, listing.many, not_read)
                if bodies is not None:
                    lists[listing.kind] = bodies
            of_account = _unless_refused(settings, connection, "account settings", not_read)
            counted = _unless_refused(organizations, connection, "organizations", not_read)
        except BaseException:  # also Ctrl-C: whatever waits for a limit ends now
            connection.stop.set()
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    found = Inventory(
        lists,
        of_account if isinstance(of_account, dict) else None,
        _number(counted),
        whole=whole,
    )
    return found, not_read


_AS_WRITTEN = ("requester_fields", "organization_fields", "group_memberships", "holidays")
"""Lists of what golive writes as a part of something, or under another word."""


def count_beyond(client: ZendeskClient, kinds: Container[str]) -> dict[str, int]:
    """How many objects there are of kinds that are not among these; what is refused is left out."""
    found: dict[str, int] = {}
    for listing in (*LISTS, PERSONAL_MACROS):
        if listing.kind in kinds or listing.kind in _AS_WRITTEN or not listing.shown:
            continue
        try:
            count = len(_list(client, listing))
        except SystemFault as fault:
            if fault.code in _FATAL:
                raise
            continue
        if count:
            found[listing.one if count == 1 else listing.many] = count
    return found


def _list(client: ZendeskClient, listing: Listing) -> list[Body]:
    bodies = client.pages(listing.path, listing.plural or listing.path, cursor=listing.cursor, **listing.query)
    return [body for body in bodies if isinstance(body, dict) and not _is_deleted(listing.kind, body)]


def _is_deleted(kind: str, body: Body) -> bool:
    """Some lists hold what is gone."""
    return bool(body.get("deleted") or body.get("is_deleted")) or (kind == "people" and body.get("active") is False)


def _unless_refused(
    answer: Future[Answer], connection: Connection, what: str, not_read: list[NotRead]
) -> Answer | None:
    try:
        return answer.result()
    except SystemFault as fault:
        if fault.code in _FATAL:
            raise
        not_read.append(NotRead(connection.instance, fault.why, what))
        return None


def _number(counted: Any) -> int | None:
    """`{"value": 12, "refreshed_at": …}`, or an older answer's bare number."""
    value = counted.get("value") if isinstance(counted, dict) else counted
    return value if isinstance(value, int) and not isinstance(value, bool) else None

"""Who and what is there already, by the ids of the old tool, by address, by name.

`show_many` reads the records themselves, without the lag of the search. Source: developer.zendesk.com, “Users” and
“Organizations” (`external_ids`, up to a hundred), “Search” (several of one keyword mean any of them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from provisioners.errors import SystemFault
from provisioners.history import FoundOrganization, FoundUser
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.imports.answers import found_organization, found_user
from provisioners.zendesk.jobs import AT_ONCE

LONGEST = 6000
"""Bytes of a list in an address. The pages name no limit; eight thousand for the whole is what servers take."""
_TOO_RECENT = 422
"""How the export answers for a time of the last minute."""
ADDRESSES = 25
"""Addresses in one search."""

Found = TypeVar("Found", FoundUser, FoundOrganization)


def users_by_external_id(client: ZendeskClient, external_ids: Iterable[str]) -> dict[str, FoundUser]:
    """Deleted users are not found."""
    return _by_external_id(client, "users", external_ids, found_user)


def users_by_id(client: ZendeskClient, ids: Iterable[str]) -> dict[str, FoundUser]:
    """Deleted ones among them, as far as the vendor shows them: their names stay at what they wrote."""
    found: dict[str, FoundUser] = {}
    for batch in batches(dict.fromkeys(each for each in ids if each), AT_ONCE):
        users = map(found_user, listed(client, "users/show_many", "users", ids=",".join(batch)))
        found |= {user.id: user for user in users}
    return found


def organizations_by_external_id(client: ZendeskClient, external_ids: Iterable[str]) -> dict[str, FoundOrganization]:
    return _by_external_id(client, "organizations", external_ids, found_organization)


def _by_external_id(
    client: ZendeskClient, many: str, external_ids: Iterable[str], of: Callable[[dict[str, Any]], Found]
) -> dict[str, Found]:
    """An id with a comma in it cannot stand in a list and is asked for by itself."""
    asked = [each for each in dict.fromkeys(external_ids) if each]
    bodies: list[dict[str, Any]] = []
    for batch in batches((each for each in asked if "," not in each), AT_ONCE):
        bodies += listed(client, f"{many}/show_many", many, external_ids=",".join(batch))
    for each in asked:
        if "," in each:
            bodies += listed(client, f"{many}/search", many, external_id=each)
    living = [body for body in bodies if _lives(body)]
    there = {str(body.get("external_id")).casefold(): of(body) for body in living}
    return {each: there[each.casefold()] for each in asked if each.casefold() in there}


def _lives(body: dict[str, Any]) -> bool:
    """Who is deleted stays listed for a while, switched off."""
    return body.get("active") is not False


def users_by_email(client: ZendeskClient, emails: Iterable[str]) -> dict[str, FoundUser]:
    """Several at once; whoever is found by an address that is not the first one of theirs is asked for by it."""
    asked = [each for each in dict.fromkeys(emails) if _can_be_asked(each)]
    found: dict[str, FoundUser] = {}
    for batch in batches(asked, ADDRESSES):
        users = [found_user(body) for body in _searched(client, batch)]
        first = {user.email.casefold(): user for user in users}
        found |= {each: first[each.casefold()] for each in batch if each.casefold() in first}
        left = [each for each in batch if each not in found]
        if len(users) > len({found[each].id for each in batch if each in found}):
            for each in left:
                alone = _searched(client, [each])
                if len(alone) == 1:
                    found[each] = found_user(alone[0])
    return found


def _can_be_asked(email: str) -> bool:
    return "@" in email and not any(sign in email for sign in '" \\\n\r\t')


def _searched(client: ZendeskClient, emails: list[str]) -> list[dict[str, Any]]:
    query = " ".join(f'email:"{each}"' for each in emails)
    return [body for body in listed(client, "users/search", "users", query=query) if _lives(body)]


def organization_by_name(client: ZendeskClient, name: str) -> FoundOrganization | None:
    bodies = listed(client, "organizations/search", "organizations", name=name.strip())
    found = map(found_organization, bodies)
    return next((each for each in found if each.name.casefold() == name.strip().casefold()), None)


def tickets_by_external_id(client: ZendeskClient, external_id: str) -> list[str]:
    """From the list of tickets, which does not show archived ones, and from the search, which does and lags."""
    bodies = listed(client, "tickets", "tickets", external_id=external_id)
    query = f'type:ticket external_id:"{external_id.replace(chr(34), " ")}"'
    bodies += listed(client, "search", "results", query=query)
    held = {str(body["id"]): str(body.get("external_id") or "") for body in bodies}
    exact = {id_ for id_, said in held.items() if said == external_id}
    folded = {id_ for id_, said in held.items() if said.casefold() == external_id.casefold()}
    return sorted(exact or folded, key=int)


def tickets_changed_since(client: ZendeskClient, moment: str) -> Iterator[dict[str, Any]]:
    """By the export, which takes no time of the last minute. moment: `2024-03-01T08:15:00Z`.

    Source: developer.zendesk.com, “Incremental Exports”.
    """
    asked = {"start_time": str(int(datetime.fromisoformat(moment).timestamp()))}
    while True:
        try:
            body = client.get("incremental/tickets/cursor", exclude_deleted="true", **asked).body
        except SystemFault as fault:
            if fault.status == _TOO_RECENT and "start_time" in asked:
                return
            raise
        yield from (each for each in body.get("tickets") or () if isinstance(each, dict))
        cursor = body.get("after_cursor")
        if body.get("end_of_stream") is not False or not cursor:
            return
        asked = {"cursor": str(cursor)}


def listed(client: ZendeskClient, path: str, many: str, **query: str) -> list[dict[str, Any]]:
    """A list as it is now, kept nowhere: by page number, for these lists know no cursor."""
    return [body for page in client.each_page(path, many, cursor=False, **query) for body in page]


def batches(items: Iterable[str], most: int) -> Iterator[list[str]]:
    """As many at a time as one address takes."""
    batch: list[str] = []
    length = 0
    for each in items:
        size = len(each.encode("utf-8", "replace")) * 3 + 1  # as it is written in an address, at worst
        if batch and (len(batch) == most or length + size > LONGEST):
            yield batch
            batch, length = [], 0
        batch.append(each)
        length += size
    if batch:
        yield batch

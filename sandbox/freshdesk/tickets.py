"""Tickets and their conversations: what the lists show and what they keep to themselves.

Source: developers.freshdesk.com/api, “List All Tickets”, “View a Ticket”, “List All Conversations of a Ticket”,
“Archive Tickets”, and support.freshdesk.com, “Ticket archiving”. Whether `updated_since` takes in the second that it
names stands nowhere: it does unless the setting `since_is_exclusive` says otherwise.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sandbox.freshdesk.account import Account, Answer, FreshdeskError, invalid, missing, read_moment
from sandbox.freshdesk.files import with_links
from sandbox.freshdesk.paging import page, page_of
from sandbox.store import Row

MOST_PAGES = 300
RECENT = timedelta(days=30)
ARCHIVE_AFTER_DAYS = 120
CLOSED = 5
MOST_EMBEDDED = 10
_FILTERS = ("new_and_my_open", "watching", "spam", "deleted")
_ORDERS = ("created_at", "due_by", "updated_at", "status")
_TAKEN = frozenset(
    {"filter", "requester_id", "company_id", "email", "updated_since", "order_by", "order_type", "include", "page",
     "per_page"}
)  # fmt: skip
_IN_LIST = frozenset({"stats", "requester", "description"})
_IN_VIEW = frozenset({"stats", "requester", "company", "conversations"})


def listed(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    for name in query:
        if name not in _TAKEN:
            raise invalid(name, "Unexpected/invalid field in request", "invalid_field")
    include = _included(query, _IN_LIST)
    _check_page(account, query)
    rows = [row for row in account.table("tickets").values() if _is_listed(account, row, query)]
    order = _one_of(query, "order_by", _ORDERS, "created_at")
    falls = _one_of(query, "order_type", ("asc", "desc"), "desc") == "desc"
    rows.sort(key=lambda row: (str(row.get(order) or ""), row["id"]), reverse=falls)
    return page(rows, query, lambda row: _in_list(account, row, include))


def viewed(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    row = account.find("tickets", ids["id"])
    if is_archived(account, row):
        raise missing()
    return Answer(_in_full(account, row, _included(query, _IN_VIEW)))


def conversations(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    row = account.find("tickets", ids["id"])
    if is_archived(account, row):
        raise missing()
    return _conversations(account, row, query)


def archived(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    return Answer({**_in_full(account, _archived(account, ids), set()), "archived": True})


def archived_conversations(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    return _conversations(account, _archived(account, ids), query)


def is_archived(account: Account, row: Row) -> bool:
    """Closed, and nobody touched it for so many days."""
    days = account.settings.get("archive_after_days", ARCHIVE_AFTER_DAYS)
    if not days or row["status"] != CLOSED or row["spam"] or row["deleted"]:
        return False
    return _moment(row["updated_at"]) < account.now() - timedelta(days=float(days))


def _archived(account: Account, ids: dict[str, str]) -> Row:
    if not account.settings.get("archive_after_days", ARCHIVE_AFTER_DAYS):
        message = "The Archive Tickets feature(s) is/are not supported in your plan. Please upgrade your account."
        raise FreshdeskError(403, {"code": "require_feature", "message": message})
    row = account.find("tickets", ids["id"])
    if not is_archived(account, row):
        raise missing()
    return row


def _check_page(account: Account, query: dict[str, str]) -> None:
    number, _ = page_of(query)
    most = int(account.settings.get("most_pages", MOST_PAGES))
    if number > most:
        raise invalid(
            "page", f"You cannot access tickets beyond the {most}th page. Please provide a smaller page number."
        )


def _is_listed(account: Account, row: Row, query: dict[str, str]) -> bool:
    wanted = _one_of(query, "filter", _FILTERS, "") if "filter" in query else ""
    if row["deleted"] != (wanted == "deleted") or (wanted != "deleted" and row["spam"] != (wanted == "spam")):
        return False
    if is_archived(account, row):
        return False
    if any(query.get(name) not in (None, str(row[name])) for name in ("requester_id", "company_id")):
        return False
    if "updated_since" not in query:
        return _moment(row["created_at"]) > account.now() - RECENT
    since, updated = read_moment(query["updated_since"], "updated_since"), _moment(row["updated_at"])
    return updated > since if account.settings.get("since_is_exclusive") else updated >= since


def _moment(said: str) -> datetime:
    return read_moment(said, "updated_at")


def _one_of(query: dict[str, str], name: str, known: tuple[str, ...], usual: str) -> str:
    said = query.get(name, usual)
    if said not in known:
        raise invalid(name, f"It should be one of these values: '{','.join(known)}'")
    return said


def _included(query: dict[str, str], known: frozenset[str]) -> set[str]:
    said = {each for each in query.get("include", "").split(",") if each}
    if said - known:
        raise invalid("include", f"It should be one of these values: '{', '.join(sorted(known))}'")
    return said


def _in_list(account: Account, row: Row, include: set[str]) -> Row:
    """A list shows neither attachments nor, unless it is asked for, the description."""
    document = with_links(account, row)
    del document["attachments"]
    stats = document.pop("stats")
    if "description" not in include:
        del document["description"], document["description_text"]
    return {**document, **({"stats": stats} if "stats" in include else {}), **_requester(account, row, include)}


def _in_full(account: Account, row: Row, include: set[str]) -> Row:
    document = with_links(account, row)
    stats = document.pop("stats")
    document |= {"stats": stats} if "stats" in include else {}
    document |= _requester(account, row, include)
    if "conversations" in include:
        document["conversations"] = [with_links(account, each) for each in row["_conversations"][:MOST_EMBEDDED]]
    return document


def _requester(account: Account, row: Row, include: set[str]) -> Row:
    if "requester" not in include:
        return {}
    person = account.table("contacts").get(str(row["requester_id"]), {})
    return {"requester": {name: person.get(name) for name in ("id", "name", "email", "mobile", "phone")}}


def _conversations(account: Account, row: Row, query: dict[str, str]) -> Answer:
    return page(row["_conversations"], query, lambda each: with_links(account, each))

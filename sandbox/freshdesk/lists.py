"""What is only read: people, companies, groups, fields, canned responses, solutions, rules.

Source: developers.freshdesk.com/api, the sections of these names. Deleted and blocked contacts are in no list unless
`state` asks for them; each can be seen by its id. Rules and helpdesk settings are for administrators.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sandbox.freshdesk.account import Account, Answer, FreshdeskError, missing, read_moment, shown
from sandbox.freshdesk.files import with_links
from sandbox.freshdesk.paging import page
from sandbox.store import Row

Handler: TypeAlias = Callable[[Account, dict[str, str], dict[str, str], Row], Answer]
RULE_TYPES = {"1": "creation", "3": "hourly", "4": "update"}
"""What rules run on, by the vendor's number."""


def contacts(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    state = query.get("state", "")
    rows = [
        row for row in account.table("contacts").values() if row["_state"] == state or (not state and not row["_state"])
    ]
    return page(_since(rows, query, "_updated_since"), query)


def companies(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    return page(_since([*account.table("companies").values()], query, "updated_since"), query)


def me(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    """Whose key it is: the first agent's."""
    return Answer(shown(next(iter(account.table("agents").values()))))


def all_of(table: str) -> Handler:
    """A list that goes by page."""

    def handler(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
        return page([*account.table(table).values()], query)

    return handler


def one_of(table: str) -> Handler:
    """An object by its id."""

    def handler(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
        return Answer(shown(account.find(table, ids["id"])))

    return handler


def children(table: str, parents: str, attribute: str) -> Handler:
    """What belongs to the object whose id stands in the path, by page."""

    def handler(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
        parent = account.find(parents, ids["id"])
        rows = [row for row in account.table(table).values() if row[attribute] == parent["id"]]
        return page(rows, query)

    return handler


def canned_responses(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    folder = account.find("canned_folders", ids["id"])
    rows = [row for row in account.table("canned_responses").values() if row["folder_id"] == folder["id"]]
    return page(rows, query, lambda row: with_links(account, row))


def translated_articles(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    """A translation has the id of the article that it is one of."""
    folder = account.find("folders", ids["id"])
    if ids["language"] not in account.about()["languages"]:
        raise missing()
    rows = [row for row in account.table("articles").values() if row["folder_id"] == folder["id"]]
    said = [(row, row["_translations"].get(ids["language"])) for row in rows]
    return page([{**shown(row), **words} for row, words in said if words], query)


def ticket_fields(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    rows = [shown(row) for row in account.table("_ticket_fields").values()]
    return Answer([row for row in rows if query.get("type", row["type"]) == row["type"]])


def rules(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    _for_admins(account)
    if ids["type"] not in RULE_TYPES:
        raise missing()
    found = [shown(row) for row in account.table("rules").values() if row["automation_type_id"] == int(ids["type"])]
    return Answer({"rules": found, "meta": {"count": len(found), "cascading_rules": False}})


def helpdesk_settings(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    about = account.about()
    return Answer({
        "primary_language": about["language"],
        "supported_languages": about["languages"],
        "portal_languages": about["languages"],
    })  # fmt: skip


def _since(rows: list[Row], query: dict[str, str], name: str) -> list[Row]:
    if name not in query:
        return rows
    since = read_moment(query[name], name)
    return [row for row in rows if read_moment(row["updated_at"], name) >= since]


def _for_admins(account: Account) -> None:
    if not account.settings.get("is_admin", True):
        message = "You are not authorized to perform this action."
        raise FreshdeskError(403, {"code": "access_denied", "message": message})

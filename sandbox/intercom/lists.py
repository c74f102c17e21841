"""What is only read: people, companies, teams, tags, attributes, articles.

Source: developers.intercom.com, the sections of these names. A contact that was merged into another one is nowhere;
the lists within a contact hold ten, and say whether there are more. Only one scroll over companies can be open, for a
minute after its last call, and each call with its parameter gives the part behind the one before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sandbox.intercom.paging import cursor_page, numbered_page
from sandbox.intercom.search import found
from sandbox.intercom.workspace import IntercomError, Workspace, listed, shown
from sandbox.store import Row

Handler: TypeAlias = Callable[[Workspace, dict[str, str], Row, Row], Row]
EMBEDDED = 10
SCROLL_PAGE, SCROLL_ENDS_AFTER = 100, 60
MOST_LISTED_COMPANIES, COMPANIES_ON_PAGE = 10_000, 60


def me(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    """Whose token it is: the first admin's."""
    admin = next(iter(workspace.table("admins").values()))
    return {**shown(admin), "email_verified": True, "app": shown(workspace.about())}


def all_of(table: str, type_: str, name: str = "data") -> Handler:
    """A list that comes whole."""

    def handler(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
        return listed(type_, [shown(row) for row in workspace.table(table).values()], name)

    return handler


def one_of(table: str, what: str) -> Handler:
    """An object by its id."""

    def handler(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
        return shown(workspace.find(table, ids["id"], what))

    return handler


def contacts(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    return cursor_page([*workspace.table("contacts").values()], query, "data", "list", 50, _in_short)


def contact(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    return _in_short(workspace.find("contacts", ids["id"], "User"))


def search_contacts(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    rows = found([*workspace.table("contacts").values()], "contacts", body.get("query"))
    return cursor_page(rows, body.get("pagination") or {}, "data", "list", 50, _in_short)


def contact_tags(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    row = workspace.find("contacts", ids["id"], "User")
    return listed("list", [shown(workspace.table("tags")[each]) for each in row["_tags"]])


def contact_companies(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    row = workspace.find("contacts", ids["id"], "User")
    rows = [workspace.table("companies")[each] for each in row["_companies"]]
    return numbered_page(rows, query, f"/contacts/{ids['id']}/companies", workspace, shown)


def contact_notes(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    row = workspace.find("contacts", ids["id"], "User")
    return numbered_page(row["_notes"], query, f"/contacts/{ids['id']}/notes", workspace, shown)


def _in_short(row: Row) -> Row:
    """A contact; of what belongs to it, ids only."""
    short = {"tags": row["_tags"], "companies": row["_companies"], "notes": [each["id"] for each in row["_notes"]]}
    return {
        **shown(row),
        **{
            name: {
                "type": "list",
                "data": [{"type": name.removesuffix("s"), "id": each} for each in held[:EMBEDDED]],
                "url": f"/contacts/{row['id']}/{name}",
                "total_count": len(held),
                "has_more": len(held) > EMBEDDED,
            }
            for name, held in short.items()
        },
    }


class Scrolls:
    """The one scroll that can be open. Kept in memory only."""

    def __init__(self) -> None:
        self._param = ""
        self._ends = 0.0
        self._at = 0

    def scroll(self, workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
        now, asked = workspace.store.clock(), query.get("scroll_param", "")
        is_open = bool(self._param) and now < self._ends
        if not asked:
            if is_open:
                raise IntercomError(400, "scroll_exists", "scroll already exists for this workspace")
            self._param, self._at = f"scroll-{workspace.new_id()}", 0
        elif not is_open or asked != self._param:
            raise IntercomError(404, "not_found", "scroll parameter not found")
        self._ends = now + SCROLL_ENDS_AFTER
        length = int(workspace.settings.get("scroll_page", SCROLL_PAGE))
        rows = [*workspace.table("companies").values()]
        page = rows[self._at : self._at + length]
        self._at += length
        return {
            "type": "list",
            "data": [shown(row) for row in page],
            "pages": None,
            "total_count": None,
            "scroll_param": self._param,
        }


def listed_companies(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    """Those that have users, and not more than 10,000."""
    page = int(body.get("page", 1))
    length = int(body.get("per_page", 15))
    most = int(workspace.settings.get("most_listed_companies", MOST_LISTED_COMPANIES))
    if length > COMPANIES_ON_PAGE or page * length > most:
        raise IntercomError(400, "parameter_invalid", f"Only {most} companies can be listed; use the scroll")
    with_users = {each for row in workspace.table("contacts").values() for each in row["_companies"]}
    rows = [row for row in workspace.table("companies").values() if row["id"] in with_users]
    return numbered_page(rows, {"page": page, "per_page": length}, "/companies/list", workspace, shown)


def data_attributes(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    rows = [shown(row) for row in workspace.table("data_attributes").values()]
    return listed("list", [row for row in rows if query.get("model", row["model"]) == row["model"]])


def articles(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    return numbered_page([*workspace.table("articles").values()], query, "/articles", workspace, shown)


def collections(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    return numbered_page(
        [*workspace.table("collections").values()], query, "/help_center/collections", workspace, shown
    )

"""Conversations and tickets.

Source: developers.intercom.com, “Conversations”, “Tickets”: only a conversation that is asked for by its id shows its
parts, and not more than the 500 newest. A customer's ticket is a conversation as well; that such a conversation names
it under `ticket`, and that a search shows a ticket's parts, is known from public tools that read them.
"""

from __future__ import annotations

from sandbox.intercom.files import with_links
from sandbox.intercom.paging import cursor_page
from sandbox.intercom.search import found
from sandbox.intercom.workspace import Workspace, shown
from sandbox.store import Row

MOST_PARTS = 500


def conversations(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    rows = [*workspace.table("conversations").values()]
    return cursor_page(rows, query, "conversations", "conversation.list", 20, lambda row: _in_list(workspace, row))


def conversation(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    row = workspace.find("conversations", ids["id"], "Conversation")
    return {**_in_list(workspace, row), "conversation_parts": _parts(workspace, row, "conversation_part")}


def search_conversations(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    rows = found([*workspace.table("conversations").values()], "conversations", body.get("query"))
    asked = body.get("pagination") or {}
    return cursor_page(rows, asked, "conversations", "conversation.list", 20, lambda row: _in_list(workspace, row))


def search_tickets(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    rows = found([*workspace.table("tickets").values()], "tickets", body.get("query"))
    asked = body.get("pagination") or {}
    return cursor_page(rows, asked, "tickets", "ticket.list", 20, lambda row: _ticket(workspace, row))


def ticket(workspace: Workspace, ids: dict[str, str], query: Row, body: Row) -> Row:
    return _ticket(workspace, workspace.find("tickets", ids["id"], "Ticket"))


def _in_list(workspace: Workspace, row: Row) -> Row:
    own = row["_ticket"]
    held = _ticket(workspace, workspace.table("tickets")[own]) if own else None
    if held:
        del held["ticket_parts"]
    return {**shown(row), "source": with_links(workspace, row["_source"]), "ticket": held}


def _ticket(workspace: Workspace, row: Row) -> Row:
    types, states = workspace.table("ticket_types"), workspace.table("ticket_states")
    return {
        **shown(row),
        "ticket_type": shown(types[row["_type"]]),
        "ticket_state": shown(states[row["_state"]]),
        "ticket_parts": _parts(workspace, row, "ticket_part"),
    }


def _parts(workspace: Workspace, row: Row, type_: str) -> Row:
    """The newest ones, the oldest of them first; the total says how many there are."""
    most = int(workspace.settings.get("most_parts", MOST_PARTS))
    every = row["_parts"]
    return {
        "type": f"{type_}.list",
        f"{type_}s": [{**with_links(workspace, each), "type": type_} for each in every[-most:]],
        "total_count": len(every),
    }

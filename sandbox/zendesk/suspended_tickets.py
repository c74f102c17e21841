"""Mails that were kept back: they are no tickets, and are deleted after 14 days.

Source: developer.zendesk.com, “Suspended Tickets”. Recovering and deleting them is not there.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.paging import cursor_page, offset_page, wants_cursor
from sandbox.zendesk.via import MAIL, shown_via, via

TABLE = "suspended_tickets"


def suspend(account: Account, subject: str, body: str, sender: tuple[str, str], cause: str, reached: str) -> Row:
    """Keep a mail back. sender: name and address. cause: in the vendor's word. reached: the support address."""
    row: Row = {
        "id": account.new_id(),
        "subject": subject,
        "content": body,
        "author": {"id": None, "name": sender[0] or sender[1], "email": sender[1]},
        "cause": cause,
        "recipient": reached,
        "ticket_id": None,
        "brand_id": None,
        "created_at": account.now(),
        "updated_at": account.now(),
        "via": via(MAIL, {"address": sender[1], "name": sender[0]}, {"address": reached}),
    }
    account.rows(TABLE)[str(row["id"])] = row
    return row


def _list(call: ApiCall) -> Response:
    page = cursor_page if wants_cursor(call.query) else offset_page
    rows, extra = page(list(call.account.rows(TABLE).values()), lambda row: (row["id"],), call.query, call.url)
    return JSONResponse({TABLE: [{**row, "via": shown_via(row["via"])} for row in rows], **extra})


ENDPOINTS = [Endpoint("GET", TABLE, _list)]

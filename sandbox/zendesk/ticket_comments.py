"""Comments of tickets: public or private, with their author and how they came.

Pictures that stand in a text are among its files only where `include_inline_images=true` asks for them. Source:
developer.zendesk.com, “Ticket Comments”.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.actor import is_agent
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.paging import cursor_page, offset_page, wants_cursor
from sandbox.zendesk.refusals import invalid, not_found
from sandbox.zendesk.uploads import taken_files
from sandbox.zendesk.via import shown_via


class _Text(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "p", "div", "li", "tr"):
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def text_of_html(page: str) -> str:
    """The text of a page, a line for each paragraph."""
    parser = _Text()
    parser.feed(page)
    parser.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(parser.pieces)).strip()


def html_of_text(text: str) -> str:
    """A text as the vendor wraps it for its pages."""
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
    return f'<div class="zd-comment" dir="auto">{paragraphs}</div>'


def body_of(sent: Any) -> str:
    """The text that a comment brings; empty where it brings none."""
    if not isinstance(sent, dict):
        return ""
    body = sent.get("body") or (text_of_html(str(sent["html_body"])) if sent.get("html_body") else "")
    return str(body)


def named_author(call: ApiCall, sent: Any) -> Row | None:
    """The user whom a comment names as its author; None where it names nobody. Raises `Refused` (422)."""
    key = sent.get("author_id") if isinstance(sent, dict) else None
    if not key:
        return None
    found = call.account.rows("users").get(str(key))
    if found is None or not found["active"]:
        raise invalid("author", f"{key} is not one of the account's users")
    return found


def written_comment(call: ApiCall, sent: Row, author: Row, via: Row, at: str) -> Row:
    """The comment that `{body | html_body, public, author_id, uploads}` means. at: when it is written.

    A customer's comment is public. What was sent has been checked. Raises `Refused` (422).
    """
    author = named_author(call, sent) or author
    body = body_of(sent)
    message = call.message or {}
    public = (sent.get("public", True) is not False or not is_agent(author)) and not message.get("aside")
    return {
        "id": call.account.new_id(),
        "type": "Comment",
        "author_id": author["id"],
        "body": body,
        "html_body": str(sent.get("html_body") or html_of_text(body)),
        "plain_body": body,
        "public": public,
        "attachments": [*(message.get("attachments") or []), *taken_files(call, sent.get("uploads") or [])],
        "audit_id": None,
        "via": via,
        "created_at": at,
    }


def shown_comment(row: Row, *, with_pictures: bool = True) -> Row:
    """A comment as the API echoes it."""
    echo = {name: value for name, value in row.items() if not name.startswith("_")}
    files = [one for one in row["attachments"] if with_pictures or not one.get("inline")]
    told = {"attachments": files, "via": shown_via(row["via"]), "metadata": {"system": {}, "custom": {}}}
    return {**echo, **told}


def found_ticket(call: ApiCall, key: str) -> Row:
    """A ticket by its id. Raises `Refused` (404)."""
    row = call.account.rows("tickets").get(key)
    if row is None:
        raise not_found()
    return row


def comments_page(call: ApiCall, rows: list[Row]) -> Response:
    """One page of comments, oldest first unless `sort_order=desc` or `sort=-created_at` asks otherwise."""
    falling = call.query.get("sort_order") == "desc" or call.query.get("sort") == "-created_at"
    page = cursor_page if wants_cursor(call.query) else offset_page
    rows, extra = page(rows, lambda row: (-row["id"] if falling else row["id"],), call.query, call.url)
    with_pictures = call.query.get("include_inline_images") == "true"
    return JSONResponse({"comments": [shown_comment(row, with_pictures=with_pictures) for row in rows], **extra})


def _list(call: ApiCall) -> Response:
    return comments_page(call, found_ticket(call, call.ids["id"])["_comments"])


ENDPOINTS = [Endpoint("GET", "tickets/{id}/comments", _list)]

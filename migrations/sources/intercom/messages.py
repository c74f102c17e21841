"""Messages, notes and events of a conversation or a ticket.

Source: developers.intercom.com, “Conversation part”, “Ticket part”, “Manage a conversation”. A part is a comment, a
note or an event, by its type; an event can carry words as well. The page on managing conversations says of the words of
a closing that the customer reads them; of those of an assignment it does not say it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from migrations.records.comment import Comment
from migrations.records.moment import Moment
from migrations.records.record import RecordType
from migrations.records.ticket import MOST_COPIED, Ticket
from migrations.sources.downloads import Downloads, FileLink
from migrations.sources.gathering import Gathering
from migrations.sources.intercom.authors import BOT, CONTACTS, Authors, kind_of
from migrations.sources.intercom.client import objects
from migrations.sources.intercom.values import Document, file_links, identifier, moment, text
from migrations.sources.page_text import text_of_html
from migrations.sources.quotes import quoted_at
from migrations.sources.source import Reading
from migrations.sources.text import plain
from migrations.staging.page import LeftOut

MOST_PARTS = 500
"""The vendor gives no older ones."""
REDACTED = "[redacted in Intercom]"
_READ_BY_CUSTOMERS = frozenset({"comment", "quick_reply", "close"})
_NOTE = "note"
_SORT = re.compile(r"[a-z_]{1,60}")
Again = Callable[[], Document]
"""Asks for a message again, with fresh links; an empty object where it is gone."""


class MessageReader:
    """Puts comments and their files into a gathering."""

    def __init__(self, reading: Reading, gathering: Gathering, authors: Authors, downloads: Downloads) -> None:
        self._gathering = gathering
        self._authors = authors
        self._downloads = downloads
        self._actions_are_public: bool = reading.settings.texts_of_actions == "public"
        self._now = datetime.now(UTC)

    def first(self, document: Document, ticket: Ticket, belongs: str, again: Again, *, is_shared: bool = True) -> None:
        """The message with which a conversation or a ticket began; nothing where there is none."""
        own = f"{ticket.id}/first"
        if document.get("body") or objects(document.get("attachments")) or document.get("redacted"):
            self._comment(document, own, ticket, again, public=is_shared, belongs=belongs)

    def part(self, document: Document, ticket: Ticket, again: Again, *, is_shared: bool = True) -> None:
        """is_shared: whether the customer sees any of the ticket."""
        number = identifier(document.get("id"))
        own, kind = f"{ticket.id}/{number}", text(document.get("part_type"))
        if not number:
            self._gathering.leave_out_nameless("comments", f"part-of-{ticket.id}", document)
            return
        if not (document.get("body") or objects(document.get("attachments")) or document.get("redacted")):
            sort = kind if _SORT.fullmatch(kind) else "of an unknown sort"
            self._gathering.leave_out(LeftOut("comments", own, "skipped", f"an event, no comment: {sort}"))
            return
        public = is_shared and self._is_public(own, kind, document)
        self._comment(document, own, ticket, again, public=public)

    def count(self, ticket: Ticket, total: Any, had: int) -> None:
        """Says where the vendor has more parts than it gave. total: how many it says that there are."""
        number = total if isinstance(total, int) and not isinstance(total, bool) else had
        if number > had:
            what = f"older messages are missing: Intercom gives the newest {MOST_PARTS} only"
            self._gathering.remark("tickets", ticket.id, what, f"{number - had:,} of {number:,} parts are missing")
        elif had >= MOST_PARTS:
            what = f"it has {MOST_PARTS} parts, as many as Intercom gives: older ones may be missing"
            self._gathering.remark("tickets", ticket.id, what)

    def time(self, type_: RecordType, own: str, which: str, said: Any) -> Moment | None:
        """A time; where it cannot be right, that is remarked."""
        found = moment(said, self._now)
        if found is None:
            self._gathering.remark(type_, own, f"no time that can be right for when it was {which}", said)
        return found

    def _is_public(self, own: str, kind: str, document: Document) -> bool:
        if kind.startswith(_NOTE):
            return False
        if kind_of(document.get("author")) in CONTACTS or kind in _READ_BY_CUSTOMERS:
            return True
        self._gathering.remark("comments", own, "whether the customer read it, Intercom does not say", kind)
        return self._actions_are_public

    def _comment(
        self, document: Document, own: str, ticket: Ticket, again: Again, *, public: bool, belongs: str = ""
    ) -> None:
        author = document.get("author")
        said, page = self._texts(document, own)
        page, shown = self._downloads.pictures(page, own, ticket.id, lambda: text(again().get("body")))
        created = document.get("created_at", ticket.created)
        self._gathering.add(
            Comment(
                id=own,
                ticket=ticket.id,
                author=self._authors.author(author, is_customer=public),
                public=public,
                body=said,
                html=page,
                created=created if isinstance(created, Moment) else self._written(created, own, ticket),
                quoted_at=quoted_at(said),
                belongs=belongs,
                automatic=kind_of(author) == BOT,
                copied=self._copied(document, own) if public else (),
            )
        )
        files = file_links(document.get("attachments"), own)

        def renew() -> Sequence[FileLink]:
            return file_links(again().get("attachments"), own)

        for each in [*shown, *self._downloads.attachments(files, own, ticket.id, renew)]:
            self._gathering.add(each)

    def _written(self, said: Any, own: str, ticket: Ticket) -> Moment | None:
        return self.time("comments", own, "written", said) or ticket.created

    def _texts(self, document: Document, own: str) -> tuple[str, str]:
        """Plain text and page; of what was redacted, that it was."""
        html, is_odd = plain(str(document.get("body") or ""))
        body = text_of_html(html)
        if is_odd:
            self._gathering.remark("comments", own, "odd characters")
        if document.get("redacted"):
            self._gathering.remark("comments", own, "somebody has redacted it in Intercom")
            body = body or REDACTED
        return body, html

    def _copied(self, document: Document, own: str) -> tuple[str, ...]:
        """Customers to whom a mail went as well."""
        held = document.get("email_message_metadata")
        headers = objects(held.get("email_address_headers")) if isinstance(held, dict) else []
        said = [each for each in headers if text(each.get("type")).lower() in ("to", "cc")]
        if len(said) > MOST_COPIED:
            self._gathering.remark("comments", own, "many receivers", f"{len(said)}; {MOST_COPIED} are kept")
        found = (
            self._authors.addressed(text(each.get("name")), text(each.get("email_address")))
            for each in said[:MOST_COPIED]
        )
        return tuple(dict.fromkeys(each for each in found if each))

"""A ticket and its conversation, from the API's words into records.

Source: developers.freshdesk.com/api, “Tickets” and “Conversations”. The description is no conversation; here it is the
first comment. Whether customers saw something is said by `private` alone, and what was forwarded to somebody else they
did not see.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parseaddr
from functools import lru_cache
from typing import Any, Literal

from migrations.records.comment import Comment
from migrations.records.group import Group
from migrations.records.moment import Moment
from migrations.records.person import Person
from migrations.records.record import RecordType
from migrations.records.ticket import MOST_COPIED, Ticket
from migrations.sources.freshdesk.attachments import Downloads, Renew
from migrations.sources.freshdesk.gathering import Gathering
from migrations.sources.freshdesk.labels import OUTBOUND, Labels
from migrations.sources.freshdesk.values import identifier, inner, listed, moment, objects, text, values, words
from migrations.sources.page_text import text_of_html
from migrations.sources.quotes import quoted_at
from migrations.sources.source import Reading
from migrations.sources.text import plain
from migrations.staging.page import LeftOut

Document = Mapping[str, Any]
SEEN = "INSERT OR REPLACE INTO freshdesk_tickets VALUES (?, ?)"
MERGED = "INSERT OR REPLACE INTO freshdesk_merges VALUES (?, ?)"
_MERGED = re.compile(r"\s*This ticket is closed and merged into ticket\s+#?(\d{1,12})\b")
"""The note that the vendor writes where nobody wrote another; nothing else names the ticket."""
_OF_TICKETS = (
    "DELETE FROM comments WHERE ticket = ?",
    "DELETE FROM attachments WHERE ticket = ?",
    "DELETE FROM freshdesk_merges WHERE ticket = ?",
)
_NOTE, _FORWARDED = 2, 8
_QUOTE = re.compile(r"<(?:div|blockquote)\b[^<>]{0,200}class=[\"']freshdesk_quote[\"']")
_BY_THE_TOOL = (3, 4)
"""Sources of conversations: a note, a mail to somebody else, a change of status, something of the tool's own."""


class TicketReader:
    """Puts what belongs to a ticket into a gathering. url: of the account; empty where it is not known."""

    def __init__(self, reading: Reading, gathering: Gathering, labels: Labels, downloads: Downloads, url: str) -> None:
        self._own = lru_cache(maxsize=50_000)(reading.own)
        self._staging = reading.staging
        self._settings = reading.settings
        self._gathering = gathering
        self._labels = labels
        self._downloads = downloads
        self._url = url
        self._now = datetime.now(UTC)
        self._group = lru_cache(maxsize=10_000)(self._group_named)

    def is_seen(self, document: Document) -> bool:
        """Whether this state of a ticket was read already."""
        number, updated = identifier(document.get("id")), identifier(document.get("updated_at"))
        if (number, updated) in self._gathering.noted(SEEN):
            return True
        row = self._staging.database.execute("SELECT updated FROM freshdesk_tickets WHERE id = ?", (number,)).fetchone()
        return row is not None and row[0] == updated

    def unwanted(self, document: Document) -> str:
        """Why a ticket is not carried over; empty where it is."""
        if document.get("deleted") and not self._settings.deleted:
            return "in the bin"
        if document.get("spam") and not self._settings.spam:
            return "marked as spam"
        return ""

    def leave_out(self, document: Document, reason: str, detail: str = "", *, quarantined: bool = False) -> None:
        """A ticket that is not carried over, with what is known of it."""
        number = identifier(document.get("id"))
        created = moment(document.get("created_at"), self._now)
        self._gathering.add_raw("ticket", number, document)
        self._gathering.leave_out(
            LeftOut(
                "tickets",
                number,
                "quarantined" if quarantined else "skipped",
                reason,
                detail or text(document.get("subject"))[:200],
                created.at[:7] if created else "",
                self._status(document),
                self._labels.word("source", document.get("source")),
            )
        )

    def ticket(self, document: Document, renew: Renew = lambda: ()) -> None:
        """The ticket and its description."""
        number = identifier(document["id"])
        self._forget(number)
        self._gathering.add_raw("ticket", number, document)
        created = self._time("tickets", number, "created", document.get("created_at"))
        updated = self._time("tickets", number, "changed", document.get("updated_at"))
        stats = inner(document, "stats")
        copied = self._people(listed(document, "cc_emails"), "tickets", number)
        held = {**inner(document, "custom_fields"), "product_id": document.get("product_id")}
        ticket = Ticket(
            id=number,
            number=number,
            subject=text(document.get("subject")).strip(),
            requester=identifier(document.get("requester_id")),
            assignee=identifier(document.get("responder_id")),
            group=self._group(identifier(document.get("group_id"))),
            status=self._status(document),
            priority=self._labels.word("priority", document.get("priority")),
            kind=text(document.get("type")),
            channel=self._labels.word("source", document.get("source")),
            organization=identifier(document.get("company_id")),
            address=self._written_to(document),
            copied=copied,
            tags=words(document.get("tags")),
            values=values(held),
            created=created or updated,
            updated=updated,
            solved=moment(stats.get("resolved_at") or stats.get("closed_at"), self._now),
            url=f"{self._url}/a/tickets/{number}" if self._url else "",
        )
        self._gathering.add(ticket)
        self._describe(ticket, document, renew)

    def comment(self, document: Document, ticket: Document, renew: Renew = lambda: ()) -> None:
        """One thing of a ticket's conversation."""
        number, own = identifier(ticket["id"]), identifier(document.get("id"))
        if not own:
            self._gathering.put_aside("conversation", document, "it has no id")
            return
        self._gathering.add_raw("conversation", own, document)
        if document.get("deleted"):
            self._gathering.leave_out(LeftOut("comments", own, "skipped", "deleted in Freshdesk", f"ticket {number}"))
            return
        created = self._time("comments", own, "written", document.get("created_at"))
        source = document.get("source")
        author = identifier(document.get("user_id")) or self._person(text(document.get("from_email")))
        public = document.get("private") is False and source != _FORWARDED
        receivers = [*listed(document, "to_emails"), *listed(document, "cc_emails")] if public else []
        left_aside = {author, identifier(ticket.get("requester_id"))}
        copied = tuple(each for each in self._people(receivers, "comments", own) if each not in left_aside)
        said, page = self._texts(document.get("body"), document.get("body_text"), own)
        page, shown = self._downloads.pictures(page, own, number)
        self._gathering.add(
            Comment(
                id=own,
                ticket=number,
                author=author,
                public=public,
                body=said,
                html=page,
                created=created or moment(ticket.get("created_at"), self._now),
                quoted_at=_quoted_at(said, page),
                automatic=source in _BY_THE_TOOL,
                copied=copied,
            )
        )
        self._attach([*shown, *self._downloads.attachments(objects(document, "attachments"), own, number, renew)])
        merged = _MERGED.match(said) if source == _NOTE and document.get("incoming") is not True else None
        if merged and merged[1] != number:
            self._gathering.note(MERGED, number, merged[1])

    def end(self, document: Document) -> None:
        """The ticket was read to its end."""
        self._gathering.note(SEEN, identifier(document["id"]), identifier(document.get("updated_at")))

    def _forget(self, number: str) -> None:
        """Of a ticket that was read before, what may have been deleted since. If the run dies now, the ticket is read
        again: its new state is in no page yet."""
        database = self._staging.database
        if database.execute("SELECT 1 FROM freshdesk_tickets WHERE id = ?", (number,)).fetchone():
            with self._staging.transaction():
                for said in _OF_TICKETS:
                    database.execute(said, (number,))

    def _describe(self, ticket: Ticket, document: Document, renew: Renew) -> None:
        own = f"{ticket.id}/description"
        files = objects(document, "attachments")
        said, page = self._texts(document.get("description"), document.get("description_text"), own)
        if not said and not page and not files:
            return
        page, shown = self._downloads.pictures(page, own, ticket.id)
        outbound = identifier(document.get("source")) == OUTBOUND
        self._gathering.add(
            Comment(
                id=own,
                ticket=ticket.id,
                author=(ticket.assignee if outbound else "") or ticket.requester,
                public=True,
                body=said,
                html=page,
                created=ticket.created,
                quoted_at=_quoted_at(said, page),
                belongs="it is the ticket's description",
            )
        )
        self._attach([*shown, *self._downloads.attachments(files, own, ticket.id, renew)])

    def _attach(self, attachments: Sequence[Any]) -> None:
        for each in attachments:
            self._gathering.add(each)

    def _texts(self, page: Any, said: Any, identifier_: str) -> tuple[str, str]:
        """Plain text and page. The vendor's own plain text has lost its lines."""
        html, is_odd = plain(str(page)) if page else ("", False)
        body, is_odd_too = plain(text_of_html(html) if html else str(said or ""))
        if is_odd or is_odd_too:
            self._gathering.remark("comments", identifier_, "odd characters")
        return body, html

    def _time(self, type_: RecordType, identifier_: str, which: str, said: Any) -> Moment | None:
        found = moment(said, self._now)
        if found is None:
            self._gathering.remark(type_, identifier_, f"no time that can be right for when it was {which}", said)
        return found

    def _status(self, document: Document) -> str:
        return text(document.get("status_name")) or self._labels.word("status", document.get("status"))

    def _group_named(self, number: str) -> str:
        """Groups are read before; one that was deleted since keeps its number."""
        group = self._staging.get(Group, number) if number else None
        return group.name if group else number

    def _written_to(self, document: Document) -> str:
        """The first of the client's own addresses to which the customer wrote."""
        addresses = (parseaddr(text(each))[1].lower() for each in listed(document, "to_emails"))
        own = [each for each in addresses if each]
        return next((each for each in own if self._own(each)), next(iter(own), ""))

    def _people(self, said: list[Any], type_: RecordType, identifier_: str) -> tuple[str, ...]:
        """The ids of customers in copy; who is not known yet becomes somebody."""
        outside = [each for each in map(text, said) if each and not self._own(parseaddr(each)[1].lower())]
        if len(outside) > MOST_COPIED:
            self._gathering.remark(type_, identifier_, "many receivers", f"{len(outside)}; {MOST_COPIED} are kept")
        found = (self._person(each) for each in outside[:MOST_COPIED])
        return tuple(dict.fromkeys(each for each in found if each))

    def _person(self, said: str) -> str:
        """The id of who has an address, such as `"Ann" <ann@x.example>`; empty where it is none."""
        name, address = parseaddr(said)
        address = address.strip().lower()
        if "@" not in address:
            return ""
        row = self._staging.database.execute(
            "SELECT id FROM people WHERE email = ? ORDER BY id LIMIT 1", (address,)
        ).fetchone()
        if row:
            return str(row[0])
        side: Literal["team", "customer"] = "team" if self._own(address) else "customer"
        person = Person(id=f"mail-{address}", name=text(name).strip(), email=address, side=side)
        self._gathering.add(person)
        return person.id


def _quoted_at(body: str, page: str) -> int:
    """Where earlier mails begin to be repeated: Freshdesk wraps them, others mark them by lines."""
    wrapped = _QUOTE.search(page)
    before = text_of_html(page[: wrapped.start()]) if wrapped else ""
    return len(before) if before and body.startswith(before) else quoted_at(body)

"""A conversation, from the API's words into records.

Source: developers.intercom.com, “Conversations”. The message with which it began is none of its parts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from migrations.records.group import Group
from migrations.records.record import Value
from migrations.records.ticket import MOST_COPIED, Ticket
from migrations.sources.gathering import Gathering
from migrations.sources.http_client import NoAnswer
from migrations.sources.intercom.authors import CONTACTS, Authors, kind_of
from migrations.sources.intercom.client import Client, NotThere, Refused
from migrations.sources.intercom.messages import Again, MessageReader
from migrations.sources.intercom.seen import Seen
from migrations.sources.intercom.values import Document, identifier, in_path, inner, line, moment, text, values
from migrations.sources.intercom.words import Words
from migrations.sources.source import Reading
from migrations.staging.page import LeftOut

BOTH = "INSERT OR REPLACE INTO intercom_both VALUES (?, ?)"
TICKETS, CONVERSATIONS = "ticket", "conversation"


class ConversationReader:
    """Puts what belongs to a conversation into a gathering. inbox: the address before a conversation's id, for people;
    empty where it is not known."""

    def __init__(
        self, reading: Reading, gathering: Gathering, client: Client, authors: Authors, messages: MessageReader,
        seen: Seen, inbox: str,
    ) -> None:  # fmt: skip
        self._staging = reading.staging
        self._dates = Words(reading.staging.database).dates_of(CONVERSATIONS)
        self._gathering = gathering
        self._client = client
        self._authors = authors
        self._messages = messages
        self._seen = seen
        self._inbox = inbox
        self._now = datetime.now(UTC)
        self.group = lru_cache(maxsize=10_000)(self._group_named)

    def read(self, document: Document) -> None:
        """The conversation with everything in it."""
        ticket = self._ticket(document)
        number = ticket.id
        self._gathering.add_raw(CONVERSATIONS, number, document)
        self._gathering.add(ticket)
        source = _source(document)
        first = {"created_at": ticket.created, **source}
        self._messages.first(first, ticket, "the conversation began with it", lambda: _source(self._view(number)))
        parts = inner(document, "conversation_parts", "conversation_parts")
        for part in parts:
            self._messages.part(part, ticket, self._again(number, part))
        held = document.get("conversation_parts")
        self._messages.count(ticket, held.get("total_count") if isinstance(held, dict) else None, len(parts))
        own = document.get("ticket")
        if isinstance(own, dict) and identifier(own.get("id")):
            self._gathering.note(BOTH, identifier(own.get("id")), number)
            self._seen.forget(TICKETS, identifier(own.get("id")))  # its facts are laid over this anew

    def leave_out(self, document: Document, reason: str, detail: str = "") -> None:
        """A conversation that cannot be read, with what its list says of it."""
        number = identifier(document.get("id"))
        self._gathering.add_raw(CONVERSATIONS, number, document)
        created = moment(document.get("created_at"), self._now)
        self._gathering.leave_out(
            LeftOut(
                "tickets", number, "quarantined", reason, detail or line(document.get("title"))[:200],
                created.at[:7] if created else "", text(document.get("state")), text(_source(document).get("type")),
            )
        )  # fmt: skip

    def _ticket(self, document: Document) -> Ticket:
        number = identifier(document["id"])
        source = _source(document)
        created = self._messages.time("tickets", number, "begun", document.get("created_at"))
        updated = self._messages.time("tickets", number, "changed", document.get("updated_at"))
        state = text(document.get("state"))
        counts = document.get("statistics")
        closed = counts.get("last_close_at") if isinstance(counts, dict) and state == "closed" else None
        people = self._customers(document, number)
        tags = (text(each.get("name")).strip() for each in inner(document, "tags", "tags"))
        return Ticket(
            id=number,
            number=number,
            subject=line(document.get("title")) or line(source.get("subject")),
            requester=next(iter(people), ""),
            assignee=self._authors.assignee(document.get("admin_assignee_id")),
            group=self.group(identifier(document.get("team_assignee_id"))),
            status=state,
            priority=text(document.get("priority")),
            channel=text(source.get("type")),
            organization=self._organization(document),
            copied=people[1:],
            tags=tuple(dict.fromkeys(each for each in tags if each)),
            values=self._values(document, source),
            created=created or updated,
            updated=updated,
            solved=moment(closed, self._now),
            url=f"{self._inbox}{number}" if self._inbox else "",
        )

    def _customers(self, document: Document, number: str) -> tuple[str, ...]:
        """Who asks, then those who read along. Who began it asks; where that was a colleague, the first contact."""
        listed = inner(document, "contacts", "contacts")
        author = _source(document).get("author")
        if not isinstance(author, dict) or kind_of(author) not in CONTACTS:
            return self._authors.contacts(listed, number)
        others = [each for each in listed if identifier(each.get("id")) != identifier(author.get("id"))]
        began = self._authors.author(author, is_customer=True)
        return tuple(dict.fromkeys([began, *self._authors.contacts(others, number)]))[: 1 + MOST_COPIED]

    def _organization(self, document: Document) -> str:
        company = document.get("company")
        held = company.get("id") if isinstance(company, dict) else document.get("company_id")
        return identifier(held)

    def _values(self, document: Document, source: Document) -> dict[str, Value]:
        rating = document.get("conversation_rating")
        held = {name: rating.get(name) for name in ("rating", "remark")} if isinstance(rating, dict) else {}
        facts = {
            "rating": held.get("rating"),
            "rating_remark": held.get("remark"),
            "delivered_as": source.get("delivered_as"),
            "begun_on_page": source.get("url"),
            "snoozed_until": document.get("snoozed_until"),
            "ai_agent_participated": document.get("ai_agent_participated") or None,
        }
        return {**values(facts, {"snoozed_until"}), **values(document.get("custom_attributes"), self._dates)}

    def _view(self, number: str) -> Document:
        """The conversation, asked for again; an empty object where that does not work."""
        try:
            return self._client.get(f"/conversations/{in_path(number)}")
        except (NotThere, Refused, NoAnswer):
            return {}

    def _again(self, number: str, part: Document) -> Again:
        def again() -> Document:
            parts = inner(self._view(number), "conversation_parts", "conversation_parts")
            return next((each for each in parts if each.get("id") == part.get("id")), {})

        return again

    def _group_named(self, number: str) -> str:
        """Teams are read before; one that was deleted since keeps its number."""
        group = self._staging.get(Group, number) if number else None
        return group.name if group else number


def with_facts(ticket: Ticket, facts: Ticket) -> Ticket:
    """A conversation that is a customer's ticket as well: what the ticket says of itself is what counts."""
    return replace(
        ticket,
        number=facts.number or ticket.number,
        subject=facts.subject or ticket.subject,
        status=facts.status or ticket.status,
        kind=facts.kind,
        values={**ticket.values, **facts.values},
        solved=facts.solved or ticket.solved,
    )


def _source(document: Document) -> Document:
    found = document.get("source")
    return found if isinstance(found, dict) else {}

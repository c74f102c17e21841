"""A ticket, from the API's words into records.

Source: developers.intercom.com, “Tickets”, “Ticket types”, “Ticket states”. A customer's ticket is a conversation as
well and is read as one; its own facts are laid over that. Tickets of the other sorts are for colleagues: customers see
of them only what is shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from migrations.records.moment import Moment
from migrations.records.ticket import Ticket
from migrations.sources.gathering import Gathering
from migrations.sources.http_client import NoAnswer
from migrations.sources.intercom.authors import Authors
from migrations.sources.intercom.client import Client, NotThere, Refused
from migrations.sources.intercom.conversations import TICKETS, ConversationReader, with_facts
from migrations.sources.intercom.messages import Again, MessageReader
from migrations.sources.intercom.values import (
    Document,
    file_links,
    identifier,
    in_path,
    inner,
    is_upload,
    line,
    moment,
    text,
    values,
)
from migrations.sources.source import Reading
from migrations.staging.page import LeftOut

TITLE, DESCRIPTION = "_default_title_", "_default_description_"
_PREFIX = "ticket-"
_FOR_CUSTOMERS = "Customer"
_RESOLVED = "resolved"


class TicketReader:
    """Puts what belongs to a ticket into a gathering."""

    def __init__(
        self, reading: Reading, gathering: Gathering, client: Client, authors: Authors, messages: MessageReader,
        conversations: ConversationReader,
    ) -> None:  # fmt: skip
        self._staging = reading.staging
        self._gathering = gathering
        self._client = client
        self._authors = authors
        self._messages = messages
        self._conversations = conversations
        self._now = datetime.now(UTC)

    def read(self, document: Document) -> None:
        """The ticket with everything in it. document: with its parts."""
        number = identifier(document["id"])
        self._gathering.add_raw(TICKETS, number, document)
        facts = self._facts(document, number)
        same = self._conversation(number)
        if same is not None:
            ticket = with_facts(same, facts)
            self._gathering.remark("tickets", same.id, "a ticket and a conversation at once: it is one ticket here")
        else:
            ticket = facts
        self._gathering.add(ticket)
        is_shared = _is_shared(document)
        self._describe(document, ticket, is_shared=is_shared, is_first=same is None)
        if same is None:
            parts = inner(document, "ticket_parts", "ticket_parts")
            for part in parts:
                self._messages.part(part, ticket, self._again(number, part), is_shared=is_shared)
            self._messages.count(ticket, total_of(document), len(parts))

    def leave_out(self, document: Document, reason: str, detail: str = "") -> None:
        """A ticket that cannot be read, with what its list says of it."""
        number = identifier(document.get("id"))
        self._gathering.add_raw(TICKETS, number, document)
        self._gathering.leave_out(LeftOut("tickets", f"{_PREFIX}{number}", "quarantined", reason, detail))

    def _facts(self, document: Document, number: str) -> Ticket:
        held = document.get("ticket_attributes")
        attributes: Document = held if isinstance(held, Mapping) else {}
        created = self._messages.time("tickets", f"{_PREFIX}{number}", "begun", document.get("created_at"))
        updated = self._messages.time("tickets", f"{_PREFIX}{number}", "changed", document.get("updated_at"))
        asking = self._authors.contacts(inner(document, "contacts", "contacts"), f"{_PREFIX}{number}")
        kind = document.get("ticket_type")
        linked = [
            f"{text(each.get('type'))} {identifier(each.get('id'))}"
            for each in inner(document, "linked_objects", "data")
        ]
        own = {name: value for name, value in attributes.items() if name not in (TITLE, DESCRIPTION)}
        facts = {
            "ticket_category": document.get("category"),
            "linked": linked,
            "snoozed_until": document.get("snoozed_until"),
        }
        return Ticket(
            id=f"{_PREFIX}{number}",
            number=identifier(document.get("ticket_id")) or number,
            subject=line(attributes.get(TITLE)),
            requester=next(iter(asking), ""),
            assignee=self._authors.assignee(document.get("admin_assignee_id")),
            group=self._conversations.group(identifier(document.get("team_assignee_id"))),
            status=_state(document),
            kind=line(kind.get("name")) if isinstance(kind, Mapping) else line(kind),
            channel="ticket",
            organization=identifier(document.get("company_id")),
            copied=asking[1:],
            values={**values(facts, {"snoozed_until"}), **values(own)},
            created=created or updated,
            updated=updated,
            solved=self._solved(document),
        )

    def _describe(self, document: Document, ticket: Ticket, *, is_shared: bool, is_first: bool) -> None:
        """The description, and the files that stand in fields. Where the ticket is a conversation as well, that began
        with another message, and this one has an id of its own."""
        held = document.get("ticket_attributes")
        attributes: Document = held if isinstance(held, Mapping) else {}
        author = {"type": "contact", "id": ticket.requester} if ticket.requester else None
        said: dict[str, object] = {
            "id": "description",
            "part_type": "comment",
            "body": attributes.get(DESCRIPTION),
            "attachments": _uploads(attributes),
            "author": author,
            "created_at": ticket.created,
        }
        number = identifier(document["id"])

        def again() -> Document:
            fresh = self._view(number).get("ticket_attributes")
            return {**said, "attachments": _uploads(fresh if isinstance(fresh, Mapping) else {})}

        if is_first:
            self._messages.first(said, ticket, "it is the ticket's description", again, is_shared=is_shared)
        elif file_links(said["attachments"], "") or said["body"]:
            self._messages.part(said, ticket, again, is_shared=is_shared)

    def _conversation(self, number: str) -> Ticket | None:
        """The conversation that is this ticket as well, as it was read."""
        asked = "SELECT conversation FROM intercom_both WHERE ticket = ?"
        row = self._staging.database.execute(asked, (number,)).fetchone()
        return self._staging.get(Ticket, str(row[0])) if row else None

    def _solved(self, document: Document) -> Moment | None:
        """When it was resolved last; only a ticket that is resolved has such a time."""
        state = document.get("ticket_state")
        category = state.get("category") if isinstance(state, Mapping) else state
        parts = inner(document, "ticket_parts", "ticket_parts") if category == _RESOLVED else []
        ends = [each for each in parts if each.get("ticket_state") == _RESOLVED != each.get("previous_ticket_state")]
        return moment(ends[-1].get("created_at"), self._now) if ends else None

    def _view(self, number: str) -> Document:
        """The ticket, asked for again; an empty object where that does not work."""
        try:
            return self._client.get(f"/tickets/{in_path(number)}")
        except (NotThere, Refused, NoAnswer):
            return {}

    def _again(self, number: str, part: Document) -> Again:
        def again() -> Document:
            parts = inner(self._view(number), "ticket_parts", "ticket_parts")
            return next((each for each in parts if each.get("id") == part.get("id")), {})

        return again


def total_of(document: Document) -> object:
    """How many parts the vendor says that a ticket has."""
    held = document.get("ticket_parts")
    return held.get("total_count") if isinstance(held, Mapping) else None


def _is_shared(document: Document) -> bool:
    """Whether the customer sees it. What is not said is so for customers' tickets only."""
    said = document.get("is_shared")
    return said if isinstance(said, bool) else document.get("category") == _FOR_CUSTOMERS


def _state(document: Document) -> str:
    """The state in the words that agents read."""
    state = document.get("ticket_state")
    if isinstance(state, Mapping):
        return line(state.get("internal_label")) or text(state.get("category"))
    return text(state)


def _uploads(attributes: Document) -> list[object]:
    """The files that stand in fields of the account's own."""
    found: list[object] = []
    for value in attributes.values():
        found += [each for each in (value if isinstance(value, list) else [value]) if is_upload(each)]
    return found

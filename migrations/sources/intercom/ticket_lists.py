"""Conversations and tickets, one by one, as their lists name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from urllib.parse import urlsplit

from migrations.sources.downloads import Downloads
from migrations.sources.gathering import Gathering
from migrations.sources.http_client import NoAnswer
from migrations.sources.intercom.authors import Authors
from migrations.sources.intercom.client import Client, NotThere, Refused
from migrations.sources.intercom.conversations import CONVERSATIONS, TICKETS, ConversationReader
from migrations.sources.intercom.links import is_vendors
from migrations.sources.intercom.messages import MessageReader
from migrations.sources.intercom.seen import Seen
from migrations.sources.intercom.tickets import TicketReader, total_of
from migrations.sources.intercom.values import Document, identifier, in_path, inner, text
from migrations.sources.source import Reading
from migrations.staging.page import Page

_AT_ONCE = 50
_UNLISTED = """
SELECT ticket FROM intercom_both
WHERE ticket > ? AND ticket NOT IN (SELECT id FROM intercom_seen WHERE type = 'ticket') ORDER BY ticket LIMIT ?
"""


class TicketLists:
    """Puts them into a gathering; one that cannot be read is put aside."""

    def __init__(self, reading: Reading, client: Client, gathering: Gathering, seen: Seen) -> None:
        self._reading = reading
        self._client = client
        self._gathering = gathering
        self._seen = seen

    def conversation(self, row: Document) -> None:
        """A row of a list of conversations. It has no parts: each is asked for by itself."""
        self._read(CONVERSATIONS, row, self._conversations, lambda: self._view(CONVERSATIONS, row))

    def ticket(self, row: Document) -> None:
        """A row of a search for tickets. Most come with their parts; one without is asked for by itself."""
        is_whole = total_of(row) == len(inner(row, "ticket_parts", "ticket_parts"))
        self._read(TICKETS, row, self._tickets, lambda: row if is_whole else self._view(TICKETS, row))

    def unlisted(self, checkpoint: str) -> Iterator[Page]:
        """Customers' tickets of which a conversation was read, and which no search has shown since: that conversation
        may be new, its ticket as it was."""
        last = checkpoint
        while True:
            rows = self._reading.staging.database.execute(_UNLISTED, (last, _AT_ONCE)).fetchall()
            if not rows:
                return
            for (number,) in rows:
                self._unlisted(str(number))
                last = str(number)
                if self._gathering.is_full:
                    yield self._gathering.page(last)
            yield from self._gathering.rest(last)

    def _unlisted(self, number: str) -> None:
        row = {"id": number}
        try:
            self._tickets.read(self._view(TICKETS, row))
        except (NotThere, Refused) as nothing:
            what = "its ticket cannot be read: state and fields are those of the conversation"
            self._gathering.remark("tickets", number, what, nothing)
        self._seen.note(TICKETS, row)

    def _read(
        self, type_: str, row: Document, reader: ConversationReader | TicketReader, view: Callable[[], Document]
    ) -> None:
        reason = detail = ""
        try:
            document = view()
        except NotThere:
            reason = "it was listed, and gone before it could be read"
        except Refused as refused:
            reason, detail = "Intercom does not show it", refused.why
        except NoAnswer as broken:
            if not self._client.answers():  # where the workspace gives no answers, it is not this one's fault
                raise
            reason, detail = "Intercom fails over it each time", broken.why
        if reason:
            reader.leave_out(row, reason, detail)
            self._seen.note_unread(type_, row)
        else:
            reader.read(document)
            self._seen.note(type_, document)

    def _view(self, type_: str, row: Document) -> Document:
        number = identifier(row.get("id"))
        found = self._client.get(f"/{type_}s/{in_path(number)}")
        if identifier(found.get("id")) != number:
            raise NotThere(number)
        return found

    @cached_property
    def _conversations(self) -> ConversationReader:
        return ConversationReader(
            self._reading, self._gathering, self._client, self._authors, self._messages, self._seen, self._inbox()
        )

    @cached_property
    def _tickets(self) -> TicketReader:
        return TicketReader(
            self._reading, self._gathering, self._client, self._authors, self._messages, self._conversations
        )

    @cached_property
    def _authors(self) -> Authors:
        return Authors(self._reading, self._gathering)

    @cached_property
    def _messages(self) -> MessageReader:
        settings = self._reading.settings
        most = settings.largest_attachment_mb * 1_000_000 if settings.attachments else 0
        downloads = Downloads(
            self._client.http, self._reading.staging.files, self._gathering, most,
            lambda link: is_vendors(link, settings.url),
        )  # fmt: skip
        return MessageReader(self._reading, self._gathering, self._authors, downloads)

    def _inbox(self) -> str:
        """The address of a conversation, for people, without its id; empty where it is not known."""
        app = self._client.get("/me").get("app")
        code = text(app.get("id_code")) if isinstance(app, Mapping) else ""
        host = urlsplit(self._reading.settings.url).hostname or ""
        if not code or not host.startswith("api.") or not host.endswith("intercom.io"):
            return ""
        region = host.removeprefix("api.").removesuffix("intercom.io")
        return f"https://app.{region}intercom.com/a/inbox/{code}/inbox/conversation/"

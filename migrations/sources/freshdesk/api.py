"""Freshdesk over its API, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from migrations.records.record import Record, RecordType
from migrations.sources.freshdesk import people
from migrations.sources.freshdesk.client import IN_PAGE, Client, NotAllowed, NotThere
from migrations.sources.freshdesk.gathering import Gathering
from migrations.sources.freshdesk.gone import people_gone
from migrations.sources.freshdesk.knowledge_lists import KnowledgeLists
from migrations.sources.freshdesk.labels import SAVE, labels_of
from migrations.sources.freshdesk.people import Document
from migrations.sources.freshdesk.settings import FreshdeskApi
from migrations.sources.freshdesk.ticket_lists import TicketLists
from migrations.sources.freshdesk.values import identifier
from migrations.sources.http_client import Stopped
from migrations.sources.source import Reading, SourceFault
from migrations.staging.page import Page

_OPTIONAL: Mapping[str, RecordType] = {"macros": "macros", "articles": "articles", "rules": "rules"}
"""Parts without which the others are whole: not every plan has them, and not every agent sees them."""
_REFUSED = "refused"
Part = Callable[[str], Iterator[Page]]
"""From where reading goes on to the pages behind it."""


class ApiReading:
    """One run."""

    def __init__(self, reading: Reading) -> None:
        settings: FreshdeskApi = reading.settings.api
        self._client = Client(
            settings.url,
            settings.api_key,
            calls_per_minute=settings.calls_per_minute,
            waited=reading.waited,
            stopped=reading.stopped,
        )
        self._gathering = Gathering()
        now = datetime.now(UTC)
        tickets = TicketLists(reading, self._client, self._gathering)
        ready = KnowledgeLists(self._client, self._gathering)
        contact = partial(people.contact, own=reading.own, now=now)
        self._parts: Mapping[str, Part] = {
            "fields": self._fields,
            "groups": self._list("/groups", "group", people.group),
            "companies": self._list("/companies", "company", partial(people.company, now=now)),
            "agents": self._list("/agents", "agent", partial(people.agent, now=now)),
            "contacts": self._list("/contacts", "contact", contact),
            "tickets": partial(tickets.listed, sort=""),
            "spam": partial(tickets.listed, sort="spam"),
            "deleted": partial(tickets.listed, sort="deleted"),
            "merged": tickets.merged,
            "archived": tickets.archived,
            "people": lambda at: people_gone(reading, at, self._contact, now),
            "macros": ready.macros,
            "articles": ready.articles,
            "rules": ready.rules,
        }

    @property
    def parts(self) -> Sequence[str]:
        return [*self._parts]

    def pages(self, part: str, checkpoint: str) -> Iterator[Page]:
        """Raises SourceFault."""
        kept = checkpoint
        if part in _OPTIONAL and checkpoint == _REFUSED:
            return
        try:
            for page in self._parts[part](checkpoint):
                yield page
                kept = page.checkpoint
        except Stopped:  # what is gathered and in no page yet is read again
            yield Page(checkpoint=kept)
        except (NotThere, NotAllowed) as refused:
            if part in _OPTIONAL:
                self._gathering.remark(_OPTIONAL[part], "all of them", "they could not be listed to their end", refused)
                yield self._gathering.page(_REFUSED)
                return
            raise self._fault(part, refused) from None

    def _fault(self, part: str, refused: NotThere | NotAllowed) -> SourceFault:
        """Why a part cannot be read, for people."""
        if isinstance(refused, NotThere):
            why, do = "there is nothing", "Check that url is the account's own address: https://client.freshdesk.com."
            return SourceFault(f"{self._client.where}{refused}", why, do)
        why = f"the agent whose key it is may not read {part}: {refused.why}"
        do = "Use the key of an agent who sees all tickets, best an administrator's."
        return SourceFault(self._client.where, why, do)

    def _list(self, path: str, type_: str, make: Callable[[Document], Record]) -> Part:
        def pages(checkpoint: str) -> Iterator[Page]:
            number, has_next = int(checkpoint or 1), True
            while has_next:
                reply = self._client.get(path, page=number, per_page=IN_PAGE)
                for document in reply.rows:
                    self._gathering.take(type_, document, make)
                number, has_next = number + 1, reply.has_next
                yield from self._gathering.rest(str(number))

        return pages

    def _contact(self, number: str) -> Document | None:
        try:
            found = self._client.get(f"/contacts/{number}").document if number.isdigit() else None
        except NotThere:
            return None
        return found if isinstance(found, Mapping) else None

    def _fields(self, checkpoint: str) -> Iterator[Page]:
        if checkpoint:
            return
        fields = self._client.get("/ticket_fields").rows
        for each in fields:
            self._gathering.add_raw("ticket_field", identifier(each.get("id")), each)
        for label in labels_of(fields):
            self._gathering.note(SAVE, *label)
        yield self._gathering.page("read")

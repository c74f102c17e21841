"""Intercom over its API, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from migrations.records.record import Record, RecordType
from migrations.sources.gathering import Gathering
from migrations.sources.http_client import Stopped
from migrations.sources.intercom import people
from migrations.sources.intercom.client import Client, NotThere, Refused, objects
from migrations.sources.intercom.companies import scrolled
from migrations.sources.intercom.contacts import CONTACTS, ContactReader
from migrations.sources.intercom.conversations import CONVERSATIONS, TICKETS
from migrations.sources.intercom.cursor_lists import CursorList, CursorLists
from migrations.sources.intercom.gone import people_gone
from migrations.sources.intercom.knowledge_lists import KnowledgeLists
from migrations.sources.intercom.seen import Seen
from migrations.sources.intercom.ticket_lists import TicketLists
from migrations.sources.intercom.values import Document, identifier
from migrations.sources.intercom.words import Words, note_attribute, note_tag
from migrations.sources.source import Reading, SourceFault
from migrations.staging.page import Page

Part = Callable[[str], Iterator[Page]]
"""From where reading goes on to the pages behind it."""
COMPANIES = "company"
_NOT_IN_PLAN = "api_plan_restricted"
_BY_PLAN: Mapping[str, RecordType] = {
    "teams": "groups", "companies": "organizations", "tickets": "tickets", "articles": "articles",
}  # fmt: skip
"""What a workspace may not have bought; conversations and contacts every one has."""
_MODELS = ("contact", "company", "conversation")
"""Whose attributes are listed."""


class ApiReading:
    """One run."""

    def __init__(self, reading: Reading) -> None:
        settings = reading.settings
        self._database = reading.staging.database
        self._client = client = Client(
            settings.url,
            settings.token,
            calls_per_minute=settings.calls_per_minute,
            waited=reading.waited,
            stopped=reading.stopped,
        )
        self._gathering = gathering = Gathering()
        self._seen = seen = Seen(self._database, gathering)
        self._now = now = datetime.now(UTC)
        lists = CursorLists(reading, client, gathering, seen)
        contact = ContactReader(reading, client, gathering, seen, now)
        ticket_lists = TicketLists(reading, client, gathering, seen)
        contacts = CursorList(CONTACTS, "people", "/contacts", "data", contact.read)
        conversations = CursorList(
            CONVERSATIONS, "tickets", "/conversations", "conversations", ticket_lists.conversation
        )
        tickets = CursorList(TICKETS, "tickets", "/tickets", "tickets", ticket_lists.ticket, is_search=True)
        self._parts: Mapping[str, Part] = {
            "attributes": self._attributes,
            "teams": self._short("/teams", "teams", "team", people.team, "groups"),
            "admins": self._short("/admins", "admins", "admin", people.admin, "people"),
            "tags": self._tags,
            "companies": self._companies,
            "contacts": partial(lists.every, of=contacts),
            "changed_contacts": partial(lists.changed, of=contacts),
            "conversations": partial(lists.every, of=conversations),
            "changed_conversations": partial(lists.changed, of=conversations),
            "tickets": partial(lists.every, of=tickets),
            "changed_tickets": partial(lists.changed, of=tickets),
            "unlisted_tickets": ticket_lists.unlisted,
            "people": partial(people_gone, reading, gathering, ask=contact.asked),
            "articles": KnowledgeLists(client, gathering, seen, now).articles,
        }

    @property
    def parts(self) -> Sequence[str]:
        return [*self._parts]

    def pages(self, part: str, checkpoint: str) -> Iterator[Page]:
        """Raises SourceFault."""
        kept = checkpoint
        try:
            for page in self._parts[part](checkpoint):
                yield page
                kept = page.checkpoint
                self._seen.page_kept()
        except Stopped:  # what is gathered and in no page yet is read again
            yield Page(checkpoint=kept)
        except NotThere as nothing:
            raise SourceFault(
                self._client.where, f"there is nothing where its {part} should be: {nothing}",
                "Check that url is the address of its API: https://api.intercom.io.",
            ) from None  # fmt: skip
        except Refused as refused:
            if refused.code == _NOT_IN_PLAN and part in _BY_PLAN:
                what = f"the plan of this Intercom has none: {part}"
                self._gathering.remark(_BY_PLAN[part], f"all {part}", what, refused.why)
                yield self._gathering.page(kept)
                return
            if refused.status == 403:
                do = "Give the token the permission to read them (Developer Hub, Configure, Authentication)."
            else:
                do = "Please report it: golive asked wrongly."
            raise SourceFault(self._client.where, f"it does not let {part} be read: {refused.why}", do) from None

    def _attributes(self, checkpoint: str) -> Iterator[Page]:
        """Which attributes are times: their values are numbers like any other."""
        if checkpoint:
            return
        for model in _MODELS:
            try:
                rows = objects(self._client.get("/data_attributes", {"model": model}).get("data"))
            except Refused as refused:
                if refused.status != 400:  # not every version knows the attributes of conversations
                    raise
                continue
            for row in rows:
                self._gathering.add_raw("data_attribute", identifier(row.get("id")), row)
                note_attribute(self._gathering, model, row)
        yield from self._gathering.rest("read")

    def _tags(self, checkpoint: str) -> Iterator[Page]:
        if not checkpoint:
            for row in objects(self._client.get("/tags").get("data")):
                self._gathering.add_raw("tag", identifier(row.get("id")), row)
                note_tag(self._gathering, row)
            yield from self._gathering.rest("read")

    def _short(self, path: str, name: str, type_: str, make: Callable[[Document], Record], record: RecordType) -> Part:
        """A list that comes whole."""

        def pages(checkpoint: str) -> Iterator[Page]:
            if not checkpoint:
                for row in objects(self._client.get(path).get(name)):
                    self._take(type_, row, make, record)
                yield from self._gathering.rest("read")

        return pages

    def _companies(self, checkpoint: str) -> Iterator[Page]:
        make = partial(people.company, dates=Words(self._database).dates_of(COMPANIES), now=self._now)
        for rows in scrolled(self._client):
            for row in objects(rows):
                if not self._seen.has(COMPANIES, row):
                    self._take(COMPANIES, row, make, "organizations")
                    self._seen.note(COMPANIES, row)
            yield from self._gathering.rest("begun")

    def _take(self, type_: str, row: Document, make: Callable[[Document], Record], record: RecordType) -> None:
        """A thing of a list. record: what it becomes."""
        try:
            made = make(row)
        except KeyError:
            self._gathering.leave_out_nameless(record, type_, row)
        else:
            self._gathering.add_raw(type_, made.id, row)
            self._gathering.add(made)

"""Intercom over its API, part by part."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.sources.downloads import Downloads
from migrations.sources.gathering import Gathering
from migrations.sources.http_client import NoAnswer, Stopped
from migrations.sources.intercom import people
from migrations.sources.intercom.authors import ADMIN, Authors
from migrations.sources.intercom.client import Client, Listed, NotThere, Refused, objects
from migrations.sources.intercom.companies import scrolled
from migrations.sources.intercom.conversations import CONVERSATIONS, TICKETS, ConversationReader
from migrations.sources.intercom.gone import people_gone
from migrations.sources.intercom.knowledge import Shelves, articles
from migrations.sources.intercom.links import is_vendors
from migrations.sources.intercom.messages import MessageReader
from migrations.sources.intercom.people import Belongings
from migrations.sources.intercom.seen import Seen
from migrations.sources.intercom.tickets import TicketReader, total_of
from migrations.sources.intercom.values import Document, identifier, inner, line, text
from migrations.sources.mailbox.words import text_of_html
from migrations.sources.source import Reading, SourceFault
from migrations.staging.page import Page

Part = Callable[[str], Iterator[Page]]
"""From where reading goes on to the pages behind it."""
Take = Callable[[Document], None]
"""Puts a row of a list into the gathering."""
CONTACTS, COMPANIES, ARTICLES = "contact", "company", "article"
_DAY = 86_400
"""Some searches take times by the day only."""
_LEFT = "-left"
_WORD = "INSERT OR REPLACE INTO intercom_words VALUES (?, ?, ?)"
_MARK = "INSERT OR REPLACE INTO intercom_marks VALUES (?, ?)"
_FORGET_LEFT = "DELETE FROM intercom_seen WHERE type = ?"
_MODELS = ("contact", "company", "conversation")


class ApiReading:
    """One run."""

    def __init__(self, reading: Reading) -> None:
        settings = reading.settings
        self._reading = reading
        self._database = reading.staging.database
        self._client = Client(
            settings.url,
            settings.token,
            calls_per_minute=settings.calls_per_minute,
            waited=reading.waited,
            stopped=reading.stopped,
        )
        self._gathering = Gathering()
        self._seen = Seen(self._database, self._gathering)
        self._now = datetime.now(UTC)
        self._parts: Mapping[str, Part] = {
            "attributes": self._attributes,
            "teams": self._short("/teams", "teams", self._team),
            "admins": self._short("/admins", "admins", self._admin),
            "tags": self._short("/tags", "data", self._tag),
            "companies": self._companies,
            "contacts": self._list("/contacts", "data", CONTACTS),
            "changed_contacts": self._changed("/contacts/search", "data", CONTACTS),
            "conversations": self._list("/conversations", "conversations", CONVERSATIONS),
            "changed_conversations": self._changed("/conversations/search", "conversations", CONVERSATIONS),
            "tickets": self._list("/tickets", "tickets", TICKETS),
            "changed_tickets": self._changed("/tickets/search", "tickets", TICKETS),
            "people": lambda at: people_gone(reading, self._gathering, at, self._ask),
            "articles": self._articles,
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
            raise SourceFault(
                self._client.where, f"it does not let {part} be read: {refused.why}",
                "Give the token the permission to read them (Developer Hub, Configure, Authentication).",
            ) from None  # fmt: skip

    # ---------------------------------------------------------------- short lists

    def _short(self, path: str, name: str, take: Take) -> Part:
        def pages(checkpoint: str) -> Iterator[Page]:
            if not checkpoint:
                for row in objects(self._client.get(path).get(name)):
                    take(row)
                yield from self._gathering.rest("read")

        return pages

    def _team(self, row: Document) -> None:
        self._put("team", row, lambda: self._gathering.add(people.team(row)))

    def _admin(self, row: Document) -> None:
        self._put("admin", row, lambda: self._gathering.add(people.admin(row)))

    def _tag(self, row: Document) -> None:
        self._gathering.add_raw("tag", identifier(row.get("id")), row)
        self._gathering.note(_WORD, "tag", identifier(row.get("id")), text(row.get("name")).strip())

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
                rows = []
            for row in rows:
                self._gathering.add_raw("data_attribute", identifier(row.get("id")), row)
                if row.get("data_type") == "date":
                    self._gathering.note(_WORD, f"date/{model}", text(row.get("name")), "date")
        yield from self._gathering.rest("read")

    def _put(self, type_: str, row: Document, put: Callable[[], None]) -> None:
        """A thing of a list. What has no id can be named by nothing: it stays in the raw records."""
        self._gathering.add_raw(type_, identifier(row.get("id")), row)
        try:
            put()
        except KeyError:
            self._gathering.remark("people", f"a {type_} without an id", "it is not carried over", json.dumps(row))

    # ---------------------------------------------------------------- lists by cursor

    def _list(self, path: str, name: str, type_: str) -> Part:
        """All of a list; with a day to begin with, only what has changed since. Tickets can only be searched for."""

        def fetch(after: str) -> Listed:
            if self._reading.since:
                above = int(datetime.fromisoformat(f"{self._reading.since}T00:00:00+00:00").timestamp()) - _DAY
                return self._client.search(f"{path}/search", name, "updated_at", above, after)
            if type_ == TICKETS:
                return self._client.search(f"{path}/search", name, "created_at", 0, after)
            return self._client.page(path, name, after)

        def pages(checkpoint: str) -> Iterator[Page]:
            yield from self._walk(type_, fetch, checkpoint, marks=True)

        return pages

    def _changed(self, path: str, name: str, type_: str) -> Part:
        """What has changed while its list was read: it moved to where the reading had been already."""

        def pages(checkpoint: str) -> Iterator[Page]:
            row = self._database.execute("SELECT at FROM intercom_marks WHERE name = ?", (type_,)).fetchone()
            if row is not None:
                above = int(row[0]) - _DAY
                fetch: Callable[[str], Listed] = lambda after: self._client.search(  # noqa: E731
                    path, name, "updated_at", above, after
                )
                yield from self._walk(type_, fetch, checkpoint, marks=False)

        return pages

    def _walk(self, type_: str, fetch: Callable[[str], Listed], checkpoint: str, *, marks: bool) -> Iterator[Page]:
        """marks: whether it is noted when this began, by the vendor's clock."""
        after = str(json.loads(checkpoint)["after"]) if checkpoint else ""
        take, tries_again = self._taking(type_), not checkpoint
        while True:
            try:
                listed = fetch(after)
            except Refused as refused:
                if refused.status != 400 or not after:
                    raise
                after = ""  # the cursor of an earlier run is worth nothing any more; what was read is known
                continue
            if marks and not checkpoint:
                self._gathering.note(_MARK, type_, listed.at)
                self._gathering.note(_FORGET_LEFT, f"{type_}{_LEFT}")
            for row in listed.rows:
                self._row(type_, row, take, tries_again=tries_again)
                if self._gathering.is_full:
                    checkpoint = _place(after)
                    yield self._gathering.page(checkpoint)
            after = listed.after or after
            checkpoint = _place(after)
            yield from self._gathering.rest(checkpoint)
            if not listed.after:
                return

    def _row(self, type_: str, row: Any, take: Take, *, tries_again: bool) -> None:
        """tries_again: whether what could not be read by an earlier run is asked for once more."""
        if not isinstance(row, Mapping) or not identifier(row.get("id")):
            self._gathering.add_raw(type_, "", row)
            self._gathering.remark("tickets", f"a {type_} without an id", "it is not carried over", row)
        elif not self._seen.has(type_, row) and (tries_again or not self._seen.has(f"{type_}{_LEFT}", row)):
            take(row)

    def _taking(self, type_: str) -> Take:
        if type_ == CONTACTS:
            return self._contact_taking()
        client, reading, gathering = self._client, self._reading, self._gathering
        most = reading.settings.largest_attachment_mb * 1_000_000 if reading.settings.attachments else 0
        downloads = Downloads(
            client.http, reading.staging.files, gathering, most, lambda link: is_vendors(link, reading.settings.url)
        )
        authors = Authors(reading, gathering)
        messages = MessageReader(reading, gathering, authors, downloads)
        conversations = ConversationReader(reading, gathering, client, authors, messages, self._inbox())
        if type_ == CONVERSATIONS:
            return lambda row: self._viewed(type_, row, conversations, lambda: self._view(type_, row))
        tickets = TicketReader(reading, gathering, client, authors, messages, conversations)
        return lambda row: self._viewed(type_, row, tickets, lambda: self._whole_ticket(row))

    def _viewed(
        self,
        type_: str,
        row: Document,
        reader: ConversationReader | TicketReader,
        view: Callable[[], Document],
    ) -> None:
        """One conversation or ticket; one that cannot be read is put aside."""
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
            self._seen.note(f"{type_}{_LEFT}", row)
        else:
            reader.read(document)
            self._seen.note(type_, document)

    def _view(self, type_: str, row: Document) -> Document:
        found = self._client.get(f"/{type_}s/{identifier(row.get('id'))}")
        if identifier(found.get("id")) != identifier(row.get("id")):
            raise NotThere(identifier(row.get("id")))
        return found

    def _whole_ticket(self, row: Document) -> Document:
        """A search shows most tickets with their parts; one without is asked for by itself."""
        return row if total_of(row) == len(inner(row, "ticket_parts", "ticket_parts")) else self._view(TICKETS, row)

    def _inbox(self) -> str:
        """The address of a conversation, for people, without its id."""
        app = self._client.get("/me").get("app")
        code = text(app.get("id_code")) if isinstance(app, Mapping) else ""
        host = (urlsplit(self._reading.settings.url).hostname or "").replace("api.", "app.", 1).replace(".io", ".com")
        return f"https://{host}/a/inbox/{code}/inbox/conversation/" if code and "intercom" in host else ""

    # ---------------------------------------------------------------- people and companies

    def _words(self, sort: str) -> dict[str, str]:
        asked = "SELECT id, word FROM intercom_words WHERE sort = ?"
        return {str(number): str(word) for number, word in self._database.execute(asked, (sort,))}

    def _companies(self, checkpoint: str) -> Iterator[Page]:
        dates = self._words("date/company")
        for rows in scrolled(self._client):
            for row in objects(rows):
                if not self._seen.has(COMPANIES, row):
                    self._put(COMPANIES, row, lambda row=row: self._company(row, dates))  # type: ignore[misc]
            yield from self._gathering.rest("begun")

    def _company(self, row: Document, dates: Mapping[str, str]) -> None:
        self._gathering.add(people.company(row, dates, self._now))
        self._seen.note(COMPANIES, row)

    def _contact_taking(self) -> Take:
        tags, dates = self._words("tag"), self._words("date/contact")

        def take(row: Document) -> None:
            self._gathering.add_raw(CONTACTS, identifier(row.get("id")), row)
            self._gathering.add(self._contact(row, tags, dates))
            self._seen.note(CONTACTS, row)

        return take

    def _contact(self, row: Document, tags: Mapping[str, str], dates: Mapping[str, str]) -> Person:
        number = identifier(row.get("id"))
        labels = [tags.get(each, "") for each in self._belonging(row, number, "tags")]
        companies = self._belonging(row, number, "companies")
        belongings = Belongings(
            tuple(companies), tuple(dict.fromkeys(each for each in labels if each)), self._notes(row, number)
        )
        person = people.contact(row, belongings, self._reading.own, dates, self._now)
        if "more_companies" in person.values:
            person.values["more_companies"] = [self._company_name(each) for each in companies[1:]]
        return person

    def _company_name(self, number: str) -> str:
        found = self._reading.staging.get(Organization, number)
        return found.name if found else number

    def _belonging(self, row: Document, number: str, name: str) -> list[str]:
        """The ids of what belongs to a contact. Its own document names ten of a sort."""
        held = row.get(name)
        listed = inner(row, name, "data")
        if isinstance(held, Mapping) and held.get("has_more") is True:
            with suppress(NotThere):  # it was merged or deleted meanwhile: the ten are what is known
                listed = [*self._client.every(f"/contacts/{number}/{name}")]
        found = (identifier(each.get("id")) for each in listed)
        return [each for each in dict.fromkeys(found) if each]

    def _notes(self, row: Document, number: str) -> str:
        """What colleagues noted about a contact, the newest first."""
        if not inner(row, "notes", "data"):
            return ""
        try:
            rows = [*self._client.every(f"/contacts/{number}/notes")]
        except NotThere:
            return ""
        return "\n\n".join(each for each in (text_of_html(text(one.get("body"))) for one in rows) if each)

    def _ask(self, kind: str, number: str) -> Person | None:
        if not number.isalnum():
            return None
        try:
            if kind == ADMIN:
                return people.admin(self._client.get(f"/admins/{number}"))
            row = self._client.get(f"/contacts/{number}")
            return self._contact(row, self._words("tag"), self._words("date/contact"))
        except (NotThere, KeyError):
            return None

    # ---------------------------------------------------------------- articles

    def _articles(self, checkpoint: str) -> Iterator[Page]:
        try:
            shelves = Shelves([*self._client.every("/help_center/collections")])
            number, has_next = int(checkpoint or 1), True
            while has_next:
                document = self._client.get("/articles", {"page": number, "per_page": 50})
                for row in objects(document.get("data")):
                    if not self._seen.has(ARTICLES, row):
                        self._put(ARTICLES, row, lambda row=row: self._article(row, shelves))  # type: ignore[misc]
                pages = document.get("pages")
                has_next = isinstance(pages, Mapping) and bool(pages.get("next"))
                number += 1
                yield from self._gathering.rest(str(number))
        except NotThere as nothing:
            what = "Intercom has no articles to read"
            self._gathering.remark("articles", "all of them", what, line(str(nothing)))
            yield from self._gathering.rest("1")

    def _article(self, row: Document, shelves: Shelves) -> None:
        for each in articles(row, shelves, self._now):
            self._gathering.add(each)
        self._seen.note(ARTICLES, row)


def _place(after: str) -> str:
    """Where a list goes on; never empty, as an empty one is the beginning."""
    return json.dumps({"after": after})

"""Tickets over the API, from every list that has them and by their number.

The list of tickets ends after 300 pages, and a ticket that changes while it is read moves to the list's other end, so
that pages shift. So hardly any second page is ever asked for: the list is asked for in the order of the last change,
from the last change that was seen on, and what comes again is known. Source: developers.freshdesk.com/api, “List All
Tickets”.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from migrations.sources.freshdesk.attachments import Downloads
from migrations.sources.freshdesk.client import IN_PAGE, Client, NotAllowed, NotThere, Reply
from migrations.sources.freshdesk.gathering import Gathering
from migrations.sources.freshdesk.labels import Labels
from migrations.sources.freshdesk.tickets import Document, TicketReader
from migrations.sources.freshdesk.values import identifier, objects
from migrations.sources.http_client import NoAnswer
from migrations.sources.source import Reading, SourceFault
from migrations.staging.page import Page

MOST_PAGES = 300
EMBEDDED = 10
"""Conversations that come with a ticket at most."""
FIRST = "1990-01-01T00:00:00Z"
"""Before the oldest ticket: without a time the list begins thirty days ago."""
_OVERLAP = timedelta(seconds=1)
"""Whether the list takes in the second from which on it is asked for stands nowhere."""
_TRIED_AT_ONCE = 200
_TRIED = "INSERT OR IGNORE INTO freshdesk_tried VALUES (?)"
_NAMED = """
SELECT DISTINCT into_ FROM freshdesk_merges
WHERE into_ NOT IN (SELECT id FROM freshdesk_tickets) AND into_ NOT IN (SELECT id FROM freshdesk_tried)
ORDER BY into_ LIMIT ?
"""
"""Tickets that mergers name and nobody has looked for yet."""


@dataclass(frozen=True)
class Place:
    """Where reading a list of tickets goes on. ticket and conversations: in the middle of this one, at this page."""

    since: str
    page: int = 1
    ticket: str = ""
    conversations: int = 1

    @classmethod
    def read(cls, checkpoint: str, since: str) -> Place:
        return cls(**json.loads(checkpoint)) if checkpoint else cls(since)

    def written(self) -> str:
        return json.dumps(asdict(self))


class TicketLists:
    """Reads them into a gathering."""

    def __init__(self, reading: Reading, client: Client, gathering: Gathering) -> None:
        self._reading = reading
        self._client = client
        self._gathering = gathering
        self._since = f"{reading.since}T00:00:00Z" if reading.since else FIRST

    def listed(self, checkpoint: str, sort: str) -> Iterator[Page]:
        """sort: `spam`, `deleted`, or empty for all others."""
        place, reader = Place.read(checkpoint, self._since), self._reader()
        only = {"filter": sort} if sort else {}
        while True:
            reply = self._client.get(
                "/tickets", **only, updated_since=place.since, order_by="updated_at", order_type="asc",
                include="stats", page=place.page, per_page=IN_PAGE,
            )  # fmt: skip
            rows = [row for row in reply.rows if self._is_ticket(row)]
            for row in rows:
                yield from self._listed_ticket(reader, row, place)
            if not reply.has_next and len(reply.rows) < IN_PAGE:
                yield from self._gathering.rest(place.written())
                return
            place = self._further(place, [str(row.get("updated_at")) for row in rows])
            yield from self._gathering.rest(place.written())

    def _is_ticket(self, row: Any) -> bool:
        """Whether a row of a list can be a ticket at all."""
        if isinstance(row, Mapping) and identifier(row.get("id")).isdigit():
            return True
        self._gathering.put_aside("ticket", row, "it has no number")
        return False

    def _listed_ticket(self, reader: TicketReader, row: Document, place: Place) -> Iterator[Page]:
        if reader.is_seen(row):
            return
        reason = reader.unwanted(row)
        if reason:
            reader.leave_out(row, reason)
            reader.end(row)
        else:
            path = f"/tickets/{identifier(row['id'])}"
            try:
                view = self._view(path, include="conversations")
            except NotThere:
                reader.leave_out(row, "it was listed, and gone before it could be read", quarantined=True)
            except NoAnswer as broken:
                self._only_this(broken)
                reader.leave_out(row, "Freshdesk fails over this ticket each time", broken.why, quarantined=True)
            else:
                yield from self._one(reader, {**view, "stats": row.get("stats")}, path, place)
        if self._gathering.is_full:
            yield self._gathering.page(replace(place, ticket="", conversations=1).written())

    def _view(self, path: str, **query: str) -> dict[str, Any]:
        found = self._client.get(path, **query).document
        if not isinstance(found, dict) or not identifier(found.get("id")):
            raise NotThere(path)
        return found

    def _one(self, reader: TicketReader, view: dict[str, Any], path: str, place: Place) -> Iterator[Page]:
        """A ticket and its conversation; one that fills a page by itself is kept in pieces."""
        number = identifier(view["id"])
        embedded = view.pop("conversations", None)
        at = place.conversations if place.ticket == number else 1
        try:
            if isinstance(embedded, list) and len(embedded) < EMBEDDED:
                reply = Reply(embedded)
            else:
                reply = self._conversations(path, at)
        except (NotThere, NoAnswer) as broken:
            self._only_this(broken)
            reader.leave_out(view, "its conversation cannot be read", str(broken), quarantined=True)
            return
        if at == 1:
            reader.ticket(view, lambda: objects(self._view(path), "attachments"))
        while True:
            for document in reply.rows:
                self._comment(reader, document, view, path, at)
            if not reply.has_next:
                break
            at += 1
            if self._gathering.is_full:
                yield self._gathering.page(replace(place, ticket=number, conversations=at).written())
            try:
                reply = self._conversations(path, at)
            except (NotThere, NoAnswer) as broken:
                self._only_this(broken)
                self._gathering.remark("tickets", number, "its conversation could not be read to its end", broken)
                break
        reader.end(view)

    def _comment(self, reader: TicketReader, document: Any, view: Document, path: str, at: int) -> None:
        """One thing of a conversation. at: the page that it stood on."""

        def fresh() -> list[Document]:
            rows = (each for each in self._conversations(path, at).rows if isinstance(each, Mapping))
            return next((objects(each, "attachments") for each in rows if each.get("id") == document.get("id")), [])

        if isinstance(document, Mapping):
            reader.comment(document, view, fresh)
        else:
            self._gathering.put_aside("conversation", document, "it has no id")

    def _conversations(self, path: str, number: int) -> Reply:
        return self._client.get(f"{path}/conversations", page=number, per_page=IN_PAGE)

    def _only_this(self, broken: Exception) -> None:
        """Where the account as a whole gives no answers, it is not this ticket's fault. Raises NoAnswer."""
        if isinstance(broken, NoAnswer) and not self._client.answers():
            raise broken

    def _further(self, place: Place, changed: list[str]) -> Place:
        """Where the list goes on behind a page whose tickets changed at these times. Raises SourceFault."""
        if not changed:
            return Place(place.since, place.page + 1)
        if changed != sorted(changed):
            why = "its list of tickets is not in the order that was asked for, so some would be missed"
            raise SourceFault(self._client.where, why, "Please report it; meanwhile use the account export.")
        try:
            last = datetime.fromisoformat(changed[-1]).astimezone(UTC) - _OVERLAP
        except ValueError:
            why = f"it says that a ticket changed at {changed[-1]!r}, which is no time"
            raise SourceFault(self._client.where, why, "Please report it; meanwhile use the account export.") from None
        since = last.strftime("%Y-%m-%dT%H:%M:%SZ")
        if since > place.since:
            return Place(since)
        if place.page == MOST_PAGES:
            why = f"more than {MOST_PAGES * IN_PAGE:,} tickets were changed at {changed[-1]}; its list ends before"
            raise SourceFault(
                self._client.where, why, "Use the account export instead:  source: {freshdesk: {export: …}}"
            )
        return Place(place.since, place.page + 1)

    def merged(self, checkpoint: str) -> Iterator[Page]:
        """Tickets of which only a merger is known: they may be archived, and no list names those. One of them can have
        been merged itself."""
        place = Place.read(checkpoint, "")
        while rows := self._reading.staging.database.execute(_NAMED, (_TRIED_AT_ONCE,)).fetchall():
            for (number,) in rows:
                is_there = yield from self._archived_one(str(number), place)
                self._gathering.note(_TRIED, str(number))
                if not is_there:
                    what = "other tickets were merged into it, and it cannot be found"
                    self._gathering.remark("tickets", str(number), what)
            place = Place("")
            yield from self._gathering.rest(place.written())

    def archived(self, checkpoint: str) -> Iterator[Page]:
        """Every number of the ranges that the settings name, and that was not read yet."""
        place, tried = Place.read(checkpoint, "0"), 0
        for first, last in self._reading.settings.api.archived_ranges:
            for number in range(max(first, int(place.since) + 1), last + 1):
                yield from self._archived_one(str(number), place)
                place, tried = Place(str(number)), tried + 1
                if self._gathering.is_full or tried % _TRIED_AT_ONCE == 0:
                    yield self._gathering.page(place.written())
        yield from self._gathering.rest(place.written())

    def _archived_one(self, number: str, place: Place) -> Generator[Page, None, bool]:
        """One archived ticket; whether there is one. place: since which number, for one that is kept in pieces."""
        seen = "SELECT 1 FROM freshdesk_tickets WHERE id = ?"
        if self._reading.staging.database.execute(seen, (number,)).fetchone():
            return True
        path = f"/tickets/archived/{number}"
        try:
            view = self._view(path)
        except NotThere:
            return False
        except NotAllowed as refused:
            if refused.code == "require_feature":  # a plan without archive: nothing leaves the list
                return False
            raise
        except NoAnswer as broken:
            self._only_this(broken)
            why = "Freshdesk fails over this ticket each time"
            self._reader().leave_out({"id": number}, why, broken.why, quarantined=True)
            return True
        yield from self._one(self._reader(), view, path, place)
        return True

    def _reader(self) -> TicketReader:
        staging = self._reading.staging
        settings = self._reading.settings
        most = settings.largest_attachment_mb * 1_000_000 if settings.attachments else 0
        downloads = Downloads(self._client, staging.files, self._gathering, most)
        return TicketReader(self._reading, self._gathering, Labels(staging.database), downloads, self._client.url)

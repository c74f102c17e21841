"""A Freshdesk read from the export of the whole account, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from migrations.records.record import RecordType
from migrations.sources.freshdesk import knowledge, older_words, people
from migrations.sources.freshdesk.archive import BrokenFile, ExportArchive, ExportFile
from migrations.sources.freshdesk.attachments import Downloads
from migrations.sources.freshdesk.client import Client
from migrations.sources.freshdesk.gathering import Gathering
from migrations.sources.freshdesk.gone import people_gone
from migrations.sources.freshdesk.knowledge_lists import keep_article
from migrations.sources.freshdesk.labels import Labels
from migrations.sources.freshdesk.settings import FreshdeskExport
from migrations.sources.freshdesk.tickets import Document, TicketReader
from migrations.sources.freshdesk.values import identifier, objects, text
from migrations.sources.http_client import Stopped
from migrations.sources.source import Reading
from migrations.staging.page import LeftOut, Page

PEOPLE = "people"
_RECORDS: Mapping[str, RecordType] = {
    "groups": "groups", "companies": "organizations", "agents": "people", "contacts": "people", "tickets": "tickets",
    "solutions": "articles", "canned_responses": "macros",
}  # fmt: skip
_INSIDE = {
    "groups": "group", "companies": "company", "agents": "user", "contacts": "user", "tickets": "helpdesk_ticket",
    "solutions": "category", "canned_responses": "folder",
}  # fmt: skip
"""Kind of file → the word under which each of its objects stands."""


class ExportReading:
    """One run. Raises SourceFault."""

    def __init__(self, reading: Reading) -> None:
        settings: FreshdeskExport = reading.settings.export
        self._reading = reading
        self._archive = ExportArchive((reading.root / settings.path).resolve(), settings.path)
        self._files = self._archive.files()
        self._url = (settings.url or "").rstrip("/")
        self._client = Client(self._url, waited=reading.waited, stopped=reading.stopped)
        self._gathering = Gathering()
        self._now = datetime.now(UTC)

    @property
    def parts(self) -> Sequence[str]:
        return [*(f"{each.kind}-{number:04}" for number, each in enumerate(self._files)), PEOPLE]

    def pages(self, part: str, checkpoint: str) -> Iterator[Page]:
        if part == PEOPLE:
            yield from people_gone(self._reading, checkpoint, lambda _: None, self._now)
            return
        kept = checkpoint
        try:
            for page in self._pages(self._files[int(part.rpartition("-")[2])], int(checkpoint or 0)):
                yield page
                kept = page.checkpoint
        except Stopped:  # what is gathered and in no page yet is read again
            yield Page(checkpoint=kept)
        finally:
            self._archive.close()

    def _pages(self, file: ExportFile, done: int) -> Iterator[Page]:
        """done: how many of its objects are kept already; -1 for all that can be read."""
        if done < 0:
            return
        take, number = self._takes(file.kind), 0
        try:
            for number, item in enumerate(self._archive.items(file), start=1):
                if number > done:
                    self._take(take, item, file, number)
                    if self._gathering.is_full:
                        yield self._gathering.page(str(number))
        except BrokenFile as broken:
            why, where = "the export's file cannot be read from here on", f"{file.shown}#{number + 1}"
            self._gathering.leave_out(LeftOut(_RECORDS[file.kind], where, "quarantined", why, f"{where}: {broken}"))
            number = -1
        if not self._gathering.is_empty:
            yield self._gathering.page(str(number))

    def _take(self, take: Callable[[Document], None], item: Any, file: ExportFile, number: int) -> None:
        inside = item.get(_INSIDE[file.kind]) if isinstance(item, Mapping) else None
        where = f"{file.shown}#{number}"
        try:
            if not isinstance(inside, Mapping):
                raise KeyError(_INSIDE[file.kind])
            take(inside)
        except KeyError as missing:
            self._gathering.add_raw(file.kind, where, item)
            why = f"it has no {missing.args[0]}"
            self._gathering.leave_out(LeftOut(_RECORDS[file.kind], where, "quarantined", why, where))

    def _takes(self, kind: str) -> Callable[[Document], None]:
        match kind:
            case "groups":
                return lambda said: self._gathering.take("group", said, people.group)
            case "companies":
                return lambda said: self._gathering.take("company", said, partial(people.company, now=self._now))
            case "agents":
                return lambda said: self._gathering.take("agent", said, partial(people.agent, now=self._now))
            case "contacts":
                made = partial(people.contact, own=self._reading.own, now=self._now)
                return lambda said: self._gathering.take("contact", said, made)
            case "solutions":
                return self._category
            case "canned_responses":
                return self._canned
            case _:
                reader = self._reader()
                return lambda said: self._ticket(reader, said)

    def _reader(self) -> TicketReader:
        staging = self._reading.staging
        settings = self._reading.settings
        most = settings.largest_attachment_mb * 1_000_000 if settings.attachments else 0
        downloads = Downloads(self._client, staging.files, self._gathering, most)
        return TicketReader(self._reading, self._gathering, Labels(staging.database), downloads, self._url)

    def _ticket(self, reader: TicketReader, older: Document) -> None:
        ticket = older_words.ticket(older)
        if not identifier(ticket["id"]).isdigit():
            raise KeyError("display_id")
        if reader.is_seen(ticket):
            self._gathering.remark("tickets", identifier(ticket["id"]), "it stands in the export twice")
            return
        reason = reader.unwanted(ticket)
        if reason:
            reader.leave_out(ticket, reason)
        else:
            reader.ticket(ticket)
            for note in older_words.notes(older):
                reader.comment(older_words.conversation(note), ticket)
        reader.end(ticket)

    def _category(self, document: Document) -> None:
        name = text(document.get("name")).strip()
        for folder in objects(document, "all_folders") or objects(document, "folders"):
            shelf = knowledge.Shelf.of(folder, name, "", self._url)
            for each in objects(folder, "articles"):
                keep_article(self._gathering, each, shelf, text(each.get("language")), self._now)

    def _canned(self, document: Document) -> None:
        name = text(document.get("name")).strip()
        for each in objects(document, "canned_responses"):
            self._gathering.take("canned_response", each, partial(knowledge.canned_response, folder=name))

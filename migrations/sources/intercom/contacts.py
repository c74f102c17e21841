"""Contacts with what belongs to them: companies, tags and notes.

Source: developers.intercom.com, “Contacts”: the document of a contact names ten of each by their ids, and says whether
there are more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.sources.gathering import Gathering
from migrations.sources.http_client import NoAnswer
from migrations.sources.intercom import people
from migrations.sources.intercom.authors import ADMIN
from migrations.sources.intercom.client import Client, NotThere, Refused
from migrations.sources.intercom.people import Belongings
from migrations.sources.intercom.seen import Seen
from migrations.sources.intercom.values import Document, identifier, in_path, inner, text
from migrations.sources.intercom.words import Words
from migrations.sources.page_text import text_of_html
from migrations.sources.source import Reading

CONTACTS = "contact"


class ContactReader:
    """Puts contacts into a gathering, and asks for people by their ids."""

    def __init__(self, reading: Reading, client: Client, gathering: Gathering, seen: Seen, now: datetime) -> None:
        self._reading = reading
        self._client = client
        self._gathering = gathering
        self._seen = seen
        self._now = now

    def read(self, row: Document) -> None:
        """A row of a list of contacts."""
        self._gathering.add_raw(CONTACTS, identifier(row.get("id")), row)
        self._gathering.add(self._contact(row))
        self._seen.note(CONTACTS, row)

    def asked(self, kind: str, number: str) -> Person | None:
        """Who has an id, as the vendor still knows; None for nobody, or nobody who can be read. kind: as authors are
        called."""
        path = f"/admins/{in_path(number)}" if kind == ADMIN else f"/contacts/{in_path(number)}"
        try:
            row = self._client.get(path)
            return people.admin(row) if kind == ADMIN else self._contact(row)
        except (NotThere, KeyError):
            return None
        except (Refused, NoAnswer) as broken:
            self._only_this(broken)
            return None

    def _contact(self, row: Document) -> Person:
        number = identifier(row.get("id"))
        labels = (self._words.tags.get(each, "") for each in self._ids(row, number, "tags"))
        companies = self._ids(row, number, "companies")
        belongings = Belongings(
            company=next(iter(companies), ""),
            more_companies=tuple(self._company_name(each) for each in companies[1:]),
            tags=tuple(dict.fromkeys(each for each in labels if each)),
            notes=self._notes(row, number),
        )
        return people.contact(row, belongings, self._reading.own, self._words.dates_of(CONTACTS), self._now)

    @cached_property
    def _words(self) -> Words:
        return Words(self._reading.staging.database)

    def _company_name(self, number: str) -> str:
        found = self._reading.staging.get(Organization, number)
        return found.name if found else number

    def _ids(self, row: Document, number: str, name: str) -> list[str]:
        """The ids of what belongs to a contact."""
        held, listed = row.get(name), inner(row, name, "data")
        if isinstance(held, Mapping) and held.get("has_more") is True:
            listed = self._every(number, name) or listed
        found = (identifier(each.get("id")) for each in listed)
        return [each for each in dict.fromkeys(found) if each]

    def _notes(self, row: Document, number: str) -> str:
        """What colleagues noted about a contact, the newest first."""
        rows = self._every(number, "notes") if inner(row, "notes", "data") else []
        said = (text_of_html(text(each.get("body"))) for each in rows)
        return "\n\n".join(each for each in said if each)

    def _every(self, number: str, name: str) -> list[Document]:
        """What belongs to a contact; nothing where it was merged or deleted meanwhile, or cannot be read."""
        try:
            return [*self._client.every(f"/contacts/{in_path(number)}/{name}")]
        except NotThere:
            return []
        except (Refused, NoAnswer) as broken:
            self._only_this(broken)
            what = "what belongs to this contact cannot be read whole"
            self._gathering.remark("people", number, what, f"{name}: {broken.why}")
            return []

    def _only_this(self, broken: Refused | NoAnswer) -> None:
        """Where the workspace as a whole gives no answers, it is not this contact's fault. Raises NoAnswer."""
        if isinstance(broken, NoAnswer) and not self._client.answers():
            raise broken

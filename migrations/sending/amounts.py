"""How much a run would send: everything that is selected, what of it is there already, and what is left to be made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from migrations.declared.mapping import PLACEHOLDER, Row, WordMapping
from migrations.declared.migration import Migration
from migrations.ledger.ledger import Ledger
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.record import RecordType
from migrations.records.ticket import Ticket
from migrations.sending.chunks import chunks
from migrations.sending.contents import with_contents
from migrations.sending.named import add_named, homes_of, table_of_people
from migrations.sending.outgoing import DONE, new_status
from migrations.sending.people import UNKNOWN, seat_of
from migrations.sending.places import Places
from migrations.sending.selection import Selection, selected
from migrations.staging.staging import Staging

_CHUNK = 500


@dataclass
class Amounts:
    """records: by type, what is selected: its tickets, what is in them, whom they name, and where those belong. there:
    what of it was sent before, or was found there. to_make: what a run makes of it now, at most: whoever has an account
    of their own is found only then. seats: people named who have a seat, so that nothing is sent of them. statuses: new
    status → tickets. without_agent: tickets that are done and whose agent has no seat. first and last: when the first
    and the last ticket began."""

    records: Counter[RecordType] = field(default_factory=Counter)
    there: Counter[RecordType] = field(default_factory=Counter)
    to_make: Counter[RecordType] = field(default_factory=Counter)
    seats: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    without_agent: int = 0
    first: str = ""
    last: str = ""


def amounts(staging: Staging, migration: Migration, ledger: Ledger, places: Places, selection: Selection) -> Amounts:
    """Makes no call."""
    found, mapping = Amounts(), migration.mapping or WordMapping()
    people, new_people = table_of_people(staging, "amounts_all"), table_of_people(staging, "amounts_new")
    for chunk in chunks(selected(staging, migration, selection), _CHUNK):
        there = ledger.targets("tickets", [each.id for each in chunk])
        new = [each for each in chunk if each.id not in there]
        found.records += _within(staging, chunk)
        found.there["tickets"] += len(there)
        found.to_make += _within(staging, new)
        add_named(staging, people, chunk)
        add_named(staging, new_people, new)
        for ticket in chunk:
            _note_ticket(found, ticket, migration, mapping)
    for named in chunks(_people(staging, people), _CHUNK):
        found.records["people"] += len(named)
        found.there["people"] += len(ledger.targets("people", [each.id for each in named]))
        found.seats += sum(bool(seat_of(each.id, mapping, places)) for each in named)
    for homes in chunks(staging.all(Organization, homes_of(people)), _CHUNK):
        found.records["organizations"] += len(homes)
        found.there["organizations"] += len(ledger.targets("organizations", [each.id for each in homes]))
    found.to_make += named_to_make(staging, migration, ledger, places, new_people)
    return found


def named_to_make(
    staging: Staging, migration: Migration, ledger: Ledger, places: Places, people: str
) -> Counter[RecordType]:
    """How many people and organizations are made for those who are named, with the one who stands for everybody who is
    not known. people: a table of `named_people`."""
    found, mapping = Counter[RecordType](), migration.mapping or WordMapping()
    for named in chunks(_people(staging, people), _CHUNK):
        known = ledger.targets("people", [each.id for each in named])
        found["people"] += sum(each.id not in known and not seat_of(each.id, mapping, places) for each in named)
    found["people"] += not ledger.targets("people", [UNKNOWN])
    for homes in chunks(staging.all(Organization, homes_of(people)), _CHUNK):
        found["organizations"] += len(homes) - len(ledger.targets("organizations", [each.id for each in homes]))
    return found


def _people(staging: Staging, table: str) -> Iterator[Person]:
    return staging.all(Person, f"id IN (SELECT id FROM {table})")


def _within(staging: Staging, tickets: Sequence[Ticket]) -> Counter[RecordType]:
    marks = ", ".join("?" * len(tickets))
    return with_contents(staging, f"({marks})", tuple(each.id for each in tickets))


def _note_ticket(found: Amounts, ticket: Ticket, migration: Migration, mapping: WordMapping) -> None:
    status = new_status(ticket, migration)
    found.statuses[status] += 1
    agent = mapping.people.get(ticket.assignee, Row()).to
    found.without_agent += status in DONE and agent in (None, PLACEHOLDER)
    if ticket.created is not None:
        at = ticket.created.at
        found.first, found.last = min(found.first or at, at), max(found.last, at)

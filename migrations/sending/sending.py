"""Sending what was decided: organizations and people first, then tickets, each written down before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from config.declaration import Declaration
from migrations.declared.mapping import WordMapping
from migrations.declared.migration import Migration
from migrations.ledger.entry import SEATED, Entry
from migrations.ledger.ledger import Ledger
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.record import RecordType
from migrations.records.ticket import Ticket
from migrations.sending.changes import changed_tickets
from migrations.sending.chunks import chunks
from migrations.sending.external_ids import external_id
from migrations.sending.jobs import Jobs, at_places
from migrations.sending.named import homes_of, named_people
from migrations.sending.outgoing import Outgoing, digest_of, outgoing
from migrations.sending.people import NOBODY, UNKNOWN, new_user, seat_of
from migrations.sending.places import Places
from migrations.sending.retiring import retire
from migrations.sending.selection import Selection, selected, staying
from migrations.sending.ticket import new_ticket
from migrations.sending.uploading import Uploading
from migrations.staging.staging import Staging
from provisioners.history import NewOrganization, NewTicket
from provisioners.imports import Imports

BYTES_AT_ONCE = 4_000_000
"""Of the texts of one call: a hundred tickets of long mails are sent in several."""
Item = TypeVar("Item")


class Stopped(Exception):
    """Somebody wants an end; everything that was sent is written down."""


@dataclass
class Sending:
    """One run. key: the migration's. stopped: whether somebody wants an end."""

    key: str
    staging: Staging
    migration: Migration
    declared: Declaration
    places: Places
    imports: Imports
    ledger: Ledger
    jobs: Jobs
    stopped: Callable[[], bool] = lambda: False
    look_up: Callable[[], object] = lambda: None
    """Settles calls of which nobody knows the end; see `recovery`."""
    misfits: int = 0
    """Values that stayed behind because their new field cannot hold them."""
    _uploading: Uploading = field(init=False)

    def __post_init__(self) -> None:
        self._uploading = Uploading(self.imports, self.staging, self.ledger)

    def send(self, selection: Selection) -> None:
        """Everything that is selected and not there yet. Raises SystemFault, Stopped."""
        if not selection.is_trial:
            self.ledger.end_trials()
            self._note_staying()
        self._send(lambda: self._not_there_yet(selected(self.staging, self.migration, selection)))

    def send_changes(self) -> None:
        """Everything that `changes.find_changes` has found to be new or changed. What is there already is made anew,
        and then deleted: nobody can add to the history of a ticket. Raises SystemFault, Stopped."""
        self.ledger.end_trials()
        self._note_staying()
        self._send(self._changed)

    def _changed(self) -> Iterator[Ticket]:
        """Those that are still as they were when they were compared."""
        for chunk in chunks(changed_tickets(self.staging), self.imports.at_once):
            there = self.ledger.targets("tickets", [ticket.id for ticket, _ in chunk])
            yield from (ticket for ticket, target in chunk if there.get(ticket.id, "") == target)

    def _note_staying(self) -> None:
        left = staying(self.staging, self.migration)
        self.ledger.note_skipped(("tickets", ticket.id, why) for ticket, why in left)

    def _not_there_yet(self, tickets: Iterator[Ticket]) -> Iterator[Ticket]:
        for chunk in chunks(tickets, self.imports.at_once):
            yield from self._not_there("tickets", {each.id: each for each in chunk}).values()

    def _send(self, tickets: Callable[[], Iterator[Ticket]]) -> None:
        people = named_people(self.staging, tickets())
        if not self.jobs.trial:
            self._add_decided_anew(people)
        self._organizations(people)
        self._users(people)
        for batch in self._batches(tickets()):
            self._check_stopped()
            self._tickets(batch)
            retire(self.imports, self.ledger, self.jobs)
        self._finish()

    def _finish(self) -> None:
        """Wait for all that is under way, and delete what it took the place of."""
        self.jobs.finish()
        retire(self.imports, self.ledger, self.jobs)
        self.jobs.finish()

    def _check_stopped(self) -> None:
        if self.stopped():
            self._finish()
            raise Stopped

    # ---------------------------------------------------------------- organizations and people

    def _add_decided_anew(self, people: str) -> None:
        """Whoever is there and has, or had, a seat: the file may say otherwise by now."""
        for chunk in chunks((*self._mapping.people, *self.ledger.seated()), 500):
            known = self.ledger.targets("people", chunk)
            with self.staging.transaction():
                said = f"INSERT OR IGNORE INTO {people} VALUES (?)"
                self.staging.database.executemany(said, [(each,) for each in known])

    @property
    def _mapping(self) -> WordMapping:
        return self.migration.mapping or WordMapping()

    def _organizations(self, people: str) -> None:
        """Those to which somebody belongs who is named."""
        for chunk in chunks(self.staging.all(Organization, homes_of(people)), self.imports.at_once):
            self._check_stopped()
            new = self._not_there("organizations", {each.id: each for each in chunk})
            found = self.imports.organizations_by_external_id([external_id(self.key, source) for source in new])
            matched = {source: found[ext].id for source in new if (ext := external_id(self.key, source)) in found}
            self._note_matched("organizations", matched)
            made = {source: each for source, each in new.items() if source not in matched}
            if made:
                sent = [
                    NewOrganization(external_id(self.key, each.id), each.name or each.id, each.domains, each.notes)
                    for each in made.values()
                ]
                call = partial(at_places, self.imports.create_organizations, sent)
                self.jobs.send("organizations", "create", dict.fromkeys(made, ""), call)
        self.jobs.finish()
        self.look_up()
        for entry in list(self.ledger.entries("organizations", "failed")):
            refused = self.staging.get(Organization, entry.source)
            named = self.imports.organization_by_name(refused.name) if refused is not None else None
            if named is not None:
                self._note_matched("organizations", {entry.source: named.id})

    def _users(self, people: str) -> None:
        named = self.staging.all(Person, f"id IN (SELECT id FROM {people})")
        for chunk in chunks(_with(NOBODY, named), self.imports.at_once):
            self._check_stopped()
            rest = self._without_user({each.id: each for each in chunk})
            rest = self._without_found(rest)
            addresses = {each.email: source for source, each in rest.items() if each.email and each.side == "customer"}
            by_address = self.imports.users_by_email(list(addresses)) if addresses else {}
            matched = {addresses[address]: found.id for address, found in by_address.items() if address in addresses}
            self._note_matched("people", matched)
            made = {source: each for source, each in rest.items() if source not in matched}
            if made:
                homes = self.ledger.targets("organizations", [each.organization for each in made.values()])
                sent = [new_user(each, self.key, homes.get(each.organization, "")) for each in made.values()]
                call = partial(at_places, self.imports.create_users, sent)
                self.jobs.send("people", "create", dict.fromkeys(made, ""), call)
        self.jobs.finish()
        self.look_up()  # whoever is missing now would be unknown in everything that they wrote

    def _without_user(self, people: Mapping[str, Person]) -> dict[str, Person]:
        """Those of whom it is not known who they are. Whoever has a seat is that user, whatever was said before; and
        whoever had one, and has none any more, is looked for again."""
        known = self.ledger.entries_of("people", list(people))
        seats = {source: seat for source in people if (seat := seat_of(source, self._mapping, self.places))}
        self.ledger.note_seats(
            {source: seat for source, seat in seats.items() if not _has_seat(known.get(source), seat)}
        )
        return {
            source: person
            for source, person in people.items()
            if source not in seats and not _is_known(known.get(source))
        }

    def _without_found(self, people: Mapping[str, Person]) -> dict[str, Person]:
        """Those whom the helpdesk does not have by their old ids. Who was made by this migration once is so again."""
        found = self.imports.users_by_external_id([external_id(self.key, source) for source in people])
        ids = {source: found[ext].id for source in people if (ext := external_id(self.key, source)) in found}
        ours = {source: id_ for source, id_ in ids.items() if id_ in self.ledger.former.ids("people", source)}
        self.ledger.note_made_again(ours)
        self._note_matched("people", {source: id_ for source, id_ in ids.items() if source not in ours})
        return {source: person for source, person in people.items() if source not in ids}

    def _not_there(self, type_: RecordType, records: Mapping[str, Item]) -> dict[str, Item]:
        """Those of which the ledger does not know where they are."""
        there = self.ledger.targets(type_, list(records))
        return {source: record for source, record in records.items() if source not in there}

    def _note_matched(self, type_: RecordType, matched: Mapping[str, str]) -> None:
        self.ledger.note_entries(Entry(type_, source, "matched", target) for source, target in matched.items())

    # ---------------------------------------------------------------- tickets

    def _batches(self, tickets: Iterator[Ticket]) -> Iterator[list[Outgoing]]:
        """Tickets that go with one call: as many as it takes, unless their texts are too much."""
        batch: list[Outgoing] = []
        size = 0
        for ticket in tickets:
            one = outgoing(ticket, self.staging, self.migration, self.declared)
            weight = sum(len(each.body) + len(each.html) for each in one.comments)
            if batch and (
                len(batch) == self.imports.at_once
                or size + weight > BYTES_AT_ONCE
                or batch[0].is_closed != one.is_closed
            ):
                yield batch
                batch, size = [], 0
            batch.append(one)
            size += weight
        if batch:
            yield batch

    def _tickets(self, batch: list[Outgoing]) -> None:
        named = {each for out in batch for each in out.people}
        homes = self.ledger.targets("organizations", [each for out in batch if (each := out.organization)])
        users = self.ledger.targets("people", [*named, UNKNOWN])
        refused = {
            source for source, entry in self.ledger.entries_of("people", list(named)).items() if entry.state == "failed"
        }
        sent: list[NewTicket] = []
        digests: dict[str, str] = {}
        for out in batch:
            if len(out.comments) > self.imports.most_comments:
                why = f"it has {len(out.comments):,} comments; the helpdesk takes {self.imports.most_comments:,}"
                self._refuse(out.source, why)
                continue
            missing = next((each for each in (*out.people, UNKNOWN) if each not in users and each not in refused), "")
            if missing:
                self._refuse(out.source, f"{missing}, whom it names, is not there yet: the next run tries again")
                continue
            tokens, images = self._uploading.uploaded(out)
            home = homes.get(out.organization, "")
            sent.append(new_ticket(out, self.key, users, self.places, tokens, images, self.imports.longest_text, home))
            self.misfits += len(out.misfits)
            digests[out.source] = digest_of(out)
        if sent:
            self.jobs.send("tickets", "create", digests, partial(at_places, self.imports.import_tickets, sent))

    def _refuse(self, source: str, why: str) -> None:
        """A ticket that cannot be sent; one that is there stays as it is."""
        entry = self.ledger.entry("tickets", source)
        if entry is not None and entry.state == "made":
            self.ledger.note_reason("tickets", source, why)
        else:
            self.ledger.note_entries([Entry("tickets", source, "failed", reason=why)])
        self.jobs.told("tickets", 0, 1)


def _has_seat(entry: Entry | None, seat: str) -> bool:
    return entry is not None and (entry.state, entry.target, entry.digest) == ("matched", seat, SEATED)


def _is_known(entry: Entry | None) -> bool:
    """Whether it stays as it is, where the mapping names no seat."""
    return entry is not None and entry.state in ("made", "matched") and entry.digest != SEATED


def _with(first: Item, rest: Iterable[Item]) -> Iterator[Item]:
    yield first
    yield from rest

"""What a ticket was to become, made again from what was read and decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from config.declaration import Declaration
from migrations.declared.migration import Migration
from migrations.ledger.ledger import Ledger
from migrations.records.attachment import Attachment
from migrations.records.ticket import Ticket
from migrations.sending.outgoing import Outgoing, outgoing
from migrations.sending.people import UNKNOWN
from migrations.sending.places import Places
from migrations.sending.ticket import new_ticket
from migrations.staging.staging import Staging
from provisioners.history import NewTicket


@dataclass
class Expecting:
    """longest: bytes of one comment. users: the unknown author's id, once it is known."""

    key: str
    staging: Staging
    migration: Migration
    declared: Declaration
    places: Places
    ledger: Ledger
    longest: int
    users: dict[str, str] = field(default_factory=dict)

    def ticket(self, source: str) -> tuple[Outgoing, NewTicket] | None:
        """The ticket of an old id; None where it was not read. Pictures in texts are left out: they have new
        addresses."""
        ticket = self.staging.get(Ticket, source)
        if ticket is None:
            return None
        out = outgoing(ticket, self.staging, self.migration, self.declared)
        users = self.known_users(out)
        home = self.ledger.targets("organizations", [out.organization]).get(out.organization, "")
        self.users = {UNKNOWN: users.get(UNKNOWN, "")}
        return out, new_ticket(out, self.key, users, self.places, {}, {}, self.longest, home)

    def known_users(self, out: Outgoing) -> dict[str, str]:
        """Everybody whom a ticket names → the new helpdesk's id, `UNKNOWN` among them."""
        return self.ledger.targets("people", [*out.people, UNKNOWN])

    def files_sent(self, out: Outgoing) -> list[Attachment]:
        """Its files without those that were refused, which are in the ledger with the reason."""
        every = [each for files in out.files.values() for each in files]
        entries = self.ledger.entries_of("attachments", [each.id for each in every]) if every else {}
        refused = {source for source, entry in entries.items() if entry.state == "failed"}
        return [each for each in every if each.id not in refused]

"""The way in for history from another tool: what it takes, what came of it, and how to look.

The calls that write are made for a ledger that notes intent, request, job and results, each before the next: every one
of them is a single call to the vendor, begins a job where it is about many, and is never sent again by itself once it
may have arrived. What came of it is one of three: it took effect (it returns), it did not (SystemFault with
`took_effect` False), or nobody knows (`took_effect` None), and then the look-ups say.

Ids are the vendor's, as text. Moments are UTC, `2024-03-01T08:15:00Z`. Every method raises SystemFault.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from provisioners.history import (
    FoundOrganization,
    FoundUser,
    HeldComment,
    HeldFile,
    HeldTicket,
    NewFile,
    NewOrganization,
    NewTicket,
    NewUser,
)

# ---------------------------------------------------------------- what came of it


@dataclass(frozen=True)
class Upload:
    """Files that wait for a comment under one token. attachment: the id of the file that was sent last; address: where
    a text can show it from, empty where the vendor names none."""

    token: str
    attachment: str
    address: str = ""


@dataclass(frozen=True)
class BegunJob:
    """A bulk call that the vendor carries out by and by. warnings: what it says it leaves out, in its own words."""

    id: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowResult:
    """What came of one object of a bulk call. index: its place in the call; id: the vendor's; None and empty where it
    does not say them, and a look-up must tell. error: empty for one that was done. external_id, email: where the vendor
    repeats them."""

    index: int | None
    id: str = ""
    error: str = ""
    external_id: str = ""
    email: str = ""


JobStatus = Literal["queued", "working", "completed", "failed", "unknown"]


@dataclass(frozen=True)
class JobState:
    """How far a job is. unknown: the vendor does not know it, or no longer. rows: once it is completed, in any order;
    none where the vendor only says whether all went well. why: of one that failed."""

    id: str
    status: JobStatus
    rows: tuple[RowResult, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class RuleActed:
    """Something that a rule has done to a ticket, or somebody who was told of it. rule: its title; empty where the
    vendor does not name it. did: the vendor's word for the event. tells: whether somebody hears of it. upon_somebody:
    whether it came of what somebody changed in a ticket that was there already."""

    rule: str
    did: str
    tells: bool = False
    upon_somebody: bool = False


@dataclass(frozen=True)
class LiveLimits:
    """What the answers so far have shown; None for what they have not. calls_left: in the present minute."""

    calls_per_minute: int | None = None
    calls_left: int | None = None
    jobs_at_once: int | None = None
    jobs_left: int | None = None


@dataclass(frozen=True)
class RuleMet:
    """A live rule that would act on imported tickets. does: in words, one for each action. mails: whom it writes to,
    `customers`, `agents` or `others`. why: why it would; do: what keeps it from it."""

    sort: Literal["automation", "trigger", "deletion schedule"]
    id: str
    title: str
    does: tuple[str, ...]
    mails: tuple[str, ...]
    why: str
    do: str


class Imports(ABC):
    """The way in for history of one helpdesk in one run."""

    at_once: ClassVar[int]
    """Objects in one bulk call, at most; more are a ValueError."""
    most_comments: ClassVar[int]
    """Comments of one ticket."""
    most_copied: ClassVar[int]
    """People in copy of one ticket."""
    longest_text: ClassVar[int]
    """Bytes of one comment, in UTF-8, as text or as HTML."""
    largest_file: ClassVar[int]
    """Bytes."""
    earliest: ClassVar[str]
    """The first moment that a comment can have; the last one is now."""

    # Look-ups. As many calls as it takes; what is asked for and not in the answer is not there.

    @abstractmethod
    def organizations_by_external_id(self, external_ids: Collection[str]) -> dict[str, FoundOrganization]:
        """External id as asked → the organization. Sure also right after it was made. Reads only."""

    @abstractmethod
    def organization_by_name(self, name: str) -> FoundOrganization | None:
        """The organization of a name, capital letters aside. Reads only."""

    @abstractmethod
    def users_by_external_id(self, external_ids: Collection[str]) -> dict[str, FoundUser]:
        """External id as asked → the user. Sure also right after it was made. Reads only."""

    @abstractmethod
    def users_by_email(self, emails: Collection[str]) -> dict[str, FoundUser]:
        """Address as asked → who has it. What was made in the last minutes may be missing, and an address that is not
        the first one of somebody whose first one was asked for, too; making such a user is refused. Reads only."""

    @abstractmethod
    def tickets_by_external_id(self, external_id: str) -> list[str]:
        """The ids of all tickets that have it, also in the archive, of which those of the last minutes may be missing;
        more than one has been sent twice. Reads only."""

    @abstractmethod
    def count_tagged(self, tag: str) -> int:
        """How many tickets have a tag, those in the archive among them: a cross-check, for what was made or deleted in
        the last minutes may count wrongly. Reads only."""

    # Writing. One call each.

    @abstractmethod
    def create_organizations(self, organizations: Sequence[NewOrganization]) -> BegunJob:
        """Make them; one of which name or external id is taken is refused in the job's results."""

    @abstractmethod
    def create_users(self, users: Sequence[NewUser]) -> BegunJob:
        """Make them without a mail to anybody; one of whom address or external id is taken is refused."""

    @abstractmethod
    def import_tickets(self, tickets: Sequence[NewTicket], *, archive: bool = False) -> BegunJob:
        """Take them in with their history, past all rules. archive: closed ones go into the archive at once."""

    @abstractmethod
    def upload(self, file: NewFile, token: str = "") -> Upload:
        """Send a file that a comment will name by its token, within the hour. token: an earlier one, to which it is
        added."""

    @abstractmethod
    def discard(self, token: str) -> None:
        """Take back files that no comment has taken; those that are no longer there are fine."""

    @abstractmethod
    def delete_tickets(self, ids: Sequence[str]) -> BegunJob:
        """Delete tickets; they can be brought back for thirty days."""

    @abstractmethod
    def delete_tickets_for_good(self, ids: Sequence[str]) -> BegunJob:
        """Of tickets that are deleted already."""

    @abstractmethod
    def delete_users(self, ids: Sequence[str]) -> BegunJob:
        """Delete users; their name stays at what they wrote."""

    @abstractmethod
    def delete_user_for_good(self, identifier: str) -> bool:
        """Of a user who is deleted already. False where there was none any more."""

    @abstractmethod
    def delete_organizations(self, ids: Sequence[str]) -> BegunJob:
        """Delete organizations; their users and tickets stay."""

    @abstractmethod
    def jobs(self, ids: Collection[str]) -> dict[str, JobState]:
        """Job → how far it is; each that was asked for is in the answer. Reads only."""

    @abstractmethod
    def jobs_under_way(self) -> list[JobState]:
        """Every job of the account that is queued or at work, whoever began it. A bulk call whose answer was lost may
        be among them: until they are over, the look-ups do not show what it makes. Reads only."""

    # Reading back

    @abstractmethod
    def tickets(self, ids: Collection[str]) -> dict[str, HeldTicket]:
        """Id → ticket, also of those in the archive; what is not there is left out. Reads only."""

    @abstractmethod
    def changed_since(self, moment: str) -> Iterator[HeldTicket]:
        """Every ticket that was made or changed since then, page by page; those of the last minutes may be missing.
        Deleted ones are left out. Reads only."""

    @abstractmethod
    def comments(self, ticket: str) -> Iterator[HeldComment]:
        """What was written in a ticket, oldest first, page by page. Reads only."""

    @abstractmethod
    def users(self, ids: Collection[str]) -> dict[str, FoundUser]:
        """Id → the user; whoever is not there is left out. Reads only."""

    @abstractmethod
    def content(self, file: HeldFile) -> Iterator[bytes]:
        """A file, in pieces. Reads only."""

    @abstractmethod
    def acted(self, ticket: str) -> list[RuleActed]:
        """What rules have done to a ticket, and who was told of it, since it was made. Reads only."""

    @abstractmethod
    def ticket_page(self, ticket: str) -> str:
        """The address at which people see a ticket. Makes no call."""

    @abstractmethod
    def limits(self) -> LiveLimits:
        """What the vendor takes. Makes no call."""

    @abstractmethod
    def rules_met(self, mark: str, statuses: Collection[str], tags: Collection[str] | None = None) -> list[RuleMet]:
        """The live rules that would act on imported tickets. mark: the tag that each of them has. statuses: those in
        which they come. tags: all that they may have, those of their fields' options among them; None where nobody
        knows. Reads only."""

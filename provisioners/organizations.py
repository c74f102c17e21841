"""A helpdesk's organizations, as far as a CRM fills them. Values and fields: see `provisioners.accounts`; here a field
is named as the mapping's rows name it, `organization.KEY`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from provisioners.accounts import Value


@dataclass(frozen=True)
class HeldOrganization:
    """What is there. account: what stands where the CRM's account id is kept; empty for nothing."""

    id: str
    name: str
    account: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class CustomerTicket:
    """A ticket of an organization that holds an account's id. customer: the organization's name."""

    id: str
    subject: str
    account: str
    customer: str


@dataclass(frozen=True)
class OrganizationWrite:
    """What is to be written. id: empty for one that is made. name: empty where it stays. account: the account's id,
    which is sent only where `keyed` says that it is missing."""

    account: str
    id: str
    name: str
    values: Mapping[str, Value]
    keyed: bool


@dataclass(frozen=True)
class Written:
    """What came of one bulk call. refused: account → the vendor's reason."""

    done: int
    refused: dict[str, str] = field(default_factory=dict)


class Organizations(ABC):
    """The organizations of one helpdesk in one run. Every method raises SystemFault."""

    @abstractmethod
    def all(self, fields: Sequence[str]) -> Iterator[HeldOrganization]:
        """Every organization, read on as it is gone through and kept nowhere. Reads only."""

    @abstractmethod
    def latest_tickets(self, since: str) -> list[CustomerTicket]:
        """The newest tickets that came since a day (YYYY-MM-DD), as far as one call gives them. Reads only."""

    @abstractmethod
    def settled(self) -> None:
        """Wait until the vendor has carried out every bulk call on organizations that was sent before. Reads only."""

    @abstractmethod
    def misfit(self, field: str, value: Value) -> str:
        """Why a field cannot hold a value; empty where it can. Makes no call."""

    @abstractmethod
    def write(self, writes: Iterable[OrganizationWrite]) -> Iterator[Written]:
        """Make and change organizations, as many with one call as the vendor takes; never deletes one."""

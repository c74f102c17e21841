"""A CRM's accounts, as far as the helpdesk is to know them: how full their fields are, and what they hold.

Values are golive's own: an option's key, ISO 8601 for a date, a number, a text; None for empty. Fields are named as
the rows of the mapping name them: by the key of a CRM field, or by a path from one (`csm.Name`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Value = str | bool | int | float | list[str] | None


@dataclass(frozen=True)
class CrmAccount:
    """One account. id: in the form that the helpdesk keeps. values: by field."""

    id: str
    name: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Filled:
    """How full the fields of one segment's accounts are. segment: an option's key, or the CRM's own value where no
    option is declared; empty for accounts that say none. fields: field → accounts that hold something."""

    segment: str
    total: int
    fields: Mapping[str, int]


@dataclass(frozen=True)
class Incomplete:
    """An account that lacks values. page: its page in the CRM; empty where it has none."""

    id: str
    name: str
    missing: tuple[str, ...]
    page: str


class Accounts(ABC):
    """The accounts of one CRM in one run. Only reads. Every method raises SystemFault."""

    @abstractmethod
    def uncountable(self, fields: Sequence[str]) -> dict[str, str]:
        """Fields that the vendor counts in no way → why. Makes no call."""

    @abstractmethod
    def filled(self, fields: Sequence[str], by: str) -> list[Filled]:
        """How many accounts hold something, by segment, in as few calls as counting allows. fields: countable ones.
        by: the field that says the segment; empty for all accounts together."""

    @abstractmethod
    def incomplete(self, fields: Sequence[str], most: int) -> list[Incomplete]:
        """Accounts that lack a value, those that lack the most first; `most` of them. fields: countable ones."""

    @abstractmethod
    def all(self, fields: Sequence[str]) -> Iterator[CrmAccount]:
        """Every account, read on as it is gone through and kept nowhere."""

    @abstractmethod
    def some(self, ids: Sequence[str], fields: Sequence[str]) -> list[CrmAccount]:
        """The accounts of these ids, as far as they are there."""

    def happened(self, ids: Sequence[str], since: str) -> dict[str, list[str]] | None:
        """Account's id → the texts of what has happened with it since a day (YYYY-MM-DD): activities, cases. None where
        golive does not know how this CRM keeps them."""
        return None

    @abstractmethod
    def id_of(self, text: str) -> str:
        """An account's id in the form of `CrmAccount.id`; empty for a text that cannot be one. Makes no call."""

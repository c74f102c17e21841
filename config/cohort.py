"""Who is in the soft launch (grammar 39): from a helpdesk's organisations to members, one by one.

Whether an organisation is a member depends on nothing but itself and what is declared, so that it does not change when
others come or go, and a helpdesk of any size is gone through in one reading. Of all others, a share is drawn: by a
threshold for the digest of the account's id, and not by rank, which would move with every new customer. So the share is
met about, and not exactly; whoever reads the organisations counts how many there are.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Literal

from config.kinds.rollout import Cohort
from config.share import percent

Stage = Literal["internal", "customers"]
"""internal: nobody but one's own people. customers: these, and everybody else who is in the cohort."""
STAGES: tuple[Stage, ...] = ("internal", "customers")
Why = Literal["internal", "always", "drawn", "segment", "never", "outside"]
"""Why somebody is in the cohort, or is not: by a list, by the share, or by the segment."""
MEMBERS: tuple[Why, ...] = ("internal", "always", "drawn", "segment")

_SALT = b"golive rollout\0"
"""Keeps the draw apart from any other that is made of the same ids. Never changed: customers would change places."""
_WHOLE = 1 << 64


_ACCOUNT_18 = re.compile(r"001[A-Za-z0-9]{15}")


@dataclass(frozen=True)
class Organization:
    """A customer's company in the helpdesk, as far as a cohort asks.

    id: the helpdesk's. account_ids: by which it is known elsewhere, the CRM's account id first. domains: those of its
    people's mail, in small letters. segment: a key of `segments`, empty where it says none of these. marked: whether it
    bears golive's mark; None where something else stands there.
    """

    id: str
    name: str = ""
    account_ids: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    segment: str = ""
    marked: bool | None = False

    @property
    def account_id(self) -> str:
        """By what it is drawn: the CRM's account id, or the helpdesk's own id where it has none."""
        return next((each for each in self.account_ids if each), self.id)

    @property
    def names(self) -> tuple[str, ...]:
        """All that an entry of a list can call it; see `comparable`."""
        return tuple(dict.fromkeys(comparable(each) for each in (*self.account_ids, self.id, *self.domains) if each))


def comparable(name: str) -> str:
    """A Salesforce account's id in its form of 15 characters, everything else as it is. Reports show 15; the API
    answers with 18, of which the last three only repeat which letters are capitals."""
    return name[:15] if _ACCOUNT_18.fullmatch(name) else name


class Membership:
    """What a declared cohort says of each organisation. `never` comes before everything, then one's own people."""

    def __init__(self, cohort: Cohort) -> None:
        self._lists: dict[str, Why] = {
            **dict.fromkeys(cohort.always, "always"),
            **dict.fromkeys(cohort.internal, "internal"),
            **dict.fromkeys(cohort.never, "never"),
        }
        self._meant = {comparable(entry): entry for entry in self._lists}
        self._ranks: tuple[Why, ...] = ("never", "internal", "always")
        self._segment = cohort.segment
        self._percent = percent(cohort.share) if cohort.share else 0

    def why(self, organization: Organization) -> Why:
        """Whether and why an organisation is in the cohort, once customers are let in."""
        said = {self._lists[each] for each in self.entries_of(organization)}
        for each in self._ranks:
            if each in said:
                return each
        if self._segment is not None:
            return "segment" if organization.segment == self._segment else "outside"
        return "drawn" if is_drawn(organization.account_id, self._percent) else "outside"

    def entries_of(self, organization: Organization) -> list[str]:
        """The entries of the lists that mean an organisation."""
        return [self._meant[each] for each in organization.names if each in self._meant]

    @property
    def entries(self) -> dict[str, Why]:
        """Every entry of a list, with what it says."""
        return dict(self._lists)


def is_member(why: Why, stage: Stage) -> bool:
    """Whether somebody for whom that is said is in at a stage."""
    return why == "internal" if stage == "internal" else why in MEMBERS


def is_drawn(account_id: str, percent: int) -> bool:
    """Whether an account is among so many per cent of all. Whoever is among 10 % is among 20 %, too."""
    digest = hashlib.sha256(_SALT + comparable(account_id.strip()).encode()).digest()
    return int.from_bytes(digest[:8]) * 100 < percent * _WHOLE

"""All organisations counted in one reading: who is in the soft launch, who bears the mark, and whose turn it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from config.cohort import Membership, Organization, Stage, Why, is_member
from config.results.cohort import Counted, NotFound, SegmentCount, TicketCount
from provisioners.customers import Ticket

WEEKS = 4
"""So many weeks of tickets are counted."""


@dataclass
class Census:
    """The numbers of one reading. It holds an id for each member, and of nobody else anything."""

    membership: Membership
    stage: Stage
    why: Counter[Why] = field(default_factory=Counter)
    unmarked: Counter[Why] = field(default_factory=Counter)
    """Who does not bear the mark yet, of those who could."""
    marked: int = 0
    kept: int = 0
    against: int = 0
    foreign: int = 0
    members: set[str] = field(default_factory=set)
    own: int = 0
    """One's own people among the members, marked or not."""
    all_segments: Counter[str] = field(default_factory=Counter)
    segments: Counter[str] = field(default_factory=Counter)
    found: set[str] = field(default_factory=set)

    def add(self, organization: Organization) -> Why:
        """Count one more. What is said of it."""
        why = self.membership.why(organization)
        chosen, marked = is_member(why, self.stage), organization.marked is True
        self.why[why] += 1
        self.marked += marked
        self.kept += marked and not is_member(why, "customers")
        self.against += marked and why == "never"
        self.foreign += organization.marked is None
        if organization.marked is False:
            self.unmarked[why] += 1
        self.all_segments[organization.segment] += 1
        if chosen or marked:
            self.members.add(organization.id)
            self.own += why == "internal"
            self.segments[organization.segment] += 1
        self.found.update(self.membership.entries_of(organization))
        return why

    def is_next(self, organization: Organization, why: Why) -> bool:
        """Whether `grow` marks an organisation at this stage: it is in, and nothing stands in the mark's field."""
        return organization.marked is False and is_member(why, self.stage)

    @property
    def to_mark(self) -> dict[Why, int]:
        """How many `grow` would mark, by the reason."""
        return {why: count for why, count in self.unmarked.items() if count and is_member(why, self.stage)}

    @property
    def counted(self) -> Counted:
        """All of it by number."""
        total = self.why.total()
        customers = total - self.why["internal"]
        inside = len(self.members) - self.own
        return Counted(
            total=total,
            internal=self.why["internal"],
            always=self.why["always"],
            drawn=self.why["drawn"],
            segment=self.why["segment"],
            never=self.why["never"],
            outside=self.why["outside"],
            marked=self.marked,
            to_mark=sum(self.to_mark.values()),
            kept=self.kept,
            against=self.against,
            foreign=self.foreign,
            members=len(self.members),
            customers=customers,
            share=round(inside / customers, 4) if customers else 0.0,
        )

    def by_segment(self, names: Mapping[str, str]) -> list[SegmentCount]:
        """The mix of segments. names: key of each segment → its name, in their order."""
        keys = [*names, *([""] if self.all_segments[""] else [])]
        return [SegmentCount(key, names.get(key, ""), self.all_segments[key], self.segments[key]) for key in keys]

    @property
    def not_found(self) -> list[NotFound]:
        """Entries of the lists that mean nobody."""
        return [NotFound(why, entry) for entry, why in self.membership.entries.items() if entry not in self.found]


def counting(census: Census, organizations: Iterable[Organization]) -> Iterator[tuple[Organization, Why]]:
    """Every organisation with what is said of it, counted as it goes by."""
    for each in organizations:
        yield each, census.add(each)


def count_tickets(tickets: Iterable[Ticket], members: set[str], until: datetime, way: str) -> TicketCount:
    """Tickets of the last weeks, of all and of members. until: now; what was made before the first week is left out."""
    since = until - timedelta(weeks=WEEKS)
    weekly = [[0, 0] for _ in range(WEEKS)]
    outside = without = 0
    for each in tickets:
        week = int((each.made_at - since) / timedelta(weeks=1))
        if not 0 <= week < WEEKS:
            continue
        weekly[week][0] += 1
        weekly[week][1] += each.organization in members
        outside += each.outside
        without += not each.organization
    return TicketCount(
        since=since.isoformat(timespec="seconds"),
        until=until.isoformat(timespec="seconds"),
        weeks=WEEKS,
        all=sum(one for one, _ in weekly),
        members=sum(one for _, one in weekly),
        outside=outside,
        without=without,
        weekly=weekly,
        way=way,
    )

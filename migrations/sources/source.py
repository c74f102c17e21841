"""What an old tool has to be able to do for golive: be read, page by page, from wherever reading stopped."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, ClassVar

from config.model import Model
from migrations.records.record import RecordType
from migrations.staging.page import Page
from migrations.staging.staging import Staging

ENTRY_POINTS = "golive.sources"
FIELD = "field:"
"""With this begins what `placeholder` says of a field of tickets; its name in the records follows."""


@dataclass(frozen=True)
class Trap:
    """Something of an old tool that surprises, and what golive does about it; it stands on the source's page."""

    what: str
    done: str


@dataclass(frozen=True)
class Reading:
    """What a source needs to be read. settings: an instance of its `Settings`. root: the workspace, in which paths are.
    own: whether an address is one of the client's own people's. stopped: whether the person wants an end; it is asked
    between pages. waited: told how many seconds a limit makes it wait. since: the day (YYYY-MM-DD) before which
    nothing has to be read again; empty for everything."""

    settings: Any
    root: Path
    staging: Staging
    own: Callable[[str], bool] = lambda _: False
    stopped: Callable[[], bool] = lambda: False
    waited: Callable[[float], None] = lambda _: None
    since: str = ""


class SourceFault(Exception):
    """The source cannot be read. where: a file, a line, a call. do: what a person can do."""

    def __init__(self, where: str, why: str, do: str) -> None:
        super().__init__(why)
        self.where = where
        self.why = why
        self.do = do

    def __reduce__(self) -> tuple[type[SourceFault], tuple[str, str, str]]:
        """Between processes."""
        return type(self), (self.where, self.why, self.do)


@dataclass(frozen=True)
class LogColumns:
    """has: what a log tells of `date`, `channel`, `customer`, `category`, `first_answer` and `resolved`. of_no_field:
    columns that tell none of these and that no ticket field is named as."""

    has: tuple[str, ...]
    of_no_field: tuple[str, ...]


class Source(ABC):
    """One sort of old tool.

    Whoever implements it
    - must give the same records with the same ids whenever it reads the same data;
    - must give every thing that it meets: as a record, or as `LeftOut` with its reason. One thing that cannot be
      understood never ends the reading;
    - must keep in memory no more than a page, whatever the size of the source; what it has to find out across pages
      stands in tables of its own in the staging's database, whose names begin with its own;
    - never writes to the old tool.
    """

    name: ClassVar[str]
    """As the files call it."""
    title: ClassVar[str]
    Settings: ClassVar[type[Model]]
    """What a file in `migrations/` says of where it is."""
    gives: ClassVar[tuple[RecordType, ...]]
    needs_own: ClassVar[bool] = False
    """Whether only the file's `own` says who is of the client's team, and with that what customers could not read."""
    raw_becomes: ClassVar[Mapping[str, RecordType]] = {}
    """Each sort of raw record of which every one becomes a record with its id, or is left out by it → that record's
    type. `golive migrate verify` holds one against the other, so that nothing is lost between them."""
    statuses: ClassVar[Mapping[str, str]]
    """Each status that a ticket of it can have → the one that golive proposes."""
    priorities: ClassVar[Mapping[str, str]] = {}
    traps: ClassVar[Sequence[Trap]]

    @abstractmethod
    def parts(self, reading: Reading) -> Sequence[str]:
        """What is read one after the other, by names that can be names of files. Raises SourceFault."""

    @abstractmethod
    def pages(self, reading: Reading, part: str, checkpoint: str) -> Iterator[Page]:
        """Read on. checkpoint: that of the last page that was kept; empty at the beginning. Raises SourceFault."""

    def tells_changes(self, settings: Any) -> bool:
        """Whether the source can be asked for what has changed since a day, so that only this is read again. Of any
        other everything is: the files that a migration names then hold the newest export."""
        return False

    def log_columns(self, settings: Any, root: Path, fields: Iterable[str]) -> LogColumns | None:
        """What the columns of a log kept by hand are good for; None for a source that is none. fields: keys of
        `ticket_fields`. Raises SourceFault, OSError."""
        return None

    def number_lost(self, staging: Staging) -> int:
        """The same as `raw_becomes` for raw records without ids of their own: how many of them became nothing."""
        return 0

    def placeholder(self, name: str, staging: Staging) -> str:
        """What stands for a placeholder of macros of the old tool in the new helpdesk, without its braces, such as
        `ticket.id`; `field:NAME` for a field of tickets; empty where nothing does."""
        return ""

    def settle(self, reading: Reading) -> None:  # noqa: B027 - most sources have nothing to settle
        """What only the whole shows, once all parts are read, such as which mails are one conversation. It may be done
        again at any time, with the same result, and is whole or not there after a crash. Raises SourceFault."""


@cache
def sources() -> Mapping[str, Source]:
    """Those that are installed, by name."""
    found = (each.load() for each in entry_points(group=ENTRY_POINTS))
    return {each.name: each for each in sorted(found, key=lambda one: one.name)}

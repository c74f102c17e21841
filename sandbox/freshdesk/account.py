"""One Freshdesk account in the store: what it holds, and the vendor's refusals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sandbox.store import Row, Store, Table

SYSTEM = "freshdesk"


class FreshdeskError(Exception):
    """A refusal in the vendor's form."""

    def __init__(self, status: int, document: Row | None, headers: dict[str, str] | None = None) -> None:
        super().__init__(str(document))
        self.status = status
        self.document = document
        self.headers = headers or {}


def invalid(field_: str, message: str, code: str = "invalid_value") -> FreshdeskError:
    """A 400 for something in the query or the body."""
    errors = [{"field": field_, "message": message, "code": code}]
    return FreshdeskError(400, {"description": "Validation failed", "errors": errors})


def missing() -> FreshdeskError:
    """A 404 of the vendor's, which has no body."""
    return FreshdeskError(404, None)


@dataclass(frozen=True)
class Answer:
    """What a call comes to. more: whether there is another page behind it."""

    document: object
    status: int = 200
    more: bool = False
    headers: dict[str, str] = field(default_factory=dict)


class Account:
    """Reads and plain writes. origin: the address under which whoever calls has this stand-in."""

    def __init__(self, store: Store, origin: str = "") -> None:
        self.store = store
        self.origin = origin

    def table(self, name: str) -> Table:
        return self.store.table(SYSTEM, name)

    @property
    def settings(self) -> Row:
        """`plan`, `calls_per_minute`, `ticket_lists_per_minute`, `most_pages`, `archive_after_days`,
        `since_is_exclusive`, `links_end_after`, `export_takes`, `is_admin`."""
        return self.store.settings(SYSTEM)

    def about(self) -> Row:
        """The account itself."""
        return self.table("_account")["1"]

    def new_id(self) -> int:
        """Ids are numbers of eleven digits, and no two objects of whatever sort have the same. Tickets count from 1."""
        return self.store.next_id(SYSTEM, 82_000_000_001)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.store.clock(), UTC)

    def find(self, table: str, identifier: object) -> Row:
        """A row by its id. Raises FreshdeskError."""
        row = self.table(table).get(str(identifier))
        if row is None:
            raise missing()
        return row


def shown(row: Row) -> Row:
    """A row without what only the stand-in knows."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def written(moment: datetime) -> str:
    """A time as this vendor writes it: UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_moment(said: str, field_: str) -> datetime:
    """A time of a query; UTC where it names no zone. Raises FreshdeskError."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        wrong = "It should be in the 'combined date and time ISO8601' format"
        raise invalid(field_, wrong, "invalid_date") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""One Intercom workspace in the store: what it holds, and the vendor's refusals."""

from __future__ import annotations

from sandbox.store import Row, Store, Table

SYSTEM = "intercom"


class IntercomError(Exception):
    """A refusal in the vendor's form. Source: developers.intercom.com, “Error Objects”."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        errors = [{"code": code, "message": message}]
        self.document: Row = {"type": "error.list", "request_id": "000sandbox", "errors": errors}


def missing(what: str = "Resource") -> IntercomError:
    """What a call for something that is not there comes to."""
    return IntercomError(404, "not_found", f"{what} Not Found")


class Workspace:
    """Reads and plain writes. origin: the address under which whoever calls has this stand-in."""

    def __init__(self, store: Store, origin: str = "") -> None:
        self.store = store
        self.origin = origin

    def table(self, name: str) -> Table:
        return self.store.table(SYSTEM, name)

    @property
    def settings(self) -> Row:
        """`calls_in_ten_seconds`, `most_parts`, `links_end_after`, `scroll_page`, `most_listed_companies`,
        `without` (first words of paths that are not in the plan)."""
        return self.store.settings(SYSTEM)

    def about(self) -> Row:
        """The workspace itself."""
        return self.table("_app")["1"]

    def new_id(self) -> str:
        """Ids are numbers as text; those of contacts and companies are longer and not only of digits."""
        return str(self.store.next_id(SYSTEM, 1_000_001))

    def now(self) -> int:
        """Times are whole seconds since 1970."""
        return int(self.store.clock())

    def find(self, table: str, identifier: object, what: str) -> Row:
        """A row by its id. Raises IntercomError."""
        row = self.table(table).get(str(identifier))
        if row is None:
            raise missing(what)
        return row


def shown(row: Row) -> Row:
    """A row without what only the stand-in knows."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def listed(type_: str, rows: list[Row], name: str = "data") -> Row:
    """A short list as the vendor wraps it."""
    return {"type": type_, name: rows}

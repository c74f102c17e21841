"""One HubSpot account in the store: what it holds, and the vendor's refusals."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sandbox.store import Row, Store, Table

SYSTEM = "hubspot"
OBJECTS = {"companies": "0-2", "contacts": "0-1", "tickets": "0-5"}
"""What has properties here → the vendor's id of that sort of object."""
_ALSO = {"company": "companies", "contact": "contacts", "ticket": "tickets"}


class HubSpotError(Exception):
    """A refusal in the vendor's form. errors: what is wrong one by one; more: what stands beside the message."""

    def __init__(self, status: int, category: str, message: str, errors: list[Row] | None = None, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.document: Row = {"status": "error", "message": message, "correlationId": "", "category": category, **more}
        if errors:
            self.document["errors"] = errors


def invalid(message: str, *, at: str = "") -> HubSpotError:
    """A 400 for a body that is not as it should be; at: the attribute."""
    errors = [{"message": message, "in": at}] if at else None
    return HubSpotError(400, "VALIDATION_ERROR", message, errors)


def missing(what: str) -> HubSpotError:
    """A 404 of the vendor's."""
    return HubSpotError(404, "OBJECT_NOT_FOUND", f"{what} does not exist")


class Portal:
    """Reads and plain writes; the vendor's rules stand in the modules of each sort of object."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def table(self, name: str) -> Table:
        return self.store.table(SYSTEM, name)

    @property
    def settings(self) -> Row:
        """`scopes`, `calls_in_ten_seconds`, `searches_a_second`, `calls_a_day`."""
        return self.store.settings(SYSTEM)

    def about(self) -> Row:
        """The account itself."""
        return next(iter(self.table("_account").values()))

    def new_id(self) -> str:
        """Ids are numbers, and no two objects of whatever sort have the same."""
        return str(self.store.next_id(SYSTEM, 20_100))

    def now(self) -> str:
        """The time as this vendor writes it: with milliseconds."""
        moment = datetime.fromtimestamp(self.store.clock(), UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"

    def correlation_id(self) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"hubspot {self.store.next_id('hubspot:calls')}"))


def object_named(name: str) -> str:
    """The plural of what a path names: `companies`, `company`, `0-2`. Raises HubSpotError."""
    small = name.lower()
    if small in OBJECTS:
        return small
    found = _ALSO.get(small) or next((each for each, number in OBJECTS.items() if number == small), None)
    if found is None:
        raise HubSpotError(400, "VALIDATION_ERROR", f"Unable to infer object type from: {name}")
    return found


def check_known(body: Row, known: frozenset[str]) -> None:
    """Raises HubSpotError for an attribute that the call does not take."""
    for name in body:
        if name not in known:
            raise invalid(f'Invalid input JSON: unrecognized field "{name}"', at=name)


def text_of(body: Row, name: str) -> str:
    """A text that must be there. Raises HubSpotError."""
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise invalid(f'Some required fields were not set: ["{name}"]', at=name)
    return value


def page(rows: list[Row], query: dict[str, str], most: int = 100) -> Row:
    """One page of a list, `after` being the last id of the page before. Raises HubSpotError."""
    try:
        limit = int(query.get("limit", "10"))
    except ValueError:
        raise invalid("limit must be a number", at="limit") from None
    if not 1 <= limit <= most:
        raise invalid(f"limit must be between 1 and {most}", at="limit")
    start = 0
    after = query.get("after")
    if after:
        ids = [str(row["id"]) for row in rows]
        if after not in ids:
            raise invalid("after is not a valid paging cursor", at="after")
        start = ids.index(after) + 1
    found = rows[start : start + limit]
    shown: Row = {"results": found}
    if start + limit < len(rows):
        shown["paging"] = {"next": {"after": str(found[-1]["id"]), "link": ""}}
    return shown

"""Who has a value, found without looking through the whole table."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.store import Row, Table


class RowsByValue:
    """The rows of one table by the value of one attribute, capital letters aside.

    Whoever stores or removes a row notes it. A row that came in or went without is noticed all the same: the table is
    read again once its length is not what was noted. What is noted and no longer true is never believed.
    """

    def __init__(self, attribute: str) -> None:
        self.attribute = attribute
        self._ids: dict[str, dict[str, None]] = {}
        self._length = 0

    def having(self, table: Table, value: object) -> Iterator[Row]:
        """The rows that have the value, as they were made; none for an empty value."""
        if self._length != len(table):
            self._ids, self._length = {}, len(table)
            for row in table.values():
                self._note(row)
        wanted = _folded(value)
        for identifier in tuple(self._ids.get(wanted, ())) if wanted else ():
            held = table.get(identifier)
            if held is not None and _folded(held[self.attribute]) == wanted:
                yield held

    def stored(self, row: Row, *, new: bool) -> None:
        """Note a row that has just been stored."""
        self._length += new
        self._note(row)

    def removed(self) -> None:
        """Note that a row has just been taken out of the table."""
        self._length -= 1

    def _note(self, row: Row) -> None:
        value = _folded(row[self.attribute])
        if value:
            self._ids.setdefault(value, {})[str(row["id"])] = None


class UniqueValues(RowsByValue):
    """The same of a value that no two rows may share."""

    def holder(self, table: Table, value: object, own_id: object = None) -> Row | None:
        """Another row that has the value and has not been switched off."""
        found = (row for row in self.having(table, value) if row["id"] != own_id and row.get("active") is not False)
        return next(found, None)


def _folded(value: object) -> str:
    return str(value or "").lower()

"""Who has a value that no two rows may share, found without looking through the whole table."""

from __future__ import annotations

from sandbox.store import Row, Table


class UniqueValues:
    """The rows of one table by the value of one attribute, capital letters aside.

    Whoever stores a row notes it. A row that came in without is found all the same: the table is read again once its
    length is not what was noted. What is noted and no longer true is never believed.
    """

    def __init__(self, attribute: str) -> None:
        self.attribute = attribute
        self._ids: dict[str, set[str]] = {}
        self._length = 0

    def holder(self, table: Table, value: str, own_id: object) -> Row | None:
        """Another row that has the value."""
        if self._length != len(table):
            self._ids, self._length = {}, len(table)
            for row in table.values():
                self._note(row)
        wanted = _folded(value)
        for identifier in self._ids.get(wanted, ()):
            held = table.get(identifier)
            if held is not None and held["id"] != own_id and _folded(held[self.attribute]) == wanted:
                return held
        return None

    def stored(self, row: Row, *, new: bool) -> None:
        """Note a row that has just been stored."""
        self._length += new
        self._note(row)

    def _note(self, row: Row) -> None:
        self._ids.setdefault(_folded(row[self.attribute]), set()).add(str(row["id"]))


def _folded(value: object) -> str:
    return str(value or "").lower()

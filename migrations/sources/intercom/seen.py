"""What was read already, in which state."""

from __future__ import annotations

import sqlite3

from migrations.sources.gathering import Gathering
from migrations.sources.intercom.values import Document, identifier

_SAVE = "INSERT OR REPLACE INTO intercom_seen VALUES (?, ?, ?)"
_FORGET = "DELETE FROM intercom_seen WHERE type = ? AND id = ?"
_FORGET_ALL = "DELETE FROM intercom_seen WHERE type = ?"
_UNREAD = "-unread"


class Seen:
    """Tells it by the time of the last change."""

    def __init__(self, database: sqlite3.Connection, gathering: Gathering) -> None:
        self._database = database
        self._gathering = gathering
        self._in_page: dict[tuple[str, str], str] = {}

    def has(self, type_: str, document: Document) -> bool:
        """Whether this state of a thing was read. What says no time is read each time."""
        number, updated = identifier(document.get("id")), identifier(document.get("updated_at"))
        if not updated:
            return False
        if self._in_page.get((type_, number)) == updated:
            return True
        asked = "SELECT updated FROM intercom_seen WHERE type = ? AND id = ?"
        row = self._database.execute(asked, (type_, number)).fetchone()
        return row is not None and row[0] == updated

    def note(self, type_: str, document: Document) -> None:
        """It was read to its end."""
        number, updated = identifier(document.get("id")), identifier(document.get("updated_at"))
        self._in_page[type_, number] = updated
        self._gathering.note(_SAVE, type_, number, updated)

    def forget(self, type_: str, number: str) -> None:
        """It has to be read anew."""
        self._in_page.pop((type_, number), None)
        self._gathering.note(_FORGET, type_, number)

    def is_unread(self, type_: str, document: Document) -> bool:
        """Whether this state of a thing could not be read."""
        return self.has(type_ + _UNREAD, document)

    def note_unread(self, type_: str, document: Document) -> None:
        """It could not be read."""
        self.note(type_ + _UNREAD, document)

    def forget_unread(self, type_: str) -> None:
        """A new reading begins, which tries all of them again."""
        self._gathering.note(_FORGET_ALL, type_ + _UNREAD)

    def page_kept(self) -> None:
        """What was noted so far stands in the staging now."""
        self._in_page.clear()

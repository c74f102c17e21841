"""Ids that records had before: of tickets of which another has taken the place, of users who were made for people that
have a seat by now, and of all that was deleted. None of them was there before golive."""

from __future__ import annotations

from migrations.ledger.database import Database, now
from migrations.ledger.entry import State
from migrations.records.record import RecordType

_SUPERSEDED, _UNPURGED = "until = '' AND kept = ''", "until <> '' AND purged = ''"
"""Those that are still there, and those that can be brought back."""
_OF = "WHERE type = ? AND source = ?"


class Former:
    def __init__(self, database: Database) -> None:
        self._database = database

    # ---------------------------------------------------------------- within somebody else's step

    def add(self, type_: RecordType, source: str, until: str = "", untouched: str = "", state: State = "made") -> None:
        """The id that a record has becomes a former one; of what is not in that state, nothing does. until: when it was
        deleted; empty where it is still there. untouched: work on it from then on is somebody's."""
        self._database.execute(
            "INSERT OR IGNORE INTO former (type, source, target, until, untouched) "
            f"SELECT type, source, target, ?, ? FROM entries {_OF} AND target <> '' AND state = ?",
            (until, untouched, type_, source, state),
        )

    def take_back(self, type_: RecordType, source: str, target: str) -> None:
        """A former id is the present one again."""
        self._database.execute(f"DELETE FROM former {_OF} AND target = ?", (type_, source, target))

    def settle_deleted(self, type_: RecordType, source: str) -> None:
        """The oldest one that is still there was deleted."""
        self._settle("until", _SUPERSEDED, type_, source)

    def settle_purged(self, type_: RecordType, source: str) -> None:
        """The oldest one that can be brought back was deleted for good."""
        self._settle("purged", _UNPURGED, type_, source)

    def _settle(self, column: str, which: str, type_: RecordType, source: str) -> None:
        self._database.execute(
            f"UPDATE former SET {column} = ? WHERE (type, source, target) = "
            f"(SELECT type, source, MIN(target) FROM former {_OF} AND {which})",
            (now(), type_, source),
        )

    # ---------------------------------------------------------------- steps

    def keep(self, source: str, target: str, why: str) -> None:
        """A ticket's former id stays, for a person to look at."""
        with self._database.transaction():
            self._database.execute(f"UPDATE former SET kept = ? {_OF} AND target = ?", (why, "tickets", source, target))
            self._database.execute(f"UPDATE entries SET reason = ? {_OF}", (why, "tickets", source))

    def note_deleted(self, type_: RecordType, source: str, target: str) -> None:
        """It is not there any more."""
        with self._database.transaction():
            self._database.execute(f"UPDATE former SET until = ? {_OF} AND target = ?", (now(), type_, source, target))

    def note_purged(self, type_: RecordType, source: str, target: str) -> None:
        """It was deleted for good."""
        with self._database.transaction():
            self._database.execute(f"UPDATE former SET purged = ? {_OF} AND target = ?", (now(), type_, source, target))

    # ---------------------------------------------------------------- what there is

    def ids(self, type_: RecordType, source: str) -> list[str]:
        """Those of a record, the oldest first."""
        rows = self._database.execute(f"SELECT target FROM former {_OF} ORDER BY until", (type_, source))
        return [str(row[0]) for row in rows]

    def there(self, type_: RecordType, *, kept: bool = False, trial: bool = False) -> dict[str, str]:
        """Those that are still there → their old ids, without those of users whom the mapping names by now. kept: also
        those that stay for a person. trial: only of records that trial runs made."""
        which = "until = ''" if kept else _SUPERSEDED
        made = " AND trial = 1" if trial else ""
        said = (
            "SELECT former.target, source FROM former LEFT JOIN entries USING (type, source) "
            f"WHERE {which} AND type = ?{made} AND (type, former.target) NOT IN "
            "(SELECT type, target FROM entries WHERE state = 'matched') ORDER BY source, former.target"
        )
        return {str(target): str(source) for target, source in self._database.execute(said, (type_,))}

    def superseded(self, most: int) -> dict[str, tuple[str, str]]:
        """Old id → (the ticket's former id that is still there although another one has taken its place, the moment
        from which on work on it is somebody's): so many at most, without those that are being deleted, could not be, or
        are kept for a person."""
        said = (
            "SELECT source, MIN(former.target), untouched FROM former JOIN entries USING (type, source) "
            f"WHERE {_SUPERSEDED} AND type = 'tickets' AND reason = '' "
            "AND batch NOT IN (SELECT id FROM batches WHERE state <> 'settled') GROUP BY source ORDER BY 1 LIMIT ?"
        )
        return {
            str(source): (str(target), str(since)) for source, target, since in self._database.execute(said, (most,))
        }

    def unpurged(self, type_: RecordType, most: int) -> dict[str, str]:
        """Old id → one that was deleted and can still be brought back; so many at most."""
        said = f"SELECT source, MIN(target) FROM former WHERE type = ? AND {_UNPURGED} GROUP BY 1 ORDER BY 1 LIMIT ?"
        return {str(source): str(target) for source, target in self._database.execute(said, (type_, most))}

    def count_unpurged(self) -> dict[RecordType, int]:
        """How many there are of tickets and people that can still be brought back."""
        said = f"SELECT type, COUNT(*) FROM former WHERE {_UNPURGED} AND type IN ('tickets', 'people') GROUP BY 1"
        return {type_: int(number) for type_, number in self._database.execute(said)}

    def counts(self) -> tuple[int, int, int]:
        """How many there are, how many of them were deleted, and how many for good."""
        said = "SELECT COUNT(*), COALESCE(SUM(until <> ''), 0), COALESCE(SUM(purged <> ''), 0) FROM former"
        every, deleted, purged = self._database.execute(said).fetchone()
        return int(every), int(deleted), int(purged)

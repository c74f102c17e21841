"""The file of a ledger, for one process alone: each step is committed whole, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

BACKUPS = 5
"""Copies that are kept."""


class AtWork(Exception):
    """Another process has the ledger."""


class Database:
    """path: the file, which is made once something is written: whoever only reads leaves nothing behind.

    Raises AtWork where another process has it; so does the first step that is written, where it was made meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_made = path.exists() and path.stat().st_size > 0
        self._connection = _opened(path) if self._is_made else _empty()

    def close(self) -> None:
        self._connection.close()

    def execute(self, said: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        return self._connection.execute(said, values)

    def executemany(self, said: str, rows: Iterable[Sequence[object]]) -> None:
        self._connection.executemany(said, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if not self._is_made:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            empty, self._connection = self._connection, _opened(self.path)
            empty.close()
            self._is_made = True
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    def note(self, key: str, value: str) -> None:
        self.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (key, value))

    def noted(self, key: str) -> str:
        """Empty where nothing is."""
        row = self.execute("SELECT value FROM notes WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def back_up(self) -> Path:
        """Copy the file beside itself, so that no mishap of one file loses it; the oldest copies go."""
        folder = self.path.parent / "backups"
        folder.mkdir(exist_ok=True)
        copy = folder / f"{self.path.stem}.{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.sqlite"
        self.execute("VACUUM INTO ?", (str(copy),))
        for old in sorted(folder.glob(f"{self.path.stem}.*.sqlite"))[:-BACKUPS]:
            old.unlink()
        return copy


def now(less: timedelta = timedelta()) -> str:
    """This moment, or one so much earlier, as the ledger writes it: UTC."""
    return (datetime.now(UTC) - less).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        # One file, and everything in it: it is committed to git, and copied.
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")  # the lock stays, whatever is written or not
        connection.execute("COMMIT")
        _make_tables(connection)
    except sqlite3.OperationalError as busy:
        connection.close()
        if "locked" in str(busy):
            raise AtWork(str(path)) from None
        raise
    return connection


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _make_tables(connection)
    return connection


def _make_tables(connection: sqlite3.Connection) -> None:
    connection.executescript(files("migrations.ledger").joinpath("tables.sql").read_text(encoding="utf-8"))

"""The staging database of one source: SQLite, written page by page, read in streams."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from migrations.records.article import Article
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.group import Group
from migrations.records.macro import Macro
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.record import Record, RecordType
from migrations.records.rule import Rule
from migrations.records.ticket import Ticket
from migrations.staging.files import Files
from migrations.staging.page import LeftOut, Page
from migrations.staging.raw_file import RawFile, compressed
from migrations.staging.rows import INSERT, Row, row_of

FORMAT = "2"
_CACHE_KILOBYTES = 48_000
"""Of the database's indexes in memory: with SQLite's usual 2,000 each row of a large staging is read from the disk."""
_PAGES_IN_LOG = 16_000
"""Of 4 KB, before they go from the log to their places: those of indexes are written by nearly every page of records,
and go there once for all of these. With SQLite's usual 1,000 the disk is what a large extraction waits for."""
_FILES_AT_ONCE = 8
"""That are written to the disk: it takes as long for several as for one."""
WHOLE = "whole"
"""The note that says whether the source was read to its end, and what only the whole shows was found out."""
RECORDS: Mapping[RecordType, type[Record]] = {
    each.type: each for each in (Organization, Group, Person, Ticket, Comment, Attachment, Article, Macro, Rule)
}
SINCE, BEGAN, READ_FROM = "since", "began", "read_from"
"""Notes: the day before which nothing is read again; when reading began; when the one began that came to its end."""

Kind = TypeVar("Kind", bound=Record)


class OtherFormat(Exception):
    """The staging was written by another version. It can be deleted and read again."""


class Staging:
    """folder: where it is kept; made where it is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.database = sqlite3.connect(folder / "staging.sqlite", isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = NORMAL")
        self.database.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
        self.database.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_IN_LOG}")
        self.database.executescript(files("migrations.staging").joinpath("tables.sql").read_text(encoding="utf-8"))
        self.files = Files(folder / "files")
        held = self.note("format")
        if held not in ("", FORMAT):
            raise OtherFormat(held)
        if not held:
            self.set_note("format", FORMAT)
        self._raw: dict[str, RawFile] = {}
        self._beside = ThreadPoolExecutor(max_workers=1)
        """Writes files and raw records while the database takes what was understood of them."""
        self._at_once = ThreadPoolExecutor(max_workers=_FILES_AT_ONCE)

    def close(self) -> None:
        self._beside.shutdown()
        self._at_once.shutdown()
        for each in self._raw.values():
            each.close()
        self.database.close()

    def note(self, key: str) -> str:
        """What was noted; empty for nothing."""
        row = self.database.execute("SELECT value FROM notes WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_note(self, key: str, value: str) -> None:
        self.database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (key, value))

    @property
    def is_whole(self) -> bool:
        return bool(self.note(WHOLE))

    # ---------------------------------------------------------------- reading a source

    def begin(self) -> None:
        """Reading begins, or goes on."""
        with self.transaction():
            if not self.note(BEGAN) and not self.note(READ_FROM):
                self.set_note(BEGAN, _now())
            self.set_note(WHOLE, "")

    def end(self) -> None:
        """The source was read to its end."""
        with self.transaction():
            self.set_note(READ_FROM, self.note(BEGAN) or self.note(READ_FROM))
            self.set_note(BEGAN, "")
            self.set_note(SINCE, "")
            self.set_note(WHOLE, "yes")

    def begin_again(self, since: str) -> None:
        """Every part is read once more, from what has changed since a day (YYYY-MM-DD)."""
        with self.transaction():
            self.database.execute("UPDATE parts SET checkpoint = '', is_read = 0")
            self.set_note(SINCE, since)
            self.set_note(BEGAN, _now())
            self.set_note(WHOLE, "")

    def checkpoint(self, part: str) -> str | None:
        """Where reading a part goes on; None where it is read to its end."""
        self.database.execute("INSERT OR IGNORE INTO parts (name, began) VALUES (?, ?)", (part, _now()))
        row = self.database.execute("SELECT checkpoint, is_read FROM parts WHERE name = ?", (part,)).fetchone()
        return None if row[1] else str(row[0])

    def take(self, part: str, page: Page) -> None:
        """Keep a page, whole or not at all. A record that is there already is written anew."""
        raw = self._beside.submit(self._kept_beside, self._raw_of(part), page)
        with self.transaction():
            self.put_all(page.records)
            for type_, rows in page.rows.items():
                self.database.executemany(INSERT[type_], rows)
            for each in page.left_out:
                self.leave_out(each)
            for statement, rows in page.own:
                self.database.executemany(statement, rows)
            self.database.executemany(
                "INSERT OR REPLACE INTO remarks VALUES (?, ?, ?, ?)", [(*_plain(each),) for each in page.remarks]
            )
            self.database.execute(
                "UPDATE parts SET checkpoint = ?, taken = taken + ?, raw_length = ? WHERE name = ?",
                (page.checkpoint, page.read, raw.result(), part),
            )

    def _kept_beside(self, raw: RawFile, page: Page) -> int:
        """Write a page's files and raw records to the disk; how long the file of these is then."""
        for _ in self._at_once.map(self.files.keep, page.files.keys(), page.files.values()):
            pass  # whatever one of them raises is raised here
        return raw.add(page.raw if isinstance(page.raw, bytes) else compressed(page.raw))

    def raw_files(self) -> Iterator[tuple[Path, int]]:
        """(File, how many bytes of it are certain) of each part that has raw records."""
        for part, length in self.database.execute("SELECT name, raw_length FROM parts ORDER BY name").fetchall():
            if length:
                yield self._raw_path(str(part)), int(length)

    def _raw_path(self, part: str) -> Path:
        return self.folder / "raw" / f"{part}.jsonl.gz"

    def finish(self, part: str) -> None:
        """A part is read to its end. Where it had no raw record, no file of them stays, such as a process that was
        killed in writing one leaves behind."""
        [length] = self.database.execute("SELECT raw_length FROM parts WHERE name = ?", (part,)).fetchone()
        if not length:
            if part in self._raw:
                self._raw.pop(part).close()
            self._raw_path(part).unlink(missing_ok=True)
        self.database.execute("UPDATE parts SET is_read = 1, ended = ? WHERE name = ?", (_now(), part))

    def _raw_of(self, part: str) -> RawFile:
        if part not in self._raw:
            row = self.database.execute("SELECT raw_length FROM parts WHERE name = ?", (part,)).fetchone()
            self._raw[part] = RawFile(self._raw_path(part), int(row[0]) if row else 0)
        return self._raw[part]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.database.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")

    def put(self, record: Record) -> None:
        """Write one record; within a transaction, where there are many."""
        self.put_all((record,))

    def put_all(self, records: Iterable[Record]) -> None:
        """Write records, all of a type at once; of several with one id, the last."""
        by_type: dict[RecordType, list[Row]] = {}
        for record in records:
            by_type.setdefault(record.type, []).append(row_of(record))
        for type_, rows in by_type.items():
            self.database.executemany(INSERT[type_], rows)

    def leave_out(self, left: LeftOut) -> None:
        self.database.execute("INSERT OR REPLACE INTO left_out VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*_plain(left),))

    # ---------------------------------------------------------------- what is there

    def all(self, kind: type[Kind], where: str = "", values: tuple[Any, ...] = (), order: str = "") -> Iterator[Kind]:
        """The records of a type, one after the other, in the order of their ids unless said otherwise. where and
        order: SQL over the columns of `tables.sql`, never anybody's data."""
        said = f"SELECT data FROM {kind.type}{f' WHERE {where}' if where else ''} ORDER BY {order or 'id'}"
        for (data,) in self.database.execute(said, values):
            yield kind.from_json(data)

    def get(self, kind: type[Kind], identifier: str) -> Kind | None:
        row = self.database.execute(f"SELECT data FROM {kind.type} WHERE id = ?", (identifier,)).fetchone()
        return kind.from_json(row[0]) if row else None

    def count(self, type_: RecordType, where: str = "", values: tuple[Any, ...] = ()) -> int:
        said = f"SELECT COUNT(*) FROM {type_}{f' WHERE {where}' if where else ''}"
        return int(self.database.execute(said, values).fetchone()[0])

    def reasons(self) -> dict[tuple[str, str, str], int]:
        """(type, fate, reason) → how many."""
        said = "SELECT type, fate, reason, COUNT(*) FROM left_out GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        return {
            (str(type_), str(fate), str(why)): int(number) for type_, fate, why, number in self.database.execute(said)
        }

    def fates(self) -> dict[str, int]:
        """`skipped` and `quarantined` → how many records."""
        said = "SELECT fate, COUNT(*) FROM left_out GROUP BY 1 ORDER BY 1"
        return {str(fate): int(number) for fate, number in self.database.execute(said)}

    def remarks(self) -> dict[tuple[str, str], int]:
        """(type, what) → how many."""
        said = "SELECT type, what, COUNT(*) FROM remarks GROUP BY 1, 2 ORDER BY 1, 2"
        return {(str(row[0]), str(row[1])): int(row[2]) for row in self.database.execute(said)}


def _plain(row: Any) -> Iterator[Any]:
    """The values of a row, texts without halves of characters, which the database does not take."""
    for name in row.__dataclass_fields__:
        value = getattr(row, name)
        yield value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""The staging database of one source: SQLite, written page by page, read in streams."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from migrations.records.article import Article
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.group import Group
from migrations.records.macro import Macro
from migrations.records.moment import Moment
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.record import Record, RecordType
from migrations.records.rule import Rule
from migrations.records.ticket import Ticket
from migrations.staging.files import Files
from migrations.staging.page import LeftOut, Page
from migrations.staging.raw_file import RawFile

FORMAT = "1"
_CACHE_KILOBYTES = 48_000
"""Of the database's indexes in memory: with SQLite's usual 2,000 each row of a large staging is read from the disk."""
WHOLE = "whole"
"""The note that says whether the source was read to its end, and what only the whole shows was found out."""
RECORDS: Mapping[RecordType, type[Record]] = {
    each.type: each for each in (Organization, Group, Person, Ticket, Comment, Attachment, Article, Macro, Rule)
}
_COLUMNS: Mapping[RecordType, Mapping[str, str]] = {
    "organizations": {"name": "name"},
    "groups": {"name": "name"},
    "people": {"email": "email", "side": "side"},
    "tickets": {
        "at": "created", "status": "status", "channel": "channel", "team": "group", "language": "language",
        "requester": "requester",
    },
    "comments": {"ticket": "ticket", "at": "created", "public": "public", "author": "author"},
    "attachments": {"ticket": "ticket", "comment": "comment", "digest": "digest", "size": "size"},
    "articles": {"url": "url"},
    "macros": {"name": "name"},
    "rules": {"name": "name"},
}  # fmt: skip
"""Column → the attribute that stands in it, beside the whole record."""

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
        self.database.executescript(files("migrations.staging").joinpath("tables.sql").read_text(encoding="utf-8"))
        self.files = Files(folder / "files")
        held = self.note("format")
        if held not in ("", FORMAT):
            raise OtherFormat(held)
        if not held:
            self.set_note("format", FORMAT)
        self._raw: dict[str, RawFile] = {}
        self._beside = ThreadPoolExecutor(max_workers=1)
        """Compresses raw records while the database takes what was understood of them."""

    def close(self) -> None:
        self._beside.shutdown()
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
        raw = self._beside.submit(self._raw_of(part).add, page.raw)
        for digest, content in page.files.items():
            self.files.keep(digest, content)
        with self.transaction():
            self.put_all(page.records)
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

    def finish(self, part: str) -> None:
        """A part is read to its end."""
        self.database.execute("UPDATE parts SET is_read = 1, ended = ? WHERE name = ?", (_now(), part))

    def _raw_of(self, part: str) -> RawFile:
        if part not in self._raw:
            row = self.database.execute("SELECT raw_length FROM parts WHERE name = ?", (part,)).fetchone()
            self._raw[part] = RawFile(self.folder / "raw" / f"{part}.jsonl.gz", int(row[0]) if row else 0)
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
        by_type: dict[RecordType, list[Record]] = {}
        for record in records:
            by_type.setdefault(record.type, []).append(record)
        for type_, same in by_type.items():
            get = _GETTERS[type_]
            rows = ((each.id, *_at(get(each)), each.to_json()) for each in same)
            self.database.executemany(_INSERT[type_], rows)

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


def _at(said: Any) -> list[Any]:
    """What stands in the columns: of a moment its UTC."""
    values = said if type(said) is tuple else (said,)
    return [each.at if type(each) is Moment else each for each in values]


def _plain(row: Any) -> Iterator[Any]:
    """The values of a row, texts without halves of characters, which the database does not take."""
    for name in row.__dataclass_fields__:
        value = getattr(row, name)
        yield value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _insert(table: str, columns: Mapping[str, str]) -> str:
    names, marks = ", ".join(columns), ", ".join("?" * (len(columns) + 2))
    anew = ", ".join(f"{name} = excluded.{name}" for name in (*columns, "data"))
    return f"INSERT INTO {table} (id, {names}, data) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {anew}"


_GETTERS = {type_: attrgetter(*columns.values()) for type_, columns in _COLUMNS.items()}
_INSERT = {type_: _insert(type_, columns) for type_, columns in _COLUMNS.items()}

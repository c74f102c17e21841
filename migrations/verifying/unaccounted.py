"""Raw records that became nothing: no record, and nothing that was left out with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrations.records.record import RecordType
from migrations.staging.raw_file import raw_records
from migrations.staging.staging import Staging

_RAW = "temp.verifying_raw"
_AT_ONCE = 5_000


def unaccounted(staging: Staging, becomes: Mapping[str, RecordType]) -> Iterator[tuple[RecordType, str]]:
    """Type and id of each. becomes: what a source says of its raw records (`Source.raw_becomes`). The raw files were
    written before anything was understood, so they are another count than the database's own."""
    database = staging.database
    database.execute(f"CREATE TABLE IF NOT EXISTS {_RAW} (type TEXT, id TEXT, PRIMARY KEY (type, id)) WITHOUT ROWID")
    database.execute(f"DELETE FROM {_RAW}")
    said = f"INSERT OR IGNORE INTO {_RAW} VALUES (?, ?)"
    rows: list[tuple[RecordType, str]] = []
    with staging.transaction():
        for path, length in staging.raw_files():
            for each in raw_records(path, length):
                if each.type in becomes and each.id:
                    rows.append((becomes[each.type], each.id))
                if len(rows) == _AT_ONCE:
                    database.executemany(said, rows)
                    rows.clear()
        database.executemany(said, rows)
    for type_ in sorted(set(becomes.values())):
        missing = f"""
            SELECT id FROM {_RAW} AS raw WHERE type = ?
            AND NOT EXISTS (SELECT 1 FROM {type_} WHERE id = raw.id)
            AND NOT EXISTS (SELECT 1 FROM left_out WHERE type = raw.type AND id = raw.id)
        """
        for (identifier,) in database.execute(missing, (type_,)):
            yield type_, str(identifier)

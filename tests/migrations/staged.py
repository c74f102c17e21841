"""What stands in a staging database, so that two of them can be compared record by record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from migrations.extracting import extract
from migrations.sources.source import Reading, Source
from migrations.staging.raw_file import raw_records
from migrations.staging.staging import RECORDS, Staging


def content(staging: Staging) -> dict[str, list[Any]]:
    """Every record, everything left out, every remark, and every raw record."""
    found: dict[str, list[Any]] = {
        type_: [each.to_json() for each in staging.all(kind)] for type_, kind in RECORDS.items()
    }
    for table in ("left_out", "remarks"):
        found[table] = sorted(staging.database.execute(f"SELECT * FROM {table}").fetchall())
    for path in sorted((staging.folder / "raw").glob("*.gz")):
        found[path.name] = list(raw_records(path))
    found["files"] = [path.name for path in staging.files.all()]
    return found


def read_whole(source: Source, reading: Reading) -> Staging:
    assert extract(source, reading).is_whole
    return reading.staging


def read_in_pieces(source: Source, folder: Path, reading_of: Any) -> Staging:
    """Read with a new process, as it were, after each page. reading_of: makes a `Reading` of a staging."""
    while True:
        staging = Staging(folder)
        reading: Reading = reading_of(staging)
        if extract(source, reading).is_whole:
            return staging
        staging.close()

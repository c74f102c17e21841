"""Tickets that were made and are not there any more, as verify has found them, beside what was read."""

from __future__ import annotations

from collections.abc import Sequence

from migrations.staging.staging import Staging

GONE = "temp.verifying_gone"


def note_gone(staging: Staging, sources: Sequence[str], *, anew: bool = False) -> None:
    """Note tickets by their old ids. anew: forget those of an earlier comparison."""
    staging.database.execute(f"CREATE TABLE IF NOT EXISTS {GONE} (id TEXT PRIMARY KEY) WITHOUT ROWID")
    if anew:
        staging.database.execute(f"DELETE FROM {GONE}")
    with staging.transaction():
        staging.database.executemany(f"INSERT OR IGNORE INTO {GONE} VALUES (?)", [(each,) for each in sources])

"""The floor of reading a file: Python's own loop over it, which keeps nothing.

`python -m tests.bench.parsing LOOP FILE` with a loop of `LOOPS`; it prints how many things it has seen.
"""

from __future__ import annotations

import csv
import mailbox
import sqlite3
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path


def mailbox_loop(path: Path) -> int:
    """Every mail parsed."""
    return sum(1 for _ in mailbox.mbox(path))


def decoded_loop(path: Path) -> int:
    """Every mail parsed, and each of its parts decoded, which is the least that reading a mail means."""
    number = 0
    for message in mailbox.mbox(path):
        number += 1
        for part in message.walk():
            if not part.is_multipart():
                part.get_payload(decode=True)
    return number


def csv_loop(path: Path) -> int:
    """Every row cut into cells."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def table_loop(path: Path) -> int:
    """Every row by its columns' names, its times read, and written to a table of a database."""
    path.with_suffix(".floor.sqlite").unlink(missing_ok=True)
    database = sqlite3.connect(path.with_suffix(".floor.sqlite"))
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        names = rows.fieldnames or []
        database.execute(f"CREATE TABLE rows ({', '.join(f'c{n}' for n in range(len(names)))})")
        marks = ", ".join("?" * len(names))
        database.executemany(f"INSERT INTO rows VALUES ({marks})", (_read(row) for row in rows))
    database.commit()
    return int(database.execute("SELECT COUNT(*) FROM rows").fetchone()[0])


def _read(row: dict[str, str]) -> list[str]:
    for name in ("Created", "Resolved"):
        row[name] = datetime.strptime(row[name], "%d-%m-%Y %H:%M").isoformat()
    return list(row.values())


LOOPS: dict[str, Callable[[Path], int]] = {
    "mailbox": mailbox_loop,
    "decoded": decoded_loop,
    "csv": csv_loop,
    "table": table_loop,
}


if __name__ == "__main__":
    sys.stdout.write(f"{LOOPS[sys.argv[1]](Path(sys.argv[2]))}\n")

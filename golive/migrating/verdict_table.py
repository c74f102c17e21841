"""A table of verdicts, as somebody fills it in with a spreadsheet: `ticket`, `verdict` and `note`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from golive.terminal.exits import Exit
from golive.terminal.fault import Fault

_DELIMITERS = ";\t,"


def verdicts_in(file: Path) -> Iterator[tuple[str, str, str]]:
    """(ticket, verdict, note) of each row that says one; other columns are left alone. Raises Fault."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as broken:
        raise _unreadable(file, str(broken)) from broken
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    headers = {name.strip().casefold(): name for name in rows.fieldnames or () if name}
    if not {"ticket", "verdict"} <= headers.keys():
        raise _unreadable(file, "Its first line does not name the columns `ticket` and `verdict`.")
    try:
        for row in rows:
            ticket, verdict, note = (str(row.get(headers.get(name, "")) or "").strip()
                                     for name in ("ticket", "verdict", "note"))  # fmt: skip
            if ticket and verdict:
                yield ticket, verdict.casefold(), note
    except csv.Error as broken:
        raise _unreadable(file, f"{broken}.") from broken


def _unreadable(file: Path, why: str) -> Fault:
    return Fault(
        "verdicts",
        f"{file} is no table of verdicts; nothing was noted.",
        why=why,
        do="Save it as CSV in UTF-8, with the first line  ticket,verdict,note",
        exits=Exit.USAGE,
    )

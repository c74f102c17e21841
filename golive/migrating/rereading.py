"""Reading an old tool, and reading it again once there is more in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import cast

from golive.migrating.opening import OpenedMigration, Outdated
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.read_count import ReadCount
from golive.terminal.screen import Screen
from migrations.extracting import Extracted, extract
from migrations.records.record import RecordType
from migrations.sources.source import SourceFault
from migrations.staging.staging import READ_FROM, RECORDS, SINCE, Staging
from stacks.interruption import Interruption

_STOPPING = "\nStopping: what is being read is kept, and the next run goes on behind it."
_BEFORE = "read_before"
"""The note of how much the readings before had."""


def read_on(opened: OpenedMigration, staging: Staging, screen: Screen) -> Extracted:
    """Read what is left of the old tool. Raises Fault."""
    count = ReadCount(f"Reading {opened.declared.name}")
    with Interruption(on_first=lambda: screen.note(_STOPPING)) as interruption, count.shown(screen):
        reading = opened.reading(staging, interruption.stopped.is_set, count.waits)
        try:
            return extract(opened.source, reading, count.read)
        except SourceFault as fault:
            if interruption.noted:  # the call that was given up for it
                return Extracted(False, count.number)
            raise Fault(
                "source",
                f"{opened.declared.name} could not be read to its end; what was read is kept.",
                where=fault.where,
                why=fault.why,
                do=fault.do,
                exits=Exit.FAILED,
            ) from fault


def read_before(staging: Staging) -> dict[RecordType, int]:
    """How many records of each type the readings before this one had, the fullest of them since something was sent;
    empty where there was none."""
    return cast("dict[RecordType, int]", json.loads(staging.note(_BEFORE) or "{}"))


def note_sent(staging: Staging) -> None:
    """What was read is what counts from now on: it was sent."""
    staging.set_note(_BEFORE, json.dumps(_counted(staging)))


@contextmanager
def reading(opened: OpenedMigration, *, anew: bool) -> Iterator[Staging]:
    """What was read, to read it once more; it is kept how much it was. anew: from the beginning. Raises Fault."""
    before: dict[RecordType, int] = {}
    try:
        with opened.staging() as staging:
            before = read_before(staging)
            if staging.is_whole:
                before = {type_: max(number, before.get(type_, 0)) for type_, number in _counted(staging).items()}
    except Outdated:
        if not anew:
            raise
    with opened.staging(alone=True, anew=anew) as staging:
        staging.set_note(_BEFORE, json.dumps(before))
        yield staging


def read_again(opened: OpenedMigration, screen: Screen, overlap: int) -> str:
    """Read the old tool once more: what has changed since the last whole reading began, or everything where it cannot
    say that. overlap: days before that time which are read as well.

    Returns the day from which on it was read; empty for everything. Raises Fault.
    """
    # Of files that hold more than before, a place in the former ones means nothing now.
    with reading(opened, anew=not opened.source.tells_changes(opened.settings)) as staging:
        if staging.note(READ_FROM):
            began = datetime.fromisoformat(staging.note(READ_FROM)).date()
            staging.begin_again((began - timedelta(days=overlap)).isoformat())
        since = staging.note(SINCE)
        if not read_on(opened, staging, screen).is_whole:
            raise Fault(
                "cancelled",
                "Stopped while the old tool was read. Nothing was sent, and what was read is kept.",
                do="Run the same command again: it goes on behind it.",
                exits=Exit.CANCELLED,
            )
    return since


def _counted(staging: Staging) -> dict[RecordType, int]:
    return {type_: staging.count(type_) for type_ in RECORDS}

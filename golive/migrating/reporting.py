"""What a migration has come to, from its ledger, its staging and the last verification, without any call."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from config.moments import written
from config.results.migration_map import LossyDecision
from config.results.migration_report import MigrationReportDocument, NotBrought, RunEntry
from config.results.migration_verify import VerifyDocument
from golive import clock
from golive.migrating.opening import OpenedMigration, staging_folder
from migrations.declared.mapping import WordMapping
from migrations.ledger.entry import Run, State
from migrations.ledger.ledger import Ledger
from migrations.mapping.checking import losses
from migrations.records.record import TYPES
from migrations.sending.removing import going
from migrations.staging.staging import RECORDS, Staging

_WORKING = ("run", "delta")
_DIGEST = 12
"""Characters of a digest that people read."""


def verification_file(opened: OpenedMigration, environment: str) -> Path:
    """Where the last verification of an environment is kept; it can be made again at any time."""
    return staging_folder(opened.workspace, opened.key) / f"verified.{environment}.json"


def keep_verification(opened: OpenedMigration, document: VerifyDocument) -> None:
    path = verification_file(opened, document.environment or "")
    path.write_text(json.dumps({"at": written(clock.now()), "document": document.to_json()}), encoding="utf-8")


def keep_comparison(opened: OpenedMigration, environment: str, changes: Mapping[str, int]) -> None:
    """Note that the old tool was looked at, and what is other there. changes: fate → how many tickets."""
    said = {"at": written(clock.now()), "changes": {fate: number for fate, number in changes.items() if fate != "same"}}
    _comparison_file(opened, environment).write_text(json.dumps(said), encoding="utf-8")


def last_comparison(opened: OpenedMigration, environment: str) -> tuple[dict[str, int], str]:
    """(What was other in the old tool, when). Nothing where nobody has looked."""
    try:
        said = json.loads(_comparison_file(opened, environment).read_text(encoding="utf-8"))
        return {str(fate): int(number) for fate, number in said["changes"].items()}, str(said["at"])
    except (FileNotFoundError, ValueError, KeyError):
        return {}, ""


def _comparison_file(opened: OpenedMigration, environment: str) -> Path:
    return staging_folder(opened.workspace, opened.key) / f"compared.{environment}.json"


def last_verification(opened: OpenedMigration, environment: str) -> tuple[VerifyDocument | None, str]:
    """(What it found, when). Nothing where there was none, or another version has kept it."""
    try:
        said = json.loads(verification_file(opened, environment).read_text(encoding="utf-8"))
        return TypeAdapter(VerifyDocument).validate_python(said["document"]), str(said["at"])
    except (FileNotFoundError, ValueError, KeyError, ValidationError):
        return None, ""


def reported(
    opened: OpenedMigration, environment: str, title: str, staging: Staging, ledger: Ledger
) -> MigrationReportDocument:
    """The report. title: of the helpdesk."""
    declared, counts, runs = opened.declared, ledger.counts(), ledger.runs()
    window = declared.window
    verified, at = last_verification(opened, environment)

    taken = going(ledger, trial=False)

    def of(state: State) -> dict[str, int]:
        return {type_: number for type_ in TYPES if (number := counts.get(type_, {}).get(state, 0))}

    return MigrationReportDocument(
        opened.key,
        declared.name,
        environment,
        title,
        version("golive"),
        written(clock.now()),
        declared.mark,
        [window.since or "", window.before or ""] if window is not None else [],
        {type_: number for type_ in RECORDS if (number := staging.count(type_))},
        [
            RunEntry(one.id, one.verb, one.began, one.ended, one.version, one.mapping[:_DIGEST], one.calls)
            for one in runs
        ],
        [
            LossyDecision([str(step) for step in each.path], each.to, list(each.together), each.records, each.decision)
            for each in losses(declared.mapping or WordMapping())
        ],
        [*_left(opened, environment, staging, ledger)],
        {type_: taken[type_] for type_ in TYPES if type_ in taken},
        of("matched"),
        _speed(runs, counts.get("tickets", {}).get("made", 0)),
        verified,
        at,
        mapping=opened.decisions[:_DIGEST],
    )


def _left(opened: OpenedMigration, environment: str, staging: Staging, ledger: Ledger) -> Iterator[NotBrought]:
    """Every record that did not come: refused ones first, as something can be done about them."""
    again = f"golive migrate run {opened.key} -e {environment}"
    for type_ in TYPES:
        for each in ledger.entries(type_, "failed"):
            yield NotBrought(type_, each.source, "failed", each.reason, again)
        for each in ledger.entries(type_, "made"):
            if each.reason:  # it is there, though not as the old tool has it by now
                yield NotBrought(type_, each.source, "failed", f"{each.target} is there: {each.reason}", again)
    rows = staging.database.execute("SELECT type, id, fate, reason FROM left_out ORDER BY fate, type, reason, id")
    for type_said, id_, fate, reason in rows:
        yield NotBrought(str(type_said), str(id_), fate, str(reason))
    for type_ in TYPES:
        for each in ledger.entries(type_, "skipped"):
            yield NotBrought(type_, each.source, "skipped", each.reason)


def _speed(runs: list[Run], tickets: int) -> float:
    """Tickets a minute over all runs that sent something."""
    seconds = sum(_seconds(each) for each in runs if each.verb in _WORKING and each.ended)
    return round(tickets / seconds * 60, 1) if seconds else 0.0


def _seconds(run: Run) -> float:
    began, ended = (datetime.fromisoformat(each) for each in (run.began, run.ended))
    return (ended - began).total_seconds()

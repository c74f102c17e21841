"""How far each migration of a workspace is, without any call."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from config.declaration import Declaration
from config.results.migration_status import MigrationEntry, SentTo
from config.workspace import Workspace
from golive.migrating.old_numbers import given_out
from golive.migrating.opening import OpenedMigration, open_migration, staging_folder
from golive.migrating.reporting import last_verification
from golive.terminal.fault import Fault
from migrations.declared.mapping import WordMapping
from migrations.declared.migration import Migration
from migrations.declared.reading import FOLDER, migration_files
from migrations.ledger.ledger import AtWork, Ledger
from migrations.mapping.checking import open_words
from migrations.mapping.decisions import old_pages, undecided
from migrations.mapping.words import words_of
from migrations.redirecting.resolving import pages_digest
from migrations.sources.source import LogColumns, SourceFault
from migrations.staging.staging import RECORDS, Staging

_SECONDS = len("2024-03-01T08:15:00")


def standing(workspace: Workspace, declared: Declaration) -> list[MigrationEntry]:
    """Every migration, by its file's name."""
    return [_entry(workspace, path.stem, declared) for path in migration_files(workspace.root)]


def _entry(workspace: Workspace, key: str, declared: Declaration) -> MigrationEntry:
    try:
        opened = open_migration(workspace.root, key)
    except Fault:
        return MigrationEntry(key, key, "", valid=False, next="golive validate")
    name, source = opened.declared.name, opened.source.title
    sent = _sent(workspace.root, key, 0)
    decided = opened.declared
    log = _log_columns(opened, declared)
    entry = MigrationEntry(
        key,
        name,
        source,
        True,
        shown={str(what): number for what, number in decided.shown.items()},
        without_reason=sum(1 for _, row in (decided.mapping or WordMapping()).rows() if not row.decision),
        log_has=list(log.has) if log is not None else None,
        of_no_field=list(log.of_no_field) if log is not None else [],
        moved={old: each.into or "" for old, each in decided.addresses.items() if each.fate != "close"},
        sent=sent,
        next=f"golive migrate extract {key}",
    )
    if not staging_folder(workspace, key).exists():
        return entry
    with opened.staging() as staging:
        sent = _sent(workspace.root, key, staging.count("tickets"))
        pages = [*old_pages(staging, decided)]
        lacks: dict[str, list[str]] = {sort: [] for sort in ("rules", "macros", "articles")}
        for each in undecided(staging, decided, declared):
            lacks[each.sort].append(each.name)
        lacking = len(open_words(words_of(staging), decided.mapping or WordMapping(), declared))
        return replace(
            entry,
            is_whole=staging.is_whole,
            read={type_: number for type_ in RECORDS if (number := staging.count(type_))},
            left_out=staging.fates(),
            counted=given_out(staging),
            open=lacking,
            addresses=_addresses(staging, decided),
            rules=lacks["rules"],
            macros=lacks["macros"],
            pages=lacks["articles"],
            old_pages=len(pages),
            pages_digest=pages_digest(pages),
            sent=sent,
            next=_next(opened, staging.is_whole, lacking, sent),
        )


def _log_columns(opened: OpenedMigration, declared: Declaration) -> LogColumns | None:
    """Nothing of a log that is not there, or cannot be read: reading it says why."""
    try:
        return opened.source.log_columns(opened.settings, opened.workspace.root, declared.of("ticket_fields"))
    except (SourceFault, OSError):
        return None


def _addresses(staging: Staging, migration: Migration) -> list[str]:
    """Addresses of the client's own that customers wrote to, and those of the file, that have no fate."""
    said = "SELECT DISTINCT data ->> '$.address' FROM tickets WHERE COALESCE(data ->> '$.address', '') <> '' ORDER BY 1"
    met = [str(row[0]) for row in staging.database.execute(said)]
    return [each for each in met if each not in migration.addresses]


def _next(opened: OpenedMigration, is_whole: bool, lacking: int, sent: list[SentTo]) -> str:
    """The step that comes next."""
    if not is_whole:
        return f"golive migrate extract {opened.key}"
    if lacking:
        return f"golive migrate map {opened.key}"
    if not any(each.there for each in sent):
        return f"golive migrate plan {opened.key}"
    if any(each.unknown or each.waiting or (each.last and not each.ended) for each in sent):
        return f"golive migrate run {opened.key}"
    if not all(_is_verified(opened, each) for each in sent if each.there):
        return f"golive migrate verify {opened.key}"
    return f"golive migrate delta {opened.key} --check"


def _is_verified(opened: OpenedMigration, sent: SentTo) -> bool:
    """Whether all was found to be right since the last run."""
    document, at = last_verification(opened, sent.environment)
    return document is not None and document.is_right and at[:_SECONDS] >= sent.ended[:_SECONDS]


def _sent(root: Path, key: str, tickets: int) -> list[SentTo]:
    """What went where, by environment. tickets: that were read."""
    found = []
    for path in sorted((root / FOLDER / "ledger").glob(f"{key}.*.sqlite")):
        environment = path.stem.partition(".")[2]
        try:
            ledger = Ledger(path)
        except AtWork:
            found.append(SentTo(environment, at_work=True))
            continue
        try:
            counts = ledger.counts()
            there: dict[str, int] = {
                type_: number
                for type_, held in counts.items()
                if (number := held.get("made", 0) + held.get("matched", 0))
            }
            refused: dict[str, int] = {type_: held["failed"] for type_, held in counts.items() if held.get("failed")}
            last = ledger.last_run()
            held = counts.get("tickets", {})
            settled = held.get("made", 0) + held.get("matched", 0) + held.get("failed", 0) + held.get("skipped", 0)
            waiting = max(0, tickets - settled) if there else 0
            unknown = len(ledger.open_batches())
            found.append(SentTo(environment, there, refused, unknown, waiting, last.began, last.ended))
        finally:
            ledger.close()
    return found

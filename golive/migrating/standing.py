"""How far each migration of a workspace is, without any call."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from config.declaration import Declaration
from config.results.migration_status import MigrationEntry, SentTo
from config.workspace import Workspace
from golive import clock
from golive.migrating.holding import InUse
from golive.migrating.old_numbers import given_out
from golive.migrating.opening import OpenedMigration, Outdated, open_migration, staging_folder
from golive.migrating.reporting import last_comparison, last_verification
from golive.terminal.fault import Fault
from golive.wording.record_words import word_said
from golive.workspace.opening import DEFAULT_ENVIRONMENT
from migrations.declared.mapping import WordMapping
from migrations.declared.migration import Migration
from migrations.declared.reading import FOLDER, migration_files
from migrations.ledger.database import AtWork
from migrations.ledger.ledger import Ledger
from migrations.mapping.checking import open_words
from migrations.mapping.decisions import old_pages, undecided
from migrations.mapping.words import words_of
from migrations.redirecting.resolving import pages_digest
from migrations.sources.source import LogColumns, SourceFault
from migrations.staging.staging import RECORDS, Staging

FEW = 3
"""Words without a place that are named."""
LOOKED_LASTS = timedelta(days=1)
"""So long it is no use to look for changes in the old tool again."""
_SECONDS = len("2024-03-01T08:15:00")


def standing(
    workspace: Workspace, declared: Declaration, option: str = "", only: str | None = None
) -> list[MigrationEntry]:
    """Every migration, by its file's name. option: ` -e NAME`, for the next commands. only: the one that is meant."""
    keys = [path.stem for path in migration_files(workspace.root) if only in (None, path.stem)]
    return [_entry(workspace, key, declared, option) for key in keys]


def _entry(workspace: Workspace, key: str, declared: Declaration, option: str) -> MigrationEntry:
    try:
        opened = open_migration(workspace.root, key)
    except Fault:
        return MigrationEntry(key, key, "", valid=False, next="golive validate")
    name, source = opened.declared.name, opened.source.title
    sent = _sent(opened, 0)
    decided = opened.declared
    log = _log_columns(opened, declared)
    entry = MigrationEntry(
        key,
        name,
        source,
        True,
        shown={what: said for what, said in decided.shown.items() if isinstance(said, int)},
        not_shown={what: said for what, said in decided.shown.items() if isinstance(said, str)},
        without_reason=sum(1 for _, row in (decided.mapping or WordMapping()).rows() if not row.decision),
        log_has=list(log.has) if log is not None else None,
        of_no_field=list(log.of_no_field) if log is not None else [],
        moved={old: each.into or "" for old, each in decided.addresses.items() if each.fate != "close"},
        sent=sent,
        next=f"golive migrate extract {key}",
    )
    if not staging_folder(workspace, key).exists():
        return entry
    try:
        return _read(opened, entry, declared, option)
    except InUse as busy:
        return replace(entry, at_work=busy.who, next="golive migrate status")
    except Outdated:
        return replace(entry, next=f"golive migrate extract {key} --again")


def _read(opened: OpenedMigration, entry: MigrationEntry, declared: Declaration, option: str) -> MigrationEntry:
    """With what was read. Raises Fault."""
    decided = opened.declared
    with opened.staging() as staging:
        sent = _sent(opened, staging.count("tickets"))
        pages = [*old_pages(staging, decided)]
        lacks: dict[str, list[str]] = {sort: [] for sort in ("rules", "macros", "articles")}
        for each in undecided(staging, decided, declared):
            lacks[each.sort].append(each.name)
        mapping = decided.mapping or WordMapping()
        lacking = open_words(words_of(staging), mapping, declared)
        rows = {("mapping", *place) for place, _ in mapping.rows()}
        is_written = all(each.path in rows or each.lack != "no_place" for each in lacking)
        return replace(
            entry,
            is_whole=staging.is_whole,
            read={type_: number for type_ in RECORDS if (number := staging.count(type_))},
            left_out=staging.fates(),
            counted=given_out(staging),
            open=len(lacking),
            open_words=[word_said([str(step) for step in each.path]) for each in lacking[:FEW]],
            addresses=_addresses(staging, decided),
            rules=lacks["rules"],
            macros=lacks["macros"],
            pages=lacks["articles"],
            old_pages=len(pages),
            pages_digest=pages_digest(pages),
            sent=sent,
            next=_next(
                opened, staging.is_whole, _words_next(opened.key, len(lacking), is_written=is_written), sent, option
            ),
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


def _next(opened: OpenedMigration, is_whole: bool, words: str, sent: list[SentTo], option: str) -> str:
    """The step that comes next. words: what comes next for the words of the old tool, empty where each has its place.
    option: ` -e NAME` of whoever asks."""
    if not is_whole:
        return f"golive migrate extract {opened.key}"
    if words:
        return words
    there = [each for each in sent if each.there]
    if not there:
        return f"golive migrate plan {opened.key}{option}"
    for each in sent:
        is_open = bool(each.unknown or (each.last and not each.ended))
        if not is_open and any(each.found.get(fate) for fate in ("new", "changed")):
            return f"golive migrate delta {opened.key} --as-read{_option(each)}"
        if is_open or each.waiting:
            return f"golive migrate run {opened.key}{_option(each)}"
    for each in there:
        if not _is_verified(opened, each):
            return f"golive migrate verify {opened.key}{_option(each)}"
    for each in there:
        if not each.compared or clock.now() - datetime.fromisoformat(each.compared) > LOOKED_LASTS:
            return f"golive migrate delta {opened.key} --check{_option(each)}"
    return f"golive migrate report {opened.key}{_option(there[-1])}"


def _words_next(key: str, lacking: int, *, is_written: bool) -> str:
    """is_written: whether each of them stands in the file already, where a person decides."""
    return "" if not lacking else f"golive migrate map {key}{' --check' if is_written else ''}"


def _option(sent: SentTo) -> str:
    """What names its environment in a command, where it is not the usual one."""
    return "" if sent.environment == DEFAULT_ENVIRONMENT else f" -e {sent.environment}"


def _is_verified(opened: OpenedMigration, sent: SentTo) -> bool:
    """Whether all was found to be right since the last run."""
    document, at = last_verification(opened, sent.environment)
    return document is not None and document.is_right and at[:_SECONDS] >= sent.ended[:_SECONDS]


def _sent(opened: OpenedMigration, tickets: int) -> list[SentTo]:
    """What went where, by environment. tickets: that were read."""
    found = []
    for path in sorted((opened.workspace.root / FOLDER / "ledger").glob(f"{opened.key}.*.sqlite")):
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
            changes, at = last_comparison(opened, environment)
            if at[:_SECONDS] < last.ended[:_SECONDS]:
                changes, at = {}, ""
            found.append(
                SentTo(
                    environment, there, refused, unknown, waiting, last.began, last.ended, compared=at, found=changes
                )
            )
        finally:
            ledger.close()
    return found

"""How far each migration of a workspace is, without any call."""

from __future__ import annotations

from pathlib import Path

from config.declaration import Declaration
from config.results.migration_status import MigrationEntry, SentTo
from config.workspace import Workspace
from golive.migrating.opening import OpenedMigration, open_migration, staging_folder
from golive.terminal.fault import Fault
from migrations.declared.mapping import WordMapping
from migrations.declared.reading import FOLDER, migration_files
from migrations.ledger.ledger import AtWork, Ledger
from migrations.mapping.checking import open_words
from migrations.mapping.words import words_of
from migrations.staging.staging import RECORDS


def standing(workspace: Workspace, declared: Declaration) -> list[MigrationEntry]:
    """Every migration, by its file's name."""
    return [_entry(workspace, path.stem, declared) for path in migration_files(workspace.root)]


def _entry(workspace: Workspace, key: str, declared: Declaration) -> MigrationEntry:
    try:
        opened = open_migration(workspace.root, key)
    except Fault:
        return MigrationEntry(key, key, "", valid=False, next="golive validate")
    name, source = opened.declared.name, opened.source.title
    sent = _sent(workspace.root, key)
    if not staging_folder(workspace, key).exists():
        return MigrationEntry(key, name, source, True, sent=sent, next=f"golive migrate extract {key}")
    with opened.staging() as staging:
        read: dict[str, int] = {type_: number for type_ in RECORDS if (number := staging.count(type_))}
        mapping = opened.declared.mapping or WordMapping()
        lacking = len(open_words(words_of(staging), mapping, declared))
        is_whole, left_out = staging.is_whole, staging.fates()
    next_ = _next(opened, is_whole, lacking, sent)
    return MigrationEntry(key, name, source, True, is_whole, read, left_out, lacking, sent, next_)


def _next(opened: OpenedMigration, is_whole: bool, lacking: int, sent: list[SentTo]) -> str:
    """The step that comes next."""
    if not is_whole:
        return f"golive migrate extract {opened.key}"
    if lacking:
        return f"golive migrate map {opened.key}"
    if not any(each.there for each in sent):
        return f"golive migrate plan {opened.key}"
    if any(each.unknown or (each.last and not each.ended) for each in sent):
        return f"golive migrate run {opened.key}"
    return f"golive migrate verify {opened.key}"


def _sent(root: Path, key: str) -> list[SentTo]:
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
            found.append(SentTo(environment, there, refused, len(ledger.open_batches()), last.began, last.ended))
        finally:
            ledger.close()
    return found

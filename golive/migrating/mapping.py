"""What is decided about a migration: written into its file, and looked through; and drafts beside it."""

from __future__ import annotations

from dataclasses import replace

from config.declaration import Declaration
from config.document import Document, Path_
from config.results.migration_map import DraftFile, LossyDecision, MapDocument, OpenDecision, OpenWord
from config.writing.edit import with_entry, with_value
from config.writing.files import read_text, write_text
from golive.migrating.opening import OpenedMigration, open_migration
from migrations.declared.mapping import WordMapping
from migrations.declared.migration import Migration
from migrations.declared.reading import FOLDER
from migrations.drafting.writing import FOLDER as DRAFTS
from migrations.drafting.writing import Drafts
from migrations.mapping.checking import losses, open_words
from migrations.mapping.decisions import proposed_rows, undecided
from migrations.mapping.proposing import proposed
from migrations.mapping.words import Words
from migrations.staging.staging import Staging


def write_mapping(opened: OpenedMigration, words: Words, declared: Declaration) -> bool:
    """Bring the words of the old tool into the file, with places as far as they are plain; whether it was changed.
    What people wrote stays, comments too."""
    path = opened.workspace.root / opened.file
    text = read_text(path)
    new = proposed(words, opened.declared.mapping or WordMapping(), declared, opened.source)
    if not new:
        return False
    held = opened.declared.mapping is not None
    written = with_value(text, ("mapping",), new) if held else with_entry(text, (), "mapping", new)
    if written == text:
        return False
    write_text(path, written)
    return True


def write_decisions(opened: OpenedMigration, staging: Staging, declared: Declaration) -> bool:
    """Bring the old tool's rules, macros and pages into the file, a row each; whether it was changed. What people wrote
    stays."""
    path = opened.workspace.root / opened.file
    text = read_text(path)
    written = text
    for sort, rows in proposed_rows(staging, opened.declared, declared).items():
        written = with_value(written, (sort,), rows)
    if written == text:
        return False
    write_text(path, written)
    return True


def write_drafts(opened: OpenedMigration, staging: Staging, declared: Declaration) -> DraftFile:
    """Bring the file of drafts up to date, unless a person has changed it. Raises OSError."""
    drafts = Drafts(opened.key, staging, opened.declared, declared, opened.source)
    path = opened.workspace.root / FOLDER / DRAFTS / f"{opened.key}.yaml"
    state = drafts.write(path)
    return DraftFile(opened.workspace.show(path), state, drafts.macros, drafts.articles, drafts.rules)


def mapped(opened: OpenedMigration, staging: Staging, words: Words, declared: Declaration) -> MapDocument:
    """How far the file has come."""
    mapping = opened.declared.mapping or WordMapping()
    return MapDocument(
        opened.key,
        opened.declared.name,
        opened.file,
        sum(1 for _ in mapping.rows()),
        open=[
            OpenWord(each.lack, _steps(each.path), _line(opened.document, each.path), each.records, each.said)
            for each in open_words(words, mapping, declared)
        ],
        lossy=[
            LossyDecision(_steps(each.path), each.to, list(each.together), each.records, each.decision)
            for each in losses(mapping)
        ],
        undecided=[
            OpenDecision(each.sort, each.key, each.name, _line(opened.document, (each.sort, each.key)), each.said)
            for each in undecided(staging, opened.declared, declared)
        ],
    )


def with_written(document: MapDocument, before: Migration, after: Migration) -> MapDocument:
    """The document with what was written into the file."""
    held, now = _rows(before), _rows(after)
    new = now.keys() - held.keys()
    waits = {tuple(each.path) for each in document.open} | {(each.sort, each.key) for each in document.undecided}
    renumbered = sum(1 for path in now.keys() & held.keys() if now[path] != held[path])
    return replace(document, written=True, added=len(new), added_open=len(new & waits), renumbered=renumbered)


def _rows(migration: Migration) -> dict[tuple[str, ...], int]:
    """Where each row stands in the file, with its number of records."""
    rows = {("mapping", *place): row.records or 0 for place, row in (migration.mapping or WordMapping()).rows()}
    more = (("rules", migration.rules), ("macros", migration.macros), ("articles", migration.articles))
    return rows | {(sort, key): 0 for sort, keys in more for key in keys}


def again(opened: OpenedMigration) -> OpenedMigration:
    """The same migration after its file was written. Raises Fault."""
    return open_migration(opened.workspace.root, opened.key)


def _steps(path: Path_) -> list[str]:
    return [str(step) for step in path]


def _line(document: Document, path: Path_) -> int:
    """Where a word stands; 0 where it does not."""
    return document.keys[path].line if path in document.keys else 0

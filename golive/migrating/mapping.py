"""The mapping of a migration: written into its file, and looked through."""

from __future__ import annotations

from config.declaration import Declaration
from config.document import Document, Path_
from config.results.migration_map import LossyDecision, MapDocument, OpenWord
from config.writing.edit import with_entry, with_value
from config.writing.files import read_text, write_text
from golive.migrating.opening import OpenedMigration, open_migration
from migrations.declared.mapping import WordMapping
from migrations.mapping.checking import losses, open_words
from migrations.mapping.proposing import proposed
from migrations.mapping.words import Words


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


def mapped(opened: OpenedMigration, words: Words, declared: Declaration, *, written: bool) -> MapDocument:
    """How far the mapping in the file has come. written: whether it was just changed."""
    mapping = opened.declared.mapping or WordMapping()
    return MapDocument(
        opened.key,
        opened.declared.name,
        opened.file,
        sum(1 for _ in mapping.rows()),
        written,
        [
            OpenWord(each.lack, _steps(each.path), _line(opened.document, each.path), each.records, each.said)
            for each in open_words(words, mapping, declared)
        ],
        [
            LossyDecision(_steps(each.path), each.to, list(each.together), each.records, each.decision)
            for each in losses(mapping)
        ],
    )


def again(opened: OpenedMigration) -> OpenedMigration:
    """The same migration after its file was written. Raises Fault."""
    return open_migration(opened.workspace.root, opened.key)


def _steps(path: Path_) -> list[str]:
    return [str(step) for step in path]


def _line(document: Document, path: Path_) -> int:
    """Where a word stands; 0 where it does not."""
    return document.keys[path].line if path in document.keys else 0

"""Reading the files in `migrations/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from config.document import Document, Unreadable, read_document, show_path
from config.findings import Finding, Position
from config.model import Model
from config.schema_errors import findings_of
from migrations.declared.migration import Migration, migration_model

FOLDER = "migrations"


@dataclass(frozen=True)
class ReadMigration:
    """key: the file's name without its ending. value: None where the file is not valid."""

    key: str
    document: Document
    value: Migration | None
    findings: Sequence[Finding]


def migration_files(root: Path) -> list[Path]:
    """Those of a workspace, by name."""
    return sorted(path for path in (root / FOLDER).glob("*.yaml") if path.is_file())


def read_migration(path: Path, name: str) -> ReadMigration:
    """What a file says. name: what findings call it."""
    try:
        document = read_document(path, name)
    except Unreadable as broken:
        return ReadMigration(path.stem, Document(name), None, [broken.finding])
    if not isinstance(document.data, dict):
        finding = Finding(
            "migration.empty", "error", Position(name), "", "this file says nothing",
            "Say what it is called and where the old data are:  name: …  and  source: {mailbox: {paths: [FILE]}}",
        )  # fmt: skip
        return ReadMigration(path.stem, document, None, [finding])
    value, findings = findings_of(migration_model(), document.data, document, ())
    return ReadMigration(path.stem, document, value, [*findings, *_paths(value, document, path.parent.parent)])


def _paths(value: Migration | None, document: Document, root: Path) -> list[Finding]:
    """Files that are named have to be inside the workspace, and there."""
    if value is None:
        return []
    found = []
    for place, said in _named_paths(("source", value.source.chosen[0]), value.source.chosen[1]):
        path = (root / said).resolve()
        if not path.exists():
            near = get_close_matches(said, [each.relative_to(root).as_posix() for each in path.parent.glob("*")], n=1)
            found.append(
                Finding(
                    "migration.path", "error", document.position(place), show_path(place), f"there is no file `{said}`",
                    f"Did you mean `{near[0]}`?" if near else "The path counts from the workspace's root.",
                )
            )  # fmt: skip
    return found


def _named_paths(place: tuple[str | int, ...], settings: Model) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every path that a source's settings name, and where it stands; also in one of several ways in, and in lists."""
    for name in type(settings).model_fields:
        held = getattr(settings, name)
        if isinstance(held, Model):
            yield from _named_paths((*place, name), held)
        elif name == "path" and held is not None:
            yield (*place, name), held
        for index, each in enumerate(held if isinstance(held, list) else ()):
            if isinstance(each, Model):
                yield from _named_paths((*place, name, index), each)
            elif name == "paths":
                yield (*place, name, index), each

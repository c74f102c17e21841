"""`golive migrate archive`: everything of the old tool in one file."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import click

from config.results.migration_archive import ArchiveDocument
from golive import clock
from golive.migrating.opening import OpenedMigration, open_migration
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import json_option, screen_of
from golive.terminal.output import OutputFile, writing_to
from golive.terminal.screen import Screen
from migrations.archiving import BrokenArchive, checked
from migrations.archiving import archive as archived
from migrations.declared.reading import FOLDER
from stacks.interruption import Interruption


class Day(click.ParamType[date]):
    """A day to come."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            day = value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"`{value}` is no day: write it as 2029-12-31.", param, ctx)
        if day <= clock.now().date():
            self.fail(f"{day} is over: until then nothing would be kept.", param, ctx)
        return day


@click.command("archive", short_help="Write everything of the old tool into one file, with checksums.")
@click.argument("source", required=False)
@click.option("--out", type=OutputFile(), default=None, metavar="FILE", help="The file, such as old_inbox.zip.")
@click.option("--keep-until", "until", type=Day(), default=None, metavar="DAY", help="Until when it has to be kept.")
@click.option(
    "--check", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None, metavar="FILE",
    help="Compare an archive with its manifest, instead of writing one.",
)  # fmt: skip
@json_option
@click.pass_context
def archive(
    ctx: click.Context, source: str | None, out: Path | None, until: date | None, check: Path | None, json_wanted: bool
) -> int:
    """Write every raw record, every file, what people decided and the ledgers into one ZIP file, with a manifest that
    has the SHA-256 of each part and the day until which it must be kept. Do it once the old tool and the new one have
    run beside each other, before the old licence ends.

    Example:  golive migrate archive old_inbox --keep-until 2036-12-31 --out old_inbox.zip
    """
    screen = screen_of(ctx, json_wanted)
    if check is not None:
        document = _checked(check)
    elif source is None or out is None or until is None:
        raise click.UsageError("It takes SOURCE, --keep-until DAY and --out FILE; or --check FILE.")
    else:
        document = _written(screen, open_migration(ctx.obj["folder"], source), out, until)
    if json_wanted:
        screen.document(document.to_json())
    else:
        compared = "each as the manifest says" if document.checked else "each with its checksum in manifest.json"
        screen.say(f"{document.file}: {document.files:,} files, {document.size / 1e6:,.1f} MB, {compared}")
        screen.say(f"  Keep it until {document.keep_until}.  SHA-256 {document.digest}")
    return int(Exit.DONE)


def _written(screen: Screen, opened: OpenedMigration, out: Path, until: date) -> ArchiveDocument:
    """Raises Fault."""
    if out.exists():
        raise Fault(
            "exists",
            f"{out} is there already; nothing was written.",
            why="An archive that is kept is never written over.",
            do="Name another file.",
            exits=Exit.USAGE,
        )
    root = opened.workspace.root
    kept = [f"{opened.key}.*.sqlite", f"{opened.key}.*.redirects.json"]
    ledgers = [path for each in kept for path in sorted((root / FOLDER / "ledger").glob(each))]
    beside = {path.name: path for path in (root / opened.file, *ledgers)}
    with opened.staging(alone=True) as staging:
        opened.check_read(staging)
        if not staging.is_whole:
            raise Fault(
                "not_whole",
                f"{opened.declared.name} is not read to its end; nothing was written.",
                why="An archive of a part looks like one of the whole.",
                do=f"Read the rest first:  golive migrate extract {opened.key}",
                exits=Exit.FAILED,
            )
        with Interruption() as interruption, screen.waiting("Writing"), writing_to(out):
            parts = archived(staging, out, opened.declared.name, until.isoformat(), beside, interruption.stopped.is_set)
    if parts is None:
        raise Fault("cancelled", "Cancelled. Nothing was written.", exits=Exit.CANCELLED)
    return _document(out, opened.declared.name, until.isoformat(), len(parts), is_checked=False)


def _checked(path: Path) -> ArchiveDocument:
    """Raises Fault."""
    try:
        name, until, files = checked(path)
    except BrokenArchive as broken:
        raise Fault(
            "archive",
            f"{path} is not the archive that was written.",
            why=str(broken),
            do="Take another copy; where there is none, read the old tool again while it is there.",
            exits=Exit.FAILED,
        ) from broken
    return _document(path, name, until, files, is_checked=True)


def _document(path: Path, name: str, until: str, files: int, *, is_checked: bool) -> ArchiveDocument:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ArchiveDocument(name, str(path), until, files, path.stat().st_size, digest, is_checked)

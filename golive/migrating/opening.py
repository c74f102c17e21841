"""Open one of the files in `migrations/`, with the source and the staging that belong to it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from config.document import Document
from config.workspace import Workspace
from golive.migrating.holding import at_work, held, said
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.opening import open_workspace, running_verb
from migrations.declared.migration import Migration, own_matcher
from migrations.declared.reading import FOLDER, migration_files, read_migration
from migrations.sources.source import Reading, Source, sources
from migrations.staging.staging import RECORDS, SINCE, OtherFormat, Staging


class Outdated(Fault):
    """What was read was written by another version. name and shown: what the source, and its place, are called."""

    def __init__(self, name: str, shown: str, key: str) -> None:
        super().__init__(
            "staging",
            f"What was read of {name} was written by another version of golive.",
            where=shown,
            why="It is only a cache: everything in it can be read again. What was sent stands in the ledger.",
            do=f"Read it again:  golive migrate extract {key} --again",
            exits=Exit.FAILED,
        )


@dataclass(frozen=True)
class OpenedMigration:
    """key: the file's name without its ending. settings: what it says of its source."""

    workspace: Workspace
    key: str
    declared: Migration
    source: Source
    settings: Any
    document: Document

    @property
    def file(self) -> str:
        """As findings call it."""
        return f"{FOLDER}/{self.key}.yaml"

    @property
    def decisions(self) -> str:
        """The digest of what the file says becomes of the past. How many records that touches is no decision."""
        said = _without_numbers(self.declared.model_dump(mode="json", exclude={"source", "open_tickets", "shown"}))
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    @contextmanager
    def held(self, *, alone: bool = False) -> Iterator[None]:
        """Nobody changes what was read meanwhile; alone: nobody works with it at all. Raises Fault."""
        folder = staging_folder(self.workspace, self.key)
        shown = self.workspace.show(folder)
        with held(folder.parent, self.key, self.declared.name, shown, self._command, alone=alone):
            yield

    @property
    def _command(self) -> str:
        """What is at work, as somebody has typed it."""
        context = click.get_current_context(silent=True)
        environment = context.params.get("environment") if context is not None else None
        return f"golive {running_verb()} {self.key}{f' -e {environment}' if environment else ''}"

    def at_work(self) -> str:
        """Whoever else works with what was read, in words; empty for nobody."""
        found = at_work(staging_folder(self.workspace, self.key).parent, self.key)
        return said([each for each in found if each.holder.pid != os.getpid()])

    @contextmanager
    def staging(self, *, alone: bool = False, anew: bool = False) -> Iterator[Staging]:
        """What was read so far, which nobody changes meanwhile. alone: to change it. anew: forget it first: it is a
        cache. Raises Fault."""
        with self.held(alone=alone):
            if anew:
                _forget(staging_folder(self.workspace, self.key))
            with self._staging() as staging:
                yield staging

    @contextmanager
    def _staging(self) -> Iterator[Staging]:
        folder = staging_folder(self.workspace, self.key)
        try:
            staging = Staging(folder)
        except OtherFormat:
            raise Outdated(self.declared.name, self.workspace.show(folder), self.key) from None
        try:
            yield staging
        finally:
            staging.close()

    def check_read(self, staging: Staging) -> None:
        """Something was read. Raises Fault."""
        if not any(staging.count(type_) for type_ in RECORDS) and not staging.fates():
            raise Fault(
                "nothing_read",
                f"Nothing of {self.declared.name} was read yet.",
                where=self.file,
                do=f"Read it first:  golive migrate extract {self.key}",
                exits=Exit.USAGE,
            )

    def check_whole(self, staging: Staging, why: str) -> None:
        """The source was read to its end. why: what cannot be said else. Raises Fault."""
        if not staging.is_whole:
            raise Fault(
                "not_whole",
                f"{self.declared.name} is not read to its end, so that {why}.",
                where=self.file,
                do=f"Read the rest first:  golive migrate extract {self.key}",
                exits=Exit.FAILED,
            )

    def reading(self, staging: Staging, stopped: Callable[[], bool], waited: Callable[[float], None]) -> Reading:
        own = own_matcher(tuple(self.declared.own))
        return Reading(self.settings, self.workspace.root, staging, own, stopped, waited, staging.note(SINCE))


def _forget(folder: Path) -> None:
    """Delete what was read: it is a cache. What was found out about what was sent stays."""
    for each in folder.iterdir() if folder.exists() else ():
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        elif each.suffix != ".json":
            each.unlink(missing_ok=True)


def _without_numbers(said: Any) -> Any:
    """The same without the numbers that `golive migrate map` brings up to date."""
    if not isinstance(said, dict):
        return said
    return {
        key: _without_numbers(value)
        for key, value in said.items()
        if key != "records" or isinstance(value, dict)  # a word of the old tool may be called that
    }


def staging_folder(workspace: Workspace, key: str) -> Path:
    """Where what is read of a source is kept."""
    return workspace.scratch / "migrations" / key


def open_migration(folder: Path, key: str) -> OpenedMigration:
    """The migration that is named, valid. Raises Fault."""
    workspace = open_workspace(folder)
    files = {path.stem: path for path in migration_files(workspace.root)}
    key = key.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
    if key not in files:
        raise _no_migration(workspace, key, sorted(files))
    path = files[key]
    read = read_migration(path, workspace.show(path))
    wrong = [each for each in read.findings if each.severity == "error"]
    if read.value is None or wrong:
        first = wrong[0]
        raise Fault(
            "invalid_files",
            f"{workspace.show(path)} has a mistake; nothing was done.",
            where=f"{first.position.file}:{first.position.line}",
            why=first.message,
            do=f"{first.hint} See them all:  golive validate",
            exits=Exit.USAGE,
        )
    name, settings = read.value.source.chosen
    return OpenedMigration(workspace, key, read.value, sources()[name], settings, read.document)


def _no_migration(workspace: Workspace, key: str, known: list[str]) -> Fault:
    near = get_close_matches(key, known, n=1)
    example = f"name: The shared inbox, and below it  source: {{mailbox: {{paths: [exports/{key}.mbox]}}}}"
    begin = f"Write {FOLDER}/{key}.yaml:  {example}"
    return Fault(
        "no_migration",
        f"There is no {FOLDER}/{key}.yaml.",
        where=f"{FOLDER}/",
        why=f"This workspace has: {', '.join(known)}." if known else "This workspace has no file there.",
        do=f"Did you mean `{near[0]}`?" if near else begin,
        exits=Exit.USAGE,
    )

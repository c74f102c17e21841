"""Copies of an environment's state, kept beside the local state whatever the environment's own backend is."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pulumi.automation import Deployment

from provisioners.private_file import replace_private
from stacks.backend import golive_folder

KEPT = 50
"""So many copies are kept; the oldest goes first."""

_NAME = re.compile(r"(?P<at>\d{8}T\d{6}\.\d{6}Z)-before-(?P<before>[a-z-]+)\.json\.gz")
_TIME = "%Y%m%dT%H%M%S.%f"


class NoBackup(Exception):
    """There is no copy of that name, or it cannot be read."""


@dataclass(frozen=True)
class Backup:
    """One copy. before: the verb that was about to change the state."""

    file: Path
    at: datetime
    before: str

    @property
    def name(self) -> str:
        return self.file.name.removesuffix(".json.gz")


class Backups:
    """The copies of one environment. Only their owner may read them: they hold what a client's systems hold."""

    def __init__(self, workspace: Path, environment: str) -> None:
        self.folder = golive_folder(workspace, environment) / "copies"

    def keep(self, state: Deployment, before: str) -> Backup:
        """Write a copy."""
        self.folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC)
        file = self.folder / f"{now.strftime(_TIME)}Z-before-{before}.json.gz"
        text = json.dumps({"version": state.version, "deployment": state.deployment})
        replace_private(file, gzip.compress(text.encode(), compresslevel=5))
        for old in self.all()[:-KEPT]:
            old.file.unlink(missing_ok=True)
        return Backup(file, now, before)

    def all(self) -> list[Backup]:
        """Every copy, the oldest first."""
        found = []
        for file in sorted(self.folder.glob("*.json.gz")) if self.folder.is_dir() else []:
            match = _NAME.fullmatch(file.name)
            if match:
                at = datetime.strptime(match["at"][:-1], _TIME).replace(tzinfo=UTC)
                found.append(Backup(file, at, match["before"]))
        return found

    def named(self, name: str) -> Backup:
        """Raises NoBackup."""
        for each in self.all():
            if each.name == name:
                return each
        raise NoBackup(f"there is no copy `{name}`")

    def read(self, backup: Backup) -> Deployment:
        """The state in a copy. Raises NoBackup where it is damaged."""
        try:
            data = json.loads(gzip.decompress(backup.file.read_bytes()))
            return Deployment(data["version"], data["deployment"])
        except (OSError, EOFError, ValueError, KeyError, TypeError) as broken:
            raise NoBackup(f"the copy `{backup.name}` is damaged ({broken})") from broken

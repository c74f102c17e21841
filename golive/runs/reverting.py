"""Whether a commit can be taken back in the place of the run that was undone. Reads git and files; calls no system."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from config.loading import load
from config.workspace import read_workspace
from golive.terminal.fault import Fault
from golive.workspace.repository import Repository, open_repository
from provisioners.resource import ResourceName
from stacks.journal import Run

_Objects: TypeAlias = Mapping[tuple[str, str], Any]


def holds_alone(root: Path, values: Mapping[str, Any], run: Run) -> bool:
    """Whether a run's commit changed in the files what the run changed, and nothing else.

    root: of the workspace. values: the environment's. A commit that git or golive cannot read holds nothing alone.
    """
    if not run.commit or run.dirty or run.more:
        return False
    try:
        repository = open_repository(root)
        before = _declared(repository, repository.commit_of(f"{run.commit}^"), values)
        after = _declared(repository, repository.commit_of(run.commit), values)
    except Fault:
        return False
    if before is None or after is None:
        return False
    changed = {each for each in {**before, **after} if before.get(each) != after.get(each)}
    renamed = {(kind, getattr(value, "was", None)) for (kind, _), value in after.items()}
    objects = {ResourceName.of(each.name) for each in run.touched}
    touched = {(each.kind, each.key) for each in objects if not each.is_generated}
    return bool(touched) and touched == changed - renamed


def _declared(repository: Repository, commit: str, values: Mapping[str, Any]) -> _Objects | None:
    """Everything that the files of a commit declare, by kind and key; None where they cannot be read. Raises Fault."""
    with TemporaryDirectory(prefix="golive-") as folder:
        root = Path(folder)
        if not repository.write_out(commit, root):
            return None
        loaded = load(read_workspace(root), values)
    return None if loaded.errors else {(each.kind, each.key): each.value for each in loaded.declaration}

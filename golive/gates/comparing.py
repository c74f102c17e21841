"""The gates of a workspace as they are, beside those of a revision of git."""

from __future__ import annotations

import tempfile
from pathlib import Path

from checklists.binding import paths_of
from checklists.book import bound_by, read_book
from checklists.comparing import Side, compared_items, compared_settings, outdated
from checklists.loading import load_checklist
from config.chain import Chain
from config.loading import load
from config.progress import progress_of
from config.results.gate_diff import DiffEntry, GateDiffDocument
from config.workspace import read_workspace
from golive.gates.collecting import file_digest
from golive.gates.opened import OpenedGates
from golive.gates.sentences import entry_said
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.logbook import Logbook
from golive.workspace.repository import Repository, open_repository


def gate_diff(gates: OpenedGates, revision: str) -> GateDiffDocument:
    """How the gates and their log differ from a revision. Calls no system. Raises Fault where it cannot be had."""
    repository = open_repository(gates.opened.workspace.root)
    commit = repository.commit_of(revision)
    chain = gates.logbook.read()
    paths = sorted(_paths(chain))
    with tempfile.TemporaryDirectory(prefix="golive-gates-") as folder:
        old = _then(gates, repository, commit, Path(folder), paths, revision)
    root = gates.opened.workspace.root
    files = {path: file_digest(root / path) for path in paths if (root / path).is_file()}
    new = Side(gates.checklist, gates.opened.loaded.declaration, chain, files)
    known, before = {each.digest for each in chain.entries}, {each.digest for each in old.chain.entries}
    return GateDiffDocument(
        environment=gates.opened.environment_name,
        revision=revision,
        commit=commit,
        phase_then=progress_of(old.chain).phase,
        phase=progress_of(chain).phase,
        items=list(compared_items(old.checklist, new.checklist)),
        settings=list(compared_settings(old.checklist, new.checklist)),
        signatures=list(outdated(old, new)),
        entries=[
            DiffEntry(each.at, each.by.name, each.entry, entry_said(each, gates.checklist), each.digest)
            for each in chain.ordered
            if each.digest not in before
        ],
        lacks=len(before - known),
    )


def _then(
    gates: OpenedGates, repository: Repository, commit: str, folder: Path, paths: list[str], revision: str
) -> Side:
    """The gates as they were. What was wrong with the files then does not matter now."""
    if not repository.write_out(commit, folder, also=("checklists",)):
        raise Fault(
            "no_workspace",
            f"In `{revision}` there is no golive workspace here.",
            why="That revision has no Pulumi.yaml in this folder.",
            do="Name another one.",
            exits=Exit.USAGE,
        )
    workspace = read_workspace(folder)
    name = gates.opened.environment_name
    environment = workspace.environment(name)[0] if name in workspace.environments() else None
    values = (environment or gates.opened.environment).values
    digests = {path: digest for path in paths if (digest := repository.digest_of(commit, path))}
    loaded = load(workspace, values)
    return Side(load_checklist(workspace).checklist, loaded.declaration, Logbook(folder, name).read(), digests)


def _paths(chain: Chain) -> set[str]:
    """Every file to which something in a log is bound."""
    return paths_of(bound_by(each) for each in read_book(chain).bound)

"""All that is to be said of a workspace's files, offline: of config/, environments, checklists/ and migrations/."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checklists.loading import LoadedChecklist, checklist_files, load_checklist
from checklists.rules import check_checklist
from config.findings import Finding
from config.loading import Loaded, sort_findings
from config.rules.exceptions import Allowed
from config.workspace import Workspace
from golive.workspace.opening import load_environments
from migrations.declared.reading import migration_files, read_migration


@dataclass(frozen=True)
class Checked:
    """What is to be said, and what objects set aside with a reason."""

    findings: list[Finding]
    allowed: list[Allowed]


def check_workspace(workspace: Workspace, asked: str | None) -> Checked:
    """All findings, for one environment or for each that the workspace has. Raises Fault."""
    read = load_environments(workspace, asked)
    findings = read.findings
    if checklist_files(workspace):
        checklist = checked_checklist(workspace, list(read.loaded.values()))
        findings = sort_findings([*findings, *checklist.findings])
    files = migration_files(workspace.root)
    if files:
        found = [each for path in files for each in read_migration(path, workspace.show(path)).findings]
        findings = sort_findings([*findings, *found])
    return Checked(findings, read.allowed)


def checked_checklist(workspace: Workspace, declared: Sequence[Loaded]) -> LoadedChecklist:
    """The checklist with everything that is to be said of it. declared: what `config/` says, with the values of each
    environment that could be read; without any, what the checklist says of it is not compared."""
    loaded = load_checklist(workspace)
    findings = list(loaded.findings)
    for each in declared:
        findings += check_checklist(loaded, each.declaration, declared=each.known, perhaps=each.perhaps)
    return replace(loaded, findings=sort_findings(findings))

"""A change of a workspace's files, from two revisions: what it does to each object, how risky, and who notices."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from checklists.loading import checklist_files
from config.environment import Environment
from config.findings import Finding
from config.kinds import kind_path
from config.loading import Loaded, load
from config.results.error import Error
from config.results.findings import FindingEntry, FindingsDocument
from config.results.review import ReviewDocument, ReviewSide, ReviewSummary
from config.workspace import Workspace, read_workspace
from golive.changes.declared import Side
from golive.review.changing import Changes
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.masking import masked, named_secrets, with_texts
from golive.workspace.checking import checked_checklist
from golive.workspace.opening import Invalid, environment_name, is_production, load_environments, open_workspace
from golive.workspace.repository import check_no_links, open_repository
from provisioners.payload import digest
from provisioners.system import systems

WORKING_TREE = "working tree"
_CHECKLISTS = ("checklists",)
_BESIDE_THE_FILES = ("mapping.billing-file", "checklist.signers")
"""Findings that depend on files which need not be in the repository: between two revisions they say nothing."""


@dataclass
class Revision:
    """One side, read and checked. root: where its files are; a workspace that was not there declares nothing."""

    side: ReviewSide
    root: Path
    workspace: Workspace | None
    environments: dict[str, Environment] = field(default_factory=dict)
    loaded: Loaded = field(default_factory=Loaded)
    findings: list[Finding] = field(default_factory=list)
    """Those of `config/` and the environments."""
    of_checklists: list[Finding] = field(default_factory=list)

    @property
    def compared(self) -> list[Finding]:
        """What is compared between the sides."""
        return [each for each in (*self.findings, *self.of_checklists) if each.rule not in _BESIDE_THE_FILES]

    @property
    def errors(self) -> list[Finding]:
        return [each for each in self.findings if each.severity == "error"]

    @property
    def declared(self) -> Side:
        return Side(self.loaded.declaration, self.root)

    @property
    def secrets(self) -> list[str]:
        """What its environment files hold under names of secrets."""
        return [each for environment in self.environments.values() for each in named_secrets(environment.values)]


def review(
    folder: Path, base: str | None, head: str | None, environment: str | None, planned: str = ""
) -> ReviewDocument:
    """What a change means: from `base` (the point at which it left the main branch) to `head` (the files as they are).

    environment: whose values are filled in. planned: the environment of the live plan beside it, which is taken where
    nobody says one. Raises Fault where one of the sides cannot be had.
    """
    workspace = open_workspace(folder)
    repository = open_repository(workspace.root)
    after = repository.commit_of(head or "HEAD")
    asked, before = (base, repository.commit_of(base)) if base else repository.default_base(after)
    with _written_out() as (old_root, new_root):
        was_there = repository.write_out(before, old_root, also=_CHECKLISTS)
        new = workspace
        if head is not None:
            if not repository.write_out(after, new_root, also=_CHECKLISTS):
                raise _no_workspace(head)
            new = read_workspace(new_root)
        else:
            check_no_links(workspace.root)
        name = _environment(new, environment, planned)
        now = _read(ReviewSide(head or WORKING_TREE, after if head else ""), new, name)
        earlier = _read(ReviewSide(asked or "", before), read_workspace(old_root) if was_there else None, name, now)
        return _document(earlier, now, name)


@contextmanager
def _written_out() -> Iterator[tuple[Path, Path]]:
    """Two empty folders outside the workspace, for as long as they are needed."""
    with tempfile.TemporaryDirectory(prefix="golive-review-") as scratch:
        folders = Path(scratch) / "base", Path(scratch) / "head"
        for each in folders:
            each.mkdir()
        yield folders


def _no_workspace(head: str) -> Fault:
    return Fault(
        "no_workspace",
        f"In `{head}` there is no golive workspace here.",
        why="That revision has no Pulumi.yaml in this folder.",
        do="Name another with --head, or leave it out.",
        exits=Exit.USAGE,
    )


def _environment(workspace: Workspace, asked: str | None, planned: str) -> str:
    """Whose values are filled in: the plan's or else production's, where nobody says it, because that is what customers
    will see. No system is touched. Raises Fault."""
    if asked is not None:
        return environment_name(workspace, asked)
    known = workspace.environments()
    production = [each for each in known if is_production(workspace, each)]
    return next((each for each in [planned, *production, *known] if each in known), "")


def _read(side: ReviewSide, workspace: Workspace | None, name: str, other: Revision | None = None) -> Revision:
    """A side with all its findings. other: the side whose values stand in for an environment that is not here."""
    if workspace is None:
        return Revision(side, Path(), None)
    found = load_environments(workspace, None)
    loaded = found.loaded.get(name)
    if loaded is None:  # its values are taken from where they are
        chosen = found.environments.get(name) or (other.environments.get(name) if other else None)
        loaded = load(workspace, chosen.values if chosen else {})
    read = Revision(side, workspace.root, workspace, found.environments, loaded, found.findings)
    if checklist_files(workspace):
        read.of_checklists = checked_checklist(workspace, list(found.loaded.values())).findings
    said = [sorted(_content(read).items()), sorted((each, str(one)) for each, one in found.environments.items())]
    declared = read.declared.digest(f"{name} {read.environments.get(name)}")
    read.side = ReviewSide(side.revision, side.commit, digest(said), not read.errors, declared)
    return read


def _content(read: Revision) -> dict[str, object]:
    return {f"{each.kind}/{each.key}": read.declared.data(each) for each in read.loaded.declaration}


def _document(old: Revision, new: Revision, name: str) -> ReviewDocument:
    company = new.loaded.declaration.single("company") or old.loaded.declaration.single("company")
    made = ReviewDocument(
        client=company.name if company else new.workspace.name if new.workspace else "",
        environment=name,
        base=old.side,
        head=new.side,
    )
    remarks = list(_remarks(old, name))
    secrets = sorted({*old.secrets, *new.secrets}, key=len, reverse=True)

    def mask(text: str) -> str:
        return masked(text, secrets)

    renamed: dict[str, str] = {}
    if new.errors:
        made = replace(made, error=Error(**Invalid(new.findings).as_json()))
    else:
        helpdesk = _helpdesk(new.environments.get(name))
        changes = Changes(
            old.declared, new.declared, old.loaded.known, old.environments, new.environments, mask, helpdesk
        )
        found = changes.all()
        renamed = {
            ".".join((*kind_path(kind), was)): ".".join((*kind_path(kind), key))
            for (kind, was), key in changes.renamed.items()
        }
        summary = ReviewSummary.of(found.changes)
        made = replace(made, changes=found.changes, risks=found.risks, digest=found.digest, summary=summary)
        remarks += found.remarks
    added, removed = compared(old.compared, new.compared, renamed)
    made = replace(made, findings_added=added, findings_removed=removed, remarks=remarks)
    return with_texts(made, mask)


def _helpdesk(environment: Environment | None) -> str:
    """What people call the product that the helpdesk is."""
    entry = environment.systems.get("helpdesk") if environment else None
    system = systems().get(entry.type) if entry else None
    return system.title if system else "the helpdesk"


def _remarks(old: Revision, name: str) -> Iterator[str]:
    """What of the base could not be compared."""
    if old.workspace is None:
        yield (
            f"In {old.side.short} there was no workspace here, so that everything is new to the files. What of it is "
            "there already, only a live plan can say."
        )
        return
    if old.errors:
        first = old.errors[0]
        more = f", and {len(old.errors) - 1} more" if old.errors[1:] else ""
        yield (
            f"In {old.side.short} the files were not valid ({first.position}: {first.message}{more}). What could be "
            "read is compared; what could not counts as new here."
        )
    if name and name not in old.environments:
        yield f"In {old.side.short} there was no environment {name} that could be read; its values of now are used."


def compared(
    old: Iterable[Finding], new: Iterable[Finding], renamed: dict[str, str]
) -> tuple[list[FindingEntry], list[FindingEntry]]:
    """Findings that have come and that are gone, known again by rule, object and text, wherever they stand now.

    renamed: former object → object, both as findings write them.
    """
    before = [(_same(each, renamed), each) for each in old]
    after = [(_same(each, {}), each) for each in new]
    return _without(after, before), _without(before, after)


_Known = tuple[str, str, str]


def _without(findings: list[tuple[_Known, Finding]], others: list[tuple[_Known, Finding]]) -> list[FindingEntry]:
    left = Counter(key for key, _ in others)
    found: list[Finding] = []
    for key, finding in findings:
        if left[key]:
            left[key] -= 1
        else:
            found.append(finding)
    return FindingsDocument.of(found).findings


def _same(finding: Finding, renamed: dict[str, str]) -> _Known:
    steps = re.split(r"[.[]", finding.path)
    named = ".".join(steps[: 4 if steps[0] in ("integrations", "help_center") else 2])
    known = renamed.get(named, named) if finding.path else finding.position.file
    return finding.rule, known, finding.lasting_message

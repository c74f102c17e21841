"""Open a workspace and one of its environments, offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from config.environment import Environment
from config.findings import Finding
from config.loading import Loaded, against_plans, load, sort_findings
from config.rules.exceptions import UNUSED, Allowed
from config.workspace import NoEnvironment, NoWorkspace, Workspace, find_workspace
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault

DEFAULT_ENVIRONMENT = "sandbox"


@dataclass
class Opened:
    """A workspace with one environment, everything read and checked."""

    workspace: Workspace
    environment_name: str
    environment: Environment
    loaded: Loaded
    option: str = ""
    """` -e NAME` where it was said, for the next commands that people are told."""

    @property
    def client(self) -> str:
        """The client's name as people know it."""
        company = self.loaded.declaration.single("company")
        return company.name if company else self.workspace.name


def open_workspace(folder: Path) -> Workspace:
    """The workspace at or above a folder. Raises Fault."""
    try:
        return find_workspace(folder)
    except NoWorkspace:
        raise Fault(
            "no_workspace",
            "There is no golive workspace here.",
            where=str(folder.resolve()),
            why="Neither this folder nor one above it holds a Pulumi.yaml.",
            do="Change into a workspace, use -C DIR, or make one:  golive init acme",
            exits=Exit.USAGE,
        ) from None


def environment_name(workspace: Workspace, asked: str | None) -> str:
    """The environment to use. Raises Fault where it does not exist, and where only a person may choose it."""
    known = workspace.environments()
    if asked is None:
        return _unsaid(workspace, known)
    if asked in known:
        return asked
    raise Fault(
        "no_environment",
        f"There is no environment `{asked}`.",
        where="stacks/",
        why=f"This workspace has: {', '.join(known) or 'none'}.",
        do=f"Say one with -e, or add stacks/Pulumi.{asked}.yaml.",
        exits=Exit.NO_ENVIRONMENT,
    )


def _unsaid(workspace: Workspace, known: list[str]) -> str:
    """The environment where nobody names one: the sandbox, or the only one there is. Never production. Raises Fault."""
    chosen = DEFAULT_ENVIRONMENT if DEFAULT_ENVIRONMENT in known else known[0] if len(known) == 1 else None
    if chosen and not is_production(workspace, chosen):
        return chosen
    harmless = [name for name in known if not is_production(workspace, name)]
    one = next(iter([*harmless, *known]), None)
    raise Fault(
        "no_environment",
        "Which environment is meant has to be said here." if known else "There is no environment yet.",
        where="stacks/",
        why=f"This workspace has: {', '.join(known) or 'none'}.",
        do=f"Say it:  golive {running_verb()} -e {one}" if one else f"Add stacks/Pulumi.{DEFAULT_ENVIRONMENT}.yaml.",
        exits=Exit.NO_ENVIRONMENT,
    )


def is_production(workspace: Workspace, name: str) -> bool:
    """Whether an environment says so; one that cannot be read goes no further than its findings anyway."""
    environment, _ = workspace.environment(name)
    return environment is not None and environment.production


def running_verb() -> str:
    """The verb that runs, with the one above it: `cohort show`."""
    context, names = click.get_current_context(silent=True), []
    while context is not None and context.parent is not None:
        names.append(context.info_name or "")
        context = context.parent
    return " ".join(reversed(names)) or "plan"


@dataclass
class Read:
    """A workspace with several environments. loaded: by environment; under `` where it has none. An environment that
    cannot be read has neither."""

    environments: dict[str, Environment] = field(default_factory=dict)
    loaded: dict[str, Loaded] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def allowed(self) -> list[Allowed]:
        """What objects set aside with a reason, each once, whatever the environment."""
        return list(dict.fromkeys(each for loaded in self.loaded.values() for each in loaded.allowed))


def load_environments(workspace: Workspace, asked: str | None) -> Read:
    """What is declared with each environment's values, or with those of one, and all findings. Raises Fault."""
    names = [environment_name(workspace, asked)] if asked else workspace.environments()
    read = Read(findings=list(workspace.findings))
    checked: list[tuple[object, Loaded]] = []
    known = {name: workspace.environment(name) for name in names}
    for name, (environment, wrong) in known.items():
        read.findings += wrong
        if environment is not None:
            read.environments[name] = environment
        if _errors(wrong):
            continue
        values = environment.values if environment else {}
        types = environment.types if environment else None
        differs = (values, types)  # this is all in which environments differ
        loaded = next((each for others, each in checked if others == differs), None)
        if loaded is None:
            loaded = load(workspace, values, types)
            checked.append((differs, loaded))
        if environment is not None:
            same = [each for each, (other, _) in known.items() if other and other.plans == environment.plans]
            files = [workspace.show(workspace.environment_file(each)) for each in same]
            loaded = against_plans(loaded, environment, " and ".join(files))
        read.loaded[name] = loaded
    if not names:
        read.loaded[""] = load(workspace, {})
    read.findings = sort_findings([*read.findings, *_of_any(list(read.loaded.values()))])
    return read


def _of_any(loaded: Sequence[Loaded]) -> Iterator[Finding]:
    """The findings of each environment; an exception is unused only where it is so in all of them."""
    for each in loaded:
        for finding in each.findings:
            if finding.rule != UNUSED.id or all(finding in other.findings for other in loaded):
                yield finding


def open_environment(folder: Path, asked: str | None, *, checked: bool = True) -> Opened:
    """Workspace, environment and declaration. Raises Fault; `Invalid` where there are errors.

    checked: the declaration must have none; a verb that does not use it takes it as it is.
    """
    workspace = open_workspace(folder)
    name = environment_name(workspace, asked)
    try:
        environment, wrong = workspace.environment(name)
    except NoEnvironment:  # it was there a moment ago
        raise Fault("no_environment", f"There is no environment `{name}`.", exits=Exit.NO_ENVIRONMENT) from None
    if environment is None or _errors(wrong) or workspace.findings:
        raise Invalid(sort_findings([*workspace.findings, *wrong]))
    file = workspace.show(workspace.environment_file(name))
    loaded = against_plans(load(workspace, environment.values, environment.types), environment, file)
    if loaded.errors and checked:
        raise Invalid(loaded.findings)
    return Opened(workspace, name, environment, loaded, f" -e {name}" if asked else "")


def _errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


class Invalid(Fault):
    """The files have errors; nothing was sent."""

    def __init__(self, findings: list[Finding]) -> None:
        errors = _errors(findings)
        first = errors[0]
        many = f"{len(errors)} mistakes" if len(errors) > 1 else "a mistake"
        super().__init__(
            "invalid",
            f"The files have {many}; nothing was sent.",
            where=str(first.position),
            why=first.message,
            do=first.hint if len(errors) == 1 and first.hint else "See them all:  golive validate",
            exits=Exit.USAGE,
        )
        self.findings = findings

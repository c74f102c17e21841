"""A workspace on disk: its `Pulumi.yaml`, environments and configuration files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from config.document import Unreadable, read_document
from config.environment import NAME_FORM, Environment, read_environment
from config.findings import Finding, Position

FORMAT = 1
"""The workspace format that this version reads."""


class NoWorkspace(Exception):
    """There is no workspace at or above the folder."""


class NoEnvironment(Exception):
    """The workspace has no environment of that name. `known` are those that it has."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


@dataclass(frozen=True)
class Workspace:
    """A workspace. `name` is the project's name; `findings` is what is wrong with `Pulumi.yaml` itself."""

    root: Path
    name: str
    findings: tuple[Finding, ...] = ()

    @property
    def scratch(self) -> Path:
        """Caches and run files; deleting it loses nothing."""
        return self.root / ".golive"

    def config_files(self) -> list[Path]:
        """The files of `config/`, sorted by path; none that leads out of the workspace."""
        return sorted(path for path in self._config_paths() if path.is_file() and self._is_inside(path))

    def config_findings(self) -> list[Finding]:
        """What of `config/` leads out of the workspace. What is read is also written, and nothing outside is ours."""
        found = [path for path in self._config_paths() if not self._is_inside(path)]
        folder = self.root / "config"
        if not self._is_inside(folder):
            found = [folder]
        return [
            Finding(
                "workspace.outside",
                "error",
                Position(self.show(path)),
                "",
                "this leads out of the workspace",
                f"Put the file itself in its place. It is a link to {path.resolve()}.",
            )
            for path in sorted(found)
        ]

    def _config_paths(self) -> list[Path]:
        """Files of `config/`, and links that lead nowhere: who writes them makes a file."""
        every = (path for path in (self.root / "config").rglob("*") if path.suffix in (".yaml", ".yml"))
        return [path for path in every if path.is_file() or path.is_symlink()]

    def _is_inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self.root.resolve())

    def environments(self) -> list[str]:
        """The names of all environments, sorted."""
        folder = self.root / "stacks"
        return sorted(
            path.name.removeprefix("Pulumi.").removesuffix(".yaml")
            for path in folder.glob("Pulumi.*.yaml")
            if re.fullmatch(NAME_FORM, path.name.removeprefix("Pulumi.").removesuffix(".yaml"))
        )

    def environment_file(self, name: str) -> Path:
        return self.root / "stacks" / f"Pulumi.{name}.yaml"

    def environment(self, name: str) -> tuple[Environment | None, list[Finding]]:
        """An environment and what is wrong with it. Raises NoEnvironment."""
        if name not in self.environments():
            raise NoEnvironment(name, self.environments())
        path = self.environment_file(name)
        return read_environment(path, self.show(path))

    def show(self, path: Path) -> str:
        """A path as findings write it: from the workspace's root, with forward slashes."""
        return path.relative_to(self.root).as_posix()


def find_workspace(start: Path) -> Workspace:
    """The workspace at or above a folder. Raises NoWorkspace."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "Pulumi.yaml").is_file():
            return read_workspace(folder)
    raise NoWorkspace(str(start))


def read_workspace(root: Path) -> Workspace:
    """The workspace whose root is known."""
    try:
        document = read_document(root / "Pulumi.yaml", "Pulumi.yaml")
    except Unreadable as broken:
        return Workspace(root, root.name, (broken.finding,))
    data: Any = document.data if isinstance(document.data, dict) else {}
    findings: list[Finding] = []

    def finding(rule: str, path: tuple[str, ...], message: str, hint: str) -> None:
        findings.append(Finding(rule, "error", document.position(path), ".".join(path), message, hint))

    name = data.get("name")
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9_.-]{1,100}", name):
        finding("workspace.name", ("name",), "the project has no usable `name`", "Write one word, such as `acme`.")
        name = root.name
    ours = data.get("golive")
    if not isinstance(ours, dict):
        finding(
            "workspace.format",
            (),
            "this Pulumi project is not a golive workspace: `golive:` is missing",
            'Add  golive: {format: 1, requires: ">=0.1"}  or run `golive init`.',
        )
        return Workspace(root, name, tuple(findings))
    if ours.get("format") != FORMAT:
        finding(
            "workspace.format",
            ("golive", "format"),
            f"this workspace has format {ours.get('format')}, and this golive reads format {FORMAT}",
            "Install a golive that knows it, or correct the number.",
        )
    wanted = ours.get("requires")
    if wanted is not None and not satisfies(version("golive"), str(wanted)):
        finding(
            "workspace.requires",
            ("golive", "requires"),
            f"this workspace needs golive {wanted}, and this is {version('golive')}",
            "Install a golive that fits:  pipx upgrade golive",
        )
    return Workspace(root, name, tuple(findings))


def satisfies(have: str, wanted: str) -> bool:
    """Whether a version satisfies a specifier such as `>=0.1,<2`; False where it cannot be read."""

    try:
        return SpecifierSet(wanted).contains(have, prereleases=True)
    except InvalidSpecifier:
        return False

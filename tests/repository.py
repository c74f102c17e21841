"""A client's git repository on disk, and the command line in it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.cli.workspace import Ran, golive

_WHO = {
    "GIT_AUTHOR_NAME": "Ana", "GIT_AUTHOR_EMAIL": "ana@client.example", "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@client.example", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip
PROJECT = 'name: acme\nruntime: python\nstackConfigDir: stacks\ngolive: {format: 1, requires: ">=0.1"}\n'
COMPANY = """\
company: {name: Acme, default_locale: en-US}
roles: {admin: {name: Admin, like: admin}, agent: {name: Agent, like: agent}}
"""


def environment(production: bool = False, host: str = "acme.zendesk.com", values: str = "{}", more: str = "") -> str:
    """An environment file with a helpdesk."""
    return (
        f"config:\n  golive:environment:\n    production: {str(production).lower()}\n    state: s3://acme-state\n"
        f'    systems: {{helpdesk: {{type: zendesk, url: "https://{host}", token: env:ZENDESK_TOKEN}}}}\n'
        f"    expect: {{helpdesk: acme}}\n    values: {values}\n{more}"
    )


@dataclass
class ClientRepository:
    """folder: the repository. place: where the workspace stands in it."""

    folder: Path
    place: str = "."

    @classmethod
    def new(cls, folder: Path, place: str = ".") -> ClientRepository:
        """A repository whose main branch holds a small workspace, on a branch for a change."""
        made = cls(folder, place)
        folder.mkdir(parents=True, exist_ok=True)
        made.git("init", "-q", "-b", "main")
        made.write("Pulumi.yaml", PROJECT)
        made.write("config/company.yaml", COMPANY)
        made.write("stacks/Pulumi.sandbox.yaml", environment())
        made.commit("base")
        return made

    @property
    def root(self) -> Path:
        """The workspace."""
        return self.folder / self.place

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env={**os.environ, **_WHO}, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, message: str = "change") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def based_on(self, text: str, file: str = "config/own.yaml") -> ClientRepository:
        """Main holds this file, and a branch for a change begins."""
        self.write(file, text)
        self.commit("base")
        self.git("checkout", "-q", "-b", "change")
        return self

    def review(self, *arguments: str) -> Ran:
        return golive("-C", str(self.root), "review", *arguments)

    def document(self, *arguments: str) -> dict[str, object]:
        """`review --json`, which must succeed and keep to its schema."""
        ran = self.review(*arguments, "--json")
        assert ran.code == 0, ran.err
        return ran.checked("review")

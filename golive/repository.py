"""A workspace's git repository, read only: which revisions there are, and what the workspace was in one of them.

Only git's plumbing is called, which runs none of the repository's hooks, filters or helpers, and nothing is fetched.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from config.document import LARGEST_FILE
from golive.exits import Exit
from golive.fault import Fault

MAIN_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""Names of the branch into which changes are merged, the surest first."""
_ALWAYS = ("Pulumi.yaml", "config", "stacks")
_REGULAR = ("100644", "100755")
"""Modes of plain files. What is a link in the repository could point at anything of this machine, and is left out."""


@dataclass(frozen=True)
class Repository:
    """folder: the workspace. prefix: where it stands in its repository, with a slash at its end; empty at the root."""

    folder: Path
    prefix: str

    def commit_of(self, revision: str) -> str:
        """The full id of a revision's commit. Raises Fault where there is none."""
        found = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found:
            return found
        raise Fault(
            "no_revision",
            f"There is no revision `{revision}` here.",
            where=str(self.folder),
            why="This clone is shallow: it has only the newest commits."
            if self.is_shallow
            else "No commit, branch or tag of this repository has that name.",
            do=_FETCH if self.is_shallow else "Name one that `git log` shows, or fetch it:  git fetch origin",
            exits=Exit.FAILED,
        )

    def default_base(self, head: str) -> tuple[str, str]:
        """(what it is called, its commit) of the point at which a commit's line left the main branch. Raises Fault."""
        main = next((name for name in MAIN_BRANCHES if self._ask("rev-parse", "--verify", "--quiet", name)), None)
        if main is None:
            raise Fault(
                "no_base",
                "Nothing says with which revision to compare.",
                where=str(self.folder),
                why=f"This repository has none of {', '.join(MAIN_BRANCHES)}.",
                do="Name one:  golive review BASE",
                exits=Exit.FAILED,
            )
        fork = self._ask("merge-base", head, self.commit_of(main))
        if not fork:
            raise Fault(
                "no_base",
                f"The point at which this change left `{main}` is not in this clone.",
                where=str(self.folder),
                why="This clone is shallow: it has only the newest commits."
                if self.is_shallow
                else "The two have no commit in common.",
                do=_FETCH if self.is_shallow else "Name the revision to compare with:  golive review BASE",
                exits=Exit.FAILED,
            )
        return main, fork

    @property
    def is_shallow(self) -> bool:
        return self._ask("rev-parse", "--is-shallow-repository") == "true"

    def write_out(self, commit: str, into: Path) -> bool:
        """Write the workspace as it was in a commit into an empty folder; False where there was none.

        Written are the files that golive reads: `Pulumi.yaml`, `config/`, `stacks/`, and the files that texts name.
        """
        tree = f"{commit}:{self.prefix.rstrip('/')}"
        listed = self._run("ls-tree", "-r", "-z", "-l", "--full-tree", tree)
        if listed.returncode:
            return False
        files = {path: (name, size) for path, name, size in _entries(listed.stdout)}
        first = {path: each for path, each in files.items() if path.partition("/")[0] in _ALWAYS}
        self._write(first, into)
        said = b"\n".join(file.read_bytes() for file in into.glob("config/**/*.y*ml") if file.is_file())
        if b"file:" in said:
            rest = {path: each for path, each in files.items() if path not in first and os.fsencode(path) in said}
            self._write(rest, into)
        return (into / "Pulumi.yaml").is_file()

    def _write(self, files: dict[str, tuple[str, int]], into: Path) -> None:
        asked = "".join(f"{name}\n" for name, size in files.values() if size <= LARGEST_FILE)
        contents = _contents(self._run("cat-file", "--batch", text=asked.encode()).stdout)
        for path, (_, size) in files.items():
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if size <= LARGEST_FILE:
                target.write_bytes(next(contents))
            else:  # it is refused for its size alone
                with target.open("wb") as file:
                    file.truncate(size)

    def _ask(self, *arguments: str) -> str:
        """One line of git's answer, empty where it refuses."""
        done = self._run(*arguments)
        return "" if done.returncode else os.fsdecode(done.stdout).strip()

    def _run(self, *arguments: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return run_git(self.folder, *arguments, text=text)


_FETCH = "Fetch the rest:  git fetch --unshallow   (actions/checkout: fetch-depth: 0)"


def open_repository(folder: Path) -> Repository:
    """The repository in which a workspace stands. Raises Fault."""
    asked = run_git(folder, "rev-parse", "--show-prefix")
    if asked.returncode == 0:
        return Repository(folder, os.fsdecode(asked.stdout).strip("\n"))
    said = os.fsdecode(asked.stderr).strip().splitlines()
    raise Fault(
        "no_repository",
        "This workspace is in no git repository that can be read.",
        where=str(folder),
        why=said[0] if said else "git gave no reason.",
        do="A review compares two revisions: keep the workspace in git.",
        exits=Exit.FAILED,
    )


def run_git(folder: Path, *arguments: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """One call of git. Raises Fault where git is not installed."""
    surroundings = {name: value for name, value in os.environ.items() if name not in _FROM_HOOKS}
    surroundings |= {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = ["git", "--no-replace-objects", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, input=text, capture_output=True, env=surroundings, check=False)
    except FileNotFoundError:
        raise Fault(
            "no_git",
            "git is not installed here.",
            why="A review reads the workspace's two revisions with it.",
            do="Install git.",
            exits=Exit.FAILED,
        ) from None


_FROM_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")
"""Where golive runs in one of git's hooks, these name another repository than the workspace's folder does."""


def _entries(listed: bytes) -> Iterator[tuple[str, str, int]]:
    """(path, object, size) of every plain file in a listing; a path that leads out of its folder is none of ours."""
    for line in listed.split(b"\0"):
        found = re.fullmatch(rb"(\d+) blob ([0-9a-f]+) +(\d+)\t(.+)", line, re.DOTALL)
        if found is None or found[1].decode() not in _REGULAR:
            continue
        path = os.fsdecode(found[4])
        steps = PurePosixPath(path).parts
        if not path.startswith("/") and ".." not in steps and ".git" not in (step.lower() for step in steps):
            yield path, found[2].decode(), int(found[3])


def _contents(answer: bytes) -> Iterator[bytes]:
    """The objects in the answer of `cat-file --batch`, in the order in which they were asked for."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        size = int(answer[at:end].rpartition(b" ")[2])
        yield answer[end + 1 : end + 1 + size]
        at = end + size + 2


def root_above(folder: Path) -> Path | None:
    """The root of the repository in which a folder stands, without asking git; None where there is none."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def place_in_repository(folder: Path) -> str:
    """What stands before a workspace's file names where they are said from its repository's root: `acme/`, or ``."""
    root = root_above(folder)
    return f"{folder.relative_to(root).as_posix()}/" if root and root != folder else ""

"""A workspace's git repository, read only: which revisions there are, and what the workspace was in one of them.

Of a review only git's plumbing is called, which runs none of the repository's hooks, filters or helpers, and nothing is
fetched. What commits and pushes is in `golive.gates.publishing`.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from config.document import LARGEST_FILE
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault

MAIN_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""Names of the branch into which changes are merged, the surest first."""
_ALWAYS = ("Pulumi.yaml", "config", "stacks")
_REGULAR = ("100644", "100755")
"""Modes of plain files. What is a link in the repository could point at anything of this machine."""
_FOLDER = "040000"


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

    def write_out(self, commit: str, into: Path, *, also: Sequence[str] = ()) -> bool:
        """Write the workspace as it was in a commit into an empty folder; False where there was none. Raises Fault
        where it cannot be read, or where something of it is only a link.

        Written are the files that golive reads: `Pulumi.yaml`, `config/`, `stacks/`, the files that texts name, and
        what these name in turn, such as an article's pictures.
        also: further folders of the workspace.
        """
        place = self.prefix.rstrip("/")
        if place:
            folder = list(_entries(self._read("ls-tree", "-z", "--full-tree", commit, "--", place, commit=commit)))
            if not folder:
                return False
            if folder[0].mode != _FOLDER:
                raise _linked(place, commit[:9])
        listed = self._read("ls-tree", "-r", "-z", "--full-tree", f"{commit}:{place}", commit=commit)
        entries = list(_entries(listed))
        first = [each for each in entries if each.path.partition("/")[0] in (*_ALWAYS, *also)]
        self._write(first, into, commit)
        said = _said(into)
        if b"file" in said:
            named = _named_in(said)
            rest = [each for each in entries if each not in first and each.is_meant(said, named)]
            self._write(rest, into, commit)
            written = {each.path for each in (*first, *rest)}
            texts = {path: (into / path).read_bytes() for path in sorted(written & named)}
            beside = [each for each in entries if each.path not in written and each.is_beside(texts)]
            self._write(beside, into, commit)
        return (into / "Pulumi.yaml").is_file()

    def digest_of(self, commit: str, path: str) -> str | None:
        """SHA-256 (hex) of a file of the workspace as it was in a commit; None where it was not there."""
        done = self._run("cat-file", "blob", f"{commit}:{self.prefix}{path}")
        return hashlib.sha256(done.stdout).hexdigest() if done.returncode == 0 else None

    def _write(self, entries: list[Entry], into: Path, commit: str) -> None:
        for each in entries:
            if each.mode not in _REGULAR:
                raise _linked(each.path, commit[:9])
        sizes = self._sizes(entries, commit)
        small = [each for each in entries if sizes[each.object] <= LARGEST_FILE]
        asked = "".join(f"{each.object}\n" for each in small).encode()
        contents = _contents(self._read("cat-file", "--batch", text=asked, commit=commit))
        for each in entries:
            target = into / each.path
            target.parent.mkdir(parents=True, exist_ok=True)
            if sizes[each.object] <= LARGEST_FILE:
                target.write_bytes(next(contents))
            else:  # it is refused for its size alone
                with target.open("wb") as file:
                    file.truncate(sizes[each.object])

    def _sizes(self, entries: list[Entry], commit: str) -> dict[str, int]:
        """Object → bytes. Raises Fault where one is not in this clone."""
        asked = "".join(f"{each.object}\n" for each in entries).encode()
        sizes: dict[str, int] = {}
        for line in self._read("cat-file", "--batch-check", text=asked, commit=commit).decode().splitlines():
            words = line.split()
            if len(words) != 3 or words[1] != "blob":
                missing = next((each.path for each in entries if each.object == words[0]), words[0])
                raise self._unreadable(commit, f"`{missing}` is not in this clone.")
            sizes[words[0]] = int(words[2])
        return sizes

    def _read(self, *arguments: str, commit: str, text: bytes = b"") -> bytes:
        """The answer of one call. Raises Fault where git refuses: what cannot be read is not the same as nothing."""
        done = self._run(*arguments, text=text)
        if done.returncode:
            said = os.fsdecode(done.stderr).strip().splitlines()
            raise self._unreadable(commit, f"git says: {said[-1].rstrip('.')}." if said else "git gave no reason.")
        return done.stdout

    def _unreadable(self, commit: str, why: str) -> Fault:
        partial = self._ask("config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$")
        return Fault(
            "not_readable",
            f"The files of {commit[:9]} cannot be read here.",
            where=str(self.folder),
            why=f"{why} This clone is partial: it has only some files." if partial else why,
            do="Clone it whole, without --filter:  git clone URL   (or here:  git fetch --refetch --no-filter)"
            if partial
            else "Look what is wrong with the repository:  git fsck",
            exits=Exit.FAILED,
        )

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


@dataclass(frozen=True)
class Entry:
    """What stands in a commit's tree. path: from the workspace."""

    mode: str
    object: str
    path: str

    def is_meant(self, said: bytes, named: set[str]) -> bool:
        """Whether files may name it; or do, or something below it, where it is a link."""
        if self.mode in _REGULAR:
            return os.fsencode(self.path) in said
        return any(each == self.path or each.startswith(f"{self.path}/") for each in named)

    def is_beside(self, texts: Mapping[str, bytes]) -> bool:
        """Whether a text may name it, counted from where the text stands. texts: by their paths."""
        near = ((posixpath.relpath(self.path, posixpath.dirname(path) or "."), text) for path, text in texts.items())
        return any(os.fsencode(path) in text for path, text in near)


def _entries(listed: bytes) -> Iterator[Entry]:
    """Everything in a listing; a path that leads out of its folder is none of ours."""
    for line in listed.split(b"\0"):
        found = re.fullmatch(rb"(\d+) \w+ ([0-9a-f]+)\t(.+)", line, re.DOTALL)
        if found is None:
            continue
        path = os.fsdecode(found[3])
        steps = PurePosixPath(path).parts
        if not path.startswith("/") and ".." not in steps and ".git" not in (step.lower() for step in steps):
            yield Entry(found[1].decode(), found[2].decode(), path)


def _contents(answer: bytes) -> Iterator[bytes]:
    """The objects in the answer of `cat-file --batch`, in the order in which they were asked for."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        size = int(answer[at:end].rpartition(b" ")[2])
        yield answer[end + 1 : end + 1 + size]
        at = end + size + 2


def _said(root: Path) -> bytes:
    """Everything that a workspace's files in `config/` say."""
    files = (file for file in root.glob("config/**/*.y*ml") if file.is_file() and file.stat().st_size <= LARGEST_FILE)
    return b"\n".join(file.read_bytes() for file in files)


def _named_in(said: bytes) -> set[str]:
    """Files that texts name (`{file: texts/hello.md}`), from the workspace's root."""
    found = _NAMED_FILE.findall(said.decode("utf-8", "replace"))
    return {posixpath.normpath("".join(each).strip()) for each in found}


_NAMED_FILE = re.compile(r"""\bfile["']?:\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"'\s][^,}\n#]*))""")


def check_no_links(root: Path) -> None:
    """Raises Fault where something that golive reads of a folder is only a link, or another repository: a commit then
    holds nothing of its content, and a review of commits could not see it change."""
    every = [root / "Pulumi.yaml", *(path for name in _ALWAYS[1:] for path in (root / name, *(root / name).rglob("*")))]
    named = [root / name for name in _named_in(_said(root)) if not name.startswith(("/", ".."))]
    every += [each for path in named for each in (path, *path.parents) if each.is_relative_to(root) and each != root]
    for path in every:
        if path.is_symlink() or (path.is_dir() and (path / ".git").exists()):
            raise _linked(path.relative_to(root).as_posix(), "the working tree")


def _linked(path: str, side: str) -> Fault:
    return Fault(
        "linked",
        f"`{path}` is a link or a submodule in {side}.",
        where=path,
        why="The repository holds where it leads and not what stands there, so a change of that could not be seen.",
        do="Put the files themselves in its place, and commit them.",
        exits=Exit.FAILED,
    )


def root_above(folder: Path) -> Path | None:
    """The root of the repository in which a folder stands, without asking git; None where there is none."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def place_in_repository(folder: Path) -> str:
    """What stands before a workspace's file names where they are said from its repository's root: `acme/`, or ``."""
    root = root_above(folder)
    return f"{folder.relative_to(root).as_posix()}/" if root and root != folder else ""

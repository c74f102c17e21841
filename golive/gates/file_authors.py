"""Who wrote what a signature is about, by git: commits as they are, with all whom their messages name as authors."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from checklists.binding import concerned
from checklists.checklist import Checklist
from config.declaration import Declaration, Declared
from config.text import files_named_in
from golive.gates.identity import git_identity
from golive.workspace.repository import run_git

Lines = list[frozenset[str]]
"""For each line of a file the addresses of those who wrote it last, in small letters."""
_AUTHOR = re.compile(r"^author .*<(.*)> \d+ [+-]\d{4}$", re.MULTILINE)
_TOGETHER = re.compile(r"^\s*co-authored-by:.*<\s*([^<>]+?)\s*>", re.MULTILINE | re.IGNORECASE)
_BLAMED = re.compile(r"^([0-9a-f]{40,64}) \d+ \d+(?: \d+)?$")
_AS_IT_IS = ("-c", "blame.ignoreRevsFile=", "-c", "core.fsmonitor=false")
"""No setting may tell git to look past a commit."""


def authors_by_item(root: Path, checklist: Checklist, declaration: Declaration) -> dict[str, frozenset[str] | None]:
    """Item → the addresses of those who wrote what it is about; None where git does not say. Of sign-offs only."""
    asked = {
        key: tuple(concerned(each.item.concerns, declaration))
        for key, each in checklist.items.items()
        if each.item.sign_off is not None and not each.item.drop
    }
    files = dict.fromkeys(each.position.file for items in asked.values() for each in items)
    files |= dict.fromkeys(text for items in asked.values() for each in items for text in texts_of(each))
    lines = lines_of(root, files)
    return {key: _together(part for each in items for part in _wrote(each, lines)) for key, items in asked.items()}


def texts_of(item: Declared) -> list[str]:
    """The files that an object takes its texts from, from the workspace's root."""
    return [posixpath.normpath(file) for file in files_named_in(item.value)]


def lines_of(root: Path, files: Iterable[str]) -> dict[str, Lines | None]:
    """File → who wrote each of its lines last. None where git does not know: no repository, or a file that it does not
    keep. Lines that are not committed are of who acts now.

    `git blame` itself shows names through `.mailmap`, which anybody may write; so the names are read from the commits.
    """
    commits = {file: _commits_by_line(root, file) for file in files}
    authors = _authors_of(root, {commit for several in commits.values() for commit in several or ()})
    return {
        file: None if several is None or not authors.keys() >= {*several} else [authors[each] for each in several]
        for file, several in commits.items()
    }


def _commits_by_line(root: Path, file: str) -> list[str] | None:
    done = run_git(root, *_AS_IT_IS, "blame", "--porcelain", "--no-textconv", "--", file)
    if done.returncode:
        return None
    return [found[1] for line in done.stdout.decode(errors="replace").split("\n") if (found := _BLAMED.match(line))]


def _authors_of(root: Path, commits: Set[str]) -> dict[str, frozenset[str]]:
    """Commit → its author and those whom its message names beside them; what git cannot read is missing."""
    me = git_identity(root)
    found = {each: frozenset({me.email.lower()} if me else ()) for each in commits if not each.strip("0")}
    asked = "".join(f"{each}\n" for each in sorted(commits - found.keys()))
    left = run_git(root, "cat-file", "--batch", text=asked.encode()).stdout if asked else b""
    while left:
        head, _, left = left.partition(b"\n")
        words = head.decode().split()
        if len(words) != 3 or words[1] != "commit":
            continue  # it is not in this clone
        said, left = left[: int(words[2])].decode(errors="replace"), left[int(words[2]) + 1 :]
        headers, _, message = said.partition("\n\n")
        author = _AUTHOR.search(headers)
        if author:
            found[words[0]] = frozenset(each.lower() for each in (author[1], *_TOGETHER.findall(message)) if each)
    return found


def span_of(item: Declared) -> tuple[int, int]:
    """The first and the last line of an object in its file."""
    document = item.document
    first = item.position.line
    if document is None:
        return first, first
    depth = len(item.path)
    behind = [place.line for path, place in document.keys.items() if place.line > first and path[:depth] != item.path]
    last = min(behind, default=len(document.lines) + 1) - 1
    while last > first and not document.lines[last - 1].strip():
        last -= 1
    return first, last


def _wrote(item: Declared, lines: dict[str, Lines | None]) -> Iterator[frozenset[str] | None]:
    own = lines[item.position.file]
    first, last = span_of(item)
    yield None if own is None else frozenset().union(*own[first - 1 : last])
    for text in texts_of(item):
        whole = lines[text]
        yield None if whole is None else frozenset().union(*whole)


def _together(authors: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for each in authors:
        if each is None:
            return None
        found |= each
    return frozenset(found)

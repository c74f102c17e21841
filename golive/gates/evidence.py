"""Files that show something, kept where the log can name them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from golive.terminal.exits import Exit
from golive.terminal.fault import Fault

SHORT = 8
"""So many hex digits of a file's digest stand in its name."""
_NOT_KEPT = (".golive", ".git")
LONGEST = 80
"""So much of a file's own name is kept."""


def kept(root: Path, environment: str, item: str, file: Path) -> str:
    """The path, from the workspace's root, at which a file is kept that shows something about an item. Raises Fault
    where there is nothing in it.

    A file of the workspace stays where it is. One from elsewhere, or from a folder that git never keeps, is copied to
    `checklists/evidence/`, under its own name and a part of its digest: the same content once, another content beside
    it, and nothing is ever written over.
    """
    inside = root.resolve()
    content = _content(file)
    if file.resolve().is_relative_to(inside) and not file.is_symlink():
        path = file.resolve().relative_to(inside)
        if path.parts[0] not in _NOT_KEPT:
            return path.as_posix()
    folder = inside / "checklists" / "evidence" / environment / item
    folder.mkdir(parents=True, exist_ok=True)
    there = _same(folder, content)
    if there is None:
        there = _named(folder, file, content)
        new = folder / f".{there.name}.{os.getpid()}"
        new.write_bytes(content)
        new.replace(there)
    return there.relative_to(inside).as_posix()


def check_shows_something(file: Path) -> None:
    """Raises Fault where a file is empty or cannot be read."""
    _content(file)


def _content(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as broken:
        raise Fault(
            "evidence", f"`{file.name}` cannot be read.", why=f"{broken.strerror}.", do=_OTHER, exits=Exit.USAGE
        ) from broken
    if not content.strip():
        raise Fault(
            "evidence",
            f"`{file.name}` is empty, and shows nothing.",
            why="Whoever looks at it later finds nothing in it.",
            do=_OTHER,
            exits=Exit.USAGE,
        )
    return content


_OTHER = "Name the file that shows it: the mail as it came, a picture, a list."


def _same(folder: Path, content: bytes) -> Path | None:
    """A file of a folder that says the very same."""
    for path in sorted(folder.iterdir()):
        alike = path.is_file() and not path.is_symlink() and path.stat().st_size == len(content)
        if alike and path.read_bytes() == content:
            return path
    return None


def _named(folder: Path, file: Path, content: bytes) -> Path:
    """A path that nothing has yet."""
    digest = hashlib.sha256(content).hexdigest()
    stem, suffix = file.stem[:LONGEST], file.suffix[:LONGEST]
    names = (folder / f"{stem}-{digest[:length]}{suffix}" for length in range(SHORT, len(digest) + 1))
    return next(path for path in names if not path.exists() and not path.is_symlink())

"""Archives that people get from an old tool, unpacked where nothing of theirs can do harm.

Nothing in an archive names a path of ours: each file is kept under a number. What unpacks to far more than any export
does, or says something else of its size than it holds, is refused before the disk is full.
"""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from migrations.sources.source import SourceFault

LARGEST = 500_000_000_000
"""Bytes of all files of an archive together."""
LARGEST_RATIO = 200
"""Times that a file may be larger than it is in the archive; mail and JSON come to twenty."""
SMALLEST_SUSPECT = 50_000_000
"""Bytes below which the ratio does not matter."""
ARCHIVES = (".zip", ".tgz", ".tar.gz", ".tar")
_AT_ONCE = 1_000_000


def is_archive(path: Path) -> bool:
    return path.is_file() and path.name.lower().endswith(ARCHIVES)


def unpacked(path: Path, folder: Path, wanted: Callable[[str], bool]) -> list[tuple[str, Path]]:
    """(name in the archive, where it is now) of the files that are wanted, by name. What was unpacked before is not
    unpacked again. Raises SourceFault."""
    found: list[tuple[str, Path]] = []
    try:
        for number, (name, size, packed, opened) in enumerate(_members(path)):
            if not wanted(name):
                continue
            if size > LARGEST or (size > SMALLEST_SUSPECT and size > LARGEST_RATIO * max(packed, 1)):
                raise _refused(path, f"{name[:200]} would unpack to {size:,} bytes out of {packed:,}")
            there = folder / f"{number:05}"
            if not there.exists() or there.stat().st_size != size:
                _write(path, there, name, size, opened)
            found.append((name, there))
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, NotImplementedError, RuntimeError) as broken:
        raise _refused(path, f"it cannot be unpacked: {broken}") from broken
    return sorted(found)


def _members(path: Path) -> Iterator[tuple[str, int, int, Callable[[], IO[bytes]]]]:
    """Name, size, size in the archive, and how to open it."""
    if path.name.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for each in archive.infolist():
                if not each.is_dir():
                    yield each.filename, each.file_size, each.compress_size, lambda each=each: archive.open(each)  # type: ignore[misc]
        return
    whole = path.stat().st_size
    with tarfile.open(path) as packed:
        for member in packed:
            if member.isfile():
                yield member.name, member.size, whole, lambda member=member: _opened(packed, member)  # type: ignore[misc]


def _opened(packed: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = packed.extractfile(member)
    if file is None:
        raise tarfile.ReadError(f"{member.name} holds nothing")
    return file


def _write(path: Path, there: Path, name: str, size: int, opened: Callable[[], IO[bytes]]) -> None:
    there.parent.mkdir(parents=True, exist_ok=True)
    half = there.with_suffix(".part")
    written = 0
    with opened() as file, half.open("wb") as out:
        while piece := file.read(_AT_ONCE):
            written += len(piece)
            if written > size:
                raise _refused(path, f"{name[:200]} is larger than it says")
            out.write(piece)
            if shutil.disk_usage(there.parent).free < 2 * _AT_ONCE:
                raise _refused(path, "this disk has no room for what it holds")
    half.replace(there)


def _refused(path: Path, why: str) -> SourceFault:
    return SourceFault(
        path.name, why, "Unpack it by hand where there is room, look at it, and name the files themselves."
    )

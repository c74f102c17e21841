"""Whether the files that a reading goes on with are the ones with which it began."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from migrations.sources.source import SourceFault
from migrations.staging.staging import Staging

LOOKED_AT = 262_144
"""Bytes of a file's beginning, and as many of its end."""
_NOTE = "part:{}"


def name_of(said: str) -> str:
    """Short, the same for the same words, and good for the name of a file."""
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def check_unchanged(staging: Staging, part: str, path: Path, said: str, how: str = "") -> None:
    """Note from what a part is read, or hold it against what was noted. said: as the migration calls the file. how:
    all that is said of it. Raises SourceFault where it is another one now, OSError."""
    now = _digest(path, how)
    before = staging.note(_NOTE.format(part))
    if not before:
        staging.set_note(_NOTE.format(part), now)
    elif before != now:
        what = "the file, or what the migration says of it, has changed" if how else "it has changed"
        why = f"{what} since reading it began: places in the former one mean nothing in this one"
        do = "Read everything once more, with --again; or put the former file back."
        raise SourceFault(said, why, do)


def _digest(path: Path, how: str) -> str:
    said = blake2b(how.encode("utf-8", "surrogatepass"), digest_size=16)
    if path.is_dir():
        for name in sorted(str(each.relative_to(path)) for each in path.rglob("*") if each.is_file()):
            said.update(name.encode("utf-8", "surrogateescape") + b"\0")
        return said.hexdigest()
    size = path.stat().st_size
    said.update(b"%d\0" % size)
    with path.open("rb") as file:
        said.update(file.read(LOOKED_AT))
        file.seek(max(0, size - LOOKED_AT))
        said.update(file.read())
    return said.hexdigest()

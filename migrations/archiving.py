"""Everything of an old tool in one file, with a checksum for each part of it and the day until which it is kept."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from migrations.staging.staging import RECORDS, Staging

MANIFEST = "manifest.json"
README = "README.txt"
_AT_ONCE = 1_000_000
_TOLD = """\
What {name} held, as it came. Keep this file until {until}.

raw/*.jsonl.gz     every record as the old tool gave it: lines of JSON, [type, id, content], compressed with gzip
files/             what was attached, each under the SHA-256 of its content
records.jsonl      what was understood of it: tickets, comments, people and so on, a record in each line
decided/           what people decided, and which old id became which new one
manifest.json      the SHA-256 and the size of each of these

To check it: golive migrate archive --check FILE, or sha256sum with the manifest's list.
"""


@dataclass(frozen=True)
class Part:
    """A file of the archive."""

    name: str
    size: int
    digest: str


class BrokenArchive(Exception):
    """Not as the manifest says. The text says what, for people."""


def archive(
    staging: Staging, out: Path, name: str, until: str, beside: Mapping[str, Path], stopped: Callable[[], bool]
) -> list[Part] | None:
    """Write the archive; its parts, or None where somebody wanted an end. A half-written one is never seen as `out`.

    until: YYYY-MM-DD. beside: name in the archive → file. Raises OSError.
    """
    half = out.with_name(f"{out.name}.part")
    parts: list[Part] = []
    with zipfile.ZipFile(half, "w", zipfile.ZIP_STORED, allowZip64=True) as whole:
        for part, pieces in _parts(staging, beside):
            if stopped():
                whole.close()
                half.unlink()
                return None
            parts.append(_written(whole, part, pieces))
        manifest = {"name": name, "keep_until": until, "files": {each.name: [each.digest, each.size] for each in parts}}
        whole.writestr(MANIFEST, json.dumps(manifest, indent=1))
        whole.writestr(README, _TOLD.format(name=name, until=until))
    half.replace(out)
    return parts


def _parts(staging: Staging, beside: Mapping[str, Path]) -> Iterator[tuple[str, Iterator[bytes]]]:
    for path in sorted((staging.folder / "raw").glob("*.jsonl.gz")):
        yield f"raw/{path.name}", _pieces(path)
    for path in staging.files.all():
        yield f"files/{path.name}", _pieces(path)
    yield "records.jsonl", _records(staging)
    for name, path in beside.items():
        yield f"decided/{name}", _pieces(path)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            yield piece


def _records(staging: Staging) -> Iterator[bytes]:
    for type_, kind in RECORDS.items():
        for record in staging.all(kind):
            yield f'{{"type":"{type_}","record":{record.to_json()}}}\n'.encode()


def _written(whole: zipfile.ZipFile, name: str, pieces: Iterator[bytes]) -> Part:
    digest, size = hashlib.sha256(), 0
    with whole.open(zipfile.ZipInfo(name), "w", force_zip64=True) as file:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            file.write(piece)
    return Part(name, size, digest.hexdigest())


def checked(path: Path) -> tuple[str, str, int]:
    """(What it is of, until when it is kept, how many files it has), if each of them is as the manifest says.

    Raises BrokenArchive.
    """
    try:
        with zipfile.ZipFile(path) as whole:
            manifest = json.loads(whole.read(MANIFEST))
            known = set(whole.namelist()) - {MANIFEST, README}
            for name, (digest, size) in manifest["files"].items():
                if name not in known:
                    raise BrokenArchive(f"{name} is missing")
                found, there = hashlib.sha256(), 0
                with whole.open(name) as file:
                    while piece := file.read(_AT_ONCE):
                        found.update(piece)
                        there += len(piece)
                if (found.hexdigest(), there) != (digest, size):
                    raise BrokenArchive(f"{name} is not as it was")
            more = known - set(manifest["files"])
            if more:
                raise BrokenArchive(f"{sorted(more)[0]} is not in the manifest")
            return str(manifest["name"]), str(manifest["keep_until"]), len(manifest["files"])
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as broken:
        raise BrokenArchive(str(broken) or "it cannot be read") from broken

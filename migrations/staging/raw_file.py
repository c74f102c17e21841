"""Raw records on disk: compressed lines of JSON, only ever written at the end."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from migrations.staging.page import Raw

_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)
_LEVEL = 1
"""The quickest: mail is as small with it as it has to be for a year."""


def compressed(records: Sequence[Raw]) -> bytes:
    """Records as a file of raw ones holds them; nothing for none."""
    lines = "".join([f"{_ENCODER.encode((each.type, each.id, each.content))}\n" for each in records])
    return gzip.compress(lines.encode("utf-8", "surrogatepass"), _LEVEL, mtime=0) if lines else b""


class RawFile:
    """`length` bytes of it are certain; what a run that died wrote behind them is cut off before anything else."""

    def __init__(self, path: Path, length: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")
        self._file.truncate(length)
        self._file.seek(0, os.SEEK_END)

    def add(self, records: bytes) -> int:
        """Write records as `compressed` gives them, so that they are there even after a crash; how long the file is
        then."""
        if records:
            self._file.write(records)
            self._file.flush()
            os.fsync(self._file.fileno())
        return self._file.tell()

    def close(self) -> None:
        self._file.close()


def raw_records(path: Path, length: int | None = None) -> Iterator[Raw]:
    """All of a file, one after the other. length: so many bytes of it are certain; None for all."""
    with path.open("rb") as file:
        certain = file if length is None else io.BufferedReader(_Beginning(file, length))
        with gzip.open(certain, "rt", encoding="utf-8", errors="surrogatepass", newline="\n") as lines:
            for line in lines:
                yield Raw(*json.loads(line))


class _Beginning(io.RawIOBase):
    """The first bytes of a file."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file = file
        self._left = length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._file.read(min(len(memoryview(buffer)), self._left))
        self._left -= len(content)
        memoryview(buffer)[: len(content)] = content
        return len(content)

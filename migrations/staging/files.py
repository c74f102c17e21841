"""Attachments on disk, each once, under the SHA-256 of its content: no name of anybody's becomes a path."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path


def digest_of(content: bytes) -> str:
    """The name under which a content is kept."""
    return hashlib.sha256(content).hexdigest()


class Files:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def keep(self, digest: str, content: bytes) -> None:
        """Write a content that is not there yet; a half-written one is never seen under its digest."""
        path = self.path(digest)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)

    def content(self, digest: str) -> bytes:
        """Raises FileNotFoundError."""
        return self.path(digest).read_bytes()

    def all(self) -> Iterator[Path]:
        """Every content that is kept, in the order of the digests."""
        yield from sorted(path for path in self._folder.glob("*/*") if not path.suffix)

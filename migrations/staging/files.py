"""Attachments on disk, each once, under the SHA-256 of its content: no name of anybody's becomes a path."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path


def digest_of(content: bytes) -> str:
    """The name under which a content is kept."""
    return hashlib.sha256(content).hexdigest()


class TooLarge(Exception):
    """A content is larger than it may be."""


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

    def keep_pieces(self, pieces: Iterator[bytes], most: int) -> tuple[str, int]:
        """Write a content that comes in pieces, without holding it as a whole; its digest and its size in bytes.

        Raises TooLarge where it is larger than `most`; whatever the pieces raise passes through, and nothing is kept.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        half, sum_, size = self._folder / "coming.part", hashlib.sha256(), 0
        with half.open("wb") as file:
            for piece in pieces:
                size += len(piece)
                if size > most:
                    raise TooLarge(f"larger than {most // 1_000_000:,} MB")
                sum_.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        path = self.path(sum_.hexdigest())
        path.parent.mkdir(parents=True, exist_ok=True)
        half.replace(path)
        return sum_.hexdigest(), size

    def content(self, digest: str) -> bytes:
        """Raises FileNotFoundError."""
        return self.path(digest).read_bytes()

    def all(self) -> Iterator[Path]:
        """Every content that is kept, in the order of the digests."""
        yield from sorted(path for path in self._folder.glob("*/*") if not path.suffix)

"""Reading a source into its staging, from wherever it stopped."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from migrations.sources.source import Reading, Source


@dataclass(frozen=True)
class Extracted:
    """is_whole: whether the source was read to its end. read: how many things of it were read now."""

    is_whole: bool
    read: int


def extract(source: Source, reading: Reading, kept: Callable[[str, int], None] = lambda part, read: None) -> Extracted:
    """Read what is left of a source. kept: told after each page which part it was of, and how many things it had.

    Raises SourceFault, OSError.
    """
    with _without_collections():
        return _extract(source, reading, kept)


@contextmanager
def _without_collections() -> Iterator[None]:
    """A page is thousands of objects, none of which refers to itself: looking for such takes a fifth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _extract(source: Source, reading: Reading, kept: Callable[[str, int], None]) -> Extracted:
    staging, number = reading.staging, 0
    parts = source.parts(reading)
    if staging.is_whole and all(staging.checkpoint(part) is None for part in parts):
        return Extracted(True, 0)
    staging.begin()
    for part in parts:
        checkpoint = staging.checkpoint(part)
        if checkpoint is None:
            continue
        for page in source.pages(reading, part, checkpoint):
            staging.take(part, page)
            number += page.read
            kept(part, page.read)
            if reading.stopped():
                return Extracted(False, number)
        staging.finish(part)
    source.settle(reading)
    staging.end()
    return Extracted(True, number)

"""Files that somebody names on the command line for what a verb says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from golive.terminal.exits import Exit
from golive.terminal.fault import Fault


class OutputFile(click.Path):
    """A file that a verb is to write: its folder is there. Known before anything is read for nothing."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        file = Path(str(super().convert(value, param, ctx)))
        folder = file.absolute().parent
        if not folder.is_dir():
            self.fail(f"There is no folder {folder} for {file.name}: make it, or name another file.", param, ctx)
        return file


@contextmanager
def writing_to(file: Path) -> Iterator[None]:
    """Raises Fault where the file cannot be written in this block."""
    try:
        yield
    except OSError as refused:
        raise Fault(
            "not_written",
            f"{file} could not be written.",
            why=str(refused.strerror or refused),
            do="Name another file, in a folder that is there.",
            exits=Exit.FAILED,
        ) from refused


def write_out(file: Path, text: str) -> None:
    """Raises Fault."""
    with writing_to(file):
        file.write_text(text, encoding="utf-8")

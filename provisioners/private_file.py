"""Files that only their owner may read: they hold what a client's systems hold, or open them."""

from __future__ import annotations

import os
from pathlib import Path


def write_private(file: Path, data: bytes) -> None:
    """Write a file; one that is made now is readable to its owner alone."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)


def replace_private(file: Path, data: bytes) -> None:
    """Write a file in one step: whoever reads it meanwhile finds the old one, whole."""
    new = file.with_suffix(".new")
    write_private(new, data)
    new.replace(file)

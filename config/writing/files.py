"""Files of a workspace as texts with plain line ends, and back as they were."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def read_text(path: Path) -> str:
    """A file's text with plain line ends. Raises OSError, UnicodeDecodeError."""
    return path.read_text(encoding="utf-8-sig")


def write_text(path: Path, text: str) -> None:
    """Put a text in place of a file's, or make the file; whoever reads it meanwhile sees the old one or the new one.

    Line ends and the mark at the beginning stay what they were. Raises OSError.
    """
    before = path.read_bytes() if path.exists() else b""
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    data = (b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b"") + text.encode()
    target = path.resolve()  # behind a link stands the file itself
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(made).chmod(target.stat().st_mode if before else 0o666 & ~_umask())
        Path(made).replace(target)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

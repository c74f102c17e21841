"""Files of the workspace at the moment in which they are sent."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

from provisioners.errors import SystemFault


def planned_content(root: str | None, file: Path, digest: str, what: str) -> bytes:
    """What is in a file, if that is what a person was shown. digest: its SHA-256 then. Raises SystemFault."""
    inside = Path(root or ".").resolve()
    path = (inside / file).resolve()
    try:
        content = path.read_bytes() if path.is_relative_to(inside) else b""
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise SystemFault(
            "moved",
            f"{what} {file.as_posix()}",
            "what is in it now is not what the plan showed",
            "Run the same command again. To undo, put the earlier file back first: golive keeps no copies.",
        )
    return content


def media_type(file: Path) -> str:
    """What browsers take a file for, by the end of its name."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"

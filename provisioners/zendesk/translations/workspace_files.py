"""Files of the workspace that are sent as they are: pictures of articles, and what macros add to comments."""

from __future__ import annotations

from pathlib import Path


def content_of(root: Path | None, path: str) -> bytes | None:
    """What is in a file; None where it cannot be read, or leads out of the workspace. path: from its root."""
    if root is None:
        return None
    inside = root.resolve()
    try:
        file = (inside / path).resolve()
        return file.read_bytes() if file.is_relative_to(inside) else None
    except (OSError, ValueError):
        return None

"""Exit codes of the command line. They are promises to scripts."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    DONE = 0
    FAILED = 1
    USAGE = 2
    """Wrong usage, or a configuration that is not valid."""
    CREDENTIALS = 3
    """No or wrong credentials, or the wrong account behind right ones."""
    PARTLY = 4
    """Some of the changes were made."""
    GATE = 5
    NO_ENVIRONMENT = 6
    CHANGES = 7
    """Changes or drift; only with `--exit-code`."""
    CANCELLED = 8
    BUG = 255

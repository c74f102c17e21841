"""How whatever happens during a run is told to whoever listens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Report = Callable[[str, Mapping[str, Any]], None]
"""Called with an event's name and its facts; see `provisioners.run_file`."""


def nowhere(event: str, facts: Mapping[str, Any]) -> None:
    """A report that nobody listens to."""

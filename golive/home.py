"""Where golive itself lives, said in one place: `[project.urls]` of its package."""

from __future__ import annotations

from importlib.metadata import metadata

_HOME = ("Repository", "Source", "Homepage")
_ISSUES = ("Issues", *_HOME)


def home() -> str | None:
    """The address of golive's own pages, None where the package names none."""
    return _address(_HOME)


def report_to() -> str:
    """Where a fault of golive is reported, as the end of a sentence."""
    address = _address(_ISSUES)
    return f"at {address}" if address else "to whoever gave you golive"


def _address(labels: tuple[str, ...]) -> str | None:
    pairs = (text.partition(", ") for text in metadata("golive").get_all("Project-URL") or [])
    urls = {label: url for label, _, url in pairs}
    return next((urls[label] for label in labels if label in urls), None)

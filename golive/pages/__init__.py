"""One-file HTML pages: what a person without golive reads in a browser, offline."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def page(template: str, **values: Any) -> str:
    """A page that needs nothing from the network: style inside, no script, every value escaped.

    template: a file in this folder that extends `base.html.j2`. A name that it uses and is not given is an error.
    """
    return _environment().get_template(template).render(**values)


def write_page(file: Path, template: str, **values: Any) -> None:
    """Write such a page piece by piece, so that what it lists does not have to be held at once; a file that was there
    stays until the new one is whole. Raises OSError, and whatever the values raise while they are read."""
    half = file.with_name(f".{file.name}.part")
    try:
        with half.open("w", encoding="utf-8") as written:
            for piece in _environment().get_template(template).generate(**values):
                written.write(piece)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("golive", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

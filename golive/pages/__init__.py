"""One-file HTML pages: what a person without golive reads in a browser, offline."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def page(template: str, **values: Any) -> str:
    """A page that needs nothing from the network: style inside, no script, every value escaped.

    template: a file in this folder that extends `base.html.j2`. A name that it uses and is not given is an error.
    """
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("golive", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

"""Whether a message carries what its reader needs, by the placeholders in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from checklists.facts import Facts
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from config.declaration import Declared
from config.kinds import ALL_KINDS
from config.model import Key, Model, required
from config.placeholders import texts_of
from config.text import files_named_in
from config.words import some

_FORMS = r"(?:_(?:formatted|html|rich|with_title))?"
"""The same value in another dress. Source: support.zendesk.com, “Zendesk Support placeholders reference”."""


class Placeholders(Probe):
    """At least one object of a kind has all of these placeholders in its text."""

    name = "placeholders"
    lasts = "1d"

    class Parameters(Model):
        """Which placeholders, in which kind."""

        kind: Key = required(description="The kind, such as `alerts`.")
        names: Annotated[list[str], Field(min_length=1)] = required(
            description="What stands between the braces, such as `ticket.link`."
        )

    def answer(self, given: Any, facts: Facts) -> Answer:
        objects = active(facts, given.kind)
        lacks = {key: _missing(given.names, list(all_texts(item, facts))) for key, item in objects.items()}
        whole = [key for key, missing in lacks.items() if not missing]
        numbers = {"objects": len(objects), "whole": len(whole)}
        title = ALL_KINDS[given.kind].title
        if not objects:
            return Answer("fail", f"No {title} is declared.", numbers, lacks)
        if not whole:
            nearest = min(lacks, key=lambda key: len(lacks[key]))
            missing = some([f"{{{{{name}}}}}" for name in lacks[nearest]])
            return Answer("fail", f"No {title} says all of it; {nearest} lacks {missing}.", numbers, lacks)
        return Answer("pass", f"{some(whole)} {'says' if len(whole) == 1 else 'say'} all of it.", numbers, lacks)


def all_texts(item: Declared, facts: Facts) -> Iterator[str]:
    """Every text of an object, also those that stand in files of their own."""
    yield from (text for _, text in texts_of(item.value))
    contents = facts.configuration.known().declaration.contents
    yield from (contents[name] for name in files_named_in(item.value) if name in contents)


def _missing(names: list[str], texts: list[str]) -> list[str]:
    """The placeholders that stand in none of the texts."""
    return [
        name
        for name in names
        if not any(re.search(rf"\{{\{{-?\s*{re.escape(name)}{_FORMS}(?![\w.])", text) for text in texts)
    ]

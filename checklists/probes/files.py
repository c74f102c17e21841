"""Whether files are in the workspace."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from checklists.facts import Facts
from checklists.probes.base import Answer, Probe
from config.model import Model, defaults_to, required
from config.words import counted, some


class Files(Probe):
    """So many files of the workspace have these names."""

    name = "files"
    looks_at = ("files",)
    lasts = "1d"

    class Parameters(Model):
        """Which files."""

        paths: Annotated[list[str], Field(min_length=1)] = required(
            description="Paths from the workspace's root; `*` stands for anything: `docs/brand/*.png`."
        )
        at_least: Annotated[int, Field(ge=1)] = defaults_to(1, description="How many there must be.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        found = sorted({each for pattern in given.paths for each in facts.files(pattern)})
        numbers = {"files": len(found)}
        if len(found) < given.at_least:
            said = f"{counted(len(found), 'file')} of {given.at_least} {'is' if given.at_least == 1 else 'are'} there"
            return Answer("fail", f"{said} ({some(given.paths)}).", numbers, found)
        return Answer("pass", f"{counted(len(found), 'file')}: {some([path for path, _ in found])}.", numbers, found)

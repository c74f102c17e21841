"""The file of drafts, written one after the other; once a person has changed it, golive leaves it alone."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from config.declaration import Declaration
from config.writing.style import entry_once
from config.writing.values import escaped
from migrations.declared.mapping import WordMapping
from migrations.declared.migration import Migration
from migrations.drafting.articles import article_draft, articles_together
from migrations.drafting.index import Index, index_of, number_of
from migrations.drafting.macros import full_name, macro_draft
from migrations.drafting.placeholders import known_placeholder
from migrations.drafting.remarks import comment, comments
from migrations.mapping.decisions import is_there, keys_by_name
from migrations.records.macro import Macro
from migrations.records.rule import Rule
from migrations.sources.source import Source
from migrations.staging.staging import Staging

FOLDER = "drafts"
"""Below `migrations/`; what stands in it is read by nobody as configuration."""
_SIGN = "# golive "
State = Literal["written", "as_it_was", "edited", "nothing"]


@dataclass
class Drafts:
    """What is to be drafted, and how much of it was. macros: with a text; rules: listed."""

    key: str
    staging: Staging
    migration: Migration
    declared: Declaration
    source: Source
    macros: int = 0
    articles: int = 0
    rules: int = 0

    def write(self, path: Path) -> State:
        """Bring the file up to date, unless a person has changed it. Raises OSError."""
        if path.exists() and not is_untouched(path):
            return "edited"
        handle, made = tempfile.mkstemp(dir=path.parent.parent, prefix=f".{path.name}.")
        try:
            digest = hashlib.sha256()
            with os.fdopen(handle, "wb") as file:
                file.write(_signed("0" * digest.digest_size * 2))
                for piece in self._pieces():
                    data = piece.encode("utf-8", "replace")
                    digest.update(data)
                    file.write(data)
                file.seek(0)
                file.write(_signed(digest.hexdigest()))
            if not self.macros + self.articles + self.rules:
                path.unlink(missing_ok=True)
                return "nothing"
            if path.exists() and _first(path) == _signed(digest.hexdigest()):
                return "as_it_was"
            Path(made).chmod(0o644)
            path.parent.mkdir(exist_ok=True)
            Path(made).replace(path)
            return "written"
        finally:
            Path(made).unlink(missing_ok=True)

    def _pieces(self) -> Iterator[str]:
        yield comments(line.format(key=self.key, name=self.migration.name) for line in _HEAD)
        yield from self._macros()
        yield from self._articles()
        yield from self._rules()

    def _macros(self) -> Iterator[str]:
        taken = set(self.declared.of("macros"))
        fields = (self.migration.mapping or WordMapping()).ticket_fields
        of_source = cache(lambda name: self.source.placeholder(name, self.staging))
        known = known_placeholder(of_source, fields, self.declared)
        by_name = keys_by_name("macros", self.declared)
        for macro in self.staging.all(Macro, "data ->> '$.active'", order="name, id"):
            row = self.migration.macros.get(macro.id)
            if row is not None and (
                row.verdict in ("drop", "later") or (row.target and is_there(row.target, self.declared))
            ):
                continue
            if by_name(full_name(macro)) or by_name(macro.name):
                continue
            lines, says = macro_draft(macro, taken, known)
            if says and not self.macros:
                yield "\nmacros:\n"
            self.macros += says
            yield lines

    def _articles(self) -> Iterator[str]:
        index = index_of(self.staging, self.migration, self.declared)
        if not index.keys:
            return
        yield "\nhelp_center:\n"
        yield from _shelves(index)
        yield "  articles:\n"
        for group in articles_together(self.staging):
            if number_of(group[0].id) in index.keys:
                self.articles += 1
                yield article_draft(group, index, self.declared)

    def _rules(self) -> Iterator[str]:
        for rule in self.staging.all(Rule, order="data ->> '$.sort', name, id"):
            row = self.migration.rules.get(rule.id) or self.migration.rules.get(rule.name)
            if row is not None and row.verdict == "drop":
                continue
            if not self.rules:
                yield "\n" + comments(_RULES)
            self.rules += 1
            state = "" if rule.active else ", switched off"
            yield comment(f"{rule.sort} “{rule.name}” ({rule.id}{state})")
            yield comments(f"- when {each}" for each in rule.asks)
            yield comments(f"- then {each}" for each in rule.does)


_HEAD = (
    "Drafts of what {name} had, as golive migrate map {key} has read it. Nothing reads this file but people.",
    "Move what is wanted into config/, correct it there, and say in migrations/{key}.yaml what became of each.",
    "As long as nobody changes this file, golive keeps it up to date; after that it is yours.",
)
_RULES = (
    "Rules of the old tool, to be rebuilt by hand as far as they are wanted: golive writes none of them.",
    "Say of each in the migration's file what becomes of it:  rules: ID: {verdict, owner}",
)


def is_untouched(path: Path) -> bool:
    """Whether a file of drafts is as golive has written it."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        first = file.readline()
        while piece := file.read(1 << 20):
            digest.update(piece)
    return first == _signed(digest.hexdigest())


def _signed(digest: str) -> bytes:
    return f"{_SIGN}{digest}\n".encode()


def _first(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.readline()


def _shelves(index: Index) -> Iterator[str]:
    """Categories and sections that are not there yet."""
    if index.new_categories:
        yield "  categories:\n"
        for name in index.new_categories:
            yield entry_once(index.categories[name], escaped({"name": _line(name)}), 4)
    if index.new_sections:
        yield "  sections:\n"
        for category, name in index.new_sections:
            inside = {"category": index.categories[category]} if category else {}
            yield entry_once(index.sections[category, name], escaped({"name": _line(name), **inside}), 4)


def _line(text: str) -> str:
    return " ".join(text.split())

"""Which articles of an old help centre are drafted, under which keys, and where the others have become ours already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from config.declaration import Declaration
from config.keys import unique_key
from migrations.declared.migration import Migration
from migrations.mapping.decisions import keys_by_name
from migrations.redirecting.addresses import address_of
from migrations.staging.staging import Staging

Place = tuple[str, str]
"""Category and section, by their names in the old tool; a section is empty where an article stood in none."""


@dataclass
class Index:
    """keys: number of an article → the key of its draft. categories and sections: those that have to be made, and the
    keys of all. addresses: old address of a page → key of the draft or of the declared article."""

    keys: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    sections: dict[Place, str] = field(default_factory=dict)
    new_categories: list[str] = field(default_factory=list)
    new_sections: list[Place] = field(default_factory=list)
    addresses: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def article_of(self, url: str) -> str:
        """The key to which a link leads; empty for none of ours."""
        address = address_of(url)
        return self.addresses.get(address.page, "") if address is not None else ""


def number_of(identifier: str) -> str:
    """An article's number, without its language."""
    return identifier.partition("/")[0]


def index_of(staging: Staging, migration: Migration, declared: Declaration) -> Index:
    """Articles that are decided and there already are not drafted, nor those that are dropped in every language."""
    index = Index()
    by_name = keys_by_name("articles", declared)
    shelves = _Shelves(declared, index)
    taken = set(declared.of("articles"))
    for rows in _together(staging):
        number = number_of(rows[0][0])
        there, dropped = "", 0
        for identifier, title, *_ in rows:
            fate = migration.articles.get(identifier)
            to = fate.to if fate is not None and fate.to in declared.of("articles") else by_name(title)
            there = there or (to or "")
            dropped += fate is not None and fate.drop
        key = there
        if not there and dropped < len(rows):
            key = unique_key([*(each[1] for each in rows), f"article_{number}"], taken)
            taken.add(key)
            index.keys[number] = key
            shelves.make(rows[0][3], rows[0][4])
        for _, _, url, *_ in rows:
            address = address_of(url) if key else None
            if address is not None:
                index.addresses.setdefault(address.page, key)
    return index


@dataclass
class _Shelves:
    """What is there already, and which keys are taken."""

    declared: Declaration
    index: Index

    def __post_init__(self) -> None:
        self._categories = keys_by_name("help_center_categories", self.declared)
        self._sections = keys_by_name("help_center_sections", self.declared)
        self._taken_categories = set(self.declared.of("help_center_categories"))
        self._taken_sections = set(self.declared.of("help_center_sections"))

    def make(self, category: str, section: str) -> None:
        """See that a section has a key, and its category, too."""
        if not section or (category, section) in self.index.sections:
            return
        there = self._sections(section)
        if there is not None:
            self.index.sections[category, section] = there
            return
        key = unique_key([section, f"{category} {section}", "section"], self._taken_sections)
        self._taken_sections.add(key)
        self.index.sections[category, section] = key
        self.index.new_sections.append((category, section))
        if category and category not in self.index.categories:
            made = self._categories(category)
            if made is None:
                made = unique_key([category, "category"], self._taken_categories)
                self._taken_categories.add(made)
                self.index.new_categories.append(category)
            self.index.categories[category] = made


def _together(staging: Staging) -> Iterator[list[tuple[str, ...]]]:
    """The languages of each article: (id, title, address, category, section)."""
    group: list[tuple[str, ...]] = []
    for row in staging.database.execute(_ROWS):
        said = tuple(str(each or "") for each in row)
        if group and number_of(said[0]) != number_of(group[0][0]):
            yield group
            group = []
        group.append(said)
    if group:
        yield group


_ROWS = """
    SELECT id, data ->> '$.title', url, data ->> '$.category', data ->> '$.section' FROM articles ORDER BY id
"""

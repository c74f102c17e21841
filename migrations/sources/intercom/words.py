"""Words behind ids: what tags are called, and which attributes are times."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import lru_cache

from migrations.sources.gathering import Gathering
from migrations.sources.intercom.values import Document, identifier, text

_SAVE = "INSERT OR REPLACE INTO intercom_words VALUES (?, ?, ?)"
_TAG = "tag"


class Words:
    """As far as they were read."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._of = lru_cache(maxsize=8)(self._read)

    @property
    def tags(self) -> Mapping[str, str]:
        """The name of each tag, by its id."""
        return self._of(_TAG)

    def dates_of(self, model: str) -> Mapping[str, str]:
        """The names of the attributes of contacts or companies that are times."""
        return self._of(f"date/{model}")

    def _read(self, sort: str) -> Mapping[str, str]:
        asked = "SELECT id, word FROM intercom_words WHERE sort = ?"
        return {str(number): str(word) for number, word in self._database.execute(asked, (sort,))}


def note_tag(gathering: Gathering, row: Document) -> None:
    """A row of the list of tags."""
    gathering.note(_SAVE, _TAG, identifier(row.get("id")), text(row.get("name")).strip())


def note_attribute(gathering: Gathering, model: str, row: Document) -> None:
    """A row of the list of attributes; of others than times there is nothing to know."""
    if row.get("data_type") == "date":
        gathering.note(_SAVE, f"date/{model}", text(row.get("name")), "date")

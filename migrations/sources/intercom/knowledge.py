"""Articles, each as a record.

Source: developers.intercom.com, “Articles”, “Help center collections”. Of an article in several languages, the list
shows the one of the help center's own language, and the others below `translated_content`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from migrations.records.article import Article
from migrations.sources.intercom.values import Document, identifier, line, moment, text

_PUBLISHED = "published"
_DEEPEST = 10
"""Collections within collections."""


class Shelves:
    """Where articles stand. collections: all of a workspace."""

    def __init__(self, collections: Sequence[Document]) -> None:
        self._named = {identifier(each.get("id")): line(each.get("name")) for each in collections}
        self._above = {identifier(each.get("id")): identifier(each.get("parent_id")) for each in collections}

    def path(self, number: str) -> list[str]:
        """The names of the collections that lead to one, and its own; empty for none."""
        found: list[str] = []
        while number in self._named and len(found) < _DEEPEST:
            found.insert(0, self._named[number])
            number = self._above[number]
        return found


def articles(document: Document, shelves: Shelves, now: datetime) -> Iterator[Article]:
    """The article in each of its languages; another one than the first has the language in its id. Raises KeyError
    without an id."""
    number = identifier(document.get("id"))
    if not number:
        raise KeyError("id")
    held = document.get("translated_content")
    texts = (
        {name: said for name, said in held.items() if isinstance(said, Mapping)} if isinstance(held, Mapping) else {}
    )
    main = text(document.get("default_locale"))
    main = main or next((name for name, said in texts.items() if said.get("title") == document.get("title")), "")
    path = shelves.path(identifier(document.get("parent_id")))
    yield _article(document, number, path, main, now)
    for language, said in texts.items():
        if language != main and (said.get("title") or said.get("body")):
            yield _article(said, f"{number}/{text(language)}", path, text(language), now)


def _article(said: Document, number: str, path: list[str], language: str, now: datetime) -> Article:
    return Article(
        id=number,
        title=line(said.get("title")),
        body=text(said.get("body")),
        category=next(iter(path), ""),
        section=" / ".join(path[1:]),
        language=language,
        published=said.get("state") == _PUBLISHED,
        url=text(said.get("url")),
        created=moment(said.get("created_at"), now),
        updated=moment(said.get("updated_at"), now),
    )

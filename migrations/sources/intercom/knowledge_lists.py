"""Articles over the API, by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from migrations.sources.gathering import Gathering
from migrations.sources.intercom.client import Client, NotThere, has_next, objects
from migrations.sources.intercom.knowledge import Shelves, articles
from migrations.sources.intercom.seen import Seen
from migrations.sources.intercom.values import Document, identifier
from migrations.staging.page import Page

ARTICLES = "article"
_IN_PAGE = 50


class KnowledgeLists:
    """Reads them into a gathering. The checkpoint is the number of the next page."""

    def __init__(self, client: Client, gathering: Gathering, seen: Seen, now: datetime) -> None:
        self._client = client
        self._gathering = gathering
        self._seen = seen
        self._now = now

    def articles(self, checkpoint: str) -> Iterator[Page]:
        number, goes_on = int(checkpoint or 1), True
        try:
            shelves = Shelves([*self._client.every("/help_center/collections")])
            while goes_on:
                document = self._client.get("/articles", {"page": number, "per_page": _IN_PAGE})
                for row in objects(document.get("data")):
                    self._article(row, shelves)
                goes_on = has_next(document, number)
                number += 1
                yield from self._gathering.rest(str(number))
        except NotThere as nothing:
            self._gathering.remark("articles", "all of them", "Intercom has no articles to read", nothing)
            yield from self._gathering.rest(str(number))

    def _article(self, row: Document, shelves: Shelves) -> None:
        number = identifier(row.get("id"))
        if number and self._seen.has(ARTICLES, row):
            return
        if not number:
            self._gathering.leave_out_nameless("articles", ARTICLES, row)
            return
        self._gathering.add_raw(ARTICLES, number, row)
        for each in articles(row, shelves, self._now):
            self._gathering.add(each)
        self._seen.note(ARTICLES, row)

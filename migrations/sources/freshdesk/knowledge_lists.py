"""Canned responses, scenarios, articles and rules over the API: a folder of each is a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from migrations.sources.freshdesk import knowledge
from migrations.sources.freshdesk.client import Client
from migrations.sources.freshdesk.gathering import Gathering
from migrations.sources.freshdesk.knowledge import Document
from migrations.sources.freshdesk.values import identifier, objects, text, words
from migrations.staging.page import Page

_DEEPEST = 10
"""Folders within folders."""


class KnowledgeLists:
    """Reads them into a gathering. The checkpoint is how many folders, or sorts of rules, are kept."""

    def __init__(self, client: Client, gathering: Gathering) -> None:
        self._client = client
        self._gathering = gathering
        self._now = datetime.now(UTC)

    def macros(self, checkpoint: str) -> Iterator[Page]:
        folders = [*self._folders("/canned_response_folders")]
        done = int(checkpoint or 0)
        for at, (own, folder) in enumerate(folders[done:], start=done + 1):
            made = partial(knowledge.canned_response, folder=text(folder.get("name")).strip())
            for document in self._client.every(f"/canned_response_folders/{own}/responses"):
                self._gathering.take("canned_response", document, made)
            yield self._gathering.page(str(at))
        if done <= len(folders):
            for document in self._client.every("/scenario_automations"):
                self._gathering.take("scenario", document, knowledge.scenario)
            yield self._gathering.page(str(len(folders) + 1))

    def articles(self, checkpoint: str) -> Iterator[Page]:
        about = self._client.get("/settings/helpdesk").document
        primary = text(about.get("primary_language"))
        languages = [each for each in words(about.get("supported_languages")) if each != primary]
        done = int(checkpoint or 0)
        for at, shelf in enumerate([*self._shelves()][done:], start=done + 1):
            path = f"/solutions/folders/{shelf.id}/articles"
            for document in self._client.every(path):
                keep_article(self._gathering, document, shelf, primary, self._now)
            for language in languages:
                for document in self._client.every(f"{path}/{language}"):
                    keep_article(self._gathering, document, shelf, language, self._now, is_translation=True)
            yield self._gathering.page(str(at))

    def rules(self, checkpoint: str) -> Iterator[Page]:
        done = int(checkpoint or 0)
        for at, kind in enumerate([*knowledge.RULE_TYPES][done:], start=done + 1):
            document = self._client.get(f"/automations/{kind}/rules").document
            for each in objects(document, "rules"):
                self._gathering.take("rule", knowledge.without_secrets(each), partial(knowledge.rule, kind=kind))
            yield self._gathering.page(str(at))

    def _shelves(self) -> Iterator[knowledge.Shelf]:
        """Every folder, with those in it behind it."""
        for own, category in self._folders("/solutions/categories"):
            name = text(category.get("name")).strip()
            yield from self._shelves_in(f"/solutions/categories/{own}/folders", name, "", _DEEPEST)

    def _shelves_in(self, path: str, category: str, above: str, deep: int) -> Iterator[knowledge.Shelf]:
        for own, folder in self._folders(path):
            shelf = knowledge.Shelf.of(folder, category, above, self._client.url)
            yield shelf
            if deep and folder.get("sub_folders_count") != 0:
                yield from self._shelves_in(f"/solutions/folders/{own}/subfolders", category, shelf.section, deep - 1)

    def _folders(self, path: str) -> Iterator[tuple[str, Document]]:
        """Those of a list, each with its id."""
        return ((identifier(each.get("id")), each) for each in self._client.every(path) if identifier(each.get("id")))


def keep_article(
    gathering: Gathering,
    document: Document,
    shelf: knowledge.Shelf,
    language: str,
    now: datetime,
    *,
    is_translation: bool = False,
) -> None:
    """An article, with a remark where not everybody could read it."""
    made = partial(knowledge.article, shelf=shelf, language=language, now=now, is_translation=is_translation)
    what = "not everybody could read it; it is no longer published" if shelf.readers else ""
    gathering.take("article", document, made, (what, shelf.readers))

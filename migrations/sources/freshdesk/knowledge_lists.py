"""Canned responses, scenarios, articles and rules over the API: a folder of each is a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from migrations.sources.freshdesk import knowledge
from migrations.sources.freshdesk.client import Client, NotAllowed, NotThere
from migrations.sources.freshdesk.gathering import Gathering
from migrations.sources.freshdesk.knowledge import Document
from migrations.sources.freshdesk.values import identifier, text
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
        folders = [*self._client.every("/canned_response_folders")]
        done = int(checkpoint or 0)
        for at, folder in enumerate(folders[done:], start=done + 1):
            name = text(folder.get("name"))
            for document in self._client.every(f"/canned_response_folders/{folder['id']}/responses"):
                self._gathering.take("canned_response", document, partial(knowledge.canned_response, folder=name))
            yield self._gathering.page(str(at))
        if done <= len(folders):
            for document in self._client.every("/scenario_automations"):
                self._gathering.take("scenario", document, knowledge.scenario)
            yield self._gathering.page(str(len(folders) + 1))

    def articles(self, checkpoint: str) -> Iterator[Page]:
        about = self._client.get("/settings/helpdesk").document
        primary = text(about.get("primary_language"))
        languages = [text(each) for each in about.get("supported_languages") or [] if each != primary]
        done = int(checkpoint or 0)
        for at, shelf in enumerate([*self._shelves()][done:], start=done + 1):
            path = f"/solutions/folders/{shelf.id}/articles"
            made = partial(knowledge.article, shelf=shelf, now=self._now)
            for document in self._client.every(path):
                self._gathering.take("article", document, partial(made, language=primary))
                if shelf.readers:
                    what = "not everybody may read it; it is no longer published"
                    self._gathering.remark("articles", identifier(document.get("id")), what, shelf.readers)
            for language in languages:
                for document in self._client.every(f"{path}/{language}"):
                    self._gathering.take("article", document, partial(made, language=language, is_translation=True))
            yield self._gathering.page(str(at))

    def _shelves(self) -> Iterator[knowledge.Shelf]:
        """Every folder, with those in it behind it."""
        for category in self._client.every("/solutions/categories"):
            folders = self._client.every(f"/solutions/categories/{category['id']}/folders")
            yield from self._shelves_in(folders, text(category.get("name")).strip(), "", _DEEPEST)

    def _shelves_in(
        self, folders: Iterator[Document], category: str, above: str, deep: int
    ) -> Iterator[knowledge.Shelf]:
        for folder in folders:
            shelf = knowledge.Shelf.of(folder, category, above, self._client.url)
            yield shelf
            if deep and folder.get("sub_folders_count") != 0:
                inner = self._client.every(f"/solutions/folders/{shelf.id}/subfolders")
                yield from self._shelves_in(inner, category, shelf.section, deep - 1)

    def rules(self, checkpoint: str) -> Iterator[Page]:
        done = int(checkpoint or 0)
        try:
            for at, kind in enumerate([*knowledge.RULE_TYPES][done:], start=done + 1):
                document = self._client.get(f"/automations/{kind}/rules").document
                for each in document.get("rules") or []:
                    self._gathering.take("rule", knowledge.without_secrets(each), partial(knowledge.rule, kind=kind))
                yield self._gathering.page(str(at))
        except (NotAllowed, NotThere) as refused:
            self._gathering.remark("rules", "all of them", "only an administrator's key lists rules", refused)
            yield self._gathering.page(str(len(knowledge.RULE_TYPES)))

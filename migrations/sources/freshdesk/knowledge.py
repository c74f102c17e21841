"""Canned responses, scenarios, articles and rules, each as a record.

Sources: developers.freshdesk.com/api, “Canned Responses”, “Scenario Automations”, “Solutions”, “Automations”.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from migrations.records.article import Article
from migrations.records.macro import Macro
from migrations.records.rule import Rule
from migrations.sources.freshdesk.values import identifier, inner, listed, moment, objects, text, words
from migrations.sources.page_text import text_of_html

Document = Mapping[str, Any]
RULE_TYPES = {1: "on a new ticket", 3: "every hour", 4: "on a change of a ticket"}
"""What a rule runs on, by the vendor's number."""
PUBLISHED = 2
FOR_EVERYBODY = 1
_READERS = {
    "2": "signed-in customers", "3": "agents", "4": "some companies", "5": "some customers", "6": "some companies",
}  # fmt: skip
"""Who alone may read a folder of articles, by the vendor's number."""
_FOR_ALL_AGENTS = 0
_SECRETS = frozenset({"api_key", "auth_header", "custom_headers"})


def canned_response(document: Document, folder: str) -> Macro:
    files = [text(each.get("name") or each.get("content_file_name")) for each in objects(document, "attachments")]
    page = text(document.get("content_html"))
    return Macro(
        id=identifier(document["id"]),
        name=text(document.get("title")).strip(),
        folder=folder,
        text=text_of_html(page) if page else text(document.get("content")),
        public=document.get("visibility", _FOR_ALL_AGENTS) == _FOR_ALL_AGENTS,
        does=tuple(f"attaches {name}" for name in files),
    )


def scenario(document: Document) -> Macro:
    """What agents set off with one click."""
    return Macro(
        id=f"scenario-{identifier(document['id'])}",
        name=text(document.get("name")).strip(),
        folder="Scenarios",
        text=text(document.get("description")),
        public=not document.get("private"),
        does=tuple(_lines(document.get("actions"))),
    )


@dataclass(frozen=True)
class Shelf:
    """Where an article stands. id: of its folder. readers: who alone may read it; empty for everybody. address: of the
    account; empty where it is not known."""

    id: str
    category: str
    section: str
    readers: str
    address: str

    @classmethod
    def of(cls, folder: Document, category: str, above: str, address: str) -> Shelf:
        """above: the folders in which this one is, as one text."""
        visibility = folder.get("visibility", FOR_EVERYBODY)
        readers = "" if visibility == FOR_EVERYBODY else _READERS.get(identifier(visibility), "some people")
        section = " / ".join(each for each in (above, text(folder.get("name")).strip()) if each)
        return cls(identifier(folder.get("id")), category, section, readers, address)


def article(document: Document, shelf: Shelf, language: str, now: datetime, *, is_translation: bool = False) -> Article:
    """A translation has the id of the article that it is one of. What not everybody may read is not published."""
    number = identifier(document["id"])
    return Article(
        id=f"{number}/{language}" if is_translation else number,
        title=text(document.get("title")).strip(),
        body=text(document.get("description")),
        category=shelf.category,
        section=shelf.section,
        language=language,
        published=document.get("status") == PUBLISHED and not shelf.readers,
        url=f"{shelf.address}/support/solutions/articles/{number}" if shelf.address else "",
        tags=words(document.get("tags")),
        created=moment(document.get("created_at"), now),
        updated=moment(document.get("updated_at"), now),
    )


def rule(document: Document, kind: int) -> Rule:
    """kind: the vendor's number of what it runs on."""
    summary = inner(document, "summary") or inner(document, "Summary")
    conditions = inner(summary, "conditions")
    asked = [summary.get("performer"), *listed(summary, "events")]
    asked += [each for name in conditions for each in listed(conditions, name)]
    done = listed(summary, "actions")
    return Rule(
        id=f"{kind}-{identifier(document['id'])}",
        sort=RULE_TYPES[kind],
        name=text(document.get("name")).strip(),
        active=document.get("active") is True,
        asks=tuple(_sentences(asked)) or tuple(_lines(document.get("conditions"))),
        does=tuple(_sentences(done)) or tuple(_lines(document.get("actions"))),
    )


def without_secrets(document: Any) -> Any:
    """A rule without the keys and passwords of the webhooks that it calls."""
    if isinstance(document, list):
        return [without_secrets(each) for each in document]
    if not isinstance(document, Mapping):
        return document
    return {name: "(hidden)" if name in _SECRETS else without_secrets(value) for name, value in document.items()}


def _sentences(said: list[Any]) -> Iterator[str]:
    """The vendor's own sentences, which are pages."""
    for each in said:
        line = " ".join(text_of_html(text(each)).split())
        if line:
            yield line


def _lines(listed: Any) -> Iterator[str]:
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, Mapping) and {"name", "value"} == set(each):
            yield f"{text(each['name'])}: {text(each['value'])}"
        else:
            yield text(json.dumps(without_secrets(each), ensure_ascii=False, sort_keys=True))[:500]

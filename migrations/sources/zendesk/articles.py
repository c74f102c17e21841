"""Articles of an old help centre: one for each language, as customers find them.

Source: developer.zendesk.com, “Articles”, “Translations” (side-loaded).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from migrations.records.article import Article
from migrations.sources.zendesk.json_values import Body, bodies_in, moment, one_line, text, texts_in


@dataclass(frozen=True)
class Shelves:
    """Where articles stand. sections: id → (name, id of its category)."""

    sections: Mapping[str, tuple[str, str]]
    categories: Mapping[str, str]

    @classmethod
    def of(cls, sections: Sequence[Body], categories: Sequence[Body]) -> Shelves:
        return cls(
            {text(each.get("id")): (one_line(each.get("name")), text(each.get("category_id"))) for each in sections},
            {text(each.get("id")): one_line(each.get("name")) for each in categories},
        )


def articles_of(body: Body, shelves: Shelves) -> Iterator[Article]:
    """Each language of an article; what it says itself, where the answer holds no translations."""
    section, category = shelves.sections.get(text(body.get("section_id")), ("", ""))
    for each in bodies_in(body.get("translations")) or [body]:
        locale = text(each.get("locale"))
        yield Article(
            id=f"{text(body.get('id'))}/{locale}",
            title=one_line(each.get("title")),
            body=text(each.get("body")),
            category=shelves.categories.get(category, ""),
            section=section,
            language=locale,
            published=each.get("draft") is not True,
            url=text(each.get("html_url")) or text(body.get("html_url")),
            tags=texts_in(body.get("label_names")),
            created=moment(each.get("created_at")) or moment(body.get("created_at")),
            updated=moment(each.get("updated_at")) or moment(body.get("updated_at")),
        )

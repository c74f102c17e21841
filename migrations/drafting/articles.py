"""An article of the old help centre as a draft of one of `help_center: articles`, with the languages that it had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from config.declaration import Declaration
from config.text import is_locale
from config.writing.style import entry_once
from config.writing.values import escaped
from migrations.drafting.index import Index, number_of
from migrations.drafting.pages import page_draft
from migrations.drafting.remarks import comments
from migrations.records.article import Article
from migrations.staging.staging import Staging

_COLUMN = 4
USUAL = "en-US"


def articles_together(staging: Staging) -> Iterator[list[Article]]:
    """The languages of one article after the other."""
    group: list[Article] = []
    for article in staging.all(Article):
        if group and number_of(article.id) != number_of(group[0].id):
            yield group
            group = []
        group.append(article)
    if group:
        yield group


def article_draft(group: Sequence[Article], index: Index, declared: Declaration) -> str:
    """The draft as lines. group: one article in each of its languages, of those that the index has a key for."""
    first = group[0]
    ids = ", ".join(each.id for each in group)
    said = [f"Draft of “{first.title}” ({ids}). Read it, correct it, and take out `active: false`."]
    said += [f"It was at {each.url}" for each in group if each.url]
    names: dict[str, str] = {}
    bodies: dict[str, str] = {}
    company = declared.single("company")
    default = str(getattr(company, "default_locale", USUAL))
    spoken = [*dict.fromkeys([default, *(str(each) for each in getattr(company, "locales", None) or ())])]
    for each in group:
        locale = our_locale(each.language, spoken) or default
        body, remarks = page_draft(each.body, index.article_of)
        said += remarks
        if locale in names:
            said.append(f"It was there in {locale} twice; {each.id} is left out.")
            continue
        if locale not in spoken:
            said.append(f"The company does not speak {locale}: add it to `company: locales`, or take it out here.")
        names[locale], bodies[locale] = each.title or "Without a headline", body
    section = index.sections.get((first.category, first.section))
    if section is None:
        said.append("It stood in no section: write one.")
    is_open = any(each.published for each in group)
    if not is_open:
        said.append("Customers did not see it.")
    plain = list(names) == [default]
    draft: dict[str, Any] = {
        "name": names[default] if plain else names,
        **({"section": section} if section is not None else {}),
        "active": False,
        **({"customers": {"can": "see"}} if is_open else {}),
        **({"labels": list(first.tags)} if first.tags else {}),
        "body": bodies[default] if plain else bodies,
    }
    return comments(said, _COLUMN) + entry_once(index.keys[number_of(first.id)], escaped(draft), _COLUMN)


def our_locale(said: str, spoken: Sequence[str]) -> str:
    """A language of the old tool's as files call it: one that the company speaks, where it is of the same language;
    empty for what is none."""
    language, *rest = said.strip().replace("_", "-").split("-")
    whole = "-".join([language.lower(), *(each.title() if len(each) == 4 else each.upper() for each in rest)])
    if whole in spoken or not is_locale(whole):
        return whole if whole in spoken else ""
    same = [each for each in spoken if each.partition("-")[0] == language.lower()]
    return same[0] if len(same) == 1 and not rest else whole

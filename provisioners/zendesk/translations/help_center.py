"""The help centre's categories and sections, and the order of what is in it (grammar 30, 43)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Part, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import CannotSend, ZendeskTranslation, extras_back, extras_of, made
from provisioners.zendesk.translations.contents import default_language
from provisioners.zendesk.translations.locales import by_locale, our_locale, said_by_locale, vendor_locale
from provisioners.zendesk.translations.orders import REST, kind_order, listed_first, references, with_others

TEXTS = "translations/"
"""With this begins the part that is an object in one language."""
CATEGORY, SECTION, ARTICLE = "zendesk:HelpCenterCategory", "zendesk:HelpCenterSection", "zendesk:Article"


def text_part(locale: str) -> str:
    """The part of an object that is its text in a language of the vendor's."""
    return f"{TEXTS}{locale.replace('-', '_')}"


class HelpCenterTranslation(ZendeskTranslation):
    """What categories, sections and articles share."""

    text_type: ClassVar[str]
    natural = "name"

    def text(self, item: Declared, context: Context, locale: str, said: Payload, *, source: bool) -> Resource:
        """An object in one language. It leaves the vendor with its language, and stays where the object stays."""
        payload = {
            "source_id": context.ref(item.kind, item.key),
            "locale": vendor_locale(locale),
            "source": source,
            **said,
        }
        part = text_part(vendor_locale(locale))
        return made(item, context, self.text_type, payload, part=part, on_remove="delete")

    def texts_of(self, look: Look) -> dict[str, list[Live]]:
        """The live texts by the id of what they belong to."""
        found: dict[str, list[Live]] = {}
        for live in look.lives(self.text_type):
            found.setdefault(str(live.body["source_id"]), []).append(live)
        return found

    def sighted(self, look: Look, live: Live, texts: Iterable[Live], form: Payload) -> dict[str, Part]:
        """An object with its texts."""
        parts = {"": look.part(self.type_, live, form)}
        for each in sorted(texts, key=lambda text: not text.body["source"]):
            described = ("body",) if each.body["source"] and each.body.get("body") else ()
            form = dict.fromkeys(("source_id", "locale", "source", *self.text_form, *described))
            said = {name: each.body.get(name) for name in form}
            parts[text_part(str(each.body["locale"]))] = Part(self.text_type, each, said)
        return parts

    text_form: ClassVar[tuple[str, ...]] = ("title",)

    def existing_name(self, item: Declared) -> str:
        names = item.value.name
        if item.value.existing is True and isinstance(names, Mapping):
            return str(next(iter(names.values())))
        return super().existing_name(item)

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        data = super().said(sighting, names, context)
        titles = texts_back({name: (part.type, part.payload) for name, part in sighting.parts.items()}, "title")
        return {**data, "name": in_own_languages(titles, context)}


def texts_back(parts: Mapping[str, tuple[str, Payload]], attribute: str) -> dict[str, str]:
    """The vendor's locale → one attribute of the texts, that of the source language first."""
    texts = [payload for part, (_, payload) in parts.items() if part.startswith(TEXTS)]
    texts.sort(key=lambda payload: not payload.get("source"))
    return {str(each["locale"]): str(each.get(attribute) or "") for each in texts if attribute in each}


def in_own_languages(texts: Mapping[str, str], context: Context) -> str | dict[str, str]:
    """Texts by the vendor's locales, each said where it is not the default language's alone: one that is written
    without a language is in that one only."""
    said = {our_locale(locale): text for locale, text in texts.items()}
    default = default_language(context)
    return said[default] if list(said) == [default] else said


def name_back(parts: Mapping[str, tuple[str, Payload]], main: str) -> dict[str, Any]:
    """What it is called: by its texts, and where they are not known by what it was made with."""
    titles = texts_back(parts, "title")
    if titles:
        return {"name": said_by_locale(titles)}
    return {"name": parts[""][1][main]} if main in parts.get("", ("", {}))[1] else {}


class Categories(HelpCenterTranslation):
    kind = "help_center_categories"
    type_ = CATEGORY
    text_type = "zendesk:CategoryTranslation"

    def sightings(self, look: Look) -> Iterable[Sighting]:
        texts = self.texts_of(look)
        for live in in_order(look.lives(self.type_)):
            yield Sighting(self.kind, live.label, self.sighted(look, live, texts.get(live.id, ()), {"name": ""}))

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        return _with_texts(self, item, context, {})

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order of the categories."""
        return kind_order(self.kind, items, context, "zendesk:HelpCenterCategoryOrder")

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        return {
            **name_back(parts, "name"),
            **_description_back(parts),
            **orders_back(parts, names, "help_center_sections"),
        }


class Sections(HelpCenterTranslation):
    kind = "help_center_sections"
    type_ = SECTION
    text_type = "zendesk:SectionTranslation"

    def sightings(self, look: Look) -> Iterable[Sighting]:
        texts = self.texts_of(look)
        form = {"name": "", "category_id": "", "parent_section_id": None}
        for live in in_order(look.lives(self.type_)):
            yield Sighting(self.kind, live.label, self.sighted(look, live, texts.get(live.id, ()), form))

    def found(self, item: Declared, context: Context) -> Resource:
        payload = {**super().found(item, context).payload, **inside_of(item, "category", context)}
        return made(item, context, self.type_, payload, mode="found")

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        above = context.ref(self.kind, item.value.section) if item.value.section else None
        payload = {"category_id": context.ref("help_center_categories", item.value.category)}
        return _with_texts(self, item, context, {**payload, "parent_section_id": above})

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order of the sections of each category, and of those of each section."""
        found = []
        for category in context.declared.of("help_center_categories").values():
            inside = [each for each in items if each.value.category == category.key and not each.value.section]
            found += inner_order(category, inside, context, "zendesk:HelpCenterSectionOrder", "category_id", "order")
        for section in context.declared.of(self.kind).values():
            inside = [each for each in items if each.value.section == section.key]
            found += inner_order(
                section, inside, context, "zendesk:HelpCenterSubsectionOrder", "parent_section_id", "sections"
            )
        return found

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result: dict[str, Any] = name_back(parts, "name")
        payload = parts.get("", ("", {}))[1]
        if "category_id" in payload:
            result["category"] = names.key(CATEGORY, payload["category_id"])
        if payload.get("parent_section_id") is not None:
            result["section"] = names.key(SECTION, payload["parent_section_id"])
        return {**result, **_description_back(parts), **orders_back(parts, names, "articles")}


def in_order(lives: Iterable[Live]) -> list[Live]:
    """As the vendor shows them; of one position the older one first."""
    return sorted(lives, key=lambda live: (live.body.get("position") or 0, int(live.id)))


def _with_texts(
    translation: HelpCenterTranslation, item: Declared, context: Context, payload: Payload
) -> list[Resource]:
    """An object with its texts: its name in each language, and the description in the first."""
    names = by_locale(item.value.name, context, "name")
    first = next(iter(names))
    main = {**payload, "name": names[first], "locale": vendor_locale(first), "position": item.index + 1}
    described = extras_of(item, "description")
    texts = [
        translation.text(
            item,
            context,
            locale,
            {"title": name, **({"body": described["description"]} if described and locale == first else {})},
            source=locale == first,
        )
        for locale, name in names.items()
    ]
    return [made(item, context, translation.type_, main), *texts]


def _description_back(parts: Mapping[str, tuple[str, Payload]]) -> dict[str, Any]:
    said = [payload["body"] for _, payload in parts.values() if payload.get("source") and "body" in payload]
    return extras_back({"description": said[0]}, "description") if said else {}


def inside_of(item: Declared, attribute: str, context: Context) -> Payload:
    """What an existing object is in: names repeat, so that it is found by both. Raises CannotSend."""
    said = getattr(item.value, attribute)
    if not said:
        raise CannotSend(
            f"without its {attribute} nobody knows which one of that name is meant",
            f"Say its `{attribute}`, too.",
            ("existing",),
        )
    kind = "help_center_categories" if attribute == "category" else "help_center_sections"
    return {f"{attribute}_id": context.ref(kind, said)}


def inner_order(
    owner: Declared, inside: list[Declared], context: Context, type_: str, parent: str, part: str
) -> list[Resource]:
    """The order of what is in one category or section, as a part of it; none where there is nothing to put in order.

    What golive does not write has its place from others.
    """
    inside = [each for each in inside if not each.value.existing]
    if not inside:
        return []
    kind = inside[0].kind
    given = getattr(context.declared.single("order"), kind, None)
    keys = [each.key for each in inside]
    own = None if given is None else [key for key in given if key == REST or key in keys]
    order = references(listed_first(own, keys), kind, context)
    if len(order) < 2:
        return []
    payload = {parent: context.ref(owner.kind, owner.key), **with_others(order, keys, kind, context)}
    return [replace(made(owner, context, type_, payload, part=part, on_remove="release"), only_orders=True)]


def orders_back(parts: Mapping[str, tuple[str, Payload]], names: Names, kind: str) -> dict[str, Any]:
    """The orders among the parts of a category or a section, and that of all categories."""
    found: dict[str, Any] = {}
    for part, (_, payload) in parts.items():
        if "order" not in payload:
            continue
        of = {"": CATEGORY, "sections": SECTION}.get(part, SECTION if kind == "help_center_sections" else ARTICLE)
        found[part or "order"] = [each if each == REST else names.key(of, each) for each in payload["order"]]
    return found

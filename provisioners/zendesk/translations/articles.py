"""Articles: what they say in each language, who reads them, and their pictures (grammar 28, 29, 43)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Part, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import CannotSend, extras_back, extras_of, made
from provisioners.zendesk.translations.bodies import ATTACHMENT, IMAGES, body_back, body_in
from provisioners.zendesk.translations.help_center import (
    ARTICLE,
    SECTION,
    HelpCenterTranslation,
    in_order,
    in_own_languages,
    inner_order,
    inside_of,
    name_back,
    texts_back,
)
from provisioners.zendesk.translations.locales import by_locale, our_locale, said_by_locale, vendor_locale
from provisioners.zendesk.translations.readers import (
    PERMISSION,
    SEGMENT,
    permission,
    permission_back,
    readers,
    readers_back,
    shared_back,
)

_EXTRAS = ("promoted", "comments_disabled")
_USUAL = {"promoted": False, "comments_disabled": False}
LIVE_PICTURES = "its pictures stay in the help centre: save them beside the files before another account shows them"
_SEGMENT, _PERMISSION = "_segment", "_permission"
"""Parts of a sighting only: what is live of the segment and the permission group that an article names."""


class Articles(HelpCenterTranslation):
    """The article itself says where it stands and who reads it; its texts say the rest, so that articles can name each
    other. An article is on where its texts are no drafts."""

    kind = "articles"
    type_ = ARTICLE
    text_type = "zendesk:ArticleTranslation"
    natural = "title"
    text_form: ClassVar[tuple[str, ...]] = ("title", "body", "draft")

    def sightings(self, look: Look) -> Iterable[Sighting]:
        texts = self.texts_of(look)
        sections = {live.id: place for place, live in enumerate(in_order(look.lives(SECTION)))}
        lives = sorted(
            in_order(look.lives(self.type_)), key=lambda live: sections.get(str(live.body["section_id"]), -1)
        )
        segments = {live.id: live for live in look.lives(SEGMENT)} if lives else {}
        groups = {live.id: live for live in look.lives(PERMISSION)} if lives else {}
        for live in lives:
            parts = self.sighted(look, live, texts.get(live.id, ()), self._form(live))
            for part, found in (
                (_SEGMENT, segments.get(str(live.body.get("user_segment_id")))),
                (_PERMISSION, groups.get(str(live.body.get("permission_group_id")))),
            ):
                if found is not None:
                    parts[part] = Part(SEGMENT, found, dict(found.body))
            drafts = {bool(each.body.get("draft")) for each in texts.get(live.id, ())}
            beyond = "it is a draft in some languages and published in others" if len(drafts) > 1 else ""
            yield Sighting(self.kind, live.label, parts, beyond=beyond)

    def _form(self, live: Live) -> Payload:
        said = {name: usual for name, usual in _USUAL.items() if live.body.get(name) not in (usual, None)}
        return {
            "title": "",
            "section_id": "",
            "user_segment_id": None,
            "permission_group_id": "",
            "label_names": [],
            **said,
        }

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        live = {part: dict(each.live.body) for part, each in sighting.parts.items() if part in (_SEGMENT, _PERMISSION)}
        parts = {part: (each.type, each.payload) for part, each in sighting.parts.items() if part not in live}
        said = self._declared(parts, names, live)
        bodies = {
            locale: body_back(html, our_locale(locale), {}, names) for locale, html in texts_back(parts, "body").items()
        }
        return {**said, "body": in_own_languages(bodies, context)}

    def unsaid(self, sighting: Sighting, data: Data) -> str:
        return LIVE_PICTURES if "/article_attachments/" in str(data.get("body")) else ""

    def found(self, item: Declared, context: Context) -> Resource:
        payload = {**super().found(item, context).payload, **inside_of(item, "section", context)}
        return made(item, context, self.type_, payload, mode="found")

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        titles = by_locale(value.name, context, "name")
        bodies = by_locale(value.body, context, "body")
        _check_languages(value, titles, bodies)
        first = next(iter(bodies))
        segment, shared = readers(item, context)
        editors, more = permission(item, context)
        payload: Payload = {
            "title": _title(titles, first),
            "locale": vendor_locale(first),
            "position": item.index + 1,
            "section_id": context.ref("help_center_sections", value.section),
            "user_segment_id": segment,
            "permission_group_id": editors,
            "label_names": list(value.labels),
            **extras_of(item, *_EXTRAS),
        }
        active = context.active(item)
        texts: list[Resource] = []
        pictures: dict[str, Payload] = {}
        for locale, text in bodies.items():
            body = body_in(item, locale, text, context)
            pictures |= body.pictures
            said = {"title": _title(titles, locale), "body": body.html, "draft": not active}
            texts.append(self.text(item, context, locale, said, source=locale == first))
        shown = [
            made(item, context, ATTACHMENT, picture, part=part, on_remove="delete")
            for part, picture in pictures.items()
        ]
        return [*shared, *more, made(item, context, self.type_, payload), *shown, *texts]

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order of the articles of each section."""
        found = []
        for section in context.declared.of("help_center_sections").values():
            inside = [each for each in items if each.value.section == section.key]
            found += inner_order(section, inside, context, "zendesk:ArticleOrder", "section_id", "order")
        return found

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        shared = [payload for type_, payload in parts.values() if type_ == SEGMENT]
        return shared_back(shared[0], names) if shared else self._declared(parts, names, {})

    def _declared(
        self, parts: Mapping[str, tuple[str, Payload]], names: Names, live: Mapping[str, Mapping[str, Any]]
    ) -> dict[str, Any]:
        result: dict[str, Any] = name_back(parts, "title")
        payload = parts.get("", ("", {}))[1]
        if "section_id" in payload:
            result["section"] = names.key(SECTION, payload["section_id"])
        pictures = {
            part: str(each["file"]) for part, (_, each) in parts.items() if part.startswith(IMAGES) and "file" in each
        }
        bodies = {
            locale: body_back(html, our_locale(locale), pictures, names)
            for locale, html in texts_back(parts, "body").items()
        }
        if bodies:
            result["body"] = next(iter(bodies.values())) if len(bodies) == 1 else said_by_locale(bodies)
        files = {part: each for part, (_, each) in parts.items() if part.startswith(IMAGES) and "digest" in each}
        if files:  # the files do not say it, but a plan has to tell of another picture
            result["pictures"] = {PurePosixPath(each["file"]).stem: str(each["digest"])[:8] for each in files.values()}
        if "label_names" in payload:
            result["labels"] = list(payload["label_names"])
        drafts = [each["draft"] for _, each in parts.values() if "draft" in each]
        if drafts:
            result["active"] = not all(drafts)
        found = [extras_back(payload, *_EXTRAS)]
        if "user_segment_id" in payload:
            found.append(readers_back(payload["user_segment_id"], live.get(_SEGMENT), names))
        if "permission_group_id" in payload:
            found.append(permission_back(payload["permission_group_id"], live.get(_PERMISSION), names))
        extras = {name: value for each in found for name, value in each.get("zendesk", {}).items()}
        for each in found:
            result |= {name: value for name, value in each.items() if name != "zendesk"}
        return {**result, **({"zendesk": extras} if extras else {})}


def _title(titles: Mapping[str, str], locale: str) -> str:
    return titles.get(locale) or next(iter(titles.values()))


def _check_languages(value: Any, titles: Mapping[str, str], bodies: Mapping[str, str]) -> None:
    """A headline stands in every language in which the article is written, or in one for all. Raises CannotSend."""
    if not isinstance(value.name, Mapping):
        return
    missing = [each for each in bodies if each not in titles]
    beyond = [each for each in titles if each not in bodies]
    if missing:
        raise CannotSend(f"the headline in {missing[0]} is missing", "The article is written in it.", ("name",))
    if beyond:
        raise CannotSend(
            f"there is a headline in {beyond[0]}, and no text",
            "Write the text in that language, or remove its headline.",
            ("body",),
        )

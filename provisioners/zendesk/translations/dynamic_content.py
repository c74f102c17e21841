"""Dynamic content that is declared by itself: one text in several languages, for many places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import ZendeskTranslation, made
from provisioners.zendesk.translations.contents import CONTENT, KIND, in_language, placeholder_of
from provisioners.zendesk.translations.speech import Speech, content_payload
from provisioners.zendesk.translations.texts import declared_text


class DynamicContents(ZendeskTranslation):
    """An existing one is looked up by its placeholder, which the vendor has made of its name."""

    kind = KIND
    type_ = CONTENT
    natural = "placeholder"
    form: ClassVar = {"placeholder": "", "name": "", "default_locale": "", "texts": {}}

    def found(self, item: Declared, context: Context) -> Resource:
        return made(item, context, self.type_, {self.natural: placeholder_of(item.key, context)}, mode="found")

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        said, speech = item.value.text, Speech(context, item)
        default = content_payload("", "", {}, context)["default_locale"]
        texts = said if isinstance(said, Mapping) else {default: speech.plain(said)}
        spoken = {
            language: in_language(speech.plain(text), language, context, (item.key,))
            for language, text in texts.items()
        }
        payload = content_payload(placeholder_of(item.key, context), item.value.name, spoken, context)
        return [made(item, context, self.type_, payload)]

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        data = super().said(sighting, names, context)
        placeholder = sighting.main.payload["placeholder"]
        return data if placeholder == names.own else {**data, "zendesk": {"placeholder": placeholder}}

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        payload = parts[""][1]
        texts = {language: declared_text(text, names) for language, text in payload["texts"].items()}
        only = list(texts) == [payload["default_locale"]]
        return {"name": payload["name"], "text": texts[payload["default_locale"]] if only else texts}

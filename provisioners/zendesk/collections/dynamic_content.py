"""Texts in several languages, of which the vendor shows each reader the one in the reader's language.

An item's placeholder comes from its first name and never changes; the vendor changes an item's name by one call, and
its texts (“variants”, one for each language) by others. Source: developer.zendesk.com, “Dynamic Content” and “Dynamic
Content Item Variants”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.languages import language_id
from provisioners.zendesk.likeness import alike
from provisioners.zendesk.replies import warnings_in

ITEMS = "dynamic_content/items"
_PLACEHOLDER = re.compile(r"\{\{\s*dc\.(?P<name>[^\s}]+)\s*\}\}")
PLACEHOLDER, LANGUAGE, TEXTS = "placeholder", "default_locale", "texts"


class DynamicContent(ZendeskCollection):
    """Payload: `placeholder` (what stands behind `dc.`), `name`, `default_locale`, `texts` (language → text)."""

    type = "zendesk:DynamicContent"
    kind_word = "dynamic content"
    path = ITEMS
    plural = "items"
    envelope = "item"
    key = PLACEHOLDER
    calls_per_write = 3
    replace_on: ClassVar[frozenset[str]] = frozenset({PLACEHOLDER})

    def live(self, body: dict[str, Any], payload: Payload) -> Live:
        return Live(id=str(body["id"]), body=body, label=str(body.get("name") or body["id"]))

    def live_key(self, live: Live) -> str | None:
        return placeholder_in(live.body)

    def shown(self, name: str, body: dict[str, Any], wanted: Any) -> Any:
        if name == PLACEHOLDER:
            return placeholder_in(body)
        if name == LANGUAGE:
            return self._spelled(body.get("default_locale_id"), [wanted])
        if name == TEXTS:
            return self._texts(body, wanted)
        return super().shown(name, body, wanted)

    def _texts(self, body: Mapping[str, Any], wanted: Any) -> dict[str, str]:
        """Language → text of what readers are shown, in the spelling and order of the wanted ones."""
        texts = wanted if isinstance(wanted, Mapping) else {}
        shown = [each for each in body.get("variants") or [] if each.get("active")]
        found = {self._spelled(each["locale_id"], texts): each.get("content") for each in shown}
        ordered = [*(name for name in texts if name in found), *(name for name in found if name not in texts)]
        return {name: alike(found[name], texts.get(name, "")) for name in ordered}

    def _spelled(self, identifier: Any, spellings: Any) -> str:
        """The code of a language of which the vendor's id is known, as the files spell it."""
        code = self.client.languages().get(str(identifier), f"#{identifier}")
        return next((str(each) for each in spellings if str(each).lower() == code.lower()), code)

    def _id_of(self, language: str) -> int:
        return int(language_id(language, self.client))

    def create(self, payload: Payload) -> Write:
        """Made under its placeholder's name, so that it gets that placeholder, and then called what it is called."""
        default = self._id_of(payload[LANGUAGE])
        variants = [
            {"locale_id": (number := self._id_of(language)), "content": text, "default": number == default}
            for language, text in payload[TEXTS].items()
        ]
        item = {"name": payload[PLACEHOLDER], "default_locale_id": default, "variants": variants}
        reply = self.client.post(self.path, {self.envelope: item})
        made = self.written(reply, payload, f"POST {self.path}")
        if payload["name"] == payload[PLACEHOLDER]:
            return made
        try:
            named = self.client.put(f"{self.path}/{made.live.id}", {self.envelope: {"name": payload["name"]}})
        except SystemFault as refused:  # the item itself is there, and must not be forgotten
            return Write(made.live, (*made.warnings, str(refused)))
        body = {**made.live.body, "name": (named.body.get(self.envelope) or {}).get("name")}
        return Write(self.live(body, payload), (*made.warnings, *warnings_in(named.headers)))

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """New languages first, those that go last: the default one can only go once another one is the default."""
        warnings: list[str] = []
        path = f"{self.path}/{identifier}"
        if payload["name"] != old.get("name"):
            reply = self.client.put(path, {self.envelope: {"name": payload["name"]}})
            warnings += warnings_in(reply.headers)
        live = {str(each["locale_id"]): each for each in self.client.get(path).body[self.envelope]["variants"]}
        wanted = {str(self._id_of(language)): text for language, text in payload[TEXTS].items()}
        default = str(self._id_of(payload[LANGUAGE]))
        for number in sorted(wanted, key=lambda each: each != default):
            warnings += self._variant(f"{path}/variants", live.get(number), int(number), wanted[number], default)
        for number, variant in live.items():
            if number not in wanted:
                self.client.remove(f"{path}/variants/{variant['id']}")
        now = self.get(identifier, payload)
        if now is None:
            raise SystemFault("not_found", f"dynamic content {payload['name']}", "it is not there after the change")
        return Write(now, tuple(warnings))

    def _variant(self, path: str, live: dict[str, Any] | None, number: int, text: str, default: str) -> tuple[str, ...]:
        """Make or change the text of one language, where it is another one."""
        is_default = str(number) == default
        body = {"content": text, "active": True, **({"default": True} if is_default else {})}
        if live is None:
            return warnings_in(self.client.post(path, {"variant": {"locale_id": number, **body}}).headers)
        same = alike(live.get("content"), text) == text and live.get("active")
        if same and bool(live.get("default")) == is_default:
            return ()
        return warnings_in(self.client.put(f"{path}/{live['id']}", {"variant": body}).headers)

    def used(self, identifier: str, refused: SystemFault) -> str | None:
        """What something else still names."""
        return f"something else in Zendesk still names it: {refused.why}"


def placeholder_in(body: Mapping[str, Any]) -> str:
    """What stands behind `dc.` in the placeholder of an item of the vendor's JSON."""
    found = _PLACEHOLDER.fullmatch(str(body.get("placeholder") or ""))
    return found["name"] if found else str(body.get("placeholder") or "")

"""What the help centre's objects say, language by language.

A translation is known by its object and its locale; the vendor's own number for it only serves to delete it
(developer.zendesk.com, “Translations”).
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.live_objects import RESOURCE
from provisioners.resource import Payload, ResourceName
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.help_center import HELP_CENTER, WITH_TRANSLATIONS
from provisioners.zendesk.likeness import without_headlines
from provisioners.zendesk.markup.html_tree import same_meaning

TRANSLATION, TRANSLATIONS = "translation", "translations"
SOURCE = "source"
"""In a payload and in a live body: whether it is the object's source language, in which whoever speaks none of the
others reads it."""
_ATTACHED = re.compile(r"""(?:https?://[^\s"'<>]+?)?(/hc/article_attachments/[0-9]+)(?:/[^\s"'<>]*)?""")


def _body(live: Any, wanted: Any) -> Any:
    """HTML by its meaning; an attachment is named with the host or without, an article with its headline or without."""
    one, other = str(live or ""), str(wanted or "")
    plain, asked = (without_headlines(_ATTACHED.sub(r"\1", each)) for each in (one, other))
    return wanted if same_meaning(plain, asked) else one


def _line(live: Any, wanted: Any) -> Any:
    return wanted if " ".join(str(live or "").split()) == " ".join(str(wanted or "").split()) else live


class Translation(ZendeskCollection):
    """One object in one language. That of the source language is there as soon as the object is."""

    owners: ClassVar[str]
    """The list of the objects, such as `articles`."""
    owner: ClassVar[str]
    envelope = TRANSLATION
    plural = TRANSLATIONS
    key = "title"
    joins: ClassVar[bool] = True
    calls_per_write = 2
    numbers: ClassVar[frozenset[str]] = frozenset()
    unsent = frozenset({"source_id"})
    comparisons: ClassVar = {"title": _line, "body": _body}
    replace_on: ClassVar[frozenset[str]] = frozenset({"source_id", "locale"})

    def place(self, payload: Payload) -> str:
        return f"{HELP_CENTER}/{self.owners}/{payload['source_id']}/{TRANSLATIONS}"

    def natural_key(self, payload: Payload) -> str | None:
        return f"{payload['locale']} of {payload['source_id']}"

    def live_key(self, live: Live) -> str | None:
        return f"{live.body.get('locale')} of {live.body.get('source_id')}"

    def live(self, body: dict[str, Any], payload: Payload) -> Live:
        return Live(id=str(body["id"]), body=body, label=str(body.get("title") or body["id"]))

    # ------------------------------------------------------------ reading

    def list(self, payload: Payload) -> builtins.list[Live]:
        """The translations of all objects, as their list brings them along."""
        found: list[Live] = []
        for owner in self.client.pages(f"{HELP_CENTER}/{self.owners}", self.owners, **WITH_TRANSLATIONS):
            found += [self.live(body, payload) for body in self._of(owner)]
        return found

    def _of(self, owner: dict[str, Any]) -> Iterator[dict[str, Any]]:
        listed = owner.get(TRANSLATIONS)
        if not isinstance(listed, list):
            listed = self.client.pages(f"{HELP_CENTER}/{self.owners}/{owner['id']}/{TRANSLATIONS}", TRANSLATIONS)
        for body in listed:
            yield {**body, "source_id": owner["id"], SOURCE: body.get("locale") == owner.get("source_locale")}

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.find(f"{self.place(payload)}/{payload['locale']}", TRANSLATION)
        if body is None:
            return None
        return self.live({**body, SOURCE: body.get("locale") == self._source_locale(payload)}, payload)

    def _source_locale(self, payload: Payload) -> str:
        found = self.client.find(f"{HELP_CENTER}/{self.owners}/{payload['source_id']}", self.owner)
        return str((found or {}).get("source_locale") or "")

    def shown(self, name: str, body: dict[str, Any], wanted: Any) -> Any:
        if name == "source_id":
            return wanted if str(body.get(name)) == str(wanted) else str(body.get(name))
        return super().shown(name, body, wanted)

    # ------------------------------------------------------------ writing

    def create(self, payload: Payload) -> Write:
        source = self._source_locale(payload)
        if payload["locale"] == source:
            return self._put(payload, source)
        path = self.place(payload)
        body = {name: value for name, value in self.wire(payload).items() if name != SOURCE}
        try:
            reply = self.client.post(path, {TRANSLATION: body})
        except SystemFault as refused:
            if refused.status == 422 and self.client.find(f"{path}/{payload['locale']}", TRANSLATION) is not None:
                raise self._taken(payload) from refused
            raise
        return self._with_source(self.written(reply, payload, f"POST {path}"), payload, source)

    def _taken(self, payload: Payload) -> SystemFault:
        address = ResourceName.of(RESOURCE.get()).address if RESOURCE.get() else ""
        return SystemFault(
            "collision",
            f'{self.kind_word} "{payload["title"]}" in {payload["locale"]}',
            "somebody has written one in this language already, which golive did not make",
            f"Take it over with `golive adopt {address}`, or remove it there.",
        )

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        is_moved = payload[SOURCE] != old.get(SOURCE)
        return self._put(payload, self._source_locale(payload) if is_moved else "")

    def _put(self, payload: Payload, source: str) -> Write:
        path = f"{self.place(payload)}/{payload['locale']}"
        body = {name: value for name, value in self.wire(payload).items() if name not in (SOURCE, "locale")}
        written = self.written(self.client.put(path, {TRANSLATION: body}), payload, f"PUT {path}")
        return self._with_source(written, payload, source)

    def _with_source(self, written: Write, payload: Payload, source: str) -> Write:
        """Make it the source language, where it is to be; the vendor takes that away by giving it to another one.

        source: which language it is now; empty where that does not change.
        """
        if payload[SOURCE] and source not in ("", payload["locale"]):
            path = f"{HELP_CENTER}/{self.owners}/{payload['source_id']}/source_locale"
            self.client.put(path, {f"{self.owner}_locale": payload["locale"]})
        body = {**written.live.body, "source_id": payload["source_id"], SOURCE: payload[SOURCE]}
        return Write(self.live(body, payload), written.warnings)

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """The source language goes with its object only."""
        if payload["locale"] == self._source_locale(payload):
            return None
        try:
            self.client.remove(f"{HELP_CENTER}/{TRANSLATIONS}/{identifier}")
        except SystemFault as refused:
            if refused.status != 404:
                raise
        return None


class CategoryTranslation(Translation):
    type = "zendesk:CategoryTranslation"
    kind_word = "text of a help centre category"
    owners, owner = "categories", "category"


class SectionTranslation(Translation):
    type = "zendesk:SectionTranslation"
    kind_word = "text of a help centre section"
    owners, owner = "sections", "section"


class ArticleTranslation(Translation):
    type = "zendesk:ArticleTranslation"
    kind_word = "text of an article"
    owners, owner = "articles", "article"

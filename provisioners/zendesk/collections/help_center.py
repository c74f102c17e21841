"""The help centre's categories, sections and articles: what is not said in a language.

What readers see stands in translations, objects of their own: a change of these three changes no text (the vendor's
pages on categories, sections and articles). Each is made in its source language, with its name only.
"""

from __future__ import annotations

import builtins
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.help_center_words import SITE

HELP_CENTER = "help_center"
WITH_TRANSLATIONS: Mapping[str, Any] = {"include": "translations"}
_SITE_ENDS = "/hc/"


class HelpCenterObject(ZendeskCollection):
    """What the three have in common. `locale`, the name and the position count at the making only: the first two are
    its text's, and the order is an object of its own."""

    query = WITH_TRANSLATIONS
    cursor = True
    parent: ClassVar[str] = ""
    """The attribute that says what it is in."""

    def natural_key(self, payload: Payload) -> str | None:
        return _key(payload, self.key, self.parent) if payload.get(self.key) is not None else None

    def live_key(self, live: Live) -> str | None:
        return _key(live.body, self.key, self.parent)

    @abstractmethod
    def made_in(self, payload: Payload) -> str:
        """Where a new one is posted to."""

    def create(self, payload: Payload) -> Write:
        path = self.made_in(payload)
        reply = self.client.post(path, {self.envelope: self.new(payload), **self.beside})
        return self.written(reply, payload, f"POST {path}")

    def new(self, payload: Payload) -> Payload:
        """What is posted."""
        return {name: value for name, value in self.wire(payload).items() if value is not None}

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """What the object was made with stays as it was; where nothing else differs, nothing is sent."""
        body = {name: value for name, value in self.wire(payload).items() if name not in self.create_only}
        if all(old.get(name, ...) == payload[name] for name in body):
            live = self.get(identifier, payload)
            if live is not None:
                return Write(live)
        return self.changed(identifier, payload, body, old)

    def changed(self, identifier: str, payload: Payload, body: Payload, old: Payload) -> Write:
        """Send what differs."""
        return self.send(identifier, payload, body)

    beside: ClassVar[Mapping[str, Any]] = {}
    """What stands beside the envelope of a new one."""

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """What is not empty is left: the vendor deletes all that is in it."""
        inside = self.inside(identifier)
        return inside or super().delete(identifier, payload)

    def inside(self, identifier: str) -> str:
        """What is still in it, as a reason to leave it; empty where nothing is."""
        return ""


def _key(said: Mapping[str, Any], name: str, parent: str) -> str:
    own = " ".join(str(said.get(name, "")).split())
    return f"{own}, in {said.get(parent)}" if parent else own


class HelpCenterCategory(HelpCenterObject):
    type = "zendesk:HelpCenterCategory"
    kind_word = "help centre category"
    path = f"{HELP_CENTER}/categories"
    plural = "categories"
    envelope = "category"
    key = "name"
    create_only = frozenset({"name", "locale", "position"})

    def made_in(self, payload: Payload) -> str:
        return self.path

    def inside(self, identifier: str) -> str:
        return _still(self.client.pages(f"{self.path}/{identifier}/sections", "sections"), "section")


class HelpCenterSection(HelpCenterObject):
    """What it is in may be changed; the section above it takes a call of its own (Salto's adapter knows it so)."""

    type = "zendesk:HelpCenterSection"
    kind_word = "help centre section"
    path = f"{HELP_CENTER}/sections"
    plural = "sections"
    envelope = "section"
    key = "name"
    parent = "category_id"
    numbers = frozenset({"category_id", "parent_section_id"})
    create_only = frozenset({"name", "locale", "position"})

    def made_in(self, payload: Payload) -> str:
        return f"{HELP_CENTER}/categories/{payload['category_id']}/sections"

    def create(self, payload: Payload) -> Write:
        made = super().create({name: value for name, value in payload.items() if name != "parent_section_id"})
        if payload.get("parent_section_id") is None:
            return made
        try:
            return self.send(made.live.id, payload, {"parent_section_id": int(payload["parent_section_id"])})
        except SystemFault as refused:  # the section itself is there, and must not be forgotten
            return Write(made.live, (*made.warnings, str(refused)))

    def changed(self, identifier: str, payload: Payload, body: Payload, old: Payload) -> Write:
        above = {name: body.pop(name) for name in ("parent_section_id",) if name in body}
        written = self.send(identifier, payload, body)
        if above and payload["parent_section_id"] != old.get("parent_section_id"):
            return self.send(identifier, payload, above)
        return written

    def inside(self, identifier: str) -> str:
        sections = self.client.pages(self.path, self.plural, **self.query)
        below = [each for each in sections if str(each.get("parent_section_id")) == identifier]
        articles = self.client.pages(f"{self.path}/{identifier}/articles", "articles")
        return _still(below, "section") or _still(articles, "article")


def _still(inside: builtins.list[dict[str, Any]], word: str) -> str:
    if not inside:
        return ""
    many = f"{len(inside)} {word}s are" if len(inside) > 1 else f"1 {word} is"
    return f"{many} still in it, and Zendesk would delete what is in it along with it"


def _labels(live: Any, wanted: Any) -> Any:
    """Labels mean the same in any order."""
    return wanted if sorted(live or []) == sorted(wanted or []) else live or []


class Article(HelpCenterObject):
    """A new one is a draft without a body, so that nobody reads it before its translation is there; subscribers of its
    section get no mail. What the vendor calls deleting archives it."""

    type = "zendesk:Article"
    kind_word = "article"
    path = f"{HELP_CENTER}/articles"
    plural = "articles"
    envelope = "article"
    key = "title"
    parent = "section_id"
    numbers = frozenset({"section_id", "user_segment_id", "permission_group_id"})
    create_only = frozenset({"title", "locale", "position"})
    comparisons: ClassVar = {"label_names": _labels}
    carries_data: ClassVar[bool] = True
    gone_for_good = "another one has another address, without the votes and comments of this one"

    beside: ClassVar[Mapping[str, Any]] = {"notify_subscribers": False}

    def made_in(self, payload: Payload) -> str:
        return f"{HELP_CENTER}/sections/{payload['section_id']}/articles"

    def new(self, payload: Payload) -> Payload:
        return {**super().new(payload), "body": "", "draft": True}

    def _active(self, body: dict[str, Any]) -> bool | None:
        return not body.get("draft")

    def outputs(self, live: Live) -> dict[str, str]:
        return {SITE: site_of(str(live.body.get("html_url") or ""))}

    def switch_off(self, identifier: str, payload: Payload) -> None:
        """Make a draft of it in every language."""
        path = f"{self.path}/{identifier}/translations"
        for each in self.client.pages(path, "translations", cursor=False):
            self.client.put(f"{path}/{each['locale']}", {"translation": {"draft": True}})

    def standing(self, live: Live) -> dict[str, Any]:
        """What gates ask: whether it is published, for whom, under which labels, when it was last looked at."""
        return {
            "published": not live.body.get("draft"),
            "labels": [str(each) for each in live.body.get("label_names") or []],
            "open": live.body.get("user_segment_id") is None,
            "edited_at": str(live.body.get("edited_at") or live.body.get("updated_at") or ""),
            "section": str(live.body.get("section_id") or ""),
            "pictures": str(live.body.get("body") or "").count("<img"),
            "votes": live.body.get("vote_count"),
        }


def site_of(html_url: str) -> str:
    """`https://acme.zendesk.com/hc` of an article's address."""
    return html_url.partition(_SITE_ENDS)[0] + _SITE_ENDS.rstrip("/") if _SITE_ENDS in html_url else ""

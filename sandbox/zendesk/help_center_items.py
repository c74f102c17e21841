"""What categories, sections and articles share: they belong to a brand, and their texts are translations.

Source: developer.zendesk.com, “Categories”, “Sections”, “Articles”. A text that is sent with an update is left out
without a word: texts change through translations. (For categories and sections newer pages say that `name` and
`description` change the text of the source language; a client that goes by the older ones works with both.)
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.help_center import brand_of, check_locale, guarded, page
from sandbox.zendesk.refusals import blank, invalid, not_found
from sandbox.zendesk.resource import Resource, by_position
from sandbox.zendesk.translations import Texts, made_translation, texts_of, translation_in, translations_of


@dataclass(frozen=True)
class Item:
    """A sort of help center content. owner: where it is made and listed besides its own path (`sections`)."""

    resource: Resource
    texts: Texts
    owner: str = ""
    owner_column: str = ""

    @property
    def many(self) -> str:
        """Its plural."""
        return self.resource.many

    def find(self, call: ApiCall, key: str) -> Row:
        """An object of the called brand. Raises `Refused` (404)."""
        row = self.resource.table(call).get(key)
        if row is None or row["_brand"] != brand_of(call)["id"] or row.get("_archived"):
            raise not_found()
        return row

    def rows(self, call: ApiCall) -> list[Row]:
        """Everything of the called brand, in the language of the path if that names one."""
        brand = brand_of(call)["id"]
        rows = [row for row in self.resource.table(call).values() if row["_brand"] == brand]
        rows = [row for row in rows if not row.get("_archived")]
        locale = call.ids.get("locale")
        if locale is None:
            return rows
        return [row for row in rows if translation_in(call, row, locale)]

    def shown(self, call: ApiCall, row: Row) -> Row:
        """An object as the API echoes it, in the language of the path or in its own."""
        locale = str(call.ids.get("locale", row["source_locale"]))
        text = translation_in(call, row, locale)
        if text is None:
            raise not_found()
        host = f"https://{brand_of(call)['subdomain']}.zendesk.com"
        slug = re.sub(r"\W+", "-", text["title"]).strip("-")
        plain = {name: copy.deepcopy(value) for name, value in row.items() if not name.startswith("_")}
        echo = {
            "url": f"{call.base}/api/v2/help_center/{locale}/{self.many}/{row['id']}.json",
            "html_url": f"{host}/hc/{locale}/{self.many}/{row['id']}-{slug}",
            **plain,
            "locale": locale,
            "outdated": False,
            "name": text["title"],
            self.texts.body: text["body"],
        }
        if self.many == "articles":
            outdated = [one["locale"] for one in translations_of(call, row) if one["outdated"]]
            echo |= {"title": text["title"], "draft": text["draft"], "outdated_locales": outdated}
        if "translations" in call.query.get("include", "").split(","):
            echo["translations"] = [texts_of(call, one) for one in translations_of(call, row)]
        return echo

    # The endpoints

    def endpoints(self) -> list[Endpoint]:
        """All of them, with and without a language in the path."""
        found: list[Endpoint] = []
        for start in ("help_center", "help_center/{locale}"):
            one = f"{start}/{self.many}/{{id}}"
            made = f"{start}/{self.owner}/{{owner}}/{self.many}" if self.owner else f"{start}/{self.many}"
            found += [
                Endpoint("GET", f"{start}/{self.many}", guarded(self.on_list)),
                Endpoint("POST", made, guarded(self.on_create)),
                Endpoint("GET", one, guarded(self.on_show)),
                Endpoint("PUT", one, guarded(self.on_update)),
                Endpoint("DELETE", one, guarded(self.on_delete)),
                Endpoint("PUT", f"{one}/source_locale", guarded(self.on_source_locale)),
            ]
            if self.owner:
                found.append(Endpoint("GET", made, guarded(self.on_owned)))
        return found

    def listed(self, call: ApiCall, rows: list[Row]) -> Response:
        """One page of these objects."""
        return page(call, self.many, rows, by_position, self.shown)

    def on_list(self, call: ApiCall) -> Response:
        """GET: a page of all."""
        return self.listed(call, self.rows(call))

    def on_owned(self, call: ApiCall) -> Response:
        """GET: a page of those directly below the object in the path."""
        return self.listed(call, [row for row in self.rows(call) if str(row[self.owner_column]) == call.ids["owner"]])

    def answer(self, call: ApiCall, row: Row, status: int = 200) -> Response:
        """One object in its envelope."""
        return JSONResponse({self.resource.one: self.shown(call, row)}, status)

    def on_show(self, call: ApiCall) -> Response:
        """GET: one object."""
        return self.answer(call, self.find(call, call.ids["id"]))

    def on_create(self, call: ApiCall) -> Response:
        """POST: 201 and the object."""
        return self.answer(call, self.create(call, call.envelope(self.resource.one)), 201)

    def create(self, call: ApiCall, sent: Row) -> Row:
        """Make an object with its texts. Raises `Refused` before anything is made."""
        given = sent.get("translations")
        locale = call.ids.get("locale") or sent.get("locale")
        if not isinstance(given, list) or not given:
            if locale is None:
                raise blank("locale")
            draft = {"draft": sent["draft"]} if isinstance(sent.get("draft"), bool) else {}
            title = sent.get(self.texts.title) or sent.get("name")
            given = [{"locale": locale, "title": title, "body": sent.get(self.texts.body), **draft}]
        texts = [self._text(call, one) for one in given]
        codes = [one["locale"] for one in texts]
        if len(set(codes)) != len(codes):
            raise invalid("translations", "two translations have one locale", "DuplicateValue")
        source = locale or next((code for code in [_default(call)] if code in codes), codes[0])
        if source not in codes:
            raise invalid("translations", f"none of them is in {source}")
        kept = {name: value for name, value in sent.items() if name in self.resource.attributes}
        if self.owner:
            kept[self.owner_column] = call.ids.get("owner", kept.get(self.owner_column))
        row = self.resource.create(call, kept)
        row["source_locale"], row["_brand"] = source, brand_of(call)["id"]
        for one in texts:
            made_translation(call, self.texts, row, one)
        return row

    def _text(self, call: ApiCall, one: Any) -> Row:
        if not isinstance(one, dict) or not str(one.get("title") or "").strip():
            raise blank(self.texts.title)
        check_locale(call, one.get("locale"))
        return one

    def on_update(self, call: ApiCall) -> Response:
        """PUT: 200 and the object; texts and language are left out."""
        row = self.find(call, call.ids["id"])
        sent = call.envelope(self.resource.one)
        kept = {name: value for name, value in sent.items() if name in self.resource.attributes}
        return self.answer(call, self.resource.update(call, row, kept))

    def on_delete(self, call: ApiCall) -> Response:
        """DELETE: 204."""
        self.resource.remove(call, self.resource, self.find(call, call.ids["id"]))
        return Response(status_code=204)

    def on_source_locale(self, call: ApiCall) -> Response:
        """PUT: another language becomes the object's own; there must be a text in it."""
        row = self.find(call, call.ids["id"])
        name = f"{self.resource.one}_locale"
        code = call.document.get(name) if isinstance(call.document, dict) else None
        if code is None:
            raise blank(name)
        if translation_in(call, row, str(code)) is None:
            raise invalid(name, f"there is no translation in {code}")
        row.update(source_locale=code, updated_at=call.account.now())
        return JSONResponse("OK")


def _default(call: ApiCall) -> str:
    return str((brand_of(call).get("_locales") or ["en-us"])[0])

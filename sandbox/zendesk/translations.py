"""The texts of categories, sections and articles: one for each language of the help center.

Source: developer.zendesk.com, “Translations”. A translation's language is one that the help center has, and is its
object's only one in it. That the text of the source language stays is our reading: the object has no text without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.actor import acting_user
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.help_center import brand_of, check_locale, enabled_locales, guarded, page
from sandbox.zendesk.refusals import blank, invalid, not_found, taken
from sandbox.zendesk.resource import by_id

TABLE = "translations"
MANY = {"Category": "categories", "Section": "sections", "Article": "articles"}
_ELEMENTS = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[a-z][^>]*>", re.IGNORECASE)
_HANDLERS = re.compile(r"\son\w+\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Texts:
    """What a sort of object calls its texts: `Article`, `title`, `body`."""

    source_type: str
    title: str
    body: str


def translations_of(call: ApiCall, row: Row) -> list[Row]:
    """All texts of an object, as they were made."""
    return [one for one in call.account.rows(TABLE).values() if one["source_id"] == row["id"]]


def translation_in(call: ApiCall, row: Row, locale: str) -> Row | None:
    """An object's text in a language."""
    return next((one for one in translations_of(call, row) if one["locale"] == locale), None)


def safe(body: Any) -> str:
    """A body without what could run in a reader's browser: of what the vendor takes out, the part that matters here."""
    return _TAGS.sub(lambda tag: _HANDLERS.sub("", tag.group()), _ELEMENTS.sub("", str(body or "")))


def made_translation(call: ApiCall, texts: Texts, row: Row, sent: Row) -> Row:
    """Make a text of an object. Raises `Refused` (422)."""
    locale = check_locale(call, sent.get("locale"))
    if translation_in(call, row, locale) is not None:
        raise taken("locale", locale)
    if not str(sent.get("title") or "").strip():
        raise blank("title")
    now, person = call.account.now(), acting_user(call)["id"]
    made: Row = {
        "id": call.account.new_id(),
        "source_id": row["id"],
        "source_type": texts.source_type,
        "locale": locale,
        "title": str(sent["title"]),
        "body": safe(sent.get("body")),
        "draft": bool(sent.get("draft", False)),
        "outdated": bool(sent.get("outdated", False)),
        "hidden": False,
        "created_by_id": person,
        "updated_by_id": person,
        "created_at": now,
        "updated_at": now,
    }
    call.account.rows(TABLE)[str(made["id"])] = made
    return made


def texts_of(call: ApiCall, row: Row) -> Row:
    """A translation as the API echoes it."""
    many = MANY[row["source_type"]]
    host = f"https://{brand_of(call)['subdomain']}.zendesk.com"
    where = f"help_center/{many}/{row['source_id']}/translations/{row['locale']}"
    return {
        "url": f"{call.base}/api/v2/{where}.json",
        "html_url": f"{host}/hc/{row['locale']}/{many}/{row['source_id']}",
        **row,
    }


def drop_translations(call: ApiCall, row: Row) -> None:
    """Delete all texts of an object."""
    for one in translations_of(call, row):
        del call.account.rows(TABLE)[str(one["id"])]


def endpoints(many: str, texts: Texts, find: Callable[[ApiCall, str], Row]) -> list[Endpoint]:
    """The translations of a sort of object. find: an object by its id."""

    def owner(call: ApiCall) -> Row:
        return find(call, call.ids["id"])

    def listed(call: ApiCall) -> Response:
        rows = translations_of(call, owner(call))
        if call.query.get("locales"):
            rows = [row for row in rows if row["locale"] in call.query["locales"].split(",")]
        for name in ("draft", "outdated"):
            if name in call.query:
                rows = [row for row in rows if row[name] == (call.query[name] == "true")]
        return page(call, "translations", rows, by_id, texts_of)

    def missing(call: ApiCall) -> Response:
        there = {one["locale"] for one in translations_of(call, owner(call))}
        return JSONResponse({"locales": [code for code in enabled_locales(brand_of(call)) if code not in there]})

    def create(call: ApiCall) -> Response:
        row = made_translation(call, texts, owner(call), call.envelope("translation"))
        return JSONResponse({"translation": texts_of(call, row)}, 201)

    def found(call: ApiCall) -> Row:
        row = translation_in(call, owner(call), call.ids["language"])
        if row is None:
            raise not_found()
        return row

    def show(call: ApiCall) -> Response:
        return JSONResponse({"translation": texts_of(call, found(call))})

    def update(call: ApiCall) -> Response:
        row, sent = found(call), call.envelope("translation")
        if "title" in sent and not str(sent["title"] or "").strip():
            raise blank("title")
        changes: Row = {name: bool(sent[name]) for name in ("draft", "outdated") if name in sent}
        if "title" in sent:
            changes["title"] = str(sent["title"])
        if "body" in sent:
            changes["body"] = safe(sent["body"])
        row.update(changes, updated_by_id=acting_user(call)["id"], updated_at=call.account.now())
        item = owner(call)
        if "edited_at" in item:
            item["edited_at"] = row["updated_at"]
        return JSONResponse({"translation": texts_of(call, row)})

    found_endpoints: list[Endpoint] = []
    for start in ("help_center", "help_center/{locale}"):
        path = f"{start}/{many}/{{id}}/translations"
        found_endpoints += [
            Endpoint("GET", path, guarded(listed)),
            Endpoint("POST", path, guarded(create)),
            Endpoint("GET", f"{path}/missing", guarded(missing)),
            Endpoint("GET", f"{path}/{{language}}", guarded(show)),
            Endpoint("PUT", f"{path}/{{language}}", guarded(update)),
        ]
    return found_endpoints


def _delete(call: ApiCall) -> Response:
    rows = call.account.rows(TABLE)
    row = rows.get(call.ids["id"])
    if row is None:
        raise not_found()
    owner = call.account.rows(MANY[row["source_type"]])[str(row["source_id"])]
    if owner["_brand"] != brand_of(call)["id"]:
        raise not_found()
    if owner["source_locale"] == row["locale"]:
        raise invalid("base", "The translation in the source language cannot be deleted")
    del rows[call.ids["id"]]
    return Response(status_code=204)


ENDPOINTS = [
    Endpoint("DELETE", "help_center/translations/{id}", guarded(_delete)),
    Endpoint("DELETE", "help_center/{locale}/translations/{id}", guarded(_delete)),
]

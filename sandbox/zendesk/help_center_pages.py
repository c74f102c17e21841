"""A help center as anybody sees it who has not signed in: its articles, and where redirect rules lead.

At the vendor's a brand has an address of its own; here that is `/zendesk/brands/<subdomain>`, and the plain path is the
account's own. Source: support.zendesk.com, “About search engine optimization (SEO) in your help center” (addresses),
and developer.zendesk.com, “Redirect Rules”: a rule acts where the answer would be 404. That an article answers under
its number with any headline behind it, and what a help center answers that is not open yet, is our reading.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.store import Row, Store
from sandbox.system import Call
from sandbox.zendesk.account import Account
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.help_center import brand_of, enabled_locales
from sandbox.zendesk.redirect_rules import rule_for
from sandbox.zendesk.refusals import Refused, refuse
from sandbox.zendesk.translations import translation_in

_ARTICLE = re.compile(r"/hc/(?P<locale>[a-z-]+)/articles/(?P<id>\d+)(?:-[^/]*)?")
_FRONT = re.compile(r"/hc(?:/(?P<locale>[a-z-]+))?/?")
_NO_PAGES = re.compile(r"/(?:brands/[^/]+/)?(?:api|oauth)/")


def is_page(call: Call) -> bool:
    """Whether somebody without a name asks for a page."""
    return call.method == "GET" and "authorization" not in call.headers and not _NO_PAGES.match(call.path)


class HelpCenterPages:
    """Answers what is below the account's address and no API."""

    def __init__(self, store: Store) -> None:
        self.account = Account(store)

    def routes(self) -> list[BaseRoute]:
        return [Route("/brands/{brand}/{rest:path}", self.answer), Route("/{rest:path}", self.answer)]

    async def answer(self, request: Request) -> Response:
        raw = Call("zendesk", request.method, f"/{request.path_params['rest']}", "", dict(request.headers), b"")
        if not is_page(raw):
            return refuse("unknown_path", raw)
        call = ApiCall(self.account, "GET", raw.path, brand=request.path_params.get("brand", ""))
        try:
            brand = brand_of(call)
        except Refused:
            return _missing()
        if not brand["has_help_center"]:
            return _missing()
        return self._page(call, brand) or _led(call) or _missing()

    def _page(self, call: ApiCall, brand: Row) -> Response | None:
        """What is at the path; None where nothing is."""
        front, article = _FRONT.fullmatch(call.path), _ARTICLE.fullmatch(call.path)
        locale = (front or article or {"locale": None})["locale"] or enabled_locales(brand)[0]
        if locale not in enabled_locales(brand):
            return None
        if front:
            return _shown(str(brand["name"]), "") if brand["help_center_state"] == "enabled" else _sign_in(call, locale)
        row = self.account.rows("articles").get(article["id"]) if article else None
        if row is None or row["_brand"] != brand["id"] or row.get("_archived"):
            return None
        text = translation_in(call, row, locale)
        if text is None or text["draft"]:
            return None
        if row["user_segment_id"] is not None or brand["help_center_state"] != "enabled":
            return _sign_in(call, locale)
        return _shown(text["title"], text["body"])


def _led(call: ApiCall) -> Response | None:
    rule = rule_for(call, call.path)
    return RedirectResponse(rule["redirect_to"], int(rule["redirect_status"])) if rule is not None else None


def _sign_in(call: ApiCall, locale: str) -> Response:
    return RedirectResponse(f"/hc/{locale}/signin?return_to={quote(call.path, safe='')}", 302)


def _shown(title: str, body: Any) -> Response:
    head = f"<!doctype html><html><head><meta charset='utf-8'><title>{escape(title)}</title></head>"
    return HTMLResponse(f"{head}<body><h1>{escape(title)}</h1>{body or ''}</body></html>")


def _missing() -> Response:
    return HTMLResponse(
        "<!doctype html><title>Oops</title><h1>The page that you were looking for is not here</h1>", 404
    )

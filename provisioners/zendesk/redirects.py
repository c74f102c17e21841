"""Redirect rules of the account's help centre.

A rule acts only where the answer would be 404: on an article's address, once that is archived. It belongs to a brand,
and to that brand's hosts; what begins with `/knowledge/` is Knowledge's own, and the headline behind a number is left
out. At most 50,000 for each brand; all Guide plans but Lite (legacy) have them. Whether a rule looks at the query, no
page says: golive sets none for an address that has one. Source: developer.zendesk.com, “Redirect Rules”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from provisioners.redirects import LiveArticle, LiveRule, Redirects
from provisioners.system import Connection
from provisioners.zendesk.account_brand import account_brand
from provisioners.zendesk.client import ZendeskClient, unwrapped

DOMAIN = ".zendesk.com"
PERMANENT = 301
_RULES = "guide/redirect_rules"
_RESERVED = "/knowledge/"
_SLUG = re.compile(r"(/hc/[^/]+/(?:articles|sections|categories|community/(?:posts|topics))/\d+)-[^/]*")


class ZendeskRedirects(Redirects):
    most = 50_000

    def __init__(self, connection: Connection) -> None:
        self._client = ZendeskClient(connection)
        self._url = connection.settings.url.rstrip("/")
        self._brand: Mapping[str, Any] | None = None

    def hosts(self) -> frozenset[str]:
        said = [self._own_host(), self._mapped_host()]
        if not self._client.sandbox:
            said.append((urlsplit(self._url).hostname or "").lower())
        return frozenset(filter(None, said))

    def _own_host(self) -> str:
        return f"{self._read_brand().get('subdomain')}{DOMAIN}".lower()

    def _mapped_host(self) -> str:
        """The client's own; empty for none."""
        return str(self._read_brand().get("host_mapping") or "").lower()

    def _read_brand(self) -> Mapping[str, Any]:
        if self._brand is None:
            self._brand = account_brand(self._client.pages("brands", "brands"))
        return self._brand

    def _public(self, html_url: str) -> str:
        """An article's address at the host where readers find it: the other one would lead on to it, a second step
        (support.zendesk.com, “Host mapping”)."""
        parts = urlsplit(html_url)
        mapped = self._mapped_host()
        is_own = bool(mapped) and (parts.hostname or "") == self._own_host()
        return urlunsplit(parts._replace(netloc=mapped)) if is_own else html_url

    def articles(self) -> Mapping[str, Mapping[str, LiveArticle]]:
        what = f"{self._client.guard.system} GET help_center/locales"
        reply = self._client.get("help_center/locales")
        default = str(reply.body.get("default_locale") or "")
        locales = reply.body.get("locales")
        spoken = [str(each) for each in locales] if isinstance(locales, list) else []
        if not default:
            unwrapped(reply, "default_locale", what)
        found: dict[str, dict[str, LiveArticle]] = {}
        for locale in dict.fromkeys([default, *spoken]):
            for page in self._client.each_page(f"help_center/{locale}/articles", "articles"):
                for each in page:
                    live = LiveArticle(self._public(str(each.get("html_url") or "")), not each.get("draft"))
                    found.setdefault(str(each["id"]), {})[locale] = live
        return found

    def start(self, path: str, query: str) -> str:
        return "" if query or f"{path}/".startswith(_RESERVED) else _SLUG.sub(r"\1", path)

    def rules(self) -> list[LiveRule]:
        return [
            LiveRule(
                str(each["id"]), str(each["redirect_from"]), str(each["redirect_to"]), int(each["redirect_status"])
            )
            for page in self._client.each_page(_RULES, "records")
            for each in page
        ]

    def set(self, start: str, to: str) -> None:
        rule = {"redirect_from": start, "redirect_to": to, "redirect_status": PERMANENT}
        self._client.post(_RULES, {"redirect_rule": rule})

    def remove(self, identifier: str) -> None:
        self._client.remove(f"{_RULES}/{identifier}")

    def asked_at(self, url: str) -> str:
        parts = urlsplit(url)
        if not self._client.sandbox or (parts.hostname or "") not in self.hosts():
            return url
        return f"{self._url}{parts.path}{f'?{parts.query}' if parts.query else ''}"

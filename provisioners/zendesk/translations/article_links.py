"""Links to articles in any text (grammar 29): `{{article:KEY}}` and the address in the help centre.

The address ends with the article's number. What the vendor shows behind that, the headline, changes with each new
headline, and it leads to the article without it.
"""

from __future__ import annotations

import re

from provisioners.resource import Ref
from provisioners.translation import Context, Names
from provisioners.zendesk.help_center_words import SITE
from provisioners.zendesk.translations.contents import default_language
from provisioners.zendesk.translations.locales import vendor_locale

ARTICLE_TYPE = "zendesk:Article"
ARTICLE = re.compile(r"\{\{\s*article:(?P<key>[a-z][a-z0-9_]*)\s*\}\}")
_ADDRESS = re.compile(
    r"(?:ref:[a-z0-9_/]+#site|https?://[^\s\"'<>()]+?/hc)/(?P<locale>[a-z]{2,3}(?:-[a-z0-9]{2,8})*)/articles/"
    r"(?P<id>ref:[a-z0-9_/]+|[0-9]+)(?:-[\w%-]+)?"
)


def article_address(key: str, context: Context, locale: str | None = None) -> list[str | Ref]:
    """The pieces of an article's address, in a language or else in the company's own."""
    language = vendor_locale(locale or default_language(context))
    return [context.ref("articles", key, output=SITE), f"/{language}/articles/", context.ref("articles", key)]


def with_article_keys(text: str, names: Names, locale: str | None = None) -> str:
    """The text with the addresses of declared articles as `{{article:KEY}}`; only those in a language, where one is
    named."""

    def ours(found: re.Match[str]) -> str:
        key = names.key(ARTICLE_TYPE, found["id"])
        if key.startswith("#") or (locale and found["locale"] != vendor_locale(locale)):
            return found[0]
        return f"{{{{article:{key}}}}}"

    return _ADDRESS.sub(ours, text) if "/articles/" in text else text

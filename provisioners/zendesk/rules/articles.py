"""What Zendesk's help centre does with articles otherwise than one might think."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.placeholders import placeholders_in
from config.rules.rule import Rule
from config.rules.scope import Scope
from config.text import FileText, file_texts_in

DELETED = Rule(
    "ZD051",
    "note",
    "An article that leaves these files is to be deleted.",
    "Zendesk archives it: nobody finds it, and an admin can bring it back.",
    "Nothing, if that will do.",
)
SIGN_IN = Rule(
    "GL-K05",
    "warning",
    "An article can be read only after signing in.",
    "It is an answer that nobody finds: search engines do not see it, nor who has no password.",
    "Open it; where the law or a contract forbids that, say so under `why`.",
    source="the method",
)
DEAD_LINK = Rule(
    "ZD052",
    "warning",
    "A link in an article has an address that leads nowhere.",
    "The help centre knows no files of these folders: readers come to a page that is not there.",
    "A link to another article is  {{article:KEY}} ; one to another site begins with  https://",
)
HIDDEN = Rule(
    "ZD053",
    "warning",
    "An article for customers links to one that only the team reads.",
    "Customers who follow the link are told that the page is not there.",
    "Open that article with  customers: {can: see} , or take the link out.",
)
CATALOGUE = (DELETED, SIGN_IN, DEAD_LINK, HIDDEN)
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(\s*<?(?P<markdown>[^)\s>]+)|<a\b[^>]*?\bhref\s*=\s*[\"'](?P<html>[^\"']+)")
_LEADS_SOMEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#]|\{\{", re.IGNORECASE)
"""How an address begins that names its site, a place of the help centre or page, or is put in by a placeholder."""


def check(scope: Scope) -> Iterator[Finding]:
    for article in scope.declaration.of("articles").values():
        closed = article.value.vendor.get("zendesk", {}).get("user_segment")
        if closed and not article.value.existing and not article.value.why:
            yield SIGN_IN.found(article, ("zendesk", "user_segment"), "only who has signed in can read it")
        if article.value.on_remove == "delete":
            yield DELETED.found(article, ("on_remove",), "Zendesk archives articles, and deletes none")
        if not article.value.existing and not article.value.by_hand:
            yield from _links(article, scope)


def _links(article: Declared, scope: Scope) -> Iterator[Finding]:
    for path, file, text in _bodies(article, scope):
        for found in _LINK.finditer(text):
            address = found["markdown"] or found["html"]
            if not _LEADS_SOMEWHERE.match(address):
                message = f"the link to `{address}` leads nowhere in the help centre"
                yield DEAD_LINK.found(article, path, message, _instead(address, file, scope))
        for key in dict.fromkeys(key for kind, key in placeholders_in(text) if kind == "articles"):
            other = scope.declaration.get("articles", key)
            if other is not None and _is_open(article) and _is_for_team_only(other):
                message = f"customers who follow `{{{{article:{key}}}}}` find nothing: only the team reads it"
                yield HIDDEN.found(article, path, message)


def _bodies(article: Declared, scope: Scope) -> Iterator[tuple[Path_, str, str]]:
    """(place, file in which it stands, text) of what an article says in each language; no file for one in the YAML."""
    body = article.value.body
    for locale, said in body.items() if isinstance(body, dict) else [("", body)]:
        path: Path_ = ("body", locale) if locale else ("body",)
        if not isinstance(said, FileText):
            yield path, "", str(said or "")
        elif said.file in scope.declaration.contents:
            yield path, said.file, scope.declaration.contents[said.file]


def _instead(address: str, file: str, scope: Scope) -> str:
    """What to write for an address: the article whose text stands in the file that it names."""
    named = posixpath.normpath(posixpath.join(posixpath.dirname(file), address.partition("#")[0]))
    for other in scope.declaration.of("articles").values():
        if any(posixpath.normpath(text.file) == named for _, text in file_texts_in(other.value)):
            return f"Write  {{{{article:{other.key}}}}}  for the link's address."
    return f"Write  https://{address}" if address.lower().startswith("www.") else ""


def _is_open(article: Declared) -> bool:
    return bool(article.value.customers.can == "see")


def _is_for_team_only(article: Declared) -> bool:
    """Whether neither customers nor those of them who have signed in can read it."""
    segment = article.value.vendor.get("zendesk", {}).get("user_segment")
    return not article.value.existing and not _is_open(article) and not segment

"""What Zendesk's help centre does with articles otherwise than one might think."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope

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
CATALOGUE = (DELETED, SIGN_IN)


def check(scope: Scope) -> Iterator[Finding]:
    for article in scope.declaration.of("articles").values():
        closed = article.value.vendor.get("zendesk", {}).get("user_segment")
        if closed and not article.value.existing and not article.value.why:
            yield SIGN_IN.found(article, ("zendesk", "user_segment"), "only who has signed in can read it")
        if article.value.on_remove == "delete":
            yield DELETED.found(article, ("on_remove",), "Zendesk archives articles, and deletes none")

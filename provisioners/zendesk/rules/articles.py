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
CATALOGUE = (DELETED,)


def check(scope: Scope) -> Iterator[Finding]:
    for article in scope.declaration.of("articles").values():
        if article.value.on_remove == "delete":
            yield DELETED.found(article, ("on_remove",), "Zendesk archives articles, and deletes none")

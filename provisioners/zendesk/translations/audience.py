"""Who sees a macro or a view, both ways: everybody, some groups, or one person (grammar 45)."""

from __future__ import annotations

from provisioners.resource import Payload
from provisioners.translation import Context, Names


def restriction(audience: list[str], context: Context) -> Payload | None:
    """What is sent for `for`; None = everyone."""
    if not audience:
        return None
    kind, _, key = audience[0].partition("/")
    if kind == "people":
        return {"type": "User", "id": context.ref("people", key)}
    return {"type": "Group", "ids": [context.ref("groups", entry.partition("/")[2]) for entry in audience]}


def audience_back(restriction: Payload | None, names: Names) -> list[str]:
    """`for` as the YAML has it."""
    if not restriction:
        return []
    if restriction["type"] == "User":
        return [f"people/{names.key('zendesk:User', restriction['id'])}"]
    return [f"groups/{names.key('zendesk:Group', identifier)}" for identifier in restriction["ids"]]


def is_personal(audience: list[str]) -> bool:
    """Whether only one person sees it, so that it stands in no list of the team's."""
    return any(entry.startswith("people/") for entry in audience)

"""What Zendesk's account does not take as a setting."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope

ROUTING_TAG = Rule(
    "ZD019",
    "error",
    "The tag by which tickets are routed by themselves is emptied.",
    "Zendesk refuses an empty one; whoever wants no routing switches it off.",
    "Say a tag, or leave the setting out.",
    source="a client that has lived with it for years",
)
CATALOGUE = (ROUTING_TAG,)
_SECTION, _TAG = "routing", "autorouting_tag"


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration.of("settings").values():
        said = item.value.vendor.get("zendesk", {}).get(_SECTION)
        if isinstance(said, dict) and _TAG in said and not str(said[_TAG] or "").strip():
            path = ("zendesk", _SECTION, _TAG)
            yield ROUTING_TAG.found(item, path, "the tag by which tickets are routed is empty")

"""What Zendesk's account does not take as a setting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.declaration import Declared
from config.findings import Finding
from config.kinds import kind_path
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
LANGUAGE_LEFT_OUT = Rule(
    "ZD027",
    "error",
    "A text has a language that the account's own languages leave out.",
    "`settings: languages:` is the whole list; Zendesk shows no text in a language that is not in it, and takes none.",
    "Add the language to `settings: languages:`, or remove the text.",
    source="developer.zendesk.com: the account's languages are replaced whole",
)
CATALOGUE = (ROUTING_TAG, LANGUAGE_LEFT_OUT)
_SECTION, _TAG = "routing", "autorouting_tag"
_HELP_CENTER = "help_center"
"""A help centre has languages of its own."""


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration.of("settings").values():
        if item.value.languages is not None:
            yield from _left_out(item, scope)
        said = item.value.vendor.get("zendesk", {}).get(_SECTION)
        if isinstance(said, dict) and _TAG in said and not str(said[_TAG] or "").strip():
            path = ("zendesk", _SECTION, _TAG)
            yield ROUTING_TAG.found(item, path, "the tag by which tickets are routed is empty")


def _left_out(settings: Declared, scope: Scope) -> Iterator[Finding]:
    """One finding for each language of each text, where it stands."""
    spoken = {str(each).lower() for each in settings.value.languages}
    for item in scope.declaration:
        if item.kind == "integrations" or kind_path(item.kind)[0] == _HELP_CENTER:
            continue
        for path, text in scope.told_texts(item):
            for locale in text if isinstance(text, Mapping) else ():
                if locale.lower() not in spoken:
                    message = f"`{locale}` is not among the account's languages in {settings.position}"
                    yield LANGUAGE_LEFT_OUT.found(item, (*path, locale), message, of_key=True)

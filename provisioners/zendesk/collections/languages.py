"""Languages in conditions and actions: payloads have their codes, the vendor the ids that it gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from provisioners.errors import SystemFault
from provisioners.zendesk.client import ZendeskClient

FIELD = "locale_id"
PARTS = ("conditions", "filter", "actions", "all", "any")
"""Attributes whose entries may name a language."""


def language_id(code: str, client: ZendeskClient) -> str:
    """The vendor's id of a language. Raises SystemFault for one that it does not have."""
    found = next((each for each, known in client.languages().items() if known.lower() == code.lower()), None)
    if found is None:
        raise SystemFault(
            "refused",
            f"the language {code}",
            "Zendesk knows no such language",
            "Correct the code; Zendesk's own are listed in its admin centre under Account > Localization.",
        )
    return found


def with_codes(value: Any, client: ZendeskClient, wanted: Any) -> Any:
    """Live conditions or actions with the codes of languages. An id that is wanted as an id stays one."""
    kept = {str(each) for each in _languages_in(wanted)}

    def code(identifier: Any) -> Any:
        text = str(identifier)
        if text in kept:
            return identifier
        found = client.languages().get(text)
        return next((each for each in kept if found and each.lower() == found.lower()), found or identifier)

    return _translated(value, code)


def with_ids(value: Any, client: ZendeskClient) -> Any:
    """Conditions or actions as the vendor takes them. Raises SystemFault for a language that it does not have."""

    def identifier(code: Any) -> Any:
        text = str(code)
        if text.isdecimal() or not text:
            return code
        return language_id(text, client)

    return _translated(value, identifier)


def _languages_in(value: Any) -> list[Any]:
    if isinstance(value, Mapping) and value.get("field") == FIELD:
        said = value.get("value")
        return said if isinstance(said, list) else [said]
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [each for part in parts for each in _languages_in(part)]


def _translated(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, Mapping):
        if value.get("field") == FIELD:
            said = value.get("value")
            return {**value, "value": [change(each) for each in said] if isinstance(said, list) else change(said)}
        return {name: _translated(part, change) for name, part in value.items()}
    return [_translated(part, change) for part in value] if isinstance(value, list) else value

"""Fields of tickets, organizations and people, with their options."""

from __future__ import annotations

from typing import Any, ClassVar

from provisioners.collection import Write
from provisioners.resource import Payload
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.likeness import alike

OPTIONS = "custom_field_options"
FORMER = "former_values"
"""golive's own attribute: {new option value: the value it had before}."""


def _options(live: Any, wanted: Any) -> Any:
    """Options by name and value, in their order; the vendor's ids and positions are not declared."""
    if live is None and wanted is None:
        return None
    found = [{"name": item.get("raw_name") or item.get("name"), "value": item.get("value")} for item in live or []]
    return alike(found, wanted)


class Field(ZendeskCollection):
    """What the three kinds of fields share."""

    raw_texts = frozenset({"title", "description", "title_in_portal"})
    comparisons: ClassVar = {OPTIONS: _options}
    unsent = frozenset({FORMER})
    carries_data: ClassVar[bool] = True
    off: ClassVar[Payload] = {"active": False}

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """Keep the vendor's option ids: an option that is sent without its id is a new one, and the old one's
        values go."""
        body = self.wire(payload)
        if body.get(OPTIONS):
            live = self.client.get(f"{self.path}/{identifier}").body.get(self.envelope) or {}
            body[OPTIONS] = with_ids(body[OPTIONS], live.get(OPTIONS) or [], payload.get(FORMER) or {})
        return self.send(identifier, payload, body)


def with_ids(wanted: list[dict[str, Any]], live: list[dict[str, Any]], former: dict[str, str]) -> list[dict[str, Any]]:
    """Each wanted option with the id of the live one of the same value, or of the value that it had before."""
    ids = {str(option["value"]): option["id"] for option in live}
    result = []
    for option in wanted:
        value = option["value"]
        known = ids.get(value, ids.get(former.get(value, "")))
        result.append(option if known is None else {"id": known, **option})
    return result


class TicketField(Field):
    type = "zendesk:TicketField"
    kind_word = "ticket field"
    path = plural = "ticket_fields"
    envelope = "ticket_field"
    key = "title"
    replace_on: ClassVar[frozenset[str]] = frozenset({"type"})


class OrganizationField(Field):
    type = "zendesk:OrganizationField"
    kind_word = "organization field"
    path = plural = "organization_fields"
    envelope = "organization_field"
    key = "key"
    replace_on: ClassVar[frozenset[str]] = frozenset({"key", "type"})


class UserField(Field):
    type = "zendesk:UserField"
    kind_word = "field of people"
    path = plural = "user_fields"
    envelope = "user_field"
    key = "key"
    replace_on: ClassVar[frozenset[str]] = frozenset({"key", "type"})

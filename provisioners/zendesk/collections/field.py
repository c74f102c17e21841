"""Fields of tickets, organizations and people, with their options."""

from __future__ import annotations

import builtins
from typing import Any, ClassVar

from provisioners.collection import Live, Switch, Write
from provisioners.lasting import FORMER
from provisioners.resource import Payload
from provisioners.zendesk.attribute_words import OPTIONS
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.likeness import alike

TARGET = "relationship_target_type"
"""What a lookup field points to, which stays."""


def _options(live: Any, wanted: Any) -> Any:
    """The declared options by name and value, in their live order; the vendor's ids and positions are not declared.

    Options that are not declared are left alone: tickets and customers may hold them.
    """
    if live is None and wanted is None:
        return None
    values = {option["value"] for option in wanted or []}
    found = [
        {"name": item.get("raw_name") or item.get("name"), "value": item["value"]}
        for item in live or []
        if item.get("value") in values
    ]
    return alike(found, wanted)


class Field(ZendeskCollection):
    """What the three kinds of fields share."""

    raw_texts = frozenset({"title", "description", "title_in_portal"})
    comparisons: ClassVar = {OPTIONS: _options}
    unsent = frozenset({FORMER})
    carries_data: ClassVar[bool] = True
    switch: ClassVar[Switch | None] = Switch("active")

    def choices(self, live: Live, payload: Payload) -> builtins.list[tuple[str, str]]:
        options = live.body.get(OPTIONS) or []
        return [(str(each.get("raw_name") or each.get("name")), str(each["value"])) for each in options]

    def choices_left_out(self, payload: Payload, old: Payload) -> builtins.list[tuple[str, str]]:
        """Without those whose value has become another."""
        stay = {str(each["value"]) for each in payload.get(OPTIONS) or []} | set((payload.get(FORMER) or {}).values())
        before = [(str(each["name"]), str(each["value"])) for each in old.get(OPTIONS) or []]
        return [(name, value) for name, value in before if value not in stay]

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """Options are sent only where they change, and then all of them: the vendor deletes those that are missing,
        with the values that tickets and customers hold."""
        body = self.wire(payload)
        if body.get(OPTIONS) == old.get(OPTIONS):
            body.pop(OPTIONS, None)
        elif body.get(OPTIONS):
            live = self.client.get(f"{self.place(payload)}/{identifier}").body.get(self.envelope) or {}
            body[OPTIONS] = merged(body[OPTIONS], live.get(OPTIONS) or [], payload.get(FORMER) or {})
        return self.send(identifier, payload, body)


def merged(wanted: list[dict[str, Any]], live: list[dict[str, Any]], former: dict[str, str]) -> list[dict[str, Any]]:
    """The wanted options, each with the id of the live one of its value or former value; then all other live ones."""
    ids = {str(option["value"]): option["id"] for option in live}
    values = {option["value"] for option in wanted}
    result = []
    for option in wanted:
        before = former.get(option["value"], "")
        known = ids.get(option["value"], ids.get(before) if before not in values else None)
        result.append(option if known is None else {"id": known, **option})
    kept = {option.get("id") for option in result}
    others = [option for option in live if option["id"] not in kept]
    return result + [
        {"id": option["id"], "name": option.get("raw_name") or option["name"], "value": option["value"]}
        for option in others
    ]


class TicketField(Field):
    """How many tickets hold a value is asked by the vendor's search: `custom_field_<id>:*` is any value."""

    type = "zendesk:TicketField"
    kind_word = "ticket field"
    path = plural = "ticket_fields"
    envelope = "ticket_field"
    key = "title"
    replace_on: ClassVar[frozenset[str]] = frozenset({"type", TARGET})

    def shown(self, name: str, body: dict[str, Any], wanted: Any) -> Any:
        """The vendor shows the title where customers are told nothing."""
        told = super().shown(name, body, wanted)
        nothing = name == "description" and wanted == "" and told in (body.get("title"), body.get("raw_title"))
        return wanted if nothing else told

    def if_taken(self, live: Live) -> str:
        """The fields that every account has are the vendor's own."""
        if live.body.get("removable") is not False:
            return ""
        return (
            f"“{live.label}” is one of Zendesk's own fields: give ours another name. Rules know Zendesk's own by words "
            "such as `priority`."
        )

    def count_values(self, identifier: str, payload: Payload) -> int | None:
        return self.count_choice(identifier, "*")

    def count_choice(self, identifier: str, value: str) -> int | None:
        query = f"type:ticket custom_field_{identifier}:{value}"
        count = self.client.get("search/count", query=query).body.get("count")
        return count if isinstance(count, int) else None


class OrganizationField(Field):
    type = "zendesk:OrganizationField"
    kind_word = "organization field"
    path = plural = "organization_fields"
    envelope = "organization_field"
    key = "key"
    replace_on: ClassVar[frozenset[str]] = frozenset({"key", "type", TARGET})


class UserField(Field):
    type = "zendesk:UserField"
    kind_word = "field of people"
    path = plural = "user_fields"
    envelope = "user_field"
    key = "key"
    replace_on: ClassVar[frozenset[str]] = frozenset({"key", "type", TARGET})

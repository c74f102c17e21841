"""Views and their order (grammar 22, 47)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from config.kinds.rules import Sort
from provisioners.collection import Live
from provisioners.resource import Payload, Ref, Resource
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.audience import audience_back, is_personal, restriction
from provisioners.zendesk.translations.base import (
    CannotSend,
    ZendeskTranslation,
    extras_back,
    extras_of,
    known_by_name,
    made,
)
from provisioners.zendesk.translations.conditions import compiled_conditions, declared_conditions, tags_asked
from provisioners.zendesk.translations.orders import in_position, kind_order, order_back
from provisioners.zendesk.translations.saying import said_conditions

COLUMNS = {
    "status": "status",
    "priority": "priority",
    "type": "type",
    "group": "group",
    "assignee": "assignee",
    "requester": "requester",
    "organization": "organization",
    "brand": "brand",
    "form": "ticket_form",
    "subject": "subject",
    "satisfaction": "satisfaction_score",
    "language": "locale_id",
    "created": "created",
    "updated": "updated",
    "sla": "sla_next_breach_at",
    "number": "nice_id",
    "assigned": "assigned",
    "solved": "solved",
    "due": "due_date",
    "requester_update": "updated_requester",
    "assignee_update": "updated_assignee",
    "submitter": "submitter",
    "updated_by": "updated_by_type",
    "latest_comment": "description",
}
"""Our word → what the vendor calls the column."""
_COLUMNS_BACK = {vendor: word for word, vendor in COLUMNS.items()}
_EXTRAS = ("description",)
_NEAR = {
    "status_detail": "Write `status`: with ticket statuses of the account's own it shows those.",
    "comment_text": "Agents see it when they open a ticket; write `subject`.",
    "tags": "Ask for tags in `when`, one view for each.",
    "current_user": "Write `assignee`.",
}


class Views(ZendeskTranslation):
    kind = "views"
    type_ = "zendesk:View"
    form: ClassVar = {
        "title": "",
        "active": True,
        "conditions": {},
        "output": {"columns": [], "group": None, "sort": None},
        "restriction": None,
    }
    further: ClassVar = {"description": ""}

    def listed(self, look: Look) -> list[Live]:
        return in_position(look.lives(self.type_))

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        payload = sighting.main.payload
        return {
            "name": payload["title"],
            "active": payload["active"],
            **said_conditions(payload["conditions"], names, context, "views"),
            **_output_back(payload["output"], names),
            "for": audience_back(payload["restriction"], names),
            **extras_back(payload, *_EXTRAS),
        }

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        payload: Payload = {
            "title": value.name,
            "active": context.active(item),
            "conditions": compiled_conditions(value.when, value.when_any, context, "views"),
            "output": _output(item, context),
            "restriction": restriction(value.for_, context),
            **extras_of(item, *_EXTRAS),
        }
        becomes = tags_asked(value, context)
        return [made(item, context, self.type_, payload, depends_on=known_by_name(item, context), becomes=becomes)]

    def patched(self, item: Declared, context: Context) -> list[Resource]:
        """A view of the vendor's: only what the YAML lists is written."""
        value = item.value
        payload: Payload = {"title": item.name}
        if value.given("active"):
            payload["active"] = context.active(item)
        if value.given("when") or value.given("when_any"):
            payload["conditions"] = compiled_conditions(value.when, value.when_any, context, "views")
        if value.given("columns"):
            payload["output"] = _output(item, context)
        if value.given("for_"):
            payload["restriction"] = restriction(value.for_, context)
        return [made(item, context, self.type_, payload, mode="patched")]

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order in which agents see them."""
        shared = [item for item in items if not is_personal(item.value.for_)]
        return kind_order(self.kind, shared, context, "zendesk:ViewOrder")

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        ordered = order_back(parts, "zendesk:ViewOrder", self.type_, names)
        if ordered:
            return ordered
        payload = parts[""][1]
        result: dict[str, Any] = {"name": payload["title"]}
        if "active" in payload:
            result["active"] = payload["active"]
        if "conditions" in payload:
            result |= declared_conditions(payload["conditions"], names, "views")
        if "output" in payload:
            result |= _output_back(payload["output"], names)
        if "restriction" in payload:
            result["for"] = audience_back(payload["restriction"], names)
        return result | extras_back(payload, *_EXTRAS)


def check_columns(item: Declared, context: Context) -> None:
    """Whether the vendor has everything that a view shows. Raises CannotSend."""
    _output(item, context)


def _output(item: Declared, context: Context) -> Payload:
    value = item.value
    group = Sort(by=value.group_by) if isinstance(value.group_by, str) else value.group_by
    return {
        "columns": [_column(word, context, ("columns", index)) for index, word in enumerate(value.columns)],
        "group": _ordered(group, context, "group_by"),
        "sort": _ordered(value.sort, context, "sort"),
    }


def _ordered(said: Sort | None, context: Context, attribute: str) -> Payload | None:
    if said is None:
        return None
    return {"by": _column(said.by, context, (attribute,)), "order": "asc" if said.ascending else "desc"}


def _column(word: str, context: Context, at: tuple[str | int, ...]) -> str | Ref:
    if word in COLUMNS:
        return COLUMNS[word]
    if context.declared.get("ticket_fields", word) is not None:
        return context.ref("ticket_fields", word)
    if "." in word:
        raise CannotSend(
            f"Zendesk's views have no column for customers' fields such as `{word}`",
            "Write `organization` or `requester`, whose page shows the field.",
            at,
        )
    raise CannotSend(f"Zendesk's views have no column for `{word}`", _NEAR.get(word, "Leave it out."), at)


def _output_back(output: Payload, names: Names) -> dict[str, Any]:
    result: dict[str, Any] = {"columns": [_column_back(each, names) for each in output["columns"]]}
    for attribute, part in (("sort", "sort"), ("group_by", "group")):
        said = output.get(part)
        if said:
            by, ascending = _column_back(said["by"], names), said["order"] == "asc"
            is_short = attribute == "group_by" and ascending
            result[attribute] = by if is_short else {"by": by, "ascending": ascending}
    return result


def _column_back(vendor: Any, names: Names) -> str:
    return _COLUMNS_BACK.get(str(vendor)) or names.key("zendesk:TicketField", vendor)

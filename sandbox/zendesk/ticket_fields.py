"""Ticket fields: system fields are there from the start; the type never changes.

Source: developer.zendesk.com, “Ticket Fields”. That a field in a form's condition can be neither switched off nor
deleted is known from a client that checks it.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.customer_fields import reorder
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.field_options import check_choices, check_tags, drop_values, merged_options, shown_options
from sandbox.zendesk.form_conditions import is_conditional
from sandbox.zendesk.lookup_targets import check_target
from sandbox.zendesk.refusals import blank, forbidden, invalid, not_found
from sandbox.zendesk.resource import Resource, by_id, by_position

TYPES = (
    "checkbox",
    "date",
    "decimal",
    "integer",
    "lookup",
    "multiselect",
    "partialcreditcard",
    "regexp",
    "tagger",
    "text",
    "textarea",
)
CHOICES = ("tagger", "multiselect")
SYSTEM_FIELDS = (
    ("subject", "Subject"),
    ("description", "Description"),
    ("status", "Status"),
    ("tickettype", "Type"),
    ("priority", "Priority"),
    ("group", "Group"),
    ("assignee", "Assignee"),
    ("custom_status", "Ticket status"),
)
"""Type and title, in their order."""
SYSTEM_OPTIONS = {
    "status": ("open", "pending", "solved"),
    "tickettype": ("question", "incident", "problem", "task"),
    "priority": ("low", "normal", "high", "urgent"),
}


CAN_BE_OFF = ("tickettype", "priority")
"""System fields that can be switched off."""


def is_system(row: Row) -> bool:
    """Whether the field is one of the account's own."""
    return not row["removable"]


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if old is None and row["type"] not in TYPES:
        raise invalid("type", f"{row['type']} is not one of {', '.join(TYPES)}")
    row["description"] = row["description"] or row["title"]
    row["_portal_title"] = sent.get("title_in_portal") or row["_portal_title"]
    row["title_in_portal"] = row["_portal_title"] or row["title"]
    if row["type"] == "regexp" and not row["regexp_for_validation"]:
        raise blank("regexp_for_validation")
    if row["required_in_portal"] and not row["editable_in_portal"]:
        raise invalid("required_in_portal", "needs editable_in_portal")
    if old is not None and old["active"] and not row["active"]:
        if is_system(row) and row["type"] not in CAN_BE_OFF:
            raise invalid("active", "a system field stays active")
        if is_conditional(call, row):
            raise invalid("active", f"{row['title']} is in a condition of a form", "InUse")
    check_target(call, row)
    if not is_system(row):
        check_choices(call, row, sent, old, CHOICES)
    elif row.pop("custom_field_options", None) is not None:
        call.unpermitted.append("ticket_field.custom_field_options")


def _present(call: ApiCall, echo: Row) -> Row:
    if "custom_field_options" in echo:
        echo["custom_field_options"] = shown_options(call.account, echo["custom_field_options"])
    return echo


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if is_system(row):
        raise forbidden("A system field cannot be deleted.")
    if is_conditional(call, row):
        raise invalid("base", f"{row['title']} is in a condition of a form", "InUse")
    drop_values(call.account, "ticket_fields", row, None)
    del resource.table(call)[str(row["id"])]
    for form in call.account.rows("ticket_forms").values():
        form["ticket_field_ids"] = [one for one in form["ticket_field_ids"] if one != row["id"]]


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if old is not None and "custom_field_options" in sent:
        drop_values(call.account, "ticket_fields", old, row)


TICKET_FIELDS = Resource(
    path="ticket_fields",
    one="ticket_field",
    many="ticket_fields",
    attributes={
        "type": "text",
        "title": "text",
        "description": "text",
        "position": "number",
        "active": "flag",
        "required": "flag",
        "collapsed_for_agents": "flag",
        "regexp_for_validation": "text",
        "title_in_portal": "text",
        "visible_in_portal": "flag",
        "editable_in_portal": "flag",
        "required_in_portal": "flag",
        "agent_can_edit": "flag",
        "tag": "text",
        "custom_field_options": "list",
        "agent_description": "text",
        "sub_type_id": "id",
        "relationship_target_type": "text",
        "relationship_filter": "object",
    },
    defaults={
        "description": "",
        "position": 9999,
        "active": True,
        "required": False,
        "collapsed_for_agents": False,
        "regexp_for_validation": None,
        "title_in_portal": "",
        "visible_in_portal": False,
        "editable_in_portal": False,
        "required_in_portal": False,
        "agent_can_edit": True,
        "tag": None,
        "agent_description": None,
        "removable": True,
        "key": None,
        "_portal_title": "",
    },
    required=("type", "title"),
    immutable=frozenset({"type", "relationship_target_type"}),
    texts=("title", "description", "title_in_portal"),
    sort=by_position,
    cursor_sort=by_id,
    prepare=_prepare,
    stored=_stored,
    present=_present,
    remove=_remove,
)


def seed_system_fields(call: ApiCall) -> None:
    """The fields that every account has."""
    for place, (kind, title) in enumerate(SYSTEM_FIELDS):
        now = call.account.now()
        row: Row = {
            "id": call.account.new_id(),
            **TICKET_FIELDS.defaults,
            "type": kind,
            "title": title,
            "title_in_portal": title,
            "description": title,
            "position": place,
            "required": kind in ("subject", "description"),
            "visible_in_portal": kind in ("subject", "description", "status"),
            "editable_in_portal": kind in ("subject", "description"),
            "removable": False,
            "created_at": now,
            "updated_at": now,
        }
        if kind in SYSTEM_OPTIONS:
            values = SYSTEM_OPTIONS[kind]
            row["system_field_options"] = [{"name": value.title(), "value": value} for value in values]
        call.account.rows("ticket_fields")[str(row["id"])] = row


def _options(call: ApiCall) -> Response:
    field = TICKET_FIELDS.find(call, call.ids["id"])
    options = shown_options(call.account, field.get("custom_field_options")) or []
    return JSONResponse({"custom_field_options": options, "count": len(options)})


def _write_option(call: ApiCall) -> Response:
    """POST: an id updates that option, none makes one."""
    field = TICKET_FIELDS.find(call, call.ids["id"])
    if field["type"] not in CHOICES:
        raise invalid("type", f"a field of type {field['type']} has no options")
    old = field["custom_field_options"]
    sent = call.envelope("custom_field_option")
    changed = [sent if option["id"] == sent.get("id") else option for option in old]
    if sent.get("id") is None:
        changed.append(sent)
    options = merged_options(call, changed, old, "custom_field_option")
    check_tags(call.account, {**field, "custom_field_options": options})
    field["custom_field_options"] = options
    found = next(one for one in options if one["id"] == sent.get("id")) if sent.get("id") else options[-1]
    shown = shown_options(call.account, [found]) or []
    return JSONResponse({"custom_field_option": shown[0]}, 200 if sent.get("id") else 201)


def _delete_option(call: ApiCall) -> Response:
    field = TICKET_FIELDS.find(call, call.ids["id"])
    options = field.get("custom_field_options") or []
    left = [option for option in options if str(option["id"]) != call.ids["option"]]
    if len(left) == len(options):
        raise not_found()
    if not left:
        raise blank("custom_field_options")
    drop_values(call.account, "ticket_fields", field, {"custom_field_options": left})
    field["custom_field_options"] = left
    return Response(status_code=204)


ENDPOINTS = [
    reorder(TICKET_FIELDS),
    Endpoint("GET", "ticket_fields/{id}/options", _options),
    Endpoint("POST", "ticket_fields/{id}/options", _write_option),
    Endpoint("DELETE", "ticket_fields/{id}/options/{option}", _delete_option),
]

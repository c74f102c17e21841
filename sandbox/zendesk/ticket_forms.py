"""Ticket forms: there is always one default form, and it is active."""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.customer_fields import reorder
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import invalid
from sandbox.zendesk.resource import Resource, by_position


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    row["display_name"] = row["display_name"] or row["name"]
    unknown = [one for one in row["ticket_field_ids"] if str(one) not in call.account.rows("ticket_fields")]
    if unknown:
        raise invalid("ticket_field_ids", f"no field has the id {unknown[0]}")
    if old is not None and old["default"] and not (row["default"] and row["active"]):
        raise invalid("default", "the default form stays active until another form is the default")


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["default"]:
        for other in call.account.rows("ticket_forms").values():
            other["default"] = other is row


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["default"]:
        raise invalid("base", "The default form cannot be deleted")
    del resource.table(call)[str(row["id"])]


TICKET_FORMS = Resource(
    path="ticket_forms",
    one="ticket_form",
    many="ticket_forms",
    attributes={
        "name": "text",
        "display_name": "text",
        "position": "number",
        "active": "flag",
        "default": "flag",
        "end_user_visible": "flag",
        "in_all_brands": "flag",
        "restricted_brand_ids": "list",
        "ticket_field_ids": "list",
        "agent_conditions": "list",
        "end_user_conditions": "list",
    },
    defaults={
        "display_name": "",
        "position": 9999,
        "active": True,
        "default": False,
        "end_user_visible": True,
        "in_all_brands": True,
        "restricted_brand_ids": [],
        "ticket_field_ids": [],
        "agent_conditions": [],
        "end_user_conditions": [],
    },
    required=("name",),
    texts=("name", "display_name"),
    sort=by_position,
    paged=False,
    prepare=_prepare,
    stored=_stored,
    remove=_remove,
)

ENDPOINTS = [reorder(TICKET_FORMS)]

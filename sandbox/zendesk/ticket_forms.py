"""Ticket forms: there is always one default form, and it is active. More than one by plan.

Source: developer.zendesk.com, “Ticket Forms”: 300 forms; several on Suite Growth and above.
"""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk import form_conditions
from sandbox.zendesk.customer_fields import reorder
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import forbidden, invalid
from sandbox.zendesk.resource import Resource, by_position

MOST = 300
LEAST_PLAN = "growth"
"""For a second form."""


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    table = call.account.rows("ticket_forms")
    if old is None and table and not call.account.plan_is_at_least(LEAST_PLAN):
        raise forbidden("This plan has one ticket form.")
    if old is None and len(table) >= MOST:
        raise invalid("base", f"there are {MOST} forms already", "TooMany")
    row["display_name"] = row["display_name"] or row["name"]
    for name, rows in (("ticket_field_ids", "ticket_fields"), ("restricted_brand_ids", "brands")):
        unknown = [one for one in row[name] if str(one) not in call.account.rows(rows)]
        if unknown:
            raise invalid(name, f"no {rows.removesuffix('s').replace('_', ' ')} has the id {unknown[0]}")
        row[name] = list(dict.fromkeys(int(one) for one in row[name]))
    if row["in_all_brands"]:
        row["restricted_brand_ids"] = []
    if old is not None and old["default"] and not (row["default"] and row["active"]):
        raise invalid("default", "the default form stays active until another form is the default")
    if row["default"] and not row["active"]:
        raise invalid("default", "the default form is active")
    form_conditions.settle(call, row, sent, old)


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["default"]:
        for other in call.account.rows("ticket_forms").values():
            other["default"] = other is row


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["default"]:
        raise invalid("base", "The default form cannot be deleted")
    del resource.table(call)[str(row["id"])]


def _fits(call: ApiCall, row: Row) -> bool:
    """The list's filters `active`, `end_user_visible` and `associated_to_brand` (the default brand)."""
    flags = ("active", "end_user_visible")
    if any(name in call.query and row[name] != (call.query[name] == "true") for name in flags):
        return False
    if call.query.get("associated_to_brand") != "true" or row["in_all_brands"]:
        return True
    brands = call.account.rows("brands").values()
    return any(one["default"] and one["id"] in row["restricted_brand_ids"] for one in brands)


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
    bulk=frozenset({"show_many"}),
    prepare=_prepare,
    stored=_stored,
    listed=_fits,
    remove=_remove,
)

ENDPOINTS = [reorder(TICKET_FORMS)]

"""Custom objects: the client's own sorts of records. The key is the id, and stays.

Source: developer.zendesk.com, “Custom Objects”: three on Suite Team, five on Growth, 30 on Professional, 50 on
Enterprise; what is deleted is gone with its fields and records. That an object stays while a lookup field points to it
is our reading.
"""

from __future__ import annotations

import re

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.actor import acting_user
from sandbox.zendesk.custom_object_fields import FIELDS, fields_of, seed_standard_fields
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.lookup_targets import points_to
from sandbox.zendesk.refusals import invalid, taken
from sandbox.zendesk.resource import Resource

MOST = {"team": 3, "growth": 5, "professional": 30, "trial": 30}
MOST_ON_ENTERPRISE = 50


def most(call: ApiCall) -> int:
    """How many custom objects the account's plan allows."""
    return MOST.get(call.account.plan, MOST_ON_ENTERPRISE)


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    table = CUSTOM_OBJECTS.table(call)
    person = str(acting_user(call)["id"])
    row["updated_by_user_id"] = person
    if old is not None:
        return
    if not re.fullmatch(r"[a-z0-9_-]+", row["key"]):
        raise invalid("key", "may hold small letters, digits, _ and - only")
    if row["key"] in table:
        raise taken("key", row["key"])
    if len(table) >= most(call):
        raise invalid("base", f"this plan has {most(call)} custom objects", "TooMany")
    row.update(id=row["key"], created_by_user_id=person)


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if old is None:
        seed_standard_fields(call, row["key"])


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    field = points_to(call, row["key"])
    if field is not None and field.get("_parent") != row["key"]:
        raise invalid("base", f"the field {field['title']} points to {row['title']}", "InUse")
    for one in fields_of(call, row["key"]):
        del FIELDS.table(call)[str(one["id"])]
    records = call.account.rows("custom_object_records")
    for key in [key for key, one in records.items() if one["_parent"] == row["key"]]:
        del records[key]
    del resource.table(call)[row["key"]]


def _present(call: ApiCall, echo: Row) -> Row:
    return {name: value for name, value in echo.items() if name != "id"}


CUSTOM_OBJECTS = Resource(
    path="custom_objects",
    one="custom_object",
    many="custom_objects",
    attributes={
        "key": "text",
        "title": "text",
        "title_pluralized": "text",
        "description": "text",
        "include_in_list_view": "flag",
        "allows_photos": "flag",
        "allows_attachments": "flag",
    },
    defaults={
        "description": "",
        "include_in_list_view": False,
        "allows_photos": False,
        "allows_attachments": False,
    },
    required=("key", "title", "title_pluralized"),
    immutable=frozenset({"key"}),
    texts=("title", "title_pluralized", "description"),
    update_methods=("PATCH",),
    paged=False,
    prepare=_prepare,
    stored=_stored,
    present=_present,
    remove=_remove,
)


def _limit(call: ApiCall) -> Response:
    return JSONResponse({"count": len(CUSTOM_OBJECTS.table(call)), "limit": most(call)})


ENDPOINTS = [Endpoint("GET", "custom_objects/limits/object_limit", _limit)]

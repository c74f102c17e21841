"""Records of custom objects, as far as somebody needs them who sets an account up: made, read, changed, deleted.

Source: developer.zendesk.com, “Custom Object Records”: text ids, cursor paging only, changed by PATCH.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.custom_object_fields import CHOICES, fields_of
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.identifiers import ulid
from sandbox.zendesk.refusals import blank, invalid, not_found, taken
from sandbox.zendesk.resource import Resource


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    key = row["_parent"]
    if key not in call.account.rows("custom_objects"):
        raise not_found()
    row["custom_object_key"] = key
    if not str(row["name"] or "").strip():
        raise blank("name")
    external = row["external_id"]
    others = [one for one in RECORDS.table(call).values() if one["_parent"] == key and one["id"] != row.get("id")]
    if external and any(one["external_id"] == external for one in others):
        raise taken("external_id", external)
    fields = {one["key"]: one for one in fields_of(call, key) if not one["system"]}
    values = {**dict.fromkeys(fields), **((old or {}).get("custom_object_fields") or {})}
    for name, value in (sent.get("custom_object_fields") or {}).items():
        if name not in fields:
            raise invalid("custom_object_fields", f"{name} is not a field of {key}")
        _check_value(fields[name], value)
        values[name] = value
    row["custom_object_fields"] = values


def _check_value(field: Row, value: Any) -> None:
    if field["type"] not in CHOICES or value in (None, "", []):
        return
    options = [option["value"] for option in field["custom_field_options"]]
    for one in value if isinstance(value, list) else [value]:
        if one not in options:
            raise invalid(field["key"], f"{one} is not an option of {field['title']}")


RECORDS = Resource(
    path="custom_objects/{parent}/records",
    one="custom_object_record",
    many="custom_object_records",
    attributes={"name": "text", "external_id": "text", "custom_object_fields": "object"},
    defaults={"name": None, "external_id": None, "custom_object_fields": {}, "photo": None},
    update_methods=("PATCH",),
    always_cursor=True,
    new_id=lambda call: ulid(call.account.store, "zendesk records"),
    prepare=_prepare,
)


def _count(call: ApiCall) -> Response:
    own = [row for row in RECORDS.table(call).values() if row["_parent"] == call.ids["parent"]]
    return JSONResponse({"count": {"value": len(own), "refreshed_at": call.account.now()}})


ENDPOINTS = [Endpoint("GET", "custom_objects/{parent}/records/count", _count)]

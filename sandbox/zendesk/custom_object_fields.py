"""Fields of custom objects: two that every object has, and those that the client adds.

Source: developer.zendesk.com, “Custom Object Fields”: found by key or id, changed by PATCH; key and type stay; of the
standard fields only title, description and properties change; 100 fields for each object, of which five (Team, Growth)
or ten look up.
"""

from __future__ import annotations

import re

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint, Handler
from sandbox.zendesk.field_options import merged_options, shown_options
from sandbox.zendesk.lookup_targets import check_target
from sandbox.zendesk.refusals import blank, forbidden, invalid, not_found, taken
from sandbox.zendesk.resource import Resource, by_position

TYPES = ("text", "textarea", "checkbox", "date", "integer", "decimal", "regexp", "dropdown", "lookup", "multiselect")
CHOICES = ("dropdown", "multiselect")
STANDARD = (("standard::name", "Name"), ("standard::external_id", "External ID"))
OF_STANDARD = frozenset({"title", "description", "properties"})
MOST = 100


def fields_of(call: ApiCall, key: str) -> list[Row]:
    """All fields of an object."""
    return [row for row in FIELDS.table(call).values() if row["_parent"] == key]


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["_parent"] not in call.account.rows("custom_objects"):
        raise not_found()
    if old is not None and old["system"]:
        for name in sorted(set(sent) - OF_STANDARD):
            call.unpermitted.append(f"custom_object_field.{name}")
            row[name] = old[name]
        return
    if row["type"] not in TYPES:
        raise invalid("type", f"{row['type']} is not one of {', '.join(TYPES)}")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", row["key"]):
        raise invalid("key", "may hold letters, digits, _ and - only")
    own = [one for one in fields_of(call, row["_parent"]) if one["id"] != row.get("id") and not one["system"]]
    if any(one["key"] == row["key"] for one in own):
        raise taken("key", row["key"])
    if old is None:
        _check_count(call, row, own)
    if row["type"] == "regexp" and not row["regexp_for_validation"]:
        raise blank("regexp_for_validation")
    check_target(call, row)
    if row["type"] in CHOICES:
        given, before = sent.get("custom_field_options"), (old or {}).get("custom_field_options") or []
        row["custom_field_options"] = before if given is None else merged_options(call, given, before, "field")
        if not row["custom_field_options"]:
            raise blank("custom_field_options")
    else:
        row.pop("custom_field_options", None)


def _check_count(call: ApiCall, row: Row, own: list[Row]) -> None:
    lookups = sum(one["type"] == "lookup" for one in own)
    most = 10 if call.account.plan_is_at_least("professional") else 5
    if len(own) >= MOST:
        raise invalid("base", f"an object has at most {MOST} fields", "TooMany")
    if row["type"] == "lookup" and lookups >= most:
        raise invalid("base", f"an object has at most {most} lookup fields on this plan", "TooMany")


def _present(call: ApiCall, echo: Row) -> Row:
    if "custom_field_options" in echo:
        echo["custom_field_options"] = shown_options(call.account, echo["custom_field_options"])
    return echo


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["system"]:
        raise forbidden("A standard field cannot be deleted.")
    del resource.table(call)[str(row["id"])]
    for record in call.account.rows("custom_object_records").values():
        if record["_parent"] == row["_parent"]:
            record["custom_object_fields"].pop(row["key"], None)


FIELDS = Resource(
    path="custom_objects/{parent}/fields",
    one="custom_object_field",
    many="custom_object_fields",
    attributes={
        "key": "text",
        "type": "text",
        "title": "text",
        "description": "text",
        "active": "flag",
        "position": "number",
        "regexp_for_validation": "text",
        "custom_field_options": "list",
        "relationship_target_type": "text",
        "relationship_filter": "object",
        "properties": "object",
    },
    defaults={
        "type": "text",
        "description": "",
        "active": True,
        "position": 9999,
        "regexp_for_validation": None,
        "properties": None,
        "system": False,
    },
    required=("key", "title"),
    immutable=frozenset({"key", "type", "relationship_target_type"}),
    texts=("title", "description"),
    verbs=frozenset({"list", "create"}),
    sort=by_position,
    prepare=_prepare,
    present=_present,
    listed=lambda call, row: not row["system"] or call.query.get("include_standard_fields") == "true",
    remove=_remove,
)


def seed_standard_fields(call: ApiCall, key: str) -> None:
    """The fields that every object has."""
    for place, (name, title) in enumerate(STANDARD):
        now = call.account.now()
        row: Row = {
            "id": call.account.new_id(),
            **FIELDS.defaults,
            "key": name,
            "title": title,
            "position": place,
            "system": True,
            "_parent": key,
            "created_at": now,
            "updated_at": now,
        }
        FIELDS.table(call)[str(row["id"])] = row


def _by_key(handler: Handler) -> Handler:
    """The handler, for a field that is named by its key or its id."""

    def answer(call: ApiCall) -> Response:
        rows = fields_of(call, call.ids["parent"])
        wanted = call.ids["id"]
        found = next((str(row["id"]) for row in rows if wanted in (row["key"], str(row["id"]))), None)
        if found is None:
            raise not_found()
        call.ids["id"] = found
        return handler(call)

    return answer


def _reorder(call: ApiCall) -> Response:
    for place, key in enumerate(call.listed("custom_object_field_ids")):
        FIELDS.find(call, str(key))["position"] = place
    return JSONResponse("")


def _limit(call: ApiCall) -> Response:
    own = [row for row in fields_of(call, call.ids["parent"]) if not row["system"]]
    return JSONResponse({"count": len(own), "limit": MOST})


ENDPOINTS = [
    Endpoint("GET", "custom_objects/{parent}/fields/{id}", _by_key(FIELDS.on_show)),
    Endpoint("PATCH", "custom_objects/{parent}/fields/{id}", _by_key(FIELDS.on_update)),
    Endpoint("DELETE", "custom_objects/{parent}/fields/{id}", _by_key(FIELDS.on_delete)),
    Endpoint("PUT", "custom_objects/{parent}/fields/reorder", _reorder),
    Endpoint("GET", "custom_objects/{parent}/limits/field_limit", _limit),
]

"""User and organization fields: key and type never change; keys are unique per sort."""

from __future__ import annotations

import re

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.field_options import check_choices, drop_values, shown_options
from sandbox.zendesk.lookup_targets import check_target
from sandbox.zendesk.refusals import invalid, taken
from sandbox.zendesk.resource import Prepare, Resource, by_position

TYPES = ("text", "textarea", "checkbox", "date", "integer", "decimal", "regexp", "dropdown", "multiselect", "lookup")
CHOICES = ("dropdown", "multiselect")


def known_values(call: ApiCall, table: str, sent: Row | None, old: Row | None, where: str) -> Row:
    """Values by field key: the old ones, changed by what was sent, for the fields that exist.

    Keys that no field has are left out, and noted for the warning header when `where` names their place.
    """
    fields = {row["key"]: row for row in call.account.rows(table).values()}
    values = {key: ((old or {}).get(table) or {}).get(key) for key in fields}
    for key, value in (sent or {}).items():
        if key not in fields:
            call.unpermitted += [f"{where}.{key}"] if where else []
        elif where and value not in (None, "") and fields[key]["type"] == "dropdown":
            options = [option["value"] for option in fields[key]["custom_field_options"]]
            if value not in options:
                raise invalid(key, f"{value} is not an option of the field {fields[key]['title']}")
            values[key] = value
        else:
            values[key] = value
    return values


def _prepare(table: str) -> Prepare:
    def prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
        if row["type"] not in TYPES:
            raise invalid("type", f"{row['type']} is not one of {', '.join(TYPES)}")
        if not re.fullmatch(r"[A-Za-z0-9_.-]+", row["key"]):
            raise invalid("key", "may hold letters, digits, _ and - only")
        clash = (other for other in call.account.rows(table).values() if other["id"] != row.get("id"))
        if any(other["key"] == row["key"] for other in clash):
            raise taken("key", row["key"])
        if row["type"] == "regexp" and not row["regexp_for_validation"]:
            raise invalid("regexp_for_validation", "cannot be blank", "BlankValue")
        check_target(call, row)
        check_choices(call, row, sent, old, CHOICES)

    return prepare


def _stored(table: str) -> Prepare:
    def stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
        if old is not None and "custom_field_options" in sent:
            drop_values(call.account, table, old, row)

    return stored


def _present(call: ApiCall, echo: Row) -> Row:
    if "custom_field_options" in echo:
        echo["custom_field_options"] = shown_options(call.account, echo["custom_field_options"])
    return echo


def _resource(of: str) -> Resource:
    return Resource(
        path=f"{of}_fields",
        one=f"{of}_field",
        many=f"{of}_fields",
        attributes={
            "key": "text",
            "type": "text",
            "title": "text",
            "description": "text",
            "active": "flag",
            "position": "number",
            "regexp_for_validation": "text",
            "tag": "text",
            "custom_field_options": "list",
            "relationship_target_type": "text",
            "relationship_filter": "object",
        },
        defaults={
            "description": "",
            "active": True,
            "position": 9999,
            "regexp_for_validation": None,
            "tag": None,
            "system": False,
        },
        required=("key", "type", "title"),
        immutable=frozenset({"key", "type", "relationship_target_type"}),
        texts=("title", "description"),
        sort=by_position,
        prepare=_prepare(f"{of}_fields"),
        stored=_stored(f"{of}_fields"),
        present=_present,
    )


ORGANIZATION_FIELDS = _resource("organization")
USER_FIELDS = _resource("user")


def reorder(resource: Resource) -> Endpoint:
    """`PUT …/reorder` with the ids in their new order; the list may be partial."""

    def handler(call: ApiCall) -> Response:
        for place, key in enumerate(call.listed(f"{resource.one}_ids")):
            resource.find(call, str(key))["position"] = place
        return JSONResponse({})

    return Endpoint("PUT", f"{resource.path}/reorder", handler)


ENDPOINTS = [reorder(ORGANIZATION_FIELDS), reorder(USER_FIELDS)]

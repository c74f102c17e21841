"""Conditions of ticket forms: which fields appear, and are asked for, when another field has a value.

Source: developer.zendesk.com, “Ticket Forms”. That all fields of a condition are in the form, that a field and its
condition do not go in one call, and that either statuses or custom statuses are sent, is known from a client that
lives with it. `required_on_statuses` is for agents; left out, it follows `is_required`.
"""

from __future__ import annotations

from typing import Any

from sandbox.store import Row
from sandbox.zendesk.custom_statuses import CATEGORIES, statuses_enabled
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.field_options import CHECKED
from sandbox.zendesk.refusals import blank, invalid

PARTS = ("agent_conditions", "end_user_conditions")
ON_STATUSES = ("ALL_STATUSES", "NO_STATUSES", "SOME_STATUSES")
PARENTS = ("tagger", "checkbox", "tickettype", "priority", "lookup", "multiselect")
"""Types of fields on whose value others can depend."""


def fields_of(row: Row) -> set[int]:
    """The ids of all fields that a form's conditions name."""
    found: set[int] = set()
    for part in PARTS:
        for one in row[part]:
            found |= {one["parent_field_id"], *(child["id"] for child in one["child_fields"])}
    return found


def is_conditional(call: ApiCall, field: Row) -> bool:
    """Whether a condition of a form names a field."""
    return any(field["id"] in fields_of(form) for form in call.account.rows("ticket_forms").values())


def settle(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    """Check a form's conditions and bring them into the vendor's form. Raises `Refused` (422)."""
    for part in PARTS:
        if part in sent:
            row[part] = [_condition(call, part, one) for one in sent[part]]
    inside = set(row["ticket_field_ids"])
    missing = fields_of(row) - inside
    if missing:
        raise invalid("ticket_field_ids", f"{min(missing)} is in a condition and not in the form")
    still = fields_of(old) - inside if old is not None else set()
    if still:
        raise invalid("ticket_field_ids", f"{min(still)} is in a condition: remove that first, by a call of its own")


def _field(call: ApiCall, part: str, key: Any) -> Row:
    field = call.account.rows("ticket_fields").get(str(key))
    if field is None:
        raise invalid(part, f"no field has the id {key}")
    return field


def _condition(call: ApiCall, part: str, one: Any) -> Row:
    if not isinstance(one, dict) or not isinstance(one.get("child_fields"), list):
        raise invalid(part, "a condition has parent_field_id, value and child_fields")
    parent = _field(call, part, one.get("parent_field_id"))
    if parent["type"] not in PARENTS:
        raise invalid(part, f"a field of type {parent['type']} is no condition")
    if not parent["active"]:
        raise invalid(part, f"{parent['title']} is not active")
    if not one["child_fields"]:
        raise blank(part)
    children = [_child(call, part, child) for child in one["child_fields"]]
    keys = [child["id"] for child in children]
    if parent["id"] in keys or len(set(keys)) != len(keys):
        raise invalid(part, "a field depends on itself, or is named twice")
    return {
        "parent_field_id": parent["id"],
        "parent_field_type": parent["type"],
        "value": _value(part, parent, one.get("value")),
        "child_fields": children,
    }


def _value(part: str, parent: Row, value: Any) -> Any:
    if parent["type"] == "checkbox":
        if value not in (*CHECKED, False, "false"):
            raise invalid(part, f"{value!r} is not a value of {parent['title']}")
        return value in CHECKED
    options = parent.get("custom_field_options") or parent.get("system_field_options") or []
    if parent["type"] != "lookup" and value not in [option["value"] for option in options]:
        raise invalid(part, f"{value!r} is not a value of {parent['title']}")
    return value


def _child(call: ApiCall, part: str, child: Any) -> Row:
    if not isinstance(child, dict):
        raise invalid(part, "a child field has id and is_required")
    field = _field(call, part, child.get("id"))
    if not field["active"]:
        raise invalid(part, f"{field['title']} is not active")
    required = bool(child.get("is_required", False))
    if part == "end_user_conditions":
        if "required_on_statuses" in child:
            call.unpermitted.append(f"ticket_form.{part}.child_fields.required_on_statuses")
        return {"id": field["id"], "is_required": required}
    given = child.get("required_on_statuses") or {"type": "ALL_STATUSES" if required else "NO_STATUSES"}
    return {"id": field["id"], "is_required": required, "required_on_statuses": _on_statuses(call, part, given)}


def _on_statuses(call: ApiCall, part: str, given: Any) -> Row:
    """When agents have to fill a field in; with custom statuses both those and their categories are echoed."""
    kind = given.get("type") if isinstance(given, dict) else None
    if kind not in ON_STATUSES:
        raise invalid(part, f"required_on_statuses.type must be one of {', '.join(ON_STATUSES)}")
    if kind != "SOME_STATUSES":
        return {"type": kind}
    statuses, custom = given.get("statuses") or [], given.get("custom_statuses") or []
    if not statuses and not custom:
        raise blank(part)
    if statuses and custom:
        raise invalid(part, "either statuses or custom_statuses, not both")
    known = call.account.rows("custom_statuses")
    wrong = [one for one in statuses if one not in CATEGORIES] + [one for one in custom if str(one) not in known]
    if wrong or (custom and not statuses_enabled(call)):
        raise invalid(part, f"{(wrong or custom)[0]} is not a status")
    if not statuses_enabled(call):
        return {"type": kind, "statuses": list(statuses)}
    if custom:
        categories = {known[str(one)]["status_category"] for one in custom}
        statuses = [one for one in CATEGORIES if one in categories]
    else:
        custom = [row["id"] for row in known.values() if row["active"] and row["status_category"] in statuses]
    return {"type": kind, "statuses": list(statuses), "custom_statuses": [int(one) for one in custom]}

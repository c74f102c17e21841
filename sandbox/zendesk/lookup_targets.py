"""What lookup fields point to: people, organizations, tickets, or records of a custom object.

Source: developer.zendesk.com, “Lookup relationships”: the target is named when the field is made, and stays.
"""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import blank, invalid

STANDARD = ("zen:user", "zen:organization", "zen:ticket")
CUSTOM = "zen:custom_object:"
FIELD_TABLES = ("ticket_fields", "user_fields", "organization_fields", "custom_object_fields")


def check_target(call: ApiCall, row: Row) -> None:
    """Raises `Refused` (422) for a lookup field without a target that the account has."""
    target = row.get("relationship_target_type")
    if row["type"] != "lookup":
        return
    if not target:
        raise blank("relationship_target_type")
    objects = call.account.rows("custom_objects").values()
    known = {*STANDARD, *(f"{CUSTOM}{one['key']}" for one in objects)}
    if target not in known:
        raise invalid("relationship_target_type", f"{target} is not one of {', '.join(sorted(known))}")


def points_to(call: ApiCall, key: str) -> Row | None:
    """A field that points to a custom object, None where there is none."""
    for table in FIELD_TABLES:
        for field in call.account.rows(table).values():
            if field.get("relationship_target_type") == f"{CUSTOM}{key}":
                return field
    return None

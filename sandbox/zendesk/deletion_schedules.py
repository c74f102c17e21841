"""Deletion schedules: what the vendor deletes by itself, and after how long. Nothing is deleted in a sandbox.

Source: developer.zendesk.com, “Deletion Schedules”: what a schedule deletes stays, and conditions are replaced whole;
support.zendesk.com, “Managing deletion schedules”: new ones are off, one of a sort can be on, or ten with an add-on
(the setting `active_deletion_schedules: 10`), and there are ten at most. The names of the conditions' fields stand on
no page that we know, so that any are taken.
"""

from __future__ import annotations

from typing import Any

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.lookup_targets import CUSTOM
from sandbox.zendesk.refusals import blank, forbidden, invalid
from sandbox.zendesk.resource import Resource

OBJECTS = ("zen:ticket", "zen:user", "zen:attachment", "zen:bot_only_conversation")
MOST = 10


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    table = DELETION_SCHEDULES.table(call)
    objects = {*OBJECTS, *(f"{CUSTOM}{key}" for key in call.account.rows("custom_objects"))}
    if row["object"] not in objects:
        raise invalid("object", f"{row['object']} is not one of {', '.join(sorted(objects))}")
    others = [one for one in table.values() if one["object"] == row["object"] and one["id"] != row.get("id")]
    if old is None and len(others) >= MOST:
        raise invalid("base", f"there are {MOST} schedules for {row['object']} already", "TooMany")
    if "conditions" in sent or old is None:
        given = row["conditions"] if isinstance(row["conditions"], dict) else {}
        row["conditions"] = {part: [_condition(one) for one in given.get(part) or []] for part in ("all", "any")}
        if not row["conditions"]["all"]:
            raise blank("conditions")
    most = int(call.account.settings.get("active_deletion_schedules", 1))
    if row["active"] and sum(one["active"] for one in others) >= most:
        raise invalid("active", f"{most} can be on for {row['object']}", "TooMany")


def _condition(one: Any) -> Row:
    if not isinstance(one, dict) or not all(isinstance(one.get(name), str) for name in ("field", "operator")):
        raise invalid("conditions", "a condition has field, operator and value")
    return {"field": one["field"], "operator": one["operator"], "value": one.get("value")}


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["default"]:
        raise forbidden("A default schedule cannot be deleted.")
    del resource.table(call)[str(row["id"])]


DELETION_SCHEDULES = Resource(
    path="deletion_schedules",
    one="deletion_schedule",
    many="deletion_schedules",
    attributes={
        "title": "text",
        "description": "text",
        "object": "text",
        "active": "flag",
        "conditions": "object",
    },
    defaults={"description": "", "active": False, "conditions": {}, "default": False},
    required=("title", "object"),
    immutable=frozenset({"object"}),
    paged=False,
    prepare=_prepare,
    remove=_remove,
)

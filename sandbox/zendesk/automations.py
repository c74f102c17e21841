"""Automations: they wait for time to pass, must end themselves, and no two active ones are the same."""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import invalid
from sandbox.zendesk.resource import Resource, by_position
from sandbox.zendesk.rule_vocabulary import HOUR_FIELDS
from sandbox.zendesk.rules import (
    actions,
    check_size,
    conditions,
    fits_active,
    listed,
    refuse_identical,
    update_many,
)
from sandbox.zendesk.usage import with_usage

TAG_ACTIONS = frozenset({"current_tags", "set_tags", "remove_tags"})


def _ends_itself(row: Row) -> bool:
    """Whether it fires once: by an exact hour, or by an action that changes what a condition asks for."""
    found = row["conditions"]["all"] + row["conditions"]["any"]
    if any(one["field"] in HOUR_FIELDS and one["operator"].startswith("is") for one in found):
        return True
    asked = {one["field"] for one in found}
    changed = {one["field"] for one in row["actions"]}
    return bool(asked & changed) or ("current_tags" in asked and bool(changed & TAG_ACTIONS))


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if "conditions" in sent or old is None:
        row["conditions"] = conditions(call, "automation", row["conditions"])
    if "actions" in sent or old is None:
        row["actions"] = actions(call, "automation", row["actions"])
    if not any(one["field"] in HOUR_FIELDS for one in row["conditions"]["all"]):
        raise invalid("conditions", "one of all must be a time condition", "InvalidConditions")
    if not _ends_itself(row):
        raise invalid("base", "an action must make one of the conditions untrue", "InvalidConditions")
    refuse_identical(call, AUTOMATIONS, row)
    if row["position"] is None:
        rows = AUTOMATIONS.table(call).values()
        row["position"] = max((int(one["position"]) for one in rows), default=0) + 1
    check_size(row)


AUTOMATIONS = Resource(
    path="automations",
    one="automation",
    many="automations",
    attributes={
        "title": "text",
        "active": "flag",
        "position": "number",
        "conditions": "object",
        "actions": "list",
    },
    defaults={"active": True, "position": None, "conditions": {}, "actions": [], "default": False},
    required=("title",),
    texts=("title",),
    sort=by_position,
    prepare=_prepare,
    present=lambda call, echo: with_usage(call, "automations", echo),
    listed=fits_active,
)

ENDPOINTS = [update_many(AUTOMATIONS, frozenset({"position", "active"})), *listed(AUTOMATIONS)]

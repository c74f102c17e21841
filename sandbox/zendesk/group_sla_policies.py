"""Group SLA policies: how long a group may keep a ticket. Enterprise only, with text ids.

Source: developer.zendesk.com, “Group SLA Policies”: a policy asks for groups, and for nothing that is no group here;
its only metric is the time that a group owns a ticket.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.identifiers import ulid
from sandbox.zendesk.refusals import blank, invalid
from sandbox.zendesk.resource import Resource, by_position
from sandbox.zendesk.rules import conditions, with_numbers
from sandbox.zendesk.sla_policies import targets

METRICS = frozenset({"group_ownership_time"})


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if "filter" in sent or old is None:
        row["filter"] = with_numbers(conditions(call, "group_sla_policy", row["filter"], "filter"))
        if not row["filter"]["all"]:
            raise invalid("filter", "one condition must ask for group_id")
    if "policy_metrics" in sent or old is None:
        if not row["policy_metrics"]:
            raise blank("policy_metrics")
        row["policy_metrics"] = targets(call, row["policy_metrics"], METRICS, "group_sla_policy")
    if row["position"] is None:
        row["position"] = len(GROUP_SLA_POLICIES.table(call)) + 1


GROUP_SLA_POLICIES = Resource(
    path="group_slas/policies",
    one="group_sla_policy",
    many="group_sla_policies",
    attributes={
        "title": "text",
        "description": "text",
        "position": "number",
        "filter": "object",
        "policy_metrics": "list",
    },
    defaults={"description": None, "position": None, "filter": {}, "policy_metrics": []},
    required=("title",),
    least_plan="enterprise",
    new_id=lambda call: ulid(call.account.store, "zendesk group slas"),
    sort=by_position,
    prepare=_prepare,
)


def _reorder(call: ApiCall) -> Response:
    """PUT: the ids in their new order, in the body or in the query."""
    GROUP_SLA_POLICIES.check_plan(call)
    asked = call.query.get("group_sla_policy_ids", call.query.get("group_sla_policy_ids[]", ""))
    keys = [key for key in asked.split(",") if key] or call.listed("group_sla_policy_ids")
    rows = [GROUP_SLA_POLICIES.find(call, str(key)) for key in keys]
    for position, row in enumerate(rows, start=1):
        row["position"] = position
    return JSONResponse("")


def _definitions(call: ApiCall) -> Response:
    GROUP_SLA_POLICIES.check_plan(call)
    groups = [row for row in call.account.rows("groups").values() if not row["deleted"]]
    known = {
        "title": "Group",
        "value": "group_id",
        "group": "ticket",
        "operators": [{"title": "Is one of", "value": "includes"}, {"title": "Is", "value": "is"}],
        "values": {"type": "list", "list": [{"title": row["name"], "value": row["id"]} for row in groups]},
    }
    return JSONResponse({"definitions": {"all": [known]}})


ENDPOINTS = [
    Endpoint("PUT", "group_slas/policies/reorder", _reorder),
    Endpoint("GET", "group_slas/policies/definitions", _definitions),
]

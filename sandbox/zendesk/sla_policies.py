"""SLA policies, from Suite Growth on: both filter arrays are required; ids in conditions come back as numbers."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import blank, invalid
from sandbox.zendesk.resource import Resource, by_position
from sandbox.zendesk.rule_vocabulary import PRIORITIES
from sandbox.zendesk.rules import conditions, filter_definitions, with_numbers

METRICS = frozenset(
    {
        "agent_work_time",
        "first_reply_time",
        "next_reply_time",
        "pausable_update_time",
        "periodic_update_time",
        "requester_wait_time",
        "total_resolution_time",
    }
)
TARGET_KEYS = frozenset({"priority", "metric", "target", "target_in_seconds", "business_hours"})


def targets(call: ApiCall, given: list[Any], metrics: frozenset[str], where: str) -> list[Row]:
    """Targets as the vendor echoes them. Raises `Refused` (422), also for two of one priority and metric."""
    found = [_target(call, one, metrics, where) for one in given]
    cells = [(one["priority"], one["metric"]) for one in found]
    if len(set(cells)) != len(cells):
        raise invalid("policy_metrics", "a metric has two targets for one priority", "DuplicateValue")
    return found


def _target(call: ApiCall, one: Any, metrics: frozenset[str], where: str) -> Row:
    if not isinstance(one, dict):
        raise invalid("policy_metrics", "a target has priority, metric, target and business_hours")
    call.unpermitted += [f"{where}.policy_metrics.{name}" for name in sorted(set(one) - TARGET_KEYS)]
    if one.get("metric") not in metrics:
        raise invalid("policy_metrics", f"{one.get('metric')} is not a metric")
    if one.get("priority") not in PRIORITIES - {""}:
        raise invalid("policy_metrics", f"{one.get('priority')} is not a priority")
    minutes, seconds = one.get("target"), one.get("target_in_seconds")
    if minutes is None and isinstance(seconds, int):
        minutes = seconds // 60
    if not isinstance(minutes, int) or isinstance(minutes, bool) or minutes <= 0:
        raise invalid("policy_metrics", f"target must be minutes above 0, not {minutes!r}")
    return {
        "priority": one["priority"],
        "metric": one["metric"],
        "target": minutes,
        "target_in_seconds": seconds if isinstance(seconds, int) else minutes * 60,
        "business_hours": bool(one.get("business_hours", False)),
    }


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if "filter" in sent or old is None:
        given = row["filter"]
        if not all(isinstance(given.get(part), list) for part in ("all", "any")):
            raise invalid("filter", "all and any are both required")
        row["filter"] = with_numbers(conditions(call, "sla_policy", given, "filter"))
    if "policy_metrics" in sent or old is None:
        if not row["policy_metrics"]:
            raise blank("policy_metrics")
        row["policy_metrics"] = targets(call, row["policy_metrics"], METRICS, "sla_policy")
    if row["position"] is None:
        row["position"] = len(SLA_POLICIES.table(call)) + 1


SLA_POLICIES = Resource(
    path="slas/policies",
    one="sla_policy",
    many="sla_policies",
    attributes={
        "title": "text",
        "description": "text",
        "position": "number",
        "filter": "object",
        "policy_metrics": "list",
    },
    defaults={"description": None, "position": None, "filter": {}, "policy_metrics": []},
    required=("title",),
    least_plan="growth",
    sort=by_position,
    prepare=_prepare,
)


def _reorder(call: ApiCall) -> Response:
    SLA_POLICIES.check_plan(call)
    rows = [SLA_POLICIES.find(call, str(key)) for key in call.listed("sla_policy_ids")]
    for position, row in enumerate(rows, start=1):
        row["position"] = position
    return JSONResponse({})


def _definitions(call: ApiCall) -> Response:
    SLA_POLICIES.check_plan(call)
    return JSONResponse({"definitions": filter_definitions(call, "sla_policy")})


ENDPOINTS = [
    Endpoint("PUT", "slas/policies/reorder", _reorder),
    Endpoint("GET", "slas/policies/definitions", _definitions),
]

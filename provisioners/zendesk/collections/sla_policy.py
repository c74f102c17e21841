"""SLA policies: which tickets they are for, and the targets."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, ClassVar

from provisioners.collection import Live
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.pointing import points_to
from provisioners.zendesk.likeness import conditions, matched

METRIC_ATTRIBUTES = ("priority", "metric", "target", "business_hours")


def _metric_meaning(metric: Any) -> Hashable:
    return tuple(metric.get(name) for name in METRIC_ATTRIBUTES)


def _metrics(live: Any, wanted: Any) -> list[Any]:
    """Targets in minutes; the order has no meaning, the vendor adds attributes of its own."""
    found = [{name: item.get(name) for name in METRIC_ATTRIBUTES} for item in live or []]
    return matched(found, wanted or [], _metric_meaning, ordered=False)


class SlaPolicy(ZendeskCollection):
    type = "zendesk:SlaPolicy"
    kind_word = "SLA policy"
    path = "slas/policies"
    plural = "sla_policies"
    envelope = "sla_policy"
    key = "title"
    cursor = False
    comparisons: ClassVar = {"filter": conditions, "policy_metrics": _metrics}

    def told(self, live: Live) -> dict[str, Any]:
        return {"points_to": points_to(live.body)}


def _groups(live: Any, wanted: Any) -> Any:
    """Conditions on groups: one group alone is the same as a list of one."""
    listed = {
        part: [
            {**each, "operator": "includes", "value": [each.get("value")]} if each.get("operator") == "is" else each
            for each in (live or {}).get(part) or []
        ]
        for part in ("all", "any")
    }
    return conditions(listed, wanted)


class GroupSlaPolicy(SlaPolicy):
    """How long a group may keep a ticket. Source: developer.zendesk.com, “Group SLA Policies” (Enterprise)."""

    comparisons: ClassVar = {**SlaPolicy.comparisons, "filter": _groups}

    type = "zendesk:GroupSlaPolicy"
    kind_word = "group SLA policy"
    path = "group_slas/policies"
    plural = "group_sla_policies"
    envelope = "group_sla_policy"

"""Who notices a change: customers, agents, or nobody. Pure, and knows the vocabulary only.

What counts is who would notice it at work, not who is told: a new answer is noticed by customers, a new view by agents,
a tidier name of a tag by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping

from config.results.review import Audience
from golive.changed import Changed, Data, reaches_customers

_OF_NO_EFFECT = ("why", "x-allow", "on_remove", "by_hand", "existing")
"""Attributes that no system gets."""
_FOR_CUSTOMERS = (
    "sla_policies", "channels", "brands", "surveys", "dynamic_content", "ticket_forms", "articles",
    "help_center_categories", "help_center_sections", "deletion_schedules", "rollout",
)  # fmt: skip
_FOR_AGENTS = (
    "people", "groups", "roles", "on_call", "macros", "views", "skills", "queues", "ticket_statuses", "customer_fields",
    "custom_objects", "slack_channels", "slack_user_groups", "alerts", "crm_fields", "crm_access", "crm_queues",
    "crm_mapping", "segments", "settings",
)  # fmt: skip
_RULES = ("triggers", "automations")


def audience_of(change: Changed) -> Audience:
    """Who notices it."""
    if (
        change.action in ("none", "release")
        or change.is_never_written
        or (change.diff and change.touched() <= {*_OF_NO_EFFECT})
    ):
        return "nobody"
    if not change.diff and change.action in ("rename", "update"):
        return "nobody"
    if change.kind in _RULES:
        reaches = reaches_customers(change.old) or reaches_customers(change.new)
        only_named = bool(change.diff) and change.touched() <= {"name", "category", *_OF_NO_EFFECT}
        return "nobody" if only_named else "customers" if reaches else "agents"
    if change.kind == "schedules":
        return "agents" if change.diff and change.touched() <= {"name", *_OF_NO_EFFECT} else "customers"
    if change.kind == "ticket_fields":
        return _of_field(change)
    if change.kind == "sla_policies" and change.diff and change.touched() <= {"name", "warn", "breach", *_OF_NO_EFFECT}:
        return "agents"
    if change.kind in _FOR_CUSTOMERS:
        return "customers"
    return "agents" if change.kind in _FOR_AGENTS else "nobody"


def _of_field(change: Changed) -> Audience:
    """Customers notice a field that they see, or saw."""
    seen = any(_can(side) in ("see", "edit") for side in (change.old, change.new))
    if not seen:
        return "agents"
    paths = [each.path for each in change.diff]
    inside = bool(paths) and all(path.startswith(("agents", "help.agents", *_OF_NO_EFFECT)) for path in paths)
    return "agents" if inside else "customers"


def _can(side: Data) -> str:
    customers = side.get("customers")
    return str(customers.get("can", "hidden")) if isinstance(customers, Mapping) else "hidden"

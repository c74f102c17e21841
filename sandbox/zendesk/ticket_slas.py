"""SLA policies on tickets: which one holds, and what `include=slas` shows of it.

The first policy by position whose filter fits holds; it is looked for again whenever the ticket is changed, after the
triggers have run, and keeps the targets of that moment. A ticket without a priority has none. What a target that is
reached in time shows as `breach_at` is not said in the vendor's pages; here it is null.

Audits tell each target that an update sets, changes or takes away, by its metric: `{minutes, in_business_hours}`.

Source: developer.zendesk.com, “SLA Policies”, “Side-Loading” and “Ticket Audit events reference”.
"""

from __future__ import annotations

from typing import Any

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.business_hours import Calendar, calendar_of, schedule_of, text_of
from sandbox.zendesk.condition_evaluator import holds
from sandbox.zendesk.sla_clock import CLOCKS, history_of, reached_at
from sandbox.zendesk.ticket_update import TicketUpdate


def apply_policy(update: TicketUpdate) -> None:
    """Find the policy of a ticket after an update. A closed ticket keeps the one that it has."""
    if update.old is not None and update.old["status"] == "closed":
        return
    policies = sorted(update.account.rows("sla_policies").values(), key=lambda row: (row["position"], row["id"]))
    found = next((row for row in policies if holds(update, row["filter"])), None) if update.row["priority"] else None
    targets = [one for one in (found or {}).get("policy_metrics", []) if one["priority"] == update.row["priority"]]
    update.row["_sla"] = {"policy_id": found["id"], "targets": targets} if found and targets else None
    before, now = _told_targets(update.old), _told_targets(update.row)
    for metric in dict.fromkeys([*before, *now]):
        if before.get(metric) == now.get(metric):
            continue
        told: Row = {"field_name": metric, "value": now.get(metric)}
        if update.creates:
            update.add_event("Create", **told)
        else:
            update.add_event("Change", **told, previous_value=before.get(metric))


def _told_targets(ticket: Row | None) -> dict[str, Any]:
    """Metric → the target that a ticket has for it, as audits write it."""
    held = ((ticket or {}).get("_sla") or {}).get("targets", [])
    return {one["metric"]: {"minutes": one["target"], "in_business_hours": one["business_hours"]} for one in held}


def shown_slas(account: Account, ticket: Row) -> Row:
    """The ticket's targets that have begun: `{policy_metrics: [{breach_at, stage, metric, …}]}`."""
    policy = ticket.get("_sla")
    if not policy:
        return {"policy_metrics": []}
    history = history_of(account, ticket)
    schedule = schedule_of(account, ticket)
    calendar = calendar_of(account, schedule) if schedule else None
    shown: list[Row] = []
    for target in policy["targets"]:
        clock = CLOCKS[target["metric"]](history)
        if clock is None:
            continue
        hours: Calendar | None = calendar if target["business_hours"] else None
        reached = None if clock.stage == "achieved" else reached_at(clock.spans, target["target_in_seconds"], hours)
        row = {"breach_at": text_of(reached) if reached is not None else None, "stage": clock.stage}
        left = {} if reached is None else _left(reached - account.store.clock())
        shown.append({**row, "metric": target["metric"], **left})
    return {"policy_metrics": shown}


def _left(seconds: float) -> Row:
    """How long it still is, below 0 how long it has been: in the largest unit that gives a whole one."""
    for name, size in (("days", 86_400), ("hours", 3_600)):
        if abs(seconds) >= size:
            return {name: int(seconds / size)}
    return {"minutes": int(seconds / 60)}

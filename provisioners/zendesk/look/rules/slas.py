"""SLA policies against golive's rules of thumb: two targets for each priority, in the right order, and somebody who is
warned."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from config.results.look import Weight
from provisioners.zendesk.look.conditions import PRIORITIES
from provisioners.zendesk.look.inventory import Body, Inventory, number_of
from provisioners.zendesk.look.rule import WHOLE, Find, Found, Rule, Spot

RESPONSE = "first_reply_time"
RESOLUTION = ("total_resolution_time", "requester_wait_time", "agent_work_time")
UPDATES = ("periodic_update_time", "pausable_update_time", "next_reply_time")
BREACH = frozenset({"sla_next_breach_at", "until_sla_next_breach_at"})
HOUR = 60
LOOSEST = {("urgent", RESPONSE): 8 * HOUR, ("urgent", RESOLUTION[0]): 48 * HOUR, ("high", RESOLUTION[0]): 72 * HOUR}
"""Minutes that the rules of thumb give the least demanding customers; nothing is slower there."""
SLAS = ("sla_policies",)
FEWEST_AGENTS = 3
"""Below this there should be no targets by customer segment."""
BY_SEGMENT = ("organization_id", "organization.custom_fields.")


def targets(body: Body) -> dict[tuple[str, str], float]:
    """(Priority, metric) → minutes."""
    return {
        (str(one.get("priority")), str(one.get("metric"))): number_of(one.get("target"))
        for one in _cells(body)
        if one.get("target")
    }


def _cells(body: Body) -> list[Body]:
    return [one for one in body.get("policy_metrics") or [] if isinstance(one, dict)]


def none_at_all(inventory: Inventory) -> Found | None:
    return None if inventory.of("sla_policies") else Found()


def no_catch_all(inventory: Inventory) -> Found | None:
    """Every policy asks for something: what fits none has no clock."""
    policies = inventory.rules("sla_policies")
    return Found() if policies and all(rule.conditions for rule in policies) else None


def one_sided(inventory: Inventory) -> Iterator[Spot]:
    """Policies with a target for the response or for the resolution, and not for both."""
    for body in inventory.of("sla_policies"):
        metrics = {metric for _, metric in targets(body)}
        if metrics and RESPONSE not in metrics:
            yield Spot("sla_policies", body, "no target for the first reply")
        elif metrics and not metrics & set(RESOLUTION):
            yield Spot("sla_policies", body, "no target for the resolution")


def priority_missing(inventory: Inventory) -> Iterator[Spot]:
    """Policies whose first reply has a target for some priorities only."""
    for body in inventory.of("sla_policies"):
        has = {priority for priority, metric in targets(body) if metric == RESPONSE}
        missing = [priority for priority in reversed(PRIORITIES) if priority not in has]
        if has and missing:
            yield Spot("sla_policies", body, f"no first reply for {', '.join(missing)}")


def out_of_order(inventory: Inventory) -> Iterator[Spot]:
    """Policies in which the more urgent ticket may wait longer, or in which the answer comes after the solution."""
    for body in inventory.of("sla_policies"):
        note = _out_of_order(targets(body))
        if note:
            yield Spot("sla_policies", body, note)


def _out_of_order(cells: dict[tuple[str, str], float]) -> str:
    for metric in dict.fromkeys(metric for _, metric in cells):
        row = [(priority, cells[priority, metric]) for priority in PRIORITIES if (priority, metric) in cells]
        for (lower, slow), (higher, fast) in pairwise(row):
            if fast > slow:
                said = metric.removesuffix("_time").replace("_", " ")
                return f"{said}: {span(fast)} for {higher}, {span(slow)} for {lower}"
    for priority in PRIORITIES:
        reply, solved = cells.get((priority, RESPONSE)), cells.get((priority, RESOLUTION[0]))
        if reply and solved and reply > solved:
            return f"{priority}: first reply {span(reply)}, solved in {span(solved)}"
    return ""


def span(minutes: float) -> str:
    """`90 min`, `4 h`, `3 d`."""
    for unit, name in ((24 * HOUR, "d"), (HOUR, "h")):
        if minutes >= unit and minutes % unit == 0:
            return f"{int(minutes // unit)} {name}"
    return f"{int(minutes)} min"


def loose(inventory: Inventory) -> Iterator[Spot]:
    """Targets that are slower than the slowest of the rules of thumb."""
    for body in inventory.of("sla_policies"):
        for (priority, metric), minutes in targets(body).items():
            most = LOOSEST.get((priority, metric))
            if most and minutes > most:
                said = "first reply" if metric == RESPONSE else "resolution"
                yield Spot("sla_policies", body, f"{said} for {priority}: {span(minutes)}, rule of thumb: {span(most)}")
                break


def nobody_warned(inventory: Inventory) -> Found | None:
    """Policies, and no active rule or view that asks when the next target is missed."""
    if not inventory.of("sla_policies"):
        return None
    asking = inventory.active("triggers", "automations", "views")
    return None if any(each.field in BREACH for rule in asking for each in rule.conditions) else Found()


def no_schedule(inventory: Inventory) -> Iterator[Spot]:
    """Policies that count business hours, where the account has no schedule."""
    if inventory.of("schedules"):
        return
    for body in inventory.of("sla_policies"):
        if any(one.get("business_hours") for one in _cells(body)):
            yield Spot("sla_policies", body)


def too_few_agents(inventory: Inventory) -> Iterator[Spot]:
    """Policies by customer, where too few people work for that."""
    if len(inventory.workers) >= FEWEST_AGENTS:
        return
    for rule in inventory.rules("sla_policies"):
        if any(each.field.startswith(BY_SEGMENT) for each in rule.conditions):
            yield Spot(rule.kind, rule.body)


def never_updated(inventory: Inventory) -> Found | None:
    """No policy says how often a waiting customer hears something."""
    bodies = inventory.of("sla_policies")
    told = any(metric in UPDATES for body in bodies for _, metric in targets(body))
    return Found() if bodies and not told else None


def no_priority(inventory: Inventory) -> Found | None:
    """Policies, and nothing that would give a ticket the priority without which no clock runs."""
    if not inventory.of("sla_policies"):
        return None
    if any(any(rule.does("priority")) for rule in inventory.active("triggers", "automations")):
        return None
    asked = any(
        body.get("type") == "priority" and (body.get("required") or body.get("editable_in_portal"))
        for body in inventory.on("ticket_fields")
    )
    return None if asked else Found()


def _rule(
    id_: str, weight: Weight, needs: tuple[str, ...], find: Find, what: str, why: str, do: str, in_order: str,
    figure: str = "",
) -> Rule:  # fmt: skip
    return Rule(f"look.sla-{id_}", "method", weight, needs, find, what, why, do, in_order, SLAS, figure=figure)


RULES = (
    _rule(
        "none", "warning", SLAS, none_at_all,
        "There is no SLA policy",
        "Nobody, neither agent nor customer, knows when an answer is late.",
        "Begin with one policy for everybody; golive's rule of thumb for urgent tickets is 1 h for the answer and 4 h"
        " for the solution.",
        "There are SLA policies.",
        "urgent tickets: 1 h for the answer, 4 h for the solution",
    ),
    _rule(
        "priority-unset", "warning", ("sla_policies", "triggers", "automations", "ticket_fields", WHOLE), no_priority,
        "Nothing gives tickets a priority",
        "Zendesk runs no SLA clock on a ticket without a priority; mails come without one.",
        "Let the first trigger set a priority on every new ticket that has none.",
        "Tickets get a priority, so that SLA clocks run.",
    ),
    _rule(
        "unwarned", "warning", ("sla_policies", "triggers", "automations", "views", WHOLE), nobody_warned,
        "No rule or view shows which SLA target is missed next",
        "Breaches are seen in the report of next month. golive's rule of thumb is to warn at 75 % of the time.",
        "Make a view of the tickets near breach, and let an automation tell the supervisor.",
        "Targets that are about to be missed are seen.",
        "warn at 75 % of the time",
    ),
    _rule(
        "one-sided", "warning", SLAS, one_sided,
        "SLA policies without a reply or without a resolution target",
        "A fast answer hides that nothing is solved, or the other way round.",
        "Add the missing target.",
        "Every SLA policy has targets for the reply and for the resolution.",
    ),
    _rule(
        "out-of-order", "warning", SLAS, out_of_order,
        "SLA targets that contradict each other",
        "The more urgent ticket may wait longer than the less urgent one.",
        "Set the targets so that they grow from urgent to low.",
        "SLA targets grow from urgent to low.",
    ),
    _rule(
        "no-schedule", "warning", ("sla_policies", "schedules"), no_schedule,
        "SLA policies count business hours, and there is no schedule",
        "Clocks run at night and on holidays, and agents are late before they come to work.",
        "Add a schedule with the opening hours and holidays.",
        "SLA policies that count business hours have a schedule.",
    ),
    _rule(
        "no-catch-all", "note", SLAS, no_catch_all,
        "No SLA policy fits every ticket",
        "Whatever fits none of them has no clock at all, and nobody notices.",
        "Put a policy without conditions last.",
        "Every ticket with a priority fits an SLA policy.",
    ),
    _rule(
        "priority-missing", "note", SLAS, priority_missing,
        "SLA policies that leave priorities out",
        "Tickets of these priorities have no clock in this policy.",
        "Set a target for all four priorities.",
        "SLA policies have a first reply for all four priorities.",
    ),
    _rule(
        "loose", "note", SLAS, loose,
        "SLA targets slower than golive's rule of thumb",
        "Even the least demanding customers get a reply to an urgent ticket in 8 h, and a solution in 48 h (urgent) or"
        " 72 h (high).",
        "Compare with what customers were promised, and write down why.",
        "No SLA target is slower than golive's rule of thumb.",
        "reply to an urgent ticket 8 h; solution 48 h (urgent), 72 h (high)",
    ),
    _rule(
        "few-agents", "note", ("sla_policies", "people"), too_few_agents,
        f"SLA policies by customer, with fewer than {FEWEST_AGENTS} agents",
        "So few people cannot keep different promises to different customers.",
        "Use one policy for everybody until the team has grown.",
        "The team is large enough for its SLA policies.",
        f"{FEWEST_AGENTS} agents",
    ),
    _rule(
        "no-updates", "note", SLAS, never_updated,
        "No SLA policy says how often a waiting customer hears something",
        "Silence is what customers resent most.",
        "Add a target for periodic updates or for the next reply.",
        "SLA policies say how often a waiting customer hears something.",
    ),
)  # fmt: skip

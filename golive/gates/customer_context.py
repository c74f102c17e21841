"""What the CRM holds of customers, as far as a gate asks for it. Only reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from checklists.facts import Found
from config.results.context import ContextDocument
from golive import clock
from golive.carrying.planned import Planned
from golive.context.completeness import checked
from golive.context.opening import context_of
from golive.runs.reading import Reading
from provisioners.errors import SystemFault

SAMPLE = 20
"""So many organizations are compared with their accounts."""


def found_context(plan: Planned, calls: dict[str, int]) -> Found[ContextDocument]:
    """How full the CRM's fields are, and whether samples agree; or why nobody knows. The calls made are added."""
    session, made = plan.session, Counter[str]()

    def count(event: str, facts: Mapping[str, Any]) -> None:
        made[facts.get("system", "")] += event == "call"

    reading = Reading(
        session.opened, session.reached.settings, session.reached, session.state, session.record, count,
        session.interruption, made,
    )  # fmt: skip
    context = context_of(reading)
    if context is None:
        return Found(why="this environment has no CRM whose accounts golive can read")
    for instance in (context.crm_instance, context.helpdesk_instance):
        if instance in session.reached.down:
            return Found(why=f"{instance} does not answer")
    try:
        document = checked(context, SAMPLE)
    except SystemFault as fault:
        if fault.code == "stopped":
            raise
        return Found(why=f"the call failed: {fault.why.rstrip('.')}. {fault.do}".strip())
    finally:
        for instance, number in made.items():
            calls[instance] = calls.get(instance, 0) + number
    return Found(document, clock.now())

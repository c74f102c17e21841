"""The run of an account's triggers over one update of a ticket.

Triggers are checked from first to last, by category and then by position; what one changes, later ones see; each
fires at most once for an update, and none runs on a ticket that is closed already. Source: developer.zendesk.com,
“Triggers”; support.zendesk.com, “About triggers and how they work”.

Whether the run begins again at the top after a trigger has changed the ticket is said in many places and in no text of
the vendor's that could be found. The account's setting `trigger_run` decides: `once` (the default) goes through the
list a single time, `restart` begins again after each change, `off` runs none.
"""

from __future__ import annotations

from typing import Any

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.condition_evaluator import holds
from sandbox.zendesk.rule_effects import carry_out
from sandbox.zendesk.ticket_audits import only_net_changes
from sandbox.zendesk.ticket_update import TicketUpdate

MODES = ("once", "restart", "off")


def mode_of(account: Account) -> str:
    """The account's way of running triggers, one of `MODES`."""
    found = str(account.settings.get("trigger_run", "once"))
    return found if found in MODES else "once"


def active_triggers(account: Account) -> list[Row]:
    """The account's active triggers in the order in which they run."""
    places = {str(row["id"]): row["position"] for row in account.rows("trigger_categories").values()}

    def place(row: Row) -> tuple[Any, ...]:
        return (places.get(str(row["category_id"]), 0), row["position"], row["id"])

    return sorted((row for row in account.rows("triggers").values() if row["active"]), key=place)


def run_triggers(update: TicketUpdate) -> list[Row]:
    """Run them; the triggers that have fired, in the order in which they did."""
    mode = mode_of(update.account)
    if mode == "off" or (update.old is not None and update.old["status"] == "closed"):
        return []
    before = dict(update.row)
    waiting, fired = active_triggers(update.account), []
    index = 0
    while index < len(waiting):
        trigger = waiting[index]
        if not holds(update, trigger["conditions"]):
            index += 1
            continue
        waiting.pop(index)
        fired.append(trigger)
        if carry_out(update, trigger) and mode == "restart":
            index = 0
    if fired:
        only_net_changes(update, before)
    return fired

"""What follows from a change of a ticket by itself: the vendor's native rules, which nobody can switch off.

Source: support.zendesk.com, “About native system ticket rules” and “Changing the default group for your account or a
team member”; developer.zendesk.com, “Tickets”.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sandbox.store import Row
from sandbox.zendesk.actor import is_agent
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import invalid
from sandbox.zendesk.settings import settings_row
from sandbox.zendesk.ticket_values import customer_tags, settle_values

WAITING = frozenset({"pending", "hold", "solved"})
"""Statuses that end when the customer writes."""
SOLVED = frozenset({"solved", "closed"})


def settle(
    call: ApiCall, row: Row, old: Row | None, given: Collection[str], actor: Row, *, by_rule: bool = False
) -> None:
    """Complete a ticket after a change of the attributes that `given` names. old: as it was, None for a new one.

    by_rule: a business rule changes it, which is refused nothing. Raises `Refused` (422).
    """
    if old is None:
        _begin(call, row)
    check_references(call, row, given)
    _settle_organization(call, row, old, given)
    settle_values(call.account, row, old, given)
    _add_customer_tags(call, row, old)
    _settle_custom_status(call, row, old, given)
    _settle_assignment(call, row, old, given, by_rule)
    _settle_status(call, row, old, given, actor, by_rule)
    if row["status"] != (old or {}).get("status"):
        _match_custom_status(call, row)
    _count_stations(row, old)


def _begin(call: ApiCall, row: Row) -> None:
    account = call.account
    if row["brand_id"] is None:
        row["brand_id"] = next((one["id"] for one in account.rows("brands").values() if one["default"]), None)
    if row["ticket_form_id"] is None:
        row["ticket_form_id"] = next(
            (one["id"] for one in account.rows("ticket_forms").values() if one["default"]), None
        )
    groups = [one["id"] for one in account.rows("groups").values() if not one["deleted"]]
    if row["group_id"] is None and row["assignee_id"] is None and len(groups) == 1:
        row["group_id"] = groups[0]


_REFERENCES = {
    "requester_id": "users",
    "submitter_id": "users",
    "assignee_id": "users",
    "group_id": "groups",
    "organization_id": "organizations",
    "brand_id": "brands",
    "ticket_form_id": "ticket_forms",
    "custom_status_id": "custom_statuses",
}


def check_references(call: ApiCall, row: Row, given: Collection[str]) -> None:
    """Raises `Refused` (422) where an attribute that `given` names points to nothing."""
    for name, table in _REFERENCES.items():
        if name not in given or row[name] is None:
            continue
        found = call.account.rows(table).get(str(row[name]))
        if found is None or found.get("deleted") or found.get("active") is False:
            raise invalid(
                name.removesuffix("_id"), f"{row[name]} is not one of the account's {table.replace('_', ' ')}"
            )
        if name == "assignee_id" and not is_agent(found):
            raise invalid("assignee", f"{found['name']} is not an agent")


def _settle_organization(call: ApiCall, row: Row, old: Row | None, given: Collection[str]) -> None:
    """A ticket belongs to its requester's organization unless somebody says another."""
    if "organization_id" in given or (old is not None and old["requester_id"] == row["requester_id"]):
        return
    requester = call.account.rows("users").get(str(row["requester_id"]))
    row["organization_id"] = requester["organization_id"] if requester else None


def _add_customer_tags(call: ApiCall, row: Row, old: Row | None) -> None:
    same = old is not None and all(old[name] == row[name] for name in ("requester_id", "organization_id"))
    if same or not settings_row(call)["user"]["tagging"]:
        return
    gone = customer_tags(call.account, old) if old else []
    kept = [tag for tag in row["tags"] if tag not in gone]
    row["tags"] = list(dict.fromkeys([*kept, *customer_tags(call.account, row)]))


def _settle_custom_status(call: ApiCall, row: Row, old: Row | None, given: Collection[str]) -> None:
    """A custom status brings the category that it belongs to."""
    chosen = call.account.rows("custom_statuses").get(str(row["custom_status_id"]))
    if "custom_status_id" in given and chosen is not None:
        row["status"] = chosen["status_category"]


def _match_custom_status(call: ApiCall, row: Row) -> None:
    """A status brings the default custom status of its category, unless the ticket has another one of it."""
    category = "solved" if row["status"] == "closed" else row["status"]
    statuses = call.account.rows("custom_statuses")
    own = statuses.get(str(row["custom_status_id"]))
    if own is None or own["status_category"] != category:
        same = (one["id"] for one in statuses.values() if one["status_category"] == category and one["default"])
        row["custom_status_id"] = next(same, None)


def groups_of(call: ApiCall, user_id: Any) -> list[int]:
    """The groups of an agent, the default one first."""
    rows = [one for one in call.account.rows("group_memberships").values() if one["user_id"] == user_id]
    return [one["group_id"] for one in sorted(rows, key=lambda one: not one["default"])]


def _settle_assignment(call: ApiCall, row: Row, old: Row | None, given: Collection[str], by_rule: bool) -> None:
    if row["assignee_id"] is None:
        return
    own = groups_of(call, row["assignee_id"])
    if row["group_id"] in own:
        return
    if "assignee_id" not in given:
        if "group_id" in given:  # the new group is not the assignee's
            row["assignee_id"] = None
        return
    if "group_id" in given and row["group_id"] is not None and not by_rule:
        raise invalid("assignee", "is not a member of the group")
    row["group_id"] = own[0] if own else None


def _settle_status(call: ApiCall, row: Row, old: Row | None, given: Collection[str], actor: Row, by_rule: bool) -> None:
    if row["status"] == "new":
        if row["assignee_id"] is not None:
            row["status"] = "open"
        elif old is not None and old["status"] != "new" and by_rule:
            row["status"] = old["status"]
        elif old is not None and old["status"] != "new":
            raise invalid("status", "new is not valid for a ticket that was open before")
    if row["status"] in SOLVED and row["assignee_id"] is None and not by_rule:
        takes_it = settings_row(call)["tickets"]["assign_tickets_upon_solve"]
        if not (takes_it and is_agent(actor)):
            raise invalid("assignee", "is required when solving a ticket", "BlankValue")
        row["assignee_id"] = actor["id"]
        own = groups_of(call, actor["id"])
        if row["group_id"] not in own:
            row["group_id"] = own[0] if own else row["group_id"]


def reopen_for_customer(row: Row) -> None:
    """What an end user's comment does to a ticket that waits or is solved."""
    if row["status"] in WAITING:
        row["status"] = "open"


def _count_stations(row: Row, old: Row | None) -> None:
    """How often it went from hand to hand, which conditions may ask for."""
    counts = dict(row.get("_counts") or {"reopens": 0, "replies": 0, "agents": [], "groups": []})
    for name, key in (("agents", row["assignee_id"]), ("groups", row["group_id"])):
        if key is not None and key not in counts[name]:
            counts[name] = [*counts[name], key]
    if old is not None and old["status"] == "solved" and row["status"] not in SOLVED:
        counts["reopens"] += 1
    row["_counts"] = counts

"""What rules can ask of a ticket and of the update on its way: values by field, people, comments, hours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.actor import is_agent
from sandbox.zendesk.business_hours import calendar_of, schedule_of
from sandbox.zendesk.ticket_update import TicketUpdate

Fact = Callable[[TicketUpdate, Row], Any]

PEOPLE = frozenset({"assignee_id", "requester_id", "current_user_id"})
"""Fields whose values may be words for people."""
IDS = PEOPLE | {
    "brand_id",
    "custom_status_id",
    "group_id",
    "locale_id",
    "organization_id",
    "schedule_id",
    "ticket_form_id",
    "via_id",
    "current_via_id",
}
"""Fields that hold one of a set: `includes` asks whether it is one of those listed."""


def _of(name: str) -> Fact:
    return lambda update, row: row.get(name)


def _count(name: str) -> Fact:
    def fact(update: TicketUpdate, row: Row) -> int:
        counted = (row.get("_counts") or {}).get(name, 0)
        return len(counted) if isinstance(counted, list) else int(counted)

    return fact


def _incidents(update: TicketUpdate, row: Row) -> int:
    tickets = update.account.rows("tickets").values()
    return sum(1 for one in tickets if one["problem_id"] is not None and one["problem_id"] == row["id"])


def _locale(update: TicketUpdate, row: Row) -> Any:
    return (user(update.account, row["requester_id"]) or {}).get("locale_id")


def _rating(name: str) -> Fact:
    def fact(update: TicketUpdate, row: Row) -> Any:
        return (row.get("satisfaction_rating") or {}).get(name)

    return fact


TICKET_TYPES = {"question": 1, "incident": 2, "problem": 3, "task": 4}

FACTS: dict[str, Fact] = {
    **{
        name: _of(name)
        for name in (
            "status",
            "custom_status_id",
            "type",
            "priority",
            "group_id",
            "assignee_id",
            "requester_id",
            "organization_id",
            "brand_id",
            "ticket_form_id",
            "recipient",
        )
    },
    "current_tags": lambda update, row: list(row["tags"]),
    "via_id": lambda update, row: row["via"]["_number"],
    "current_via_id": lambda update, row: update.via["_number"],
    "locale_id": _locale,
    "satisfaction_score": _rating("score"),
    "satisfaction_reason_code": _rating("reason_code"),
    "reopens": _count("reopens"),
    "replies": _count("replies"),
    "agent_stations": _count("agents"),
    "group_stations": _count("groups"),
    "number_of_incidents": _incidents,
    "ticket_type_id": lambda update, row: TICKET_TYPES.get(row["type"] or ""),
    "exact_created_at": lambda update, row: row["created_at"],
    "schedule_id": lambda update, row: (schedule_of(update.account, row) or {}).get("id"),
}
"""Field → what the ticket has for it. `replies` counts public comments of agents."""


def user(account: Account, key: Any) -> Row | None:
    """A user's row by id."""
    return account.rows("users").get(str(key))


def requester(update: TicketUpdate) -> Row:
    """Whose ticket it is; without a requester, whoever acts."""
    return user(update.account, update.row["requester_id"]) or update.actor


def person(update: TicketUpdate, word: str) -> str:
    """The id that a word for a person means in this update, as text."""
    if word == "current_user":
        return str(update.actor["id"])
    if word in ("requester_id", "assignee_id"):
        found = update.row[word]
        return "" if found is None else str(found)
    return word


def has_role(update: TicketUpdate, who: Row, word: str) -> bool:
    """Whether a user is what a condition on people asks for: a role, a custom role, or somebody.

    The numbers are the vendor's for roles in requester conditions; that 0 is a customer, 2 an administrator and 4 an
    agent is not in the public reference.
    """
    if word in ("end_user", "0"):
        return not is_agent(who)
    if word in ("agent", "4"):
        return is_agent(who)
    if word in ("admin", "2"):
        return bool(who["role"] == "admin")
    return str(who["id"]) == person(update, word) or str(who.get("custom_role_id")) == word


def customer_value(account: Account, row: Row, owner: str, key: str) -> Any:
    """A ticket's value of a customer field. owner: `requester`, `user` (the same), or `organization`."""
    table, fields = ("organizations", "organization_fields") if owner == "organization" else ("users", "user_fields")
    holder = account.rows(table).get(str(row["organization_id" if owner == "organization" else "requester_id"]))
    return ((holder or {}).get(fields) or {}).get(key)


# The comment of the update


def comment_is(update: TicketUpdate, word: str) -> bool:
    """`true` public, `false` private, `not_relevant` any, `requester_can_see_comment` public."""
    if update.comment is None:
        return False
    if word == "not_relevant":
        return True
    return bool(update.comment["public"]) == (word in ("true", "requester_can_see_comment"))


def comment_text(update: TicketUpdate) -> str:
    """Subject and body of the comment: the ticket's subject while it is being made, a mail's later."""
    if update.comment is None:
        return ""
    subject = update.row["subject"] if update.creates else (update.call.message or {}).get("subject")
    return f"{subject or ''}\n{update.comment['body']}"


def has_attachment(update: TicketUpdate) -> bool:
    """Whether the update brings one."""
    return bool(update.comment and update.comment["attachments"])


def is_copied(update: TicketUpdate, word: str) -> bool:
    """Whether anybody (no word, or `present`) or somebody is copied in."""
    copied = [str(key) for key in update.row["email_cc_ids"]]
    if word in ("", "present", "true"):
        return bool(copied)
    return person(update, word) in copied


# Hours


def in_hours(update: TicketUpdate, schedule_id: str | None) -> bool:
    """Whether a schedule (None: the ticket's) is open now. An account without schedules is always open."""
    schedules = update.account.rows("schedules")
    schedule = schedule_of(update.account, update.row) if schedule_id is None else schedules.get(schedule_id)
    if schedule is None:
        return schedule_id is None
    return calendar_of(update.account, schedule).is_open(update.account.store.clock())


def on_holiday(update: TicketUpdate, word: str) -> bool:
    """Whether a schedule has a holiday now. word: its id; anything else means the ticket's, `false` its opposite."""
    schedule = update.account.rows("schedules").get(word) or schedule_of(update.account, update.row)
    found = schedule is not None and calendar_of(update.account, schedule).holiday(update.account.store.clock())
    return bool(found) != (word == "false")

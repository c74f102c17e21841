"""What a new account holds before anybody touches it. Titles are the vendor's; mail texts are our own words."""

from __future__ import annotations

from sandbox.store import Row

CREATED = {"field": "update_type", "operator": "is", "value": "Create"}
CHANGED = {"field": "update_type", "operator": "is", "value": "Change"}
PUBLIC = {"field": "comment_is_public", "operator": "is", "value": "true"}


def _mail(to: str, subject: str, text: str) -> list[Row]:
    kind = "notification_group" if to == "group_id" else "notification_user"
    return [{"field": kind, "value": [to, subject, f"{text}\n\n{{{{ticket.comments_formatted}}}}"]}]


def _rule(title: str, conditions: list[Row], actions: list[Row], active: bool = True) -> Row:
    return {
        "title": title,
        "active": active,
        "conditions": {"all": conditions, "any": []},
        "actions": actions,
    }


def _is(field: str, value: str) -> Row:
    return {"field": field, "operator": "is", "value": value}


def _is_not(field: str, value: str) -> Row:
    return {"field": field, "operator": "is_not", "value": value}


def _less(field: str, value: str) -> Row:
    return {"field": field, "operator": "less_than", "value": value}


TRIGGER_CATEGORY = "Notifications"
TRIGGERS: list[Row] = [
    _rule(
        "Notify requester and CCs of received request",
        [CREATED, _is_not("status", "solved"), _is("ticket_is_public", "public"), _is("role", "end_user")],
        _mail(
            "requester_and_ccs",
            "[Request received] {{ticket.title}}",
            "We have received request {{ticket.id}}.",
        ),
    ),
    _rule(
        "Notify requester of new proactive ticket",
        [CREATED, _is_not("role", "end_user"), PUBLIC],
        _mail("requester_id", "{{ticket.title}}", "We have opened request {{ticket.id}} for you."),
    ),
    _rule(
        "Notify requester and CCs of comment update",
        [CHANGED, {"field": "comment_is_public", "operator": "is", "value": "requester_can_see_comment"}],
        _mail("requester_and_ccs", "[{{ticket.account}}] Re: {{ticket.title}}", "Request {{ticket.id}} has news."),
    ),
    _rule(
        "Notify assignee of comment update",
        [
            {"field": "comment_is_public", "operator": "is_not", "value": "not_relevant"},
            _is_not("assignee_id", "current_user"),
            _is_not("assignee_id", "requester_id"),
            {"field": "assignee_id", "operator": "not_changed", "value": ""},
            {"field": "status", "operator": "not_value_previous", "value": "solved"},
        ],
        _mail("assignee_id", "[{{ticket.account}}] Re: {{ticket.title}}", "Ticket {{ticket.id}} has news."),
    ),
    _rule(
        "Notify assignee of assignment",
        [
            {"field": "assignee_id", "operator": "changed", "value": ""},
            _is_not("assignee_id", "current_user"),
        ],
        _mail("assignee_id", "[{{ticket.account}}] Assigned: {{ticket.title}}", "Ticket {{ticket.id}} is yours."),
    ),
    _rule(
        "Notify assignee of reopened ticket",
        [
            _is_not("assignee_id", "current_user"),
            {"field": "status", "operator": "value_previous", "value": "solved"},
            {"field": "status", "operator": "not_value", "value": "closed"},
        ],
        _mail("assignee_id", "[{{ticket.account}}] Reopened: {{ticket.title}}", "Ticket {{ticket.id}} is open again."),
    ),
    _rule(
        "Notify group of assignment",
        [
            {"field": "group_id", "operator": "changed", "value": ""},
            _is_not("group_id", ""),
            _is("assignee_id", ""),
        ],
        _mail(
            "group_id", "[{{ticket.account}}] For your group: {{ticket.title}}", "Ticket {{ticket.id}} waits for you."
        ),
    ),
    _rule(
        "Notify all agents of received request",
        [CREATED],
        _mail("all_agents", "[{{ticket.account}}] New: {{ticket.title}}", "Ticket {{ticket.id}} has come in."),
    ),
    _rule(
        "Auto-assign to first email responding agent",
        [CHANGED, _is("current_via_id", "4"), _is("assignee_id", ""), _is_not("role", "end_user")],
        [{"field": "assignee_id", "value": "current_user"}],
        active=False,
    ),
]
AUTOMATIONS: list[Row] = [
    _rule(
        "Close ticket 4 days after status is set to solved",
        [_is("status", "solved"), {"field": "SOLVED", "operator": "greater_than", "value": "96"}],
        [{"field": "status", "value": "closed"}],
    ),
    _rule(
        "Pending notification 24 hours",
        [_is("PENDING", "24"), _is("ticket_is_public", "public")],
        _mail("requester_id", "Waiting for you: {{ticket.title}}", "Request {{ticket.id}} waits for your answer."),
        active=False,
    ),
    _rule(
        "Pending notification 5 days",
        [_is("PENDING", "120"), _is("ticket_is_public", "public")],
        _mail("requester_id", "Still waiting: {{ticket.title}}", "Request {{ticket.id}} has waited for five days."),
        active=False,
    ),
]
MACROS: list[Row] = [
    {
        "title": "Close and redirect to topics",
        "actions": [
            {"field": "status", "value": "solved"},
            {"field": "comment_value", "value": "Please see our articles on this."},
        ],
    },
    {
        "title": "Customer not responding",
        "actions": [
            {"field": "status", "value": "pending"},
            {"field": "comment_value", "value": "We have not heard from you. Is there anything else?"},
        ],
    },
    {
        "title": "Downgrade and inform",
        "actions": [
            {"field": "priority", "value": "low"},
            {"field": "comment_value", "value": "We will come back to this with a lower priority."},
        ],
    },
    {
        "title": "Take it!",
        "actions": [
            {"field": "status", "value": "open"},
            {"field": "assignee_id", "value": "current_user"},
        ],
    },
]
UNSOLVED = _less("status", "solved")
VIEWS: list[Row] = [
    {"title": "Your unsolved tickets", "all": [UNSOLVED, _is("assignee_id", "current_user")]},
    {"title": "Unassigned tickets", "all": [UNSOLVED, _is("assignee_id", "")]},
    {"title": "All unsolved tickets", "all": [UNSOLVED]},
    {
        "title": "Recently updated tickets",
        "all": [_less("status", "closed"), _less("updated_at", "24")],
    },
    {"title": "New tickets in your groups", "all": [_is("status", "new"), _is("group_id", "current_groups")]},
    {"title": "Pending tickets", "all": [_is("status", "pending")]},
    {"title": "Recently solved tickets", "all": [_is("status", "solved"), _less("SOLVED", "24")]},
    {"title": "Unsolved tickets in your groups", "all": [UNSOLVED, _is("group_id", "current_groups")]},
]

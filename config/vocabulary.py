"""The closed tables of the grammar: ticket fields, their operators, and the words for their values (16–22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal["choice", "ordered", "number", "date", "text", "tags", "multiselect", "checkbox", "lookup"]
Place = Literal["triggers", "automations", "views", "sla_policies", "deletion_schedules"]

EVERYWHERE = ("is", "is_not", "empty")
CHOICES = ("is_one_of", "is_none_of")
ORDER = ("at_least", "at_most", "before", "after")
NUMBERS = ("more_than", "less_than")
DATES = ("before", "after", "within_next", "within_last")
TAGS = ("has", "has_any", "has_all", "has_none")
TEXTS = ("has_word", "has_no_word", "contains", "contains_not")
CHANGES = ("changed", "changed_to", "changed_from", "not_changed", "not_changed_to", "not_changed_from")
OPERATORS = tuple(dict.fromkeys((*EVERYWHERE, *CHOICES, *ORDER, *NUMBERS, *DATES, *TAGS, *TEXTS, *CHANGES)))

OPERATORS_OF: dict[Shape, tuple[str, ...]] = {
    "choice": (*EVERYWHERE, *CHOICES, *CHANGES),
    "ordered": (*EVERYWHERE, *CHOICES, *ORDER, *CHANGES),
    "number": (*EVERYWHERE, *NUMBERS, *CHANGES),
    "date": (*EVERYWHERE, *DATES, *CHANGES),
    "text": (*EVERYWHERE, *TEXTS, *CHANGES),
    "tags": (*EVERYWHERE, *TAGS, *CHANGES),
    "multiselect": (*EVERYWHERE, *TAGS, *CHANGES),
    "checkbox": (*EVERYWHERE, *CHANGES),
    "lookup": (*EVERYWHERE, *CHANGES),
}
"""Which operators a field of a shape takes; `changed…` only in triggers. A helpdesk that cannot carry one of them says
so by a rule of its own."""


@dataclass(frozen=True)
class TicketField:
    """One field that every ticket has."""

    shape: Shape
    values: tuple[str, ...] = ()
    """The words for its values, where they are a closed table."""
    kind: str = ""
    """The kind whose keys are its values."""
    words: tuple[str, ...] = ()
    """Further words beside the keys of `kind`."""
    not_in: tuple[Place, ...] = ()
    instead: str = ""
    """What to do where it does not exist."""
    in_one: bool = False
    """The helpdesk asks for several of its values in one condition, which takes no list of alternatives."""


PRIORITIES = ("low", "normal", "high", "urgent")
"""From the least to the most pressing."""
STATUSES = ("new", "open", "pending", "on_hold", "solved", "closed")
"""In the order of a ticket's life."""
TICKET_TYPES = ("question", "incident", "problem", "task")
MEDIA = ("email", "web_form", "messaging", "chat", "voice", "social", "api", "sms", "whatsapp", "slack", "rule")
PRIVACY = ("public", "private")
SATISFACTION = ("unoffered", "offered", "good", "good_with_comment", "bad", "bad_with_comment")
CURRENT_USER = ("customer", "agent")

_TRIGGERS_ONLY: tuple[Place, ...] = ("views", "sla_policies", "automations", "deletion_schedules")

TICKET: dict[str, TicketField] = {
    "status": TicketField(
        "ordered",
        STATUSES,
        not_in=("sla_policies", "deletion_schedules"),
        instead="Leave it out: a policy's clocks stop by themselves when they should, and only closed tickets are "
        "deleted by themselves.",
    ),
    "status_detail": TicketField("choice", kind="ticket_statuses", in_one=True),
    "priority": TicketField(
        "ordered",
        PRIORITIES,
        not_in=("sla_policies",),
        instead="Leave it out: the targets are given per priority, and `none` is where nothing is promised.",
    ),
    "type": TicketField("choice", TICKET_TYPES),
    "group": TicketField("choice", kind="groups"),
    "assignee": TicketField("choice", kind="people", words=("me", "current_user", "requester")),
    "requester": TicketField("choice", kind="people", words=("me", "current_user", "assignee")),
    "organization": TicketField("choice"),
    "brand": TicketField("choice", kind="brands"),
    "form": TicketField("choice", kind="ticket_forms"),
    "subject": TicketField("text", not_in=("sla_policies", "deletion_schedules")),
    "comment_text": TicketField("text", not_in=_TRIGGERS_ONLY),
    "tags": TicketField("tags"),
    "via": TicketField("choice", MEDIA),
    "received_at": TicketField("choice", kind="channels"),
    "privacy": TicketField("choice", PRIVACY, not_in=_TRIGGERS_ONLY),
    "satisfaction": TicketField("choice", SATISFACTION, not_in=("sla_policies", "deletion_schedules")),
    "reopens": TicketField("number", not_in=("views", "sla_policies", "deletion_schedules")),
    "replies": TicketField("number", not_in=("views", "sla_policies", "deletion_schedules")),
    "group_changes": TicketField("number", not_in=("views", "sla_policies", "deletion_schedules")),
    "current_user": TicketField(
        "choice",
        CURRENT_USER,
        kind="people",
        words=("requester", "assignee"),
        not_in=_TRIGGERS_ONLY,
    ),
    "language": TicketField("choice"),
}
"""What a bare field name may be, beside the keys of `ticket_fields`."""

ACTION_FIELDS = (
    "status", "status_detail", "priority", "type", "group", "assignee", "brand", "form", "subject", "language",
    "schedule",
)  # fmt: skip
"""What `set:` may name, beside the keys of `ticket_fields` and `organization.KEY`, `requester.KEY`."""

SHAPE_OF_TYPE: dict[str, Shape] = {
    "text": "text",
    "textarea": "text",
    "integer": "number",
    "decimal": "number",
    "currency": "number",
    "date": "date",
    "checkbox": "checkbox",
    "dropdown": "choice",
    "multiselect": "multiselect",
    "pattern": "text",
    "lookup": "lookup",
    "card": "text",
}
"""How fields of each declared type behave in conditions."""

CLOCK_STATES = (
    "created", "open", "pending", "on_hold", "solved", "closed", "assigned", "updated", "requester_update",
    "assignee_update", "due", "sla_breach",
)  # fmt: skip

METRICS = (
    "first_reply", "next_reply", "periodic_update", "pausable_update", "requester_wait", "agent_work",
    "total_resolution",
)  # fmt: skip

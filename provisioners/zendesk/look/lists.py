"""Which lists a health page reads, and what one object in each of them is called.

Lists only: an account is read in as few calls as its pages take, and no ticket and no customer is among them.
Source: developer.zendesk.com, the pages of the kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Listing:
    """One list of the account. kind: golive's word for its objects; one, many: people's. type: for their pages in the
    admin centre. plural: the list's name in the answer, where it is not the path. query: what the call asks for. names:
    where the name of an object stands, the first that is there. shown: whether people would count it."""

    kind: str
    one: str
    many: str
    path: str
    plural: str = ""
    type: str = ""
    query: Mapping[str, Any] = field(default_factory=dict)
    cursor: bool = True
    names: tuple[str, ...] = ("title", "name")
    shown: bool = True


_USED = {"include": "usage_30d"}
"""Sideload: how often a rule has run, or a macro was used, in 30 days."""
_SHARED = {"access": "shared"}
"""Without it, everybody's personal ones are listed too."""

LISTS = (
    Listing("triggers", "trigger", "triggers", path="triggers", type="zendesk:Trigger", query=_USED),
    Listing(
        "trigger_categories",
        "trigger category",
        "trigger categories",
        path="trigger_categories",
        type="zendesk:TriggerCategory",
    ),
    Listing("automations", "automation", "automations", path="automations", type="zendesk:Automation", query=_USED),
    Listing(
        "sla_policies",
        "SLA policy",
        "SLA policies",
        path="slas/policies",
        plural="sla_policies",
        type="zendesk:SlaPolicy",
        cursor=False,
    ),
    Listing("macros", "macro", "macros", path="macros", type="zendesk:Macro", query={**_USED, **_SHARED}),
    Listing("views", "view", "views", path="views", type="zendesk:View", query=_SHARED),
    Listing("ticket_fields", "ticket field", "ticket fields", path="ticket_fields", type="zendesk:TicketField"),
    Listing("ticket_forms", "form", "forms", path="ticket_forms", type="zendesk:TicketForm"),
    Listing(
        "ticket_statuses",
        "ticket status",
        "ticket statuses",
        path="custom_statuses",
        type="zendesk:CustomStatus",
        names=("agent_label",),
    ),
    Listing("requester_fields", "customer field", "customer fields", path="user_fields", type="zendesk:UserField"),
    Listing(
        "organization_fields",
        "organization field",
        "organization fields",
        path="organization_fields",
        type="zendesk:OrganizationField",
    ),
    Listing("groups", "group", "groups", path="groups", type="zendesk:Group"),
    Listing("group_memberships", "group membership", "group memberships", path="group_memberships", shown=False),
    Listing(
        "people",
        "team member",
        "agents and admins",
        path="users",
        type="zendesk:User",
        query={"role[]": ("agent", "admin")},
    ),
    Listing("roles", "custom role", "custom roles", path="custom_roles", type="zendesk:CustomRole"),
    Listing("brands", "brand", "brands", path="brands", type="zendesk:Brand"),
    Listing(
        "channels",
        "support address",
        "support addresses",
        path="recipient_addresses",
        type="zendesk:SupportAddress",
        names=("email",),
    ),
    Listing(
        "schedules",
        "schedule",
        "schedules",
        path="business_hours/schedules",
        plural="schedules",
        type="zendesk:Schedule",
        cursor=False,
    ),
    Listing("webhooks", "webhook", "webhooks", path="webhooks", type="zendesk:Webhook"),
    Listing(
        "dynamic_content",
        "dynamic content",
        "dynamic content",
        path="dynamic_content/items",
        plural="items",
        type="zendesk:DynamicContent",
    ),
)
BY_KIND = {each.kind: each for each in LISTS}

PERSONAL_MACROS = Listing(
    "personal_macros", "personal macro", "personal macros", path="macros", query={"access": "personal"}
)
"""They are their owners': nobody looks at them, and what is not taken over is counted."""

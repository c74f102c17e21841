"""What people may do in the helpdesk: built-in roles, and roles with rights of their own (grammar 38)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from config.model import Model, Object, none_unless_given, required

Tickets = Literal["all", "own_groups", "own_and_public_groups", "own_organization", "own"]
Lists = Literal["use", "own", "own_groups", "all"]


SCALES: dict[str, tuple[str, ...]] = {
    "tickets": ("own", "own_organization", "own_groups", "own_and_public_groups", "all"),
    "comments": ("internal", "public"),
    "customers": ("see", "edit_own_organization", "edit", "add"),
    "customer_lists": ("none", "use", "own", "own_groups", "all"),
    "macros": ("use", "own", "own_groups", "all"),
    "views": ("play", "use", "own", "own_groups", "all"),
    "reports": ("none", "see", "edit"),
    "analytics": ("none", "see", "edit", "manage"),
    "help_center": ("read", "topics", "manage"),
    "team": ("none", "see", "manage"),
}
"""Rights that are words, from the least to the most."""


class Rights(Model):
    """Rights that differ from those of the built-in role; what is left out is as that role has it."""

    tickets: Tickets | None = none_unless_given(description="Which tickets are seen.")
    comments: Literal["public", "internal"] | None = none_unless_given(description="What can be written on them.")
    edit_tickets: bool | None = none_unless_given(description="Change a ticket's fields.")
    edit_tags: bool | None = none_unless_given(description="Change a ticket's tags.")
    merge_tickets: bool | None = none_unless_given(description="Merge tickets.")
    redact_tickets: bool | None = none_unless_given(description="Take words out of what was written.")
    delete_tickets: bool | None = none_unless_given(description="Delete tickets.")
    see_deleted_tickets: bool | None = none_unless_given(description="See deleted tickets.")
    suspended_tickets: bool | None = none_unless_given(description="See and settle suspended tickets.")
    assign_to_any_group: bool | None = none_unless_given(description="Give tickets to groups that are not one's own.")
    assign_to_any_brand: bool | None = none_unless_given(description="Give tickets to any brand.")
    filter_tickets: bool | None = none_unless_given(description="Filter lists of tickets.")
    side_conversations: bool | None = none_unless_given(description="Write to others beside the ticket.")
    approvals: bool | None = none_unless_given(description="Ask for approvals.")
    customers: Literal["see", "edit_own_organization", "edit", "add"] | None = none_unless_given(
        description="What can be done with customers' profiles."
    )
    list_customers: bool | None = none_unless_given(description="See lists of customers.")
    customer_lists: Literal["none", "use", "own", "own_groups", "all"] | None = none_unless_given(
        description="Which saved lists of customers can be made and changed."
    )
    edit_organizations: bool | None = none_unless_given(description="Add and change organisations.")
    macros: Lists | None = none_unless_given(description="Which macros can be made and changed.")
    views: Literal["play", "use", "own", "own_groups", "all"] | None = none_unless_given(
        description="Which views can be made and changed."
    )
    export_views: bool | None = none_unless_given(description="Export views.")
    reports: Literal["none", "see", "edit"] | None = none_unless_given(description="What can be done with reports.")
    analytics: Literal["none", "see", "edit", "manage"] | None = none_unless_given(
        description="What can be done in the helpdesk's analytics."
    )
    help_center: Literal["read", "topics", "manage"] | None = none_unless_given(
        description="What can be done in the help centre."
    )
    restricted_articles: bool | None = none_unless_given(description="Read articles that are not for everybody.")
    calls: bool | None = none_unless_given(description="Take and make calls.")
    call_dashboard: bool | None = none_unless_given(description="See the dashboard of calls.")
    social_search: bool | None = none_unless_given(description="Search social media.")
    manage_triggers: bool | None = none_unless_given(description="Make and change triggers.")
    manage_automations: bool | None = none_unless_given(description="Make and change automations.")
    manage_sla_policies: bool | None = none_unless_given(description="Make and change SLA policies.")
    manage_schedules: bool | None = none_unless_given(description="Make and change schedules, and see how rules run.")
    manage_dynamic_content: bool | None = none_unless_given(description="Make and change texts in several languages.")
    manage_workspaces: bool | None = none_unless_given(description="Make and change contextual workspaces.")
    manage_ticket_fields: bool | None = none_unless_given(description="Make and change fields of tickets.")
    manage_ticket_forms: bool | None = none_unless_given(description="Make and change forms.")
    manage_organization_fields: bool | None = none_unless_given(description="Make and change organisations' fields.")
    manage_requester_fields: bool | None = none_unless_given(description="Make and change customers' own fields.")
    manage_organizations: bool | None = none_unless_given(description="Look after all organisations.")
    manage_groups: bool | None = none_unless_given(description="Make and change groups.")
    manage_memberships: bool | None = none_unless_given(description="Decide who is in which group.")
    manage_skills: bool | None = none_unless_given(description="Make and change skills.")
    manage_channels: bool | None = none_unless_given(description="Look after channels and extensions.")
    manage_facebook: bool | None = none_unless_given(description="Look after pages on Facebook.")
    manage_roles: bool | None = none_unless_given(description="Make and change roles, but for one's own.")
    team: Literal["none", "see", "manage"] | None = none_unless_given(
        description="What can be done with the team's members and their roles."
    )

    def said(self) -> dict[str, str | bool]:
        """Right → what it is, of those that are given."""
        given = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: value for name, value in given if value is not None}


class Role(Object):
    """What a person may do. Without `rights` it is the helpdesk's built-in role, and nothing is made."""

    name: str = required(description="What people call it.")
    like: Literal["admin", "agent", "light_agent"] = required(description="The built-in role it is or starts from.")
    rights: Rights | None = none_unless_given(
        description="Rights that differ from the built-in role's: it is a role of the account's own then."
    )

    @model_validator(mode="after")
    def check_rights(self) -> Self:
        if self.rights is not None and not self.rights.said():
            raise PydanticCustomError(
                "rights",
                "no right is named here",
                {"at": "rights", "hint": "Name at least one that differs, or remove `rights`."},
            )
        return self

    @property
    def is_built_in(self) -> bool:
        """Whether it only stands for a role that the helpdesk has anyway."""
        return self.rights is None and not self.existing

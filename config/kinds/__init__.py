"""Every kind of the vocabulary: its model, and whether this version applies it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from config.kinds import (
    brands,
    channels,
    company,
    crm_objects,
    deletion,
    engineering,
    fields,
    help_center,
    integrations,
    people,
    roles,
    rollout,
    routing,
    rules,
    schedules,
    sla,
    statuses,
    ticket_forms,
)


@dataclass(frozen=True)
class Kind:
    """One top-level word of `config/`.

    model: what each of its objects is (pydantic). single: it is one object and not a map.
    applied: this version sends it; otherwise it is checked and noted. ordered: the order of its keys matters.
    unique_name: the systems find its objects by their name, so that two of one name cannot be told apart.
    used_only: other kinds use it, and no system has it as objects of their own.
    """

    word: str
    title: str
    model: Any
    single: bool = False
    applied: bool = True
    ordered: bool = False
    unique_name: bool = False
    used_only: bool = False

    @property
    def plural(self) -> str:
        """What people call several of it."""
        irregular = {"person": "people", "dynamic content": "dynamic content", "rollout": "the rollout"}
        if self.title in irregular:
            return irregular[self.title]
        if self.single and self.title.endswith("s"):
            return self.title
        if self.title.endswith("s"):
            return f"{self.title}es"
        return f"{self.title[:-1]}ies" if self.title.endswith(("cy", "ry", "ty")) else f"{self.title}s"


_ALL = (
    Kind("company", "company", company.Company, single=True, used_only=True),
    Kind("segments", "segment", company.Segment, used_only=True),
    Kind("priorities", "priority", company.Priority, used_only=True),
    Kind("roles", "role", roles.Role, unique_name=True),
    Kind("people", "person", people.Person),
    Kind("groups", "group", people.Group, unique_name=True),
    Kind("schedules", "schedule", schedules.Schedule, unique_name=True),
    Kind("on_call", "on-call rota", schedules.OnCall, used_only=True),
    Kind("brands", "brand", brands.Brand, unique_name=True),
    Kind("channels", "channel", channels.Channel),
    Kind("tags", "tag", rules.Tag, used_only=True),
    Kind("ticket_fields", "ticket field", fields.TicketField, unique_name=True),
    Kind("ticket_forms", "ticket form", ticket_forms.TicketForm, ordered=True, unique_name=True),
    Kind("ticket_statuses", "ticket status", statuses.TicketStatus, unique_name=True),
    Kind("customer_fields", "customer field", fields.CustomerField),
    Kind("trigger_categories", "trigger category", rules.TriggerCategory, ordered=True, unique_name=True),
    Kind("triggers", "trigger", rules.Trigger, ordered=True, unique_name=True),
    Kind("automations", "automation", rules.Automation, ordered=True, unique_name=True),
    Kind("sla_policies", "SLA policy", sla.SlaPolicy, ordered=True, unique_name=True),
    Kind("group_sla_policies", "group SLA policy", sla.GroupSlaPolicy, ordered=True, unique_name=True),
    Kind("macros", "macro", rules.Macro, unique_name=True),
    Kind("views", "view", rules.View, ordered=True),
    Kind("surveys", "survey", rules.Survey, used_only=True),
    Kind("webhooks", "webhook", rules.Webhook, unique_name=True),
    Kind("dynamic_content", "dynamic content", rules.DynamicContent, unique_name=True),
    Kind("skills", "skill", routing.Skill, unique_name=True),
    Kind("queues", "queue", routing.Queue, ordered=True, unique_name=True),
    Kind("settings", "account settings", company.Settings, single=True),
    Kind("help_center", "help centre", help_center.HelpCenter, single=True, used_only=True),
    Kind("rollout", "rollout", rollout.Rollout, single=True),
    Kind("order", "order", company.Order, single=True, used_only=True),
    Kind("scenarios", "scenario", rules.Scenario, applied=False),
    Kind("custom_objects", "custom object", fields.CustomObject),
    Kind("deletion_schedules", "deletion schedule", deletion.DeletionSchedule, unique_name=True),
    Kind("integrations", "integration", integrations.Integrations, single=True, used_only=True),
)

KINDS: dict[str, Kind] = {kind.word: kind for kind in _ALL}
"""Every top-level word, in the order in which the grammar names them."""

_BELOW = (
    Kind("slack_channels", "Slack channel", integrations.SlackChannel, unique_name=True),
    Kind("slack_user_groups", "Slack user group", integrations.SlackUserGroup, unique_name=True),
    Kind("alerts", "alert", integrations.Alert, unique_name=True),
    Kind("crm_objects", "CRM object", crm_objects.CrmObject),
    Kind("crm_record_types", "CRM record type", crm_objects.CrmRecordType),
    Kind("crm_field_groups", "CRM field group", integrations.CrmFieldGroup),
    Kind("crm_fields", "CRM field", integrations.CrmField),
    Kind("crm_access", "CRM access", integrations.CrmAccess),
    Kind("crm_queues", "CRM queue", integrations.CrmQueue),
    Kind("crm_pipelines", "CRM pipeline", integrations.CrmPipeline, unique_name=True),
    Kind("crm_mapping", "CRM mapping", integrations.CrmMapping, single=True, used_only=True),
    Kind("engineering_projects", "engineering project", engineering.Project),
    Kind("engineering_components", "engineering component", engineering.Component),
    Kind("engineering_labels", "engineering label", engineering.Label),
    Kind("escalations", "escalation", engineering.Escalation, unique_name=True),
    Kind("help_center_categories", "help centre category", help_center.HelpCenterCategory, ordered=True),
    Kind("help_center_sections", "help centre section", help_center.HelpCenterSection, ordered=True),
    Kind("articles", "article", help_center.Article, ordered=True),
)

PLACES: dict[str, tuple[str, ...]] = {
    "slack_channels": ("integrations", "slack", "channels"),
    "slack_user_groups": ("integrations", "slack", "user_groups"),
    "alerts": ("integrations", "slack", "alerts"),
    "crm_objects": ("integrations", "crm", "objects"),
    "crm_record_types": ("integrations", "crm", "record_types"),
    "crm_field_groups": ("integrations", "crm", "field_groups"),
    "crm_fields": ("integrations", "crm", "fields"),
    "crm_access": ("integrations", "crm", "access"),
    "crm_queues": ("integrations", "crm", "queues"),
    "crm_pipelines": ("integrations", "crm", "pipelines"),
    "crm_mapping": ("integrations", "crm", "mapping"),
    "engineering_projects": ("integrations", "engineering", "projects"),
    "engineering_components": ("integrations", "engineering", "components"),
    "engineering_labels": ("integrations", "engineering", "labels"),
    "escalations": ("integrations", "engineering", "escalations"),
    "help_center_categories": ("help_center", "categories"),
    "help_center_sections": ("help_center", "sections"),
    "articles": ("help_center", "articles"),
}
"""Where kinds stand that are not top-level words."""

ALL_KINDS: dict[str, Kind] = {**KINDS, **{kind.word: kind for kind in _BELOW}}
"""Top-level words and those below them: everything that a reference can name."""


def kind_path(kind: str) -> tuple[str, ...]:
    """Where objects of a kind stand in the document."""
    return PLACES.get(kind, (kind,))


def object_path(kind: str, key: str) -> tuple[str, ...]:
    """Where one object stands in the document; a kind of which there is one has no keys below it."""
    path = kind_path(kind)
    return path if ALL_KINDS[kind].single else (*path, key)

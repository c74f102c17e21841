"""Every kind that Zendesk takes, in the order in which kinds are compiled."""

from __future__ import annotations

from collections.abc import Sequence

from provisioners.translation import Translation
from provisioners.zendesk.translations.alerts import Alerts
from provisioners.zendesk.translations.articles import Articles
from provisioners.zendesk.translations.automations import Automations
from provisioners.zendesk.translations.brands import Brands
from provisioners.zendesk.translations.channels import Channels
from provisioners.zendesk.translations.custom_objects import CustomObjects
from provisioners.zendesk.translations.deletion_schedules import DeletionSchedules
from provisioners.zendesk.translations.dynamic_content import DynamicContents
from provisioners.zendesk.translations.escalations import Escalations
from provisioners.zendesk.translations.fields import CustomerFields, TicketFields
from provisioners.zendesk.translations.group_sla_policies import GroupSlaPolicies
from provisioners.zendesk.translations.groups import Groups
from provisioners.zendesk.translations.help_center import Categories, Sections
from provisioners.zendesk.translations.macros import Macros
from provisioners.zendesk.translations.people import People
from provisioners.zendesk.translations.queues import Queues
from provisioners.zendesk.translations.roles import Roles
from provisioners.zendesk.translations.rollout import RolloutFence
from provisioners.zendesk.translations.schedules import Schedules
from provisioners.zendesk.translations.settings import Settings
from provisioners.zendesk.translations.skills import Skills
from provisioners.zendesk.translations.sla_policies import SlaPolicies
from provisioners.zendesk.translations.slack_channels import SlackChannels
from provisioners.zendesk.translations.surveys import Surveys
from provisioners.zendesk.translations.ticket_forms import TicketForms
from provisioners.zendesk.translations.ticket_statuses import TicketStatuses
from provisioners.zendesk.translations.trigger_categories import TriggerCategories
from provisioners.zendesk.translations.triggers import Triggers
from provisioners.zendesk.translations.views import Views
from provisioners.zendesk.translations.webhooks import Webhooks


def all_translations() -> Sequence[Translation]:
    """One translation per kind."""
    return (
        Settings(),
        Roles(),
        Groups(),
        People(),
        Schedules(),
        DynamicContents(),
        Brands(),
        Channels(),
        CustomObjects(),
        TicketStatuses(),
        TicketFields(),
        CustomerFields(),
        TicketForms(),
        Webhooks(),
        SlackChannels(),
        TriggerCategories(),
        Triggers(),
        Automations(),
        Skills(),
        Queues(),
        SlaPolicies(),
        GroupSlaPolicies(),
        Macros(),
        Views(),
        DeletionSchedules(),
        Surveys(),
        Alerts(),
        Escalations(),
        RolloutFence(),
        Categories(),
        Sections(),
        Articles(),
    )

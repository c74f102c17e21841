"""Every kind that Zendesk takes, in the order in which kinds are compiled."""

from __future__ import annotations

from collections.abc import Sequence

from provisioners.translation import Translation
from provisioners.zendesk.translations.alerts import Alerts
from provisioners.zendesk.translations.automations import Automations
from provisioners.zendesk.translations.channels import Channels
from provisioners.zendesk.translations.custom_objects import CustomObjects
from provisioners.zendesk.translations.deletion_schedules import DeletionSchedules
from provisioners.zendesk.translations.dynamic_content import DynamicContents
from provisioners.zendesk.translations.fields import CustomerFields, TicketFields
from provisioners.zendesk.translations.group_sla_policies import GroupSlaPolicies
from provisioners.zendesk.translations.groups import Groups
from provisioners.zendesk.translations.macros import Macros
from provisioners.zendesk.translations.people import People, Roles
from provisioners.zendesk.translations.rollout import RolloutFence
from provisioners.zendesk.translations.schedules import Schedules
from provisioners.zendesk.translations.sla_policies import SlaPolicies
from provisioners.zendesk.translations.slack_channels import SlackChannels
from provisioners.zendesk.translations.ticket_forms import TicketForms
from provisioners.zendesk.translations.trigger_categories import TriggerCategories
from provisioners.zendesk.translations.triggers import Triggers
from provisioners.zendesk.translations.views import Views
from provisioners.zendesk.translations.webhooks import Webhooks


def all_translations() -> Sequence[Translation]:
    """One translation per kind."""
    return (
        Roles(),
        Groups(),
        People(),
        Schedules(),
        DynamicContents(),
        Channels(),
        CustomObjects(),
        TicketFields(),
        CustomerFields(),
        TicketForms(),
        Webhooks(),
        SlackChannels(),
        TriggerCategories(),
        Triggers(),
        Automations(),
        SlaPolicies(),
        GroupSlaPolicies(),
        Macros(),
        Views(),
        DeletionSchedules(),
        Alerts(),
        RolloutFence(),
    )

"""Every type of object that golive keeps at Zendesk."""

from __future__ import annotations

from provisioners.collection import Collection
from provisioners.system import Connection
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.custom_object import CustomObject, CustomObjectField, CustomObjectFieldOrder
from provisioners.zendesk.collections.deletion_schedule import DeletionSchedule
from provisioners.zendesk.collections.dynamic_content import DynamicContent
from provisioners.zendesk.collections.field import OrganizationField, TicketField, UserField
from provisioners.zendesk.collections.group import DefaultGroup, Group, GroupMembership
from provisioners.zendesk.collections.macro import Macro
from provisioners.zendesk.collections.orders import (
    AutomationOrder,
    GroupSlaPolicyOrder,
    MacroOrder,
    Order,
    SlaPolicyOrder,
    TicketFieldOrder,
    TicketFormOrder,
    TriggerCategoryOrder,
    TriggerOrder,
    ViewOrder,
)
from provisioners.zendesk.collections.schedule import Holiday, Schedule
from provisioners.zendesk.collections.sla_policy import GroupSlaPolicy, SlaPolicy
from provisioners.zendesk.collections.support_address import DefaultAddress, SupportAddress
from provisioners.zendesk.collections.ticket_form import DefaultForm, TicketForm
from provisioners.zendesk.collections.trigger import Automation, Trigger, TriggerCategory
from provisioners.zendesk.collections.user import User
from provisioners.zendesk.collections.view import View
from provisioners.zendesk.collections.webhook import Webhook

PLAIN: tuple[type[ZendeskCollection], ...] = (
    Group,
    User,
    GroupMembership,
    Schedule,
    Holiday,
    SupportAddress,
    DynamicContent,
    GroupSlaPolicy,
    CustomObject,
    CustomObjectField,
    TicketField,
    OrganizationField,
    UserField,
    TicketForm,
    TriggerCategory,
    Trigger,
    Automation,
    SlaPolicy,
    Macro,
    View,
    DeletionSchedule,
)


ORDERS: tuple[type[Order], ...] = (
    TicketFieldOrder,
    TicketFormOrder,
    TriggerCategoryOrder,
    TriggerOrder,
    AutomationOrder,
    SlaPolicyOrder,
    MacroOrder,
    ViewOrder,
    GroupSlaPolicyOrder,
    CustomObjectFieldOrder,
)


def all_collections(connection: Connection) -> dict[str, Collection]:
    """One collection per type, all on one client. Makes no call; raises SystemFault where the token is not set."""
    client = ZendeskClient(connection)
    made: list[Collection] = [collection(client) for collection in PLAIN]
    made += [DefaultGroup(client), DefaultAddress(client), DefaultForm(client)]
    made += [order(client) for order in ORDERS]
    made.append(Webhook(client, connection.settings))
    return {collection.type: collection for collection in made}

"""Every type of object that golive keeps at Zendesk."""

from __future__ import annotations

from collections.abc import Callable

from provisioners.collection import Collection
from provisioners.system import Connection
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.collections.account_settings import AccountSettings
from provisioners.zendesk.collections.attachment import ArticleAttachment
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.brand import Brand, DefaultBrand
from provisioners.zendesk.collections.custom_object import CustomObject, CustomObjectField, CustomObjectFieldOrder
from provisioners.zendesk.collections.custom_role import CustomRole, LightAgentRole
from provisioners.zendesk.collections.custom_status import CustomStatus, DefaultStatus
from provisioners.zendesk.collections.deletion_schedule import DeletionSchedule
from provisioners.zendesk.collections.dynamic_content import DynamicContent
from provisioners.zendesk.collections.field import OrganizationField, TicketField, UserField
from provisioners.zendesk.collections.group import DefaultGroup, Group, GroupMembership
from provisioners.zendesk.collections.help_center import Article, HelpCenterCategory, HelpCenterSection
from provisioners.zendesk.collections.help_center_order import HELP_CENTER_ORDERS
from provisioners.zendesk.collections.help_center_text import (
    ArticleTranslation,
    CategoryTranslation,
    SectionTranslation,
)
from provisioners.zendesk.collections.macro import Macro
from provisioners.zendesk.collections.orders import (
    AutomationOrder,
    GroupSlaPolicyOrder,
    MacroOrder,
    QueueOrder,
    SlaPolicyOrder,
    TicketFieldOrder,
    TicketFormOrder,
    TriggerCategoryOrder,
    TriggerOrder,
    ViewOrder,
)
from provisioners.zendesk.collections.queue import Queue
from provisioners.zendesk.collections.readers import PermissionGroup, UserSegment
from provisioners.zendesk.collections.schedule import Holiday, Schedule
from provisioners.zendesk.collections.skill import AgentSkill, Skill, SkillValue
from provisioners.zendesk.collections.sla_policy import GroupSlaPolicy, SlaPolicy
from provisioners.zendesk.collections.support_address import DefaultAddress, SupportAddress
from provisioners.zendesk.collections.ticket_form import DefaultForm, TicketForm
from provisioners.zendesk.collections.trigger import Automation, Trigger, TriggerCategory
from provisioners.zendesk.collections.user import User
from provisioners.zendesk.collections.view import View
from provisioners.zendesk.collections.webhook import Webhook

PLAIN: tuple[type[ZendeskCollection], ...] = (
    CustomRole,
    Group,
    User,
    GroupMembership,
    Schedule,
    Holiday,
    Brand,
    SupportAddress,
    DynamicContent,
    GroupSlaPolicy,
    CustomObject,
    CustomObjectField,
    Skill,
    SkillValue,
    Queue,
    CustomStatus,
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
    HelpCenterCategory,
    CategoryTranslation,
    HelpCenterSection,
    SectionTranslation,
    UserSegment,
    PermissionGroup,
    Article,
    ArticleTranslation,
    ArticleAttachment,
)

SETTINGS: tuple[Callable[[ZendeskClient], Collection], ...] = (
    AccountSettings,
    LightAgentRole,
    DefaultGroup,
    DefaultBrand,
    DefaultAddress,
    DefaultStatus,
    DefaultForm,
    AgentSkill,
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
    QueueOrder,
    *HELP_CENTER_ORDERS,
)


def all_collections(connection: Connection) -> dict[str, Collection]:
    """One collection per type, all on one client. Makes no call; raises SystemFault where the token is not set."""
    client = ZendeskClient(connection)
    made: list[Collection] = [collection(client) for collection in PLAIN]
    made += [setting(client) for setting in SETTINGS]
    made.append(Webhook(client, connection.settings))
    return {collection.type: collection for collection in made}

"""The account's start: the vendor's default objects, then what the seed file lists."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sandbox.store import Row, Store
from sandbox.zendesk import help_center, help_center_content, vendor_defaults
from sandbox.zendesk.account import DEFAULT_PLAN, PLANS, Account
from sandbox.zendesk.automations import AUTOMATIONS
from sandbox.zendesk.brands import BRANDS
from sandbox.zendesk.custom_roles import CUSTOM_ROLES, seed_roles
from sandbox.zendesk.custom_statuses import seed_statuses
from sandbox.zendesk.customer_fields import ORGANIZATION_FIELDS, USER_FIELDS
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.group_memberships import GROUP_MEMBERSHIPS
from sandbox.zendesk.groups import GROUPS
from sandbox.zendesk.macros import MACROS
from sandbox.zendesk.organizations import ORGANIZATIONS
from sandbox.zendesk.permission_groups import PERMISSION_GROUPS, seed_permission_groups
from sandbox.zendesk.queues import QUEUES
from sandbox.zendesk.recipient_addresses import RECIPIENT_ADDRESSES
from sandbox.zendesk.refusals import Refused
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.schedules import SCHEDULES
from sandbox.zendesk.settings import settings_row
from sandbox.zendesk.skills import ATTRIBUTES
from sandbox.zendesk.sla_policies import SLA_POLICIES
from sandbox.zendesk.ticket_fields import TICKET_FIELDS, seed_system_fields
from sandbox.zendesk.ticket_forms import TICKET_FORMS
from sandbox.zendesk.tickets import TICKETS
from sandbox.zendesk.trigger_categories import TRIGGER_CATEGORIES
from sandbox.zendesk.triggers import TRIGGERS
from sandbox.zendesk.user_segments import USER_SEGMENTS, seed_segments
from sandbox.zendesk.users import USERS
from sandbox.zendesk.views import VIEWS
from sandbox.zendesk.webhooks import WEBHOOKS

SETTINGS = frozenset(
    {"subdomain", "name", "plan", "account_id", "time_zone", "calls_per_minute", "endpoint_limits"}
    | {"verify_seconds", "owner", "trigger_run", "suppress_placeholders", "forwards"}
)
HELP_CENTER = ("help_centers", "categories", "sections", "articles")
"""What a seed file may list beside `LISTS`: which brands have a help center, and what is in it."""
LISTS: dict[str, Resource] = {
    resource.many: resource
    for resource in (
        GROUPS,
        ORGANIZATION_FIELDS,
        USER_FIELDS,
        ORGANIZATIONS,
        CUSTOM_ROLES,
        USERS,
        GROUP_MEMBERSHIPS,
        BRANDS,
        RECIPIENT_ADDRESSES,
        SCHEDULES,
        TICKET_FIELDS,
        TICKET_FORMS,
        WEBHOOKS,
        TRIGGER_CATEGORIES,
        TRIGGERS,
        AUTOMATIONS,
        MACROS,
        VIEWS,
        SLA_POLICIES,
        ATTRIBUTES,
        QUEUES,
        USER_SEGMENTS,
        PERMISSION_GROUPS,
        TICKETS,
    )
}
"""What a seed file may list, in the order in which it is made."""


def seed(store: Store, data: Row) -> None:
    """Put the account into its start state. Raises `ValueError` for what the seed cannot mean."""
    unknown = sorted(set(data) - SETTINGS - set(LISTS) - set(HELP_CENTER))
    if unknown:
        known = ", ".join([*sorted(SETTINGS), *LISTS, *HELP_CENTER])
        raise ValueError(f"seed, zendesk: unknown {', '.join(unknown)}; there is {known}")
    account = Account(store)
    account.settings.update({name: data[name] for name in SETTINGS & set(data)})
    if account.plan not in (*PLANS, "trial"):
        raise ValueError(f"seed, zendesk: plan must be one of {', '.join(PLANS)} or trial")
    account.settings.setdefault("plan", DEFAULT_PLAN)
    call = ApiCall(account, "POST", "seed", with_rules=False)
    _vendor_defaults(call)
    for name, resource in LISTS.items():
        for item in data.get(name) or []:
            _put(name, item, partial(resource.create, call))
    for name in HELP_CENTER:
        for item in data.get(name) or []:
            _put(name, item, partial(help_center_content.put, call, name))
    store.table("zendesk", "mails").clear()


def _put(name: str, item: Row, make: Callable[[Row], object]) -> None:
    try:
        make(item)
    except Refused as why:
        raise ValueError(f"seed, zendesk, {name}, {item}: {why.body}") from why


def _vendor_defaults(call: ApiCall) -> None:
    name = str(call.account.settings.get("name", "Sandbox"))
    brand = BRANDS.create(call, {"name": name, "subdomain": call.account.subdomain, "default": True})
    help_center.switch(call, {"state": "restricted"})
    GROUPS.create(call, {"name": "Support"})["default"] = True
    email = f"support@{call.account.subdomain}.zendesk.com"
    sent = {"email": email, "name": name, "brand_id": brand["id"], "default": True}
    RECIPIENT_ADDRESSES.create(call, sent)
    owner = call.account.settings.get("owner", "owner@example.com")
    person = {"name": "Account owner", "email": owner, "role": "admin", "verified": True}
    USERS.create(call, person)["_owner"] = True
    seed_system_fields(call)
    seed_statuses(call)
    seed_roles(call)
    seed_segments(call)
    seed_permission_groups(call)
    fields = [row["id"] for row in TICKET_FIELDS.table(call).values()]
    form = {"name": "Default Ticket Form", "ticket_field_ids": fields, "default": True, "position": 1}
    TICKET_FORMS.create(call, form)
    TRIGGER_CATEGORIES.create(call, {"name": vendor_defaults.TRIGGER_CATEGORY})
    for resource, rows in (
        (TRIGGERS, vendor_defaults.TRIGGERS),
        (AUTOMATIONS, vendor_defaults.AUTOMATIONS),
        (MACROS, vendor_defaults.MACROS),
        (VIEWS, vendor_defaults.VIEWS),
    ):
        for row in rows:
            resource.create(call, row)["default"] = resource in (TRIGGERS, AUTOMATIONS)
    settings_row(call)

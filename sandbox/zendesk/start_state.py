"""The account's start: the vendor's default objects, then what the seed file lists."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sandbox.seeding import check_lists, check_words
from sandbox.store import Row, Store
from sandbox.zendesk import help_center, help_center_content, vendor_defaults
from sandbox.zendesk.account import PLANS, Account, plan_named
from sandbox.zendesk.app_installations import INSTALLATIONS
from sandbox.zendesk.automations import AUTOMATIONS
from sandbox.zendesk.brands import BRANDS
from sandbox.zendesk.custom_object_fields import FIELDS
from sandbox.zendesk.custom_object_records import RECORDS
from sandbox.zendesk.custom_objects import CUSTOM_OBJECTS
from sandbox.zendesk.custom_roles import CUSTOM_ROLES, seed_roles
from sandbox.zendesk.custom_statuses import CUSTOM_STATUSES, seed_statuses
from sandbox.zendesk.customer_fields import ORGANIZATION_FIELDS, USER_FIELDS
from sandbox.zendesk.deletion_schedules import DELETION_SCHEDULES
from sandbox.zendesk.dynamic_content import ITEMS
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.group_memberships import GROUP_MEMBERSHIPS
from sandbox.zendesk.group_sla_policies import GROUP_SLA_POLICIES
from sandbox.zendesk.groups import GROUPS
from sandbox.zendesk.macros import MACROS
from sandbox.zendesk.organizations import ORGANIZATIONS
from sandbox.zendesk.permission_groups import PERMISSION_GROUPS, seed_permission_groups
from sandbox.zendesk.queues import QUEUES
from sandbox.zendesk.recipient_addresses import RECIPIENT_ADDRESSES
from sandbox.zendesk.refusals import Refused
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.schedules import HOLIDAYS, SCHEDULES
from sandbox.zendesk.settings import settings_row, write_settings
from sandbox.zendesk.skills import ATTRIBUTES, VALUES
from sandbox.zendesk.sla_policies import SLA_POLICIES
from sandbox.zendesk.surveys import SURVEYS
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
    | {
        "active_deletion_schedules",
        "max_agents",
        "verify_seconds",
        "owner",
        "trigger_run",
        "suppress_placeholders",
        "taken_subdomains",
        "forwards",
        "sign_in",
        "job_seconds",
        "jobs_at_once",
        "job_results",
        "create_or_update_many",
        "customers_notes",
        "attachment_host",
    }
)
HELP_CENTER = ("help_centers", "categories", "sections", "articles")
"""What a seed file may list beside `LISTS`: which brands have a help center, and what is in it."""
ACCOUNT = "account_settings"
"""Settings of the account itself, by section, as its API writes them."""
LISTS: dict[str, Resource] = {
    resource.many: resource
    for resource in (
        GROUPS,
        ORGANIZATION_FIELDS,
        USER_FIELDS,
        ORGANIZATIONS,
        CUSTOM_STATUSES,
        CUSTOM_ROLES,
        USERS,
        GROUP_MEMBERSHIPS,
        BRANDS,
        ITEMS,
        RECIPIENT_ADDRESSES,
        SCHEDULES,
        CUSTOM_STATUSES,
        CUSTOM_OBJECTS,
        TICKET_FIELDS,
        TICKET_FORMS,
        WEBHOOKS,
        TRIGGER_CATEGORIES,
        TRIGGERS,
        AUTOMATIONS,
        MACROS,
        VIEWS,
        SLA_POLICIES,
        GROUP_SLA_POLICIES,
        DELETION_SCHEDULES,
        SURVEYS,
        INSTALLATIONS,
        ATTRIBUTES,
        QUEUES,
        USER_SEGMENTS,
        PERMISSION_GROUPS,
        TICKETS,
    )
}
"""What a seed file may list, in the order in which it is made."""
INSIDE: dict[str, tuple[tuple[str, Resource], ...]] = {
    "schedules": (("holidays", HOLIDAYS),),
    "custom_objects": (("fields", FIELDS), ("records", RECORDS)),
    "attributes": (("values", VALUES),),
}
"""What an object of a list may hold under a word of its own, as the API makes it below that object."""


def seed(store: Store, data: Row) -> None:
    """Put the account into its start state. Raises `ValueError` for what the seed cannot mean."""
    check_words("zendesk", data, [*sorted(SETTINGS), ACCOUNT, *LISTS, *HELP_CENTER])
    check_lists("zendesk", data, [*LISTS, *HELP_CENTER])
    if data.get("plan") is not None and plan_named(str(data["plan"])) is None:
        plans = f"{', '.join(PLANS)}, each also with suite_ before it, and trial"
        raise ValueError(f"zendesk: `plan: {data['plan']}` is no plan; there is {plans}")
    account = Account(store)
    account.settings.update({name: data[name] for name in SETTINGS & set(data)})
    call = ApiCall(account, "POST", "seed", with_rules=False)
    _vendor_defaults(call)
    if data.get(ACCOUNT):
        _put(ACCOUNT, data[ACCOUNT], partial(write_settings, call))
        if call.unpermitted or call.misfits:
            raise ValueError(f"zendesk, {ACCOUNT}: {', '.join([*call.unpermitted, *call.misfits])}")
    for name in LISTS:
        for item in data.get(name) or []:
            _put(name, item, partial(_make, call, name))
    for name in HELP_CENTER:
        for item in data.get(name) or []:
            _put(name, item, partial(help_center_content.put, call, name))
    store.table("zendesk", "mails").clear()


def _put(name: str, item: Row, make: Callable[[Row], object]) -> None:
    try:
        make(item)
    except Refused as why:
        raise ValueError(f"zendesk, {name}, {item}: {why.body}") from why


def _make(call: ApiCall, name: str, item: Row) -> None:
    words = INSIDE.get(name, ())
    row = LISTS[name].create(call, {key: value for key, value in item.items() if key not in dict(words)})
    for word, resource in words:
        for one in item.get(word) or []:
            resource.create(ApiCall(call.account, "POST", call.path, ids={"parent": str(row["id"])}), one)


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

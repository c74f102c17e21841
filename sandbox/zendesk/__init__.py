"""Zendesk's Support and Help Center APIs below `/zendesk/api/v2/`."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from sandbox.store import Row, Store
from sandbox.system import Call
from sandbox.zendesk import (
    article_attachments,
    articles,
    audit_logs,
    automations,
    categories,
    custom_object_fields,
    custom_object_records,
    custom_objects,
    custom_statuses,
    customer_fields,
    deleted_tickets,
    deleted_users,
    dynamic_content,
    end_user_requests,
    group_memberships,
    group_sla_policies,
    help_center,
    incremental_exports,
    job_statuses,
    locales,
    macro_files,
    macros,
    oauth,
    organizations,
    permission_groups,
    queues,
    recipient_addresses,
    redirect_rules,
    schedules,
    sections,
    security_settings,
    settings,
    skills,
    sla_policies,
    subdomains,
    suspended_tickets,
    ticket_audits,
    ticket_comments,
    ticket_fields,
    ticket_forms,
    ticket_imports,
    ticket_merges,
    ticket_search,
    tickets,
    translations,
    trigger_categories,
    triggers,
    uploads,
    user_segments,
    users,
    views,
    webhook_invocations,
    webhooks,
)
from sandbox.zendesk.api import Api
from sandbox.zendesk.audit_logs import AUDIT_LOGS
from sandbox.zendesk.custom_object_fields import FIELDS
from sandbox.zendesk.custom_object_records import RECORDS
from sandbox.zendesk.dynamic_content import VARIANTS
from sandbox.zendesk.endpoint import Endpoint
from sandbox.zendesk.help_center_pages import HelpCenterPages, is_page
from sandbox.zendesk.job_statuses import JOB_STATUSES
from sandbox.zendesk.mailbox import Mailbox
from sandbox.zendesk.refusals import refuse
from sandbox.zendesk.schedules import HOLIDAYS
from sandbox.zendesk.skills import VALUES
from sandbox.zendesk.start_state import LISTS, seed
from sandbox.zendesk.webhook_invocations import outgoing

__all__ = ["PAGES", "admin_routes", "example", "outgoing", "public", "refuse", "routes", "seed"]

PAGES = "(admin|knowledge)/.*"
"""Where the vendor's Admin Center and Knowledge are."""
RESOURCES = [*LISTS.values(), VARIANTS, HOLIDAYS, VALUES, FIELDS, RECORDS, JOB_STATUSES, AUDIT_LOGS]
WITH_ENDPOINTS = (
    article_attachments,
    articles,
    audit_logs,
    automations,
    categories,
    custom_object_fields,
    custom_object_records,
    custom_objects,
    custom_statuses,
    customer_fields,
    deleted_tickets,
    deleted_users,
    dynamic_content,
    end_user_requests,
    group_memberships,
    group_sla_policies,
    help_center,
    incremental_exports,
    job_statuses,
    locales,
    macro_files,
    macros,
    organizations,
    permission_groups,
    queues,
    recipient_addresses,
    redirect_rules,
    schedules,
    sections,
    security_settings,
    settings,
    skills,
    sla_policies,
    subdomains,
    suspended_tickets,
    ticket_audits,
    ticket_comments,
    ticket_fields,
    ticket_forms,
    ticket_imports,
    ticket_merges,
    ticket_search,
    tickets,
    translations,
    trigger_categories,
    triggers,
    uploads,
    user_segments,
    users,
    views,
    webhook_invocations,
    webhooks,
)


def _endpoints() -> list[Endpoint]:
    """What is odd first: it wins over the usual endpoint of the same path."""
    odd = [endpoint for module in WITH_ENDPOINTS for endpoint in module.ENDPOINTS]
    return [*odd, *(endpoint for resource in RESOURCES for endpoint in resource.endpoints())]


def routes(store: Store) -> list[BaseRoute]:
    """The API's routes."""
    return [
        Route(oauth.PATH, oauth.OAuth(store).answer, methods=["POST"]),
        article_attachments.content_route(store),
        *uploads.content_routes(store),
        *Api(store, _endpoints()).routes(),
        *HelpCenterPages(store).routes(),
    ]


def example(store: Store) -> tuple[str, str, Row] | None:
    """Another name for the newest group."""
    groups = list(store.table("zendesk", "groups"))
    if not groups:
        return None
    return "PUT", f"/zendesk/api/v2/groups/{groups[-1]}.json", {"group": {"name": "Renamed by hand"}}


def admin_routes(store: Store) -> list[BaseRoute]:
    """What the person who runs the stand-in can do to this system beside what every system has."""
    return Mailbox(store).routes()


def public(call: Call) -> bool:
    """Who asks for a token has none yet; `users/me` answers without one, as an anonymous user; anybody may ask for
    help, read the help center, see the pictures of its articles, and load the file of which they have the address."""
    if call.path == oauth.PATH or call.path.startswith(("/hc/", uploads.BY_ADDRESS, uploads.CONTENT)) or is_page(call):
        return True
    if "authorization" in call.headers:
        return False
    path = call.path.removesuffix(".json")
    return path == "/api/v2/users/me" or (path == "/api/v2/requests" and call.method == "POST")

"""Zendesk as a system of golive: who we are there, its types, its kinds, its pages.

Rules, translations and collections are imported where they are used: validating needs no vendor's client, and the
host, which every run starts, needs no vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from config.web_signs import WebSigns
from provisioners.authors import Asked, Authors
from provisioners.collection import Collection
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.run_file import SystemSettings
from provisioners.system import Account, Connection, System
from provisioners.zendesk.attribute_words import OWN_DOMAIN, UNINVITED
from provisioners.zendesk.own_attributes import FRAGMENTS

if TYPE_CHECKING:
    from config.findings import Finding
    from config.results.key_end import KeyEnd
    from config.results.look import LookDocument
    from config.results.reach import Reach
    from provisioners.clocks import Clocks
    from provisioners.customers import Customers
    from provisioners.history import FieldPlace
    from provisioners.imports import Imports
    from provisioners.intent import Intent, SeatChanges
    from provisioners.organizations import Organizations
    from provisioners.people import LivePerson
    from provisioners.plans_seen import PlansSeen
    from provisioners.redirects import Redirects
    from provisioners.translation import Context, Names, Translation
    from provisioners.trial import Trials


PAGES = {
    "zendesk:Group": "admin/people/team/groups/{id}",
    "zendesk:User": "admin/people/team/members/{id}",
    "zendesk:DefaultGroup": "admin/people/team/members/{id}",
    "zendesk:Schedule": "admin/objects-rules/rules/schedules/edit/{id}",
    "zendesk:SupportAddress": "admin/channels/talk_and_email/email",
    "zendesk:DefaultAddress": "admin/channels/talk_and_email/email",
    "zendesk:DefaultStatus": "admin/objects-rules/tickets/ticket-statuses",
    "zendesk:TicketField": "admin/objects-rules/tickets/ticket-fields/{id}",
    "zendesk:OrganizationField": "admin/people/configuration/organization_fields/{id}",
    "zendesk:UserField": "admin/people/configuration/user_fields/{id}",
    "zendesk:TriggerCategory": "admin/objects-rules/rules/triggers",
    "zendesk:TriggerOrder": "admin/objects-rules/rules/triggers",
    "zendesk:TriggerCategoryOrder": "admin/objects-rules/rules/triggers",
    "zendesk:Trigger": "admin/objects-rules/rules/triggers/{id}",
    "zendesk:Automation": "admin/objects-rules/rules/automations/{id}",
    "zendesk:SlaPolicy": "admin/objects-rules/rules/slas",
    "zendesk:SlaPolicyOrder": "admin/objects-rules/rules/slas",
    "zendesk:GroupSlaPolicy": "admin/objects-rules/rules/group-slas",
    "zendesk:GroupSlaPolicyOrder": "admin/objects-rules/rules/group-slas",
    "zendesk:Macro": "admin/workspaces/agent-workspace/macros/{id}",
    "zendesk:View": "admin/workspaces/agent-workspace/views/{id}",
    "zendesk:TicketForm": "admin/objects-rules/tickets/ticket-forms/edit/{id}",
    "zendesk:CustomStatus": "admin/objects-rules/tickets/ticket-statuses/edit/{id}",
    "zendesk:CustomRole": "admin/people/team/roles/{id}",
    "zendesk:LightAgentRole": "admin/people/team/roles",
    "zendesk:Brand": "admin/account/brand_management/brands/{id}",
    "zendesk:CustomObject": "admin/objects-rules/custom-objects/objects/{id}",
    "zendesk:DeletionSchedule": "admin/account/security/deletion_schedules",
    "zendesk:AccountSettings": "admin/objects-rules/tickets/settings",
    "zendesk:DefaultBrand": "admin/account/brand_management/brands/{id}",
    "zendesk:Skill": "admin/objects-rules/omnichannel-routing/skills",
    "zendesk:Queue": "admin/objects-rules/omnichannel-routing/queues",
    "zendesk:QueueOrder": "admin/objects-rules/omnichannel-routing/queues",
    "zendesk:DynamicContent": "admin/workspaces/agent-workspace/dynamic_content",
    "zendesk:HelpCenterCategory": "knowledge/arrange/",
    "zendesk:HelpCenterSection": "knowledge/arrange/",
    "zendesk:Article": "knowledge/articles/{id}",
    "zendesk:UserSegment": "knowledge/user_segments/edit/{id}",
    "zendesk:Webhook": "admin/apps-integrations/webhooks/webhooks/{id}/details",
}
"""Pages of the admin centre, below the account's address."""

LISTED = {
    "groups": "zendesk:Group",
    "roles": "zendesk:CustomRole",
    "people": "zendesk:User",
    "schedules": "zendesk:Schedule",
    "brands": "zendesk:Brand",
    "skills": "zendesk:Skill",
    "queues": "zendesk:Queue",
    "channels": "zendesk:SupportAddress",
    "ticket_statuses": "zendesk:CustomStatus",
    "ticket_fields": "zendesk:TicketField",
    "customer_fields": "zendesk:OrganizationField",
    "trigger_categories": "zendesk:TriggerCategory",
    "triggers": "zendesk:Trigger",
    "alerts": "zendesk:Trigger",
    "escalations": "zendesk:Trigger",
    "rollout": "zendesk:Trigger",
    "automations": "zendesk:Automation",
    "sla_policies": "zendesk:SlaPolicy",
    "group_sla_policies": "zendesk:GroupSlaPolicy",
    "macros": "zendesk:Macro",
    "views": "zendesk:View",
    "ticket_forms": "zendesk:TicketForm",
    "webhooks": "zendesk:Webhook",
    "dynamic_content": "zendesk:DynamicContent",
    "slack_channels": "zendesk:Webhook",
    "custom_objects": "zendesk:CustomObject",
    "deletion_schedules": "zendesk:DeletionSchedule",
    "help_center_categories": "zendesk:HelpCenterCategory",
    "help_center_sections": "zendesk:HelpCenterSection",
    "articles": "zendesk:Article",
}
"""Kind → the type of which the page, without an id, is that of the list."""

PLANS = (
    "suite_team",
    "suite_growth",
    "suite_professional",
    "suite_enterprise",
    "support_team",
    "support_professional",
    "support_enterprise",
    "trial",
)
"""What the vendor sells, as environment files say it."""


def _subdomain_of(url: str) -> str:
    """`acme` of `https://acme.zendesk.com/…`: the vendor says whose every object is; empty for any other host."""
    host = urlsplit(url).hostname or ""
    return host.removesuffix(OWN_DOMAIN) if host.endswith(OWN_DOMAIN) else ""


class ZendeskSystem(System):
    """The helpdesk."""

    name = "zendesk"
    title = "Zendesk"
    role = "helpdesk"
    people_in = ("groups",)
    shows_people = True
    acting: ClassVar = {"automations": "zendesk:Automation"}
    web_signs = WebSigns(
        help_center="/hc", form="/requests/new", widget="static.zdassets.com/ekr/snippet.js", domain=OWN_DOMAIN
    )
    """Source: developer.zendesk.com, “Content Security Policy (CSP) support”, of the widget's script. The form stands
    below the help center's language, as at support.zendesk.com/hc/en-us/requests/new."""

    def account(self, connection: Connection) -> Account:
        """The account's subdomain, which is that of its oldest brand (which one is the default can change), and the
        token's user.

        Brands are asked first: `users/me` answers an anonymous user with success when the token is worth nothing.
        """
        from provisioners.zendesk.account_brand import account_brand
        from provisioners.zendesk.client import ZendeskClient

        client = ZendeskClient(connection)
        refused: SystemFault | None = None
        brands: list[dict[str, object]] = []
        try:
            brands = client.pages("brands", "brands")
        except SystemFault as fault:
            if fault.status != 403:
                raise
            refused = fault
        user = client.get("users/me").body.get("user") or {}
        if not user.get("id"):
            raise SystemFault(
                "credentials",
                f"{connection.instance} GET users/me",
                "the token opens no account: the answer is the anonymous user",
                "Make a new token and set it.",
            )
        brand = account_brand(brands)
        missing = [] if user.get("role") == "admin" else ["admin: rules, fields and people can only be changed by one"]
        if refused:
            missing.append(f"brands: {refused.why}")
        subdomain = str(brand.get("subdomain") or _subdomain_of(str(user.get("url") or "")))
        if not subdomain and not refused:
            raise SystemFault(
                "unreachable",
                f"{connection.instance} GET brands",
                "the answer does not say which account this is",
                "Wait a moment and run the same command again.",
            )
        return Account(
            id=subdomain,
            name=str(brand.get("name") or ""),
            user=str(user.get("email") or user["id"]),
            missing_rights=tuple(missing),
            user_id=str(user["id"]),
        )

    def collections(self, connection: Connection) -> Mapping[str, Collection]:
        from provisioners.zendesk.collections import all_collections

        return all_collections(connection)

    def translations(self) -> Sequence[Translation]:
        from provisioners.zendesk.translations import all_translations

        return all_translations()

    def facts(self) -> dict[str, Any]:
        from provisioners.zendesk import plans
        from provisioners.zendesk.rules import CATALOGUE, RULES

        return {
            "fragments": FRAGMENTS,
            "rules": RULES,
            "catalogue": CATALOGUE,
            "plans": PLANS,
            "plan_rules": (plans.check,),
        }

    def words(self, context: Context) -> Mapping[tuple[str, str], str]:
        from provisioners.zendesk.translations.options import words_of_values

        return words_of_values(context)

    def authors(self, connection: Connection, asked: Sequence[Asked], own_user: str) -> Authors:
        from provisioners.zendesk.audit_log import authors
        from provisioners.zendesk.client import ZendeskClient

        return authors(ZendeskClient(connection), asked, connection.settings.plan, own_user)

    def does(self, payload: Payload, names: Names) -> list[dict[str, Any]]:
        from provisioners.zendesk.translations.actions import declared_actions
        from provisioners.zendesk.translations.speech import Hearing

        return declared_actions(payload.get("actions"), Hearing(names))

    def sentence(self, field: str, operator: str, value: Any) -> str:
        from provisioners.zendesk.sentences import sentence

        return sentence(field, operator, value)

    def cautions(self, connection: Connection, intent: Intent) -> list[str]:
        ends = self.way_in(connection)
        return [ends] if ends else []

    def asked(self, connection: Connection, intent: Intent) -> list[Finding]:
        from provisioners.zendesk.asking import asked
        from provisioners.zendesk.asking.asked_account import AskedAccount
        from provisioners.zendesk.client import ZendeskClient

        settings = connection.settings
        account = AskedAccount(ZendeskClient(connection), settings.plan or "", settings.seats, sandbox=settings.sandbox)
        return list(dict.fromkeys(asked(account, intent)))

    def mails(self, type_: str, payload: Payload) -> int:
        if type_ == "zendesk:User":
            return 0 if payload.get(UNINVITED) else 1
        own = str(payload.get("email", "")).lower().endswith(OWN_DOMAIN)  # the vendor need not ask itself
        return 1 if type_ == "zendesk:SupportAddress" and not own else 0

    def seats(self, intent: Intent) -> SeatChanges:
        from provisioners.zendesk.seat_changes import seat_changes

        return seat_changes(intent)

    def reach(self, connection: Connection, intent: Intent) -> list[Reach]:
        from provisioners.zendesk.client import ZendeskClient
        from provisioners.zendesk.reach import reach

        return list(reach(ZendeskClient(connection), intent))

    def look(self, connection: Connection, account: Account) -> LookDocument:
        from provisioners.zendesk.look.health_page import look

        url = connection.settings.url
        return look(connection, account, lambda type_, identifier: self.page(url, type_, identifier))

    def plans_seen(self, connection: Connection) -> PlansSeen:
        from provisioners.zendesk.client import ZendeskClient
        from provisioners.zendesk.plans_seen import plans_seen

        return plans_seen(ZendeskClient(connection), PLANS)

    def customers(self, connection: Connection, context: Context) -> Customers:
        from provisioners.zendesk.client import ZendeskClient
        from provisioners.zendesk.customers import ZendeskCustomers

        return ZendeskCustomers(ZendeskClient(connection), context)

    def organizations(self, connection: Connection, context: Context) -> Organizations:
        from provisioners.zendesk.client import ZendeskClient
        from provisioners.zendesk.organizations import ZendeskOrganizations

        return ZendeskOrganizations(ZendeskClient(connection), context)

    def imports(self, connection: Connection) -> Imports:
        from provisioners.zendesk.client import ZendeskClient
        from provisioners.zendesk.imports.zendesk_imports import ZendeskImports

        return ZendeskImports(ZendeskClient(connection))

    def redirects(self, connection: Connection) -> Redirects:
        from provisioners.zendesk.redirects import ZendeskRedirects

        return ZendeskRedirects(connection)

    def import_fields(self, context: Context, live: Mapping[str, str]) -> dict[str, FieldPlace]:
        from provisioners.zendesk.imports.fields import field_places

        return field_places(context, live)

    def people(self, connection: Connection, names: Mapping[tuple[str, str], str]) -> list[LivePerson]:
        from provisioners.zendesk.client import ZendeskClient
        from provisioners.zendesk.team import team

        return team(ZendeskClient(connection), connection.settings.url)

    def beyond(self, connection: Connection) -> dict[str, int]:
        from provisioners.zendesk.client import ZendeskClient
        from provisioners.zendesk.look.reading import count_beyond

        return count_beyond(ZendeskClient(connection), {each.kind for each in self.translations()})

    def account_answer(self, connection: Connection, asked: str) -> Mapping[str, Any] | None:
        from provisioners.zendesk.account_answers import account_answer
        from provisioners.zendesk.client import ZendeskClient

        return account_answer(ZendeskClient(connection), asked)

    def trials(self, connection: Connection) -> Trials:
        from provisioners.zendesk.client import ZendeskClient
        from provisioners.zendesk.trial import ZendeskTrials

        return ZendeskTrials(ZendeskClient(connection), connection.settings.url)

    def clocks(self, connection: Connection) -> Clocks:
        from provisioners.zendesk.client import ZendeskClient
        from provisioners.zendesk.clocks import ZendeskClocks

        return ZendeskClocks(ZendeskClient(connection), connection.settings.url)

    def way_in(self, connection: Connection) -> str:
        from provisioners.zendesk.sign_in import end_of_api_tokens

        return end_of_api_tokens(connection)

    def key_end(self, settings: SystemSettings) -> KeyEnd | None:
        from provisioners.zendesk.sign_in import key_end

        return key_end(settings)

    def page(self, url: str, type_: str, identifier: str) -> str | None:
        template = PAGES.get(type_)
        return f"{url.rstrip('/')}/{template.format(id=identifier)}" if template else None

    def list_page(self, url: str, kind: str) -> str | None:
        template = PAGES.get(LISTED.get(kind, ""))
        return f"{url.rstrip('/')}/{template.partition('/{id}')[0].removesuffix('/edit')}" if template else None

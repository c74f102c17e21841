"""Salesforce as golive knows it. What only some runs need is imported where it is used; see `zendesk.system`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from provisioners.collection import Collection
from provisioners.errors import SystemFault
from provisioners.system import Account, Connection, RightsNeeded, System

if TYPE_CHECKING:
    from config.declaration import Declaration
    from config.findings import Finding
    from config.results.reach import Reach
    from config.results.standing import LiveObject
    from provisioners.accounts import Accounts
    from provisioners.intent import Intent
    from provisioners.people import LivePerson
    from provisioners.translation import Context, Translation

PLANS = (
    "starter",
    "pro_suite",
    "professional",
    "enterprise",
    "unlimited",
    "performance",
    "einstein_1",
    "developer",
)
"""The vendor's editions, as environment files say them."""

PAGES = (
    "salesforce:CustomObject",
    "salesforce:RecordType",
    "salesforce:CustomField",
    "salesforce:PermissionSet",
    "salesforce:Queue",
)
"""Types whose objects have a page of their own."""


class SalesforceSystem(System):
    """Salesforce, signed in with an access token and the organisation's own address."""

    name = "salesforce"
    title = "Salesforce"
    role = "crm"
    people_in = ("crm_access", "crm_queues")
    shows_people = True

    def account(self, connection: Connection) -> Account:
        """The organisation (its 18-character id) and the token's user."""
        from provisioners.salesforce.client import SalesforceClient, long_id
        from provisioners.salesforce.user_rights import COLUMNS, base_rights_lacking, held_rights

        client = SalesforceClient(connection)
        organizations = client.select("Organization", "Id, Name")
        if not organizations:
            raise SystemFault(
                "credentials",
                connection.instance,
                "the token may not see the organisation itself",
                "Use a token of a user with the right View Setup and Configuration.",
            )
        user = client.user_info()
        rows = client.select("UserPermissionAccess", COLUMNS)
        held = held_rights(rows[0]) if rows else None
        organization = organizations[0]
        return Account(
            long_id(organization["Id"]),
            str(organization["Name"]),
            str(user.get("email") or user.get("preferred_username") or ""),
            () if held is None else base_rights_lacking(held),
            rights=held,
        )

    def rights_needed(self, declared: Declaration) -> RightsNeeded:
        from provisioners.salesforce.user_rights import HOW, needed, useful

        return RightsNeeded(needed(declared), useful(declared), HOW)

    def account_id(self, said: str) -> str:
        """The vendor's pages show 15 characters, its interfaces 18."""
        from provisioners.salesforce.client import long_id

        return long_id(said)

    def collections(self, connection: Connection) -> Mapping[str, Collection]:
        from provisioners.salesforce.access import (
            FieldPermissions,
            ObjectPermissions,
            PermissionSet,
            PermissionSetAssignment,
        )
        from provisioners.salesforce.client import SalesforceClient
        from provisioners.salesforce.custom_field import CustomField, StandardField
        from provisioners.salesforce.custom_object import CustomObject
        from provisioners.salesforce.queue import Queue, QueueMember, QueueObject
        from provisioners.salesforce.record_type import RecordType

        client = SalesforceClient(connection)
        types: tuple[Callable[[SalesforceClient], Collection], ...]
        types = (
            *(CustomObject, RecordType),
            *(CustomField, StandardField),
            *(PermissionSet, ObjectPermissions, FieldPermissions, PermissionSetAssignment),
            *(Queue, QueueObject, QueueMember),
        )
        return {kind.type: kind(client) for kind in types}

    def translations(self) -> Sequence[Translation]:
        from provisioners.salesforce.access_translation import CrmAccessTranslation
        from provisioners.salesforce.mapping import CrmMappingTranslation
        from provisioners.salesforce.object_translation import CrmObjectTranslation
        from provisioners.salesforce.queue_translation import CrmQueueTranslation
        from provisioners.salesforce.record_type_translation import CrmRecordTypeTranslation
        from provisioners.salesforce.translations import CrmFieldTranslation

        objects = (CrmObjectTranslation(), CrmRecordTypeTranslation(), CrmFieldTranslation())
        return (*objects, CrmAccessTranslation(), CrmQueueTranslation(), CrmMappingTranslation())

    def words(self, context: Context) -> Mapping[tuple[str, str], str]:
        from provisioners.salesforce.translations import words_of_values

        return words_of_values(context)

    def people(self, connection: Connection, names: Mapping[tuple[str, str], str]) -> list[LivePerson]:
        from provisioners.salesforce.client import SalesforceClient
        from provisioners.salesforce.users import users

        return users(SalesforceClient(connection), connection.settings.url)

    def accounts(self, connection: Connection, context: Context) -> Accounts:
        from provisioners.salesforce.accounts import SalesforceAccounts
        from provisioners.salesforce.client import SalesforceClient

        return SalesforceAccounts(SalesforceClient(connection), context)

    def facts(self) -> dict[str, Any]:
        from provisioners.salesforce.rules import CATALOGUE, check, check_lacking

        return {"rules": (check,), "rules_where_named": (check_lacking,), "catalogue": CATALOGUE, "plans": PLANS}

    def cautions(self, connection: Connection, intent: Intent) -> list[str]:
        from provisioners.salesforce.record_page import chosen_by_nobody, on_no_page

        return [*on_no_page(intent), *chosen_by_nobody(intent)]

    def account_answer(self, connection: Connection, asked: str) -> Mapping[str, Any] | None:
        if asked == "crm_apps":
            from provisioners.salesforce.packages import packages

            return packages(connection)
        return None

    def answer_about(
        self, connection: Connection, asked: str, objects: Sequence[LiveObject]
    ) -> Mapping[str, Any] | None:
        if asked == "crm_rights":
            from provisioners.salesforce.user_rights import rights_lacking

            held = self.account(connection).rights
            return None if held is None else {"missing": list(rights_lacking(held, objects))}
        if asked != "crm_page":
            return self.account_answer(connection, asked)
        from provisioners.salesforce.client import SalesforceClient
        from provisioners.salesforce.record_page import pages

        fields = [each.name for each in objects if each.kind == "crm_fields" and each.ours]
        owners = sorted({name.partition(".")[0] for name in fields})
        return {"pages": pages(SalesforceClient(connection), owners)}

    def calls_left(self, connection: Connection) -> str:
        from provisioners.salesforce.client import SalesforceClient

        return str(SalesforceClient(connection).calls_left())

    def reach(self, connection: Connection, intent: Intent) -> list[Reach]:
        from provisioners.salesforce.client import SalesforceClient
        from provisioners.salesforce.values_lost import values_lost

        return list(values_lost(SalesforceClient(connection), intent))

    def asked(self, connection: Connection, intent: Intent) -> list[Finding]:
        from provisioners.salesforce.asking import asked
        from provisioners.salesforce.client import SalesforceClient

        return list(asked(SalesforceClient(connection), intent))

    def page(self, url: str, type_: str, identifier: str) -> str | None:
        """Any record opens under its id; rows without a page of their own have none."""
        if type_ in PAGES:
            return f"{url.rstrip('/')}/{identifier}"
        return None

"""HubSpot as golive knows it. What only some runs need is imported where it is used; see `zendesk.system`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from provisioners.collection import Collection
from provisioners.system import Account, Connection, RightsNeeded, System

if TYPE_CHECKING:
    from config.declaration import Declaration
    from config.findings import Finding
    from config.results.reach import Reach
    from config.results.standing import LiveObject
    from provisioners.accounts import Accounts
    from provisioners.hubspot.client import HubSpotClient
    from provisioners.intent import Intent
    from provisioners.people import LivePerson
    from provisioners.translation import Context, Translation

PLANS = ("free", "starter", "professional", "enterprise")
"""What the vendor sells, as environment files say it: the highest of the client's Hubs."""


class HubSpotSystem(System):
    """HubSpot, signed in with a service key or a private app's token."""

    name = "hubspot"
    title = "HubSpot"
    role = "crm"
    shows_people = True

    def account(self, connection: Connection) -> Account:
        """The account (its number), the user who made the private app, and the token's scopes; these two as far as
        HubSpot says them."""
        from provisioners.hubspot.client import HubSpotClient
        from provisioners.hubspot.scopes import OWNERS

        client = HubSpotClient(connection)
        details = client.details()  # a token that is wrong is refused here
        info = client.token_info()
        number = str(details["portalId"])
        kind = str(details.get("accountType") or "").replace("_", " ").lower()
        name = f"account {number}{f', {kind}' if kind else ''}"
        if info is None:
            return Account(number, name, "a token of which HubSpot does not tell whose it is and what it may do")
        scopes = frozenset(str(each) for each in info.get("scopes") or ())
        user = str(info.get("userId") or "")
        owners = client.owners() if OWNERS in scopes else []
        email = next((each.email for each in owners if each.user_id == user), "")
        return Account(number, name, email or f"user {user}", user_id=user, rights=scopes)

    def account_id(self, said: str) -> str:
        """The account's number; people may copy the address of a page, in which it stands."""
        numbers = [each for each in said.split("/") if each.isdigit()]
        return numbers[0] if numbers else said

    def rights_needed(self, declared: Declaration) -> RightsNeeded:
        from provisioners.hubspot.scopes import HOW, needed, useful

        return RightsNeeded(needed(declared), useful(declared), HOW)

    def collections(self, connection: Connection) -> Mapping[str, Collection]:
        from provisioners.hubspot.client import HubSpotClient
        from provisioners.hubspot.pipeline import Pipeline, PipelineStage, StageOrder
        from provisioners.hubspot.property import Property
        from provisioners.hubspot.property_group import PropertyGroup

        client = HubSpotClient(connection)
        types: tuple[Callable[[HubSpotClient], Collection], ...]
        types = (PropertyGroup, Property, Pipeline, PipelineStage, StageOrder)
        return {kind.type: kind(client) for kind in types}

    def translations(self) -> Sequence[Translation]:
        from provisioners.hubspot.by_hand_translations import (
            CrmAccessTranslation,
            CrmMappingTranslation,
            CrmQueueTranslation,
        )
        from provisioners.hubspot.field_translation import CrmFieldGroupTranslation, CrmFieldTranslation
        from provisioners.hubspot.pipeline_translation import CrmPipelineTranslation

        made = (CrmFieldGroupTranslation(), CrmFieldTranslation(), CrmPipelineTranslation())
        return (*made, CrmAccessTranslation(), CrmQueueTranslation(), CrmMappingTranslation())

    def words(self, context: Context) -> Mapping[tuple[str, str], str]:
        from provisioners.hubspot.field_translation import words_of_values

        return words_of_values(context)

    def people(self, connection: Connection, names: Mapping[tuple[str, str], str]) -> list[LivePerson]:
        from provisioners.hubspot.client import HubSpotClient
        from provisioners.people import LivePerson

        owners = HubSpotClient(connection).owners()
        return [LivePerson(each.email, each.name, each.active, "owner of records") for each in owners]

    def accounts(self, connection: Connection, context: Context) -> Accounts:
        from provisioners.hubspot.accounts import HubSpotAccounts
        from provisioners.hubspot.client import HubSpotClient

        return HubSpotAccounts(HubSpotClient(connection), context)

    def facts(self) -> dict[str, Any]:
        from provisioners.hubspot.rules import CATALOGUE, check, check_plan

        return {
            "rules_where_named": (check,),
            "plan_rules": (check_plan,),
            "catalogue": CATALOGUE,
            "plans": PLANS,
        }

    def answer_about(
        self, connection: Connection, asked: str, objects: Sequence[LiveObject]
    ) -> Mapping[str, Any] | None:
        """Without the scopes of companies nothing of the customers' context can be set up or read; what golive looks
        after needs those of its objects. Nothing where HubSpot does not tell what the token may do."""
        if asked != "crm_rights":
            return None
        from provisioners.hubspot.scopes import missing_rights

        held = self.account(connection).rights
        return None if held is None else {"missing": missing_rights(held, objects)}

    def reach(self, connection: Connection, intent: Intent) -> list[Reach]:
        from provisioners.hubspot.client import HubSpotClient
        from provisioners.hubspot.values_lost import values_lost

        return list(values_lost(HubSpotClient(connection), intent))

    def asked(self, connection: Connection, intent: Intent) -> list[Finding]:
        from provisioners.hubspot.asking import asked
        from provisioners.hubspot.client import HubSpotClient

        return list(asked(HubSpotClient(connection), intent))

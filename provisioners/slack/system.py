"""Slack as golive knows it. What only some runs need is imported where it is used; see `zendesk.system`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from provisioners.authors import Asked, Authors
from provisioners.collection import Collection
from provisioners.system import Account, Connection, RightsNeeded, System

if TYPE_CHECKING:
    from config.declaration import Declaration
    from config.findings import Finding
    from provisioners.intent import Intent
    from provisioners.people import LivePerson
    from provisioners.posts import Posts
    from provisioners.translation import Context, Translation

CHANNEL = "slack:Channel"

PLANS = ("free", "pro", "business_plus", "enterprise", "enterprise_grid")
"""What the vendor sells, as environment files say it."""


class SlackSystem(System):
    """Slack, signed in with a bot token."""

    name = "slack"
    title = "Slack"
    role = "chat"
    people_in = ("slack_channels", "slack_user_groups")
    shows_people = True

    def account(self, connection: Connection) -> Account:
        """The workspace (its team id) and the bot, with the scopes that the vendor's header names."""
        from provisioners.slack.client import SlackClient

        client = SlackClient(connection)
        answer, scopes = client.signed_in()
        own = str(answer.get("user_id") or "")
        return Account(
            str(answer["team_id"]), str(answer["team"]), str(answer["user"]), user_id=own, rights=scopes or None
        )

    def rights_needed(self, declared: Declaration) -> RightsNeeded:
        from provisioners.slack.scopes import HOW, needed, useful

        return RightsNeeded(needed(declared), useful(declared), HOW)

    def collections(self, connection: Connection) -> Mapping[str, Collection]:
        from provisioners.slack.channel import Channel
        from provisioners.slack.client import SlackClient
        from provisioners.slack.user_group import UserGroup

        client = SlackClient(connection)
        return {Channel.type: Channel(client), UserGroup.type: UserGroup(client)}

    def translations(self) -> Sequence[Translation]:
        from provisioners.slack.translations import SlackChannelTranslation, SlackUserGroupTranslation

        return (SlackChannelTranslation(), SlackUserGroupTranslation())

    def words(self, context: Context) -> Mapping[tuple[str, str], str]:
        """Slack knows people by their e-mail address."""
        people = context.declared.of("people").values()
        return {("people", item.value.email): item.key for item in people if item.value.email}

    def authors(self, connection: Connection, asked: Sequence[Asked], own_user: str) -> Authors:
        from provisioners.slack.authors import authors
        from provisioners.slack.client import SlackClient

        return authors(SlackClient(connection), asked, own_user)

    def cautions(self, connection: Connection, intent: Intent) -> list[str]:
        from provisioners.slack.cautions import cautions
        from provisioners.slack.client import SlackClient

        return list(cautions(SlackClient(connection), intent))

    def people(self, connection: Connection, names: Mapping[tuple[str, str], str]) -> list[LivePerson]:
        from provisioners.slack.client import SlackClient
        from provisioners.slack.people import people

        return people(SlackClient(connection), names.keys())

    def asked(self, connection: Connection, intent: Intent) -> list[Finding]:
        from provisioners.slack.asking import asked
        from provisioners.slack.client import SlackClient

        return list(asked(SlackClient(connection), intent))

    def posts(self, connection: Connection) -> Posts:
        from provisioners.slack.client import SlackClient
        from provisioners.slack.posts import SlackPosts

        return SlackPosts(SlackClient(connection))

    def facts(self) -> dict[str, Any]:
        from provisioners.slack.rules import CATALOGUE, check, check_plan

        return {
            "plans": PLANS,
            "rules": (check,),
            "plan_rules": (check_plan,),
            "catalogue": CATALOGUE,
        }

    def page(self, url: str, type_: str, identifier: str) -> str | None:
        """A channel opens in the browser under its id, whatever the workspace's own address is."""
        return f"https://slack.com/app_redirect?channel={identifier}" if type_ == CHANNEL else None

"""Linear as golive knows it. What only some runs need is imported where it is used; see `zendesk.system`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from provisioners.collection import Collection
from provisioners.system import Account, Connection, System

if TYPE_CHECKING:
    from config.findings import Finding
    from provisioners.intent import Intent
    from provisioners.issues import Issues
    from provisioners.translation import Context, Translation

PLANS = ("free", "basic", "business", "enterprise")
"""What the vendor sells, as environment files say it."""


class LinearSystem(System):
    """Linear, signed in with a personal key."""

    name = "linear"
    title = "Linear"
    role = "tracker"

    def account(self, connection: Connection) -> Account:
        """The workspace (what stands in its addresses) and the key's person. Only administrators may keep webhooks."""
        from provisioners.linear.client import LinearClient

        document = " { viewer { id name email admin } organization { id name urlKey } }"
        answer = LinearClient(connection).query("account", document)
        viewer, organization = answer["viewer"], answer["organization"]
        missing = () if viewer["admin"] else ("Administrator of the workspace (webhooks)",)
        return Account(
            str(organization["urlKey"]), str(organization["name"]), str(viewer["email"]), missing, str(viewer["id"])
        )

    def account_id(self, said: str) -> str:
        """What stands behind linear.app/; people may copy the whole address."""
        return said.rstrip("/").rpartition("linear.app/")[2].partition("/")[0]

    def collections(self, connection: Connection) -> Mapping[str, Collection]:
        from provisioners.linear.client import LinearClient
        from provisioners.linear.collections import Label, Team, Template, Webhook

        client = LinearClient(connection)
        return {kind.type: kind(client) for kind in (Team, Label, Template, Webhook)}

    def translations(self) -> Sequence[Translation]:
        from provisioners.linear.collections import Team
        from provisioners.linear.translations import ComponentTranslation, EscalationTranslation, LabelTranslation
        from provisioners.tracker_project import TrackerProjectTranslation

        projects = TrackerProjectTranslation(Team.type, "teams")
        return (projects, ComponentTranslation(), LabelTranslation(), EscalationTranslation())

    def words(self, context: Context) -> Mapping[tuple[str, str], str]:
        """What belongs to a team names it by its key."""
        projects = context.declared.of("engineering_projects").values()
        return {("engineering_projects", str(item.value.existing)): item.key for item in projects}

    def issues(self) -> Issues:
        from provisioners.linear.issues import LinearIssues

        return LinearIssues()

    def account_answer(self, connection: Connection, asked: str) -> Mapping[str, Any] | None:
        if asked != "issues_made":
            return None
        from provisioners.linear.client import LinearClient
        from provisioners.linear.made_issues import issues_made

        return issues_made(LinearClient(connection))

    def asked(self, connection: Connection, intent: Intent) -> list[Finding]:
        from provisioners.linear.asking import asked
        from provisioners.linear.client import LinearClient

        return asked(LinearClient(connection), intent, connection.instance)

    def facts(self) -> dict[str, Any]:
        from provisioners.linear.rules import CATALOGUE

        return {"plans": PLANS, "catalogue": CATALOGUE}

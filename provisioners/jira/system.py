"""Jira as golive knows it. What only some runs need is imported where it is used; see `zendesk.system`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from provisioners.collection import Collection
from provisioners.system import Account, Connection, System

if TYPE_CHECKING:
    from config.findings import Finding
    from provisioners.intent import Intent
    from provisioners.issues import Issues
    from provisioners.translation import Context, Translation

RIGHTS = {
    "BROWSE_PROJECTS": "Browse projects",
    "ADMINISTER_PROJECTS": "Administer projects (components)",
    "CREATE_ISSUES": "Create issues (escalations)",
}
"""What golive needs in the projects, as the vendor calls it, and for what."""

PLANS = ("free", "standard", "premium", "enterprise")
"""What the vendor sells, as environment files say it."""


class JiraSystem(System):
    """Jira Cloud, signed in with a person's address and API token."""

    name = "jira"
    title = "Jira"
    role = "tracker"

    def account(self, connection: Connection) -> Account:
        """The site (its host) and the token's person. Missing rights are those that the person has in no project."""
        from provisioners.jira.client import JiraClient

        client = JiraClient(connection)
        user = client.get("myself")
        site = client.get("serverInfo")
        held = client.get("mypermissions", permissions=",".join(RIGHTS))["permissions"]
        missing = [words for name, words in RIGHTS.items() if not (held.get(name) or {}).get("havePermission")]
        host = urlsplit(str(site["baseUrl"])).hostname or ""
        return Account(
            host,
            str(site.get("serverTitle") or host),
            str(user.get("emailAddress") or user.get("displayName") or ""),
            tuple(missing),
            str(user.get("accountId") or ""),
        )

    def account_id(self, said: str) -> str:
        """The site's host; people may copy its whole address, or its first part only."""
        host = urlsplit(said).hostname if "://" in said else said.strip("/").lower()
        return f"{host}.atlassian.net" if host and "." not in host else str(host)

    def collections(self, connection: Connection) -> Mapping[str, Collection]:
        from provisioners.jira.client import JiraClient
        from provisioners.jira.collections import Component, Project

        client = JiraClient(connection)
        return {kind.type: kind(client) for kind in (Project, Component)}

    def translations(self) -> Sequence[Translation]:
        from provisioners.jira.collections import Project
        from provisioners.jira.translations import ComponentTranslation, LabelTranslation
        from provisioners.tracker_project import TrackerProjectTranslation

        return (TrackerProjectTranslation(Project.type, "projects"), ComponentTranslation(), LabelTranslation())

    def words(self, context: Context) -> Mapping[tuple[str, str], str]:
        """Jira knows people by their e-mail address, and components name their project by its key."""
        people = context.declared.of("people").values()
        projects = context.declared.of("engineering_projects").values()
        return {
            **{("people", item.value.email): item.key for item in people if item.value.email},
            **{("engineering_projects", str(item.value.existing)): item.key for item in projects},
        }

    def account_answer(self, connection: Connection, asked: str) -> Mapping[str, Any] | None:
        if asked != "issues_made":
            return None
        from provisioners.jira.client import JiraClient
        from provisioners.jira.made_issues import issues_made

        return issues_made(JiraClient(connection))

    def asked(self, connection: Connection, intent: Intent) -> list[Finding]:
        from provisioners.jira.asking import asked
        from provisioners.jira.client import JiraClient

        return asked(JiraClient(connection), intent, connection.instance)

    def issues(self) -> Issues:
        from provisioners.jira.issues import JiraIssues

        return JiraIssues()

    def facts(self) -> dict[str, Any]:
        from provisioners.jira.rules import CATALOGUE

        return {"plans": PLANS, "catalogue": CATALOGUE}

    def page(self, url: str, type_: str, identifier: str) -> str | None:
        """Components have no page of their own that is known by the id."""
        return None

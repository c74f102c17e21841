"""The call that makes an issue of a ticket in Jira.

Source: developer.atlassian.com, “Create issue”. Version 2 of the interface is called, which takes a description as
plain text; version 3 wants it as a document, which no placeholder of a helpdesk could fill safely.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.declaration import Declaration
from config.kinds.engineering import Escalation
from provisioners.issues import Call, CannotEscalate, Filled, Issues, Read, SignIn, WayBack, reference
from provisioners.run_file import SystemSettings

SANDBOX_USER = "golive@sandbox.example"
"""Whose token the sandbox's own is, where the environment file names nobody."""
_TICKET = '{{issue.description.match(".*/tickets/([0-9]+).*")}}'
"""How Jira's automation finds the ticket's number in the text of an issue that golive's webhook has made."""


class JiraIssues(Issues):
    tracker = "Jira"
    way_back = WayBack(
        "install Jira's app in the helpdesk, and let Jira's automation set the field",
        (
            "In Zendesk's Admin Centre, under Apps and integrations > Integrations, choose Jira, and sign in as an "
            "administrator of both sides: agents then see the issue beside the ticket once it is linked there.",
            "In Jira, under Project settings > Automation, create a rule: When a work item is transitioned; If its "
            "description contains `/tickets/`.",
            "Then “Send web request”: method PUT, address "
            f"`https://SUBDOMAIN.zendesk.com/api/v2/tickets/{_TICKET}`, header `Authorization` (hidden) with an API "
            "token made for Jira alone.",
            'Its body: `{"ticket": {"custom_fields": [{"id": NUMBER OF THE FIELD, "value": "TAG OF THE OPTION"}]}}`, '
            "one branch for each state that agents are to see.",
            "Escalate a test ticket, move its issue, and look at the field.",
        ),
    )
    quirks: ClassVar = {
        "engineering_projects": (
            "Looked up by the key that stands before the number of its issues; golive makes, changes and deletes none.",
        ),
        "engineering_components": (
            "A component's project never changes: another one means a new component.",
            "Whoever deletes one takes it from every issue, so that it stays when it leaves the files, unless they say "
            "otherwise; then the plan says how many issues have it.",
            "The lead is found by the whole mail address, also where the person hides it from others.",
        ),
        "engineering_labels": (
            "A label is a word, and is there as soon as an issue carries it: nothing is made, and colours are "
            "Linear's.",
            "Jira takes none with a space in it.",
        ),
        "escalations": (
            "The webhook calls `/rest/api/2/issue`, which takes the description as plain text; the components API is "
            "version 3.",
            "It signs in as the person whose token golive has: issues are reported by them.",
            "The plan asks the project for its issue types and priorities; a word that it does not know is an error.",
        ),
    }

    def call(
        self, escalation: Escalation, filled: Filled, declared: Declaration, instance: str, settings: SystemSettings
    ) -> Call:
        row = escalation.row("priority")
        if row is None or row.as_ is None:
            raise CannotEscalate("it does not say which priority the issue gets")
        components = [reference(instance, "engineering_components", key) for key in escalation.components]
        project = reference(instance, "engineering_projects", escalation.project)
        fields: dict[str, Any] = {
            "project": {"id": project},
            "issuetype": {"name": escalation.issue_type},
            "summary": filled.title,
            "description": filled.text,
            "priority": {"name": filled.choose(row.as_)},
            "labels": [item.name for key in escalation.labels if (item := declared.get("engineering_labels", key))],
            "components": [{"id": each} for each in components],
        }
        return Call(
            f"{settings.url.rstrip('/')}/rest/api/2/issue",
            SignIn(settings.token, user=settings.user or SANDBOX_USER),
            {"fields": fields},
        )

    def read(self, body: Mapping[str, Any]) -> Read | None:
        fields = body.get("fields")
        if not isinstance(fields, Mapping):
            return None
        return Read(
            project=str((fields.get("project") or {}).get("id", "")),
            text=str(fields.get("description", "")),
            priorities=str((fields.get("priority") or {}).get("name", "")),
            issue_type=str((fields.get("issuetype") or {}).get("name", "")),
            components=tuple(str(each.get("id", "")) for each in fields.get("components") or ()),
            labels=tuple(str(each) for each in fields.get("labels") or ()),
        )

"""The call that makes an issue of a ticket in Jira.

Source: developer.atlassian.com, “Create issue”. Version 2 of the interface is called, which takes a description as
plain text; version 3 wants it as a document, which no placeholder of a helpdesk could fill safely.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.declaration import Declaration
from config.kinds.engineering import Escalation
from provisioners.issues import Call, CannotEscalate, Filled, Issues, Read, SignIn, reference
from provisioners.jira.client import SANDBOX_USER
from provisioners.run_file import SystemSettings


class JiraIssues(Issues):
    tracker = "Jira"

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

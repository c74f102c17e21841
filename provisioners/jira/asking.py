"""What the live site says against the escalations: project, issue type and priorities are there."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from provisioners.errors import SystemFault
from provisioners.intent import Intent
from provisioners.issues import missing_projects
from provisioners.jira.client import Body, JiraClient
from provisioners.jira.collections import Project
from provisioners.jira.rules import ISSUE_TYPE, PRIORITIES, PROJECT
from provisioners.resource import ResourceName


def asked(client: JiraClient, intent: Intent, instance: str) -> list[Finding]:
    """One finding for each project that is not there, and for each word that its project does not know; two calls for
    each escalation."""
    words = [
        finding
        for item in intent.declared.of("escalations").values()
        if not item.value.by_hand
        for finding in _of(item, client, intent, instance)
    ]
    return [*missing_projects(intent, PROJECT, "project", Project(client)), *words]


def _of(item: Declared, client: JiraClient, intent: Intent, instance: str) -> Iterator[Finding]:
    project = intent.declared.get("engineering_projects", item.value.project)
    if project is None:
        return
    key = str(project.value.existing)
    name = ResourceName(instance, item.kind, item.key)
    try:
        types = client.pages(f"issue/createmeta/{key}/issuetypes", "issueTypes")
    except SystemFault as fault:
        if fault.code != "not_found":
            raise
        return  # that the project is not there is said of the project
    wanted = item.value.issue_type.lower()
    chosen = next((each for each in types if str(each["name"]).lower() == wanted and not each.get("subtask")), None)
    if chosen is None:
        there = _listed(each for each in types if not each.get("subtask"))
        said = f"the project {key} has no issue type “{item.value.issue_type}”; it has {there}"
        yield intent.found(ISSUE_TYPE, name, said, path=("issue_type",))
        return
    fields = client.pages(f"issue/createmeta/{key}/issuetypes/{chosen['id']}", "fields")
    allowed = next((each.get("allowedValues") or [] for each in fields if each.get("fieldId") == "priority"), None)
    index = next((i for i, row in enumerate(item.value.fields) if row.issue == "priority"), None)
    if index is None:
        return
    if allowed is None:
        said = f"an issue of type {chosen['name']} in {key} takes no priority when it is made"
        hint = "A project administrator puts the field on the screen on which issues are made."
        yield intent.found(PRIORITIES, name, said, hint, ("fields", index))
        return
    known = {str(each["name"]) for each in allowed}
    for ours, word in (item.value.fields[index].as_ or {}).items():
        if word not in known:
            said = f"the project {key} has no priority “{word}”; it has {_listed(allowed)}"
            yield intent.found(PRIORITIES, name, said, path=("fields", index, "as", ours))


def _listed(rows: Iterator[Body] | list[Body]) -> str:
    return ", ".join(str(each["name"]) for each in rows) or "none"

"""Issues: made with the fields that a hand-over sends, and shown. A label is there as soon as an issue carries it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sandbox.jira.site import JiraError, Site
from sandbox.store import Row

LONGEST_SUMMARY = 255
KNOWN = frozenset({"project", "issuetype", "summary", "description", "priority", "labels", "components"})


def create(site: Site, ids: Row, query: dict[str, str], body: Row) -> tuple[int, object]:
    """Every field that is wrong is named at once, by its own message."""
    fields = body.get("fields")
    if not isinstance(fields, dict):
        raise JiraError(400, "one of 'fields' or 'update' required")
    project = _project(site, fields.get("project"))
    if project is None:
        raise JiraError(400, project="valid project is required")
    wrong: dict[str, str] = {
        name: f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
        for name in fields
        if name not in KNOWN
    }
    issue_type = _named(project["issue_types"], fields.get("issuetype"))
    if issue_type is None:
        wrong["issuetype"] = "Specify a valid issue type"
    summary = str(fields.get("summary") or "").strip()
    if not summary:
        wrong["summary"] = "You must specify a summary of the issue."
    elif "\n" in summary:
        wrong["summary"] = "The summary is invalid because it contains newline characters."
    elif len(summary) > LONGEST_SUMMARY:
        wrong["summary"] = f"Summary must be less than or equal to {LONGEST_SUMMARY} characters."
    allowed = [each for each in site.table("priorities").values() if each["name"] in project["priorities"]]
    priority = _named(allowed, fields["priority"]) if "priority" in fields else _named(allowed, {"name": "Medium"})
    if priority is None:
        wrong["priority"] = "Specify the Priority (name) as a string in the name field, one of those of the project"
    labels = fields.get("labels") or []
    if any(" " in str(label) for label in labels):
        wrong["labels"] = "The label contains spaces which is invalid."
    own = [row for row in site.table("components").values() if row["project"] == project["id"]]
    components = [_named(own, given) for given in fields.get("components") or []]
    if None in components:
        wrong["components"] = "Component name is not valid"
    description = fields.get("description")
    if description is not None and isinstance(description, str) != (ids["version"] == "2"):
        wrong["description"] = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
        if ids["version"] == "2":
            wrong["description"] = "Operation value must be a string"
    if wrong:
        raise JiraError(400, **wrong)
    project["issues"] += 1
    row: Row = {
        "id": site.new_id("issue"),
        "key": f"{project['key']}-{project['issues']}",
        "project": project["id"],
        "issuetype": issue_type["name"] if issue_type else "",
        "summary": summary,
        "description": description,
        "priority": priority["name"] if priority else "",
        "labels": [str(label) for label in labels],
        "components": [each["id"] for each in components if each],
        "reporter": next(iter(site.table("users"))),
        "created": site.store.clock(),
    }
    site.table("issues")[row["id"]] = row
    shown = {name: row[name] for name in ("id", "key")}
    return 201, {**shown, "self": f"{site.address}/rest/api/{ids['version']}/issue/{row['id']}"}


def shown(site: Site, ids: Row, query: dict[str, str], body: Row) -> tuple[int, object]:
    for row in site.table("issues").values():
        if ids["issue"] in (row["id"], row["key"]):
            components = [site.component_document(site.component(each)) for each in row["components"]]
            fields: dict[str, Any] = {name: row[name] for name in ("summary", "description", "labels")}
            named = {name: {"name": row[name]} for name in ("priority", "issuetype")}
            project = site.project_document(site.table("projects")[row["project"]])
            fields |= {**named, "components": components, "project": project}
            return 200, {"id": row["id"], "key": row["key"], "fields": fields}
    raise JiraError(404, "Issue does not exist or you do not have permission to see it.")


def search(site: Site, ids: Row, query: dict[str, str], body: Row) -> tuple[int, object]:
    """The enhanced search: only with a bound, and only of what this stand-in understands: `reporter = currentUser()`,
    `created >= -90d`, the newest first. Only the fields that are asked for are shown."""
    asked = _QUERY.fullmatch(query.get("jql", "").strip())
    if asked is None:
        raise JiraError(
            400, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
        )
    me, since = next(iter(site.table("users"))), site.store.clock() - int(asked["days"]) * 86_400
    found = [row for row in site.table("issues").values() if row["reporter"] == me and row["created"] >= since]
    newest = sorted(found, key=lambda row: (row["created"], int(row["id"])), reverse=True)
    page_ = newest[: int(query.get("maxResults", "50"))]
    return 200, {"issues": [_found(site, row, query.get("fields", "id").split(",")) for row in page_], "isLast": True}


_QUERY = re.compile(r"reporter = currentUser\(\) AND created >= -(?P<days>\d+)d ORDER BY created DESC")


def _found(site: Site, row: Row, names: list[str]) -> Row:
    fields: Row = {name: row[name] for name in ("summary", "description", "labels")}
    fields["project"] = site.project_document(site.table("projects")[row["project"]])
    at = datetime.fromtimestamp(row["created"], UTC)
    fields["created"] = f"{at:%Y-%m-%dT%H:%M:%S}.000+0000"
    return {"id": row["id"], "key": row["key"], "fields": {name: fields[name] for name in names if name in fields}}


def _project(site: Site, given: object) -> Row | None:
    if not isinstance(given, dict):
        return None
    try:
        return site.project(str(given.get("id") or given.get("key") or ""))
    except JiraError:
        return None


def _named(rows: Any, given: object) -> Row | None:
    """The row that `{id}` or `{name}` names."""
    if not isinstance(given, dict):
        return None
    for row in rows:
        if str(given.get("id", "")) == row["id"] or str(given.get("name", "")).lower() == row["name"].lower():
            return dict(row)
    return None

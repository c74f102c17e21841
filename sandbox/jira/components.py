"""Components of a project."""

from __future__ import annotations

from sandbox.jira.site import JiraError, Site, page
from sandbox.store import Row

LONGEST = 255
KNOWN = frozenset(
    {"name", "description", "project", "leadAccountId", "assigneeType", "id", "self", "lead", "projectId", "assignee",
     "realAssignee", "realAssigneeType", "isAssigneeTypeValid"}
)  # fmt: skip


def listed(site: Site, ids: Row, query: dict[str, str], body: Row) -> tuple[int, object]:
    project = site.project(ids["project"])
    rows = sorted(_of(site, project["id"]), key=lambda row: str(row["name"]).lower())
    return 200, page([site.component_document(row) for row in rows], query)


def shown(site: Site, ids: Row, query: dict[str, str], body: Row) -> tuple[int, object]:
    return 200, site.component_document(site.component(ids["component"]))


def create(site: Site, ids: Row, query: dict[str, str], body: Row) -> tuple[int, object]:
    _check_known(body)
    if not body.get("project"):
        raise JiraError(400, project="The project is required.")
    try:
        project = site.project(str(body["project"]))
    except JiraError:
        raise JiraError(404, f"The project with key {body['project']} does not exist.") from None
    row: Row = {"id": "", "project": project["id"], "name": "", "description": "", "lead": ""}
    _change(site, row, body)
    row["id"] = site.new_id("component")
    site.table("components")[row["id"]] = row
    return 201, site.component_document(row)


def update(site: Site, ids: Row, query: dict[str, str], body: Row) -> tuple[int, object]:
    """What is not sent stays; the project stays whatever is sent."""
    _check_known(body)
    row = site.component(ids["component"])
    _change(site, row, body)
    return 200, site.component_document(row)


def delete(site: Site, ids: Row, query: dict[str, str], body: Row) -> tuple[int, object]:
    """Its issues lose it, or get the one that `moveIssuesTo` names."""
    row = site.component(ids["component"])
    instead = query.get("moveIssuesTo")
    if instead is not None:
        site.component(instead)
    for issue in site.table("issues").values():
        if row["id"] in issue["components"]:
            issue["components"] = [each for each in issue["components"] if each != row["id"]]
            issue["components"] += [instead] if instead else []
    del site.table("components")[row["id"]]
    return 204, None


def issue_count(site: Site, ids: Row, query: dict[str, str], body: Row) -> tuple[int, object]:
    row = site.component(ids["component"])
    count = sum(row["id"] in issue["components"] for issue in site.table("issues").values())
    return 200, {"self": f"{site.address}/rest/api/3/component/{row['id']}", "issueCount": count}


def _of(site: Site, project: str) -> list[Row]:
    return [row for row in site.table("components").values() if row["project"] == project]


def _check_known(body: Row) -> None:
    for name in body:
        if name not in KNOWN:
            raise JiraError(400, f'Unrecognized field "{name}"')


def _change(site: Site, row: Row, body: Row) -> None:
    """Raises JiraError before anything is changed."""
    name = str(body.get("name", row["name"]) or "").strip()
    if not name:
        raise JiraError(400, name="The component name must not be empty.")
    if len(name) > LONGEST:
        raise JiraError(400, name=f"The component name must not exceed {LONGEST} characters in length.")
    others = [each for each in _of(site, row["project"]) if each["id"] != row["id"]]
    if any(each["name"].lower() == name.lower() for each in others):
        raise JiraError(400, name=f"A component with the name {name} already exists in this project.")
    lead = row["lead"]
    if "leadAccountId" in body:
        lead = body["leadAccountId"] or ""
        if lead and site.user(lead) is None:
            raise JiraError(400, leadAccountId=f"The user with account ID {lead} does not exist.")
    row.update(name=name, description=str(body.get("description", row["description"]) or ""), lead=lead)

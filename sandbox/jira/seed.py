"""The site's start state: the vendor's priorities and issue types, and what the seed file lists.

Under `jira:` a seed file may say

    site: {name, host}                                      host: acme.atlassian.net
    users: [{name, email, hidden: true, active: false}]     hidden: nobody sees the address
    projects: [{key, name, issue_types: [Bug], priorities: [Highest]}]
    components: [{project: KEY, name, description, lead: email}]
"""

from __future__ import annotations

from sandbox.jira.site import Site
from sandbox.seeding import check_lists, check_words
from sandbox.store import Row, Store

LISTS = ("users", "projects", "components")
ISSUE_TYPES = ("Epic", "Bug", "Story", "Task", "Sub-task")
PRIORITIES = ("Highest", "High", "Medium", "Low", "Lowest")
OWNER = "owner@jira.example"


def seed(store: Store, data: Row) -> None:
    """Fill an empty site. Raises `ValueError` for what the seed cannot mean."""
    check_words("jira", data, ["site", *LISTS])
    check_lists("jira", data, LISTS)
    site = Site(store)
    about = data.get("site") or {}
    host = str(about.get("host") or "sandbox.atlassian.net")
    site.table("site")["1"] = {"id": "1", "name": about.get("name", "Sandbox Company"), "host": host}
    for number, name in enumerate(PRIORITIES, start=1):
        site.table("priorities")[str(number)] = {"id": str(number), "name": name}
    for person in [{"name": "Site Owner", "email": OWNER}, *(data.get("users") or [])]:
        identifier = f"712020:{site.new_id('user')}"
        site.table("users")[identifier] = {
            "id": identifier,
            "name": person["name"],
            "email": person["email"],
            "hidden": bool(person.get("hidden")),
            "active": bool(person.get("active", True)),
        }
    for given in data.get("projects") or []:
        identifier = site.new_id("project")
        types = [
            {"id": site.new_id("issuetype"), "name": name, "subtask": name == "Sub-task"}
            for name in given.get("issue_types") or ISSUE_TYPES
        ]
        site.table("projects")[identifier] = {
            "id": identifier,
            "key": given["key"],
            "name": given.get("name", given["key"]),
            "issue_types": types,
            "priorities": list(given.get("priorities") or PRIORITIES),
            "issues": 0,
        }
    for given in data.get("components") or []:
        identifier = site.new_id("component")
        leads = [each["id"] for each in site.table("users").values() if each["email"] == given.get("lead")]
        if given.get("lead") and not leads:
            raise ValueError(f"jira: nobody has the address {given['lead']}")
        site.table("components")[identifier] = {
            "id": identifier,
            "project": _project(site, given["project"]),
            "name": given["name"],
            "description": given.get("description", ""),
            "lead": leads[0] if leads else "",
        }


def _project(site: Site, key: str) -> str:
    for row in site.table("projects").values():
        if row["key"] == key:
            return str(row["id"])
    raise ValueError(f"jira: no project has the key {key}")

"""One Linear workspace in the store: what the queries and mutations do."""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox.store import Row, Store, Table

SYSTEM = "linear"
USUAL_PAGE, LARGEST_PAGE = 50, 250
WEBHOOK_TYPES = frozenset({"Issue", "Comment", "IssueLabel", "Project", "Cycle", "Reaction", "Attachment"})


class LinearError(Exception):
    """A refusal in the vendor's form: it stands under `errors`, with status 200."""

    def __init__(self, message: str, code: str = "INPUT_ERROR", kind: str = "invalid input", told: str = "") -> None:
        super().__init__(message)
        self.extensions: Row = {
            "type": kind,
            "code": code,
            "statusCode": 400,
            "userError": True,
            "userPresentableMessage": told or message,
        }


class Workspace:
    """Reads and writes over the tables `teams`, `labels`, `webhooks`, `templates`, `issues`, `users`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def table(self, name: str) -> Table:
        return self.store.table(SYSTEM, name)

    def new_id(self) -> str:
        """A UUID that is the same in each run that does the same."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"linear {self.store.next_id(SYSTEM)}"))

    def find(self, table: str, identifier: str, called: str) -> Row:
        """A row by its id. Raises LinearError."""
        row = self.table(table).get(identifier)
        if row is None:
            raise LinearError(f"Entity not found: {called}", told=f"Could not find referenced {called}.")
        return row

    def team(self, identifier: str) -> Row:
        """A team by its id or key."""
        by_key = next((row for row in self.table("teams").values() if row["key"] == identifier), None)
        return by_key or self.find("teams", identifier, "Team")

    # queries

    def organization(self) -> Row:
        return next(iter(self.table("workspace").values()))

    def viewer(self) -> Row:
        return next(iter(self.table("users").values()))

    def connection(
        self, table: str, first: int | None, after: str | None, fits: Callable[[Row], bool] | None = None
    ) -> Row:
        """One page of a list; of issues the newest first. Raises LinearError."""
        size = USUAL_PAGE if first is None else first
        if not 1 <= size <= LARGEST_PAGE:
            raise LinearError("Argument Validation Error", told=f"first must be between 1 and {LARGEST_PAGE}")
        rows = [self.shown(table, row) for row in self.table(table).values() if fits is None or fits(row)]
        if table == "issues":
            rows.reverse()
        start = 0
        if after is not None:
            ids = [row["id"] for row in rows]
            cursor = _plain(after)
            if cursor not in ids:
                raise LinearError("Argument Validation Error", told="after is not a valid pagination cursor")
            start = ids.index(cursor) + 1
        page = rows[start : start + size]
        end = _cursor(str(page[-1]["id"])) if page else None
        return {"nodes": page, "pageInfo": {"hasNextPage": start + size < len(rows), "endCursor": end}}

    def shown(self, table: str, row: Row) -> Row:
        """A row with what it names."""
        shown = dict(row)
        if "teamId" in row:
            shown["team"] = self.table("teams").get(row["teamId"] or "")
        if table == "issues":
            shown["createdAt"] = f"{datetime.fromtimestamp(row['at'], UTC):%Y-%m-%dT%H:%M:%S}.000Z"
            shown["labels"] = {"nodes": [self.table("labels")[each] for each in row["labelIds"]]}
        return shown

    def issues(self, first: int | None = None, after: str | None = None, filter: Row | None = None) -> Row:
        """A page of the issues that fit a filter. Raises LinearError."""
        asked = filter or {}
        mine = ((asked.get("creator") or {}).get("isMe") or {}).get("eq")
        since = (asked.get("createdAt") or {}).get("gt")
        began = self.store.clock() - _days(since) * 86_400 if since else 0.0

        def fits(row: Row) -> bool:
            return row["at"] > began and (mine is None or (row["creatorId"] == self.viewer()["id"]) == mine)

        return self.connection("issues", first, after, fits)

    # mutations

    def make_label(self, given: Row) -> Row:
        name = self._name(given["name"])
        team = self.team(given["teamId"])["id"] if given.get("teamId") else None
        self._check_label(name, team, "")
        row = {"id": self.new_id(), "name": name, "color": given.get("color") or "#bec2c8", "teamId": team}
        row |= {"description": given.get("description"), "isGroup": False, "parent": None, "archivedAt": None}
        return self._put("labels", row)

    def change_label(self, identifier: str, given: Row) -> Row:
        row = self.find("labels", identifier, "IssueLabel")
        if "name" in given:
            given = {**given, "name": self._name(given["name"])}
            self._check_label(given["name"], row["teamId"], identifier)
        row.update({name: value for name, value in given.items() if value is not None or name == "description"})
        return self.shown("labels", row)

    def delete_label(self, identifier: str) -> Row:
        for issue in self.table("issues").values():
            issue["labelIds"] = [each for each in issue["labelIds"] if each != identifier]
        return self._delete("labels", identifier, "IssueLabel")

    def make_webhook(self, given: Row) -> Row:
        self._check_webhook(given)
        if bool(given.get("teamId")) == bool(given.get("allPublicTeams")):
            raise LinearError("Argument Validation Error", told="Exactly one of teamId and allPublicTeams is required.")
        team = self.team(given["teamId"])["id"] if given.get("teamId") else None
        if any(row["url"] == given["url"] and row["teamId"] == team for row in self.table("webhooks").values()):
            raise LinearError("url not unique", told="A webhook with this url already exists for this team.")
        row = {"id": self.new_id(), "label": given.get("label"), "url": given["url"], "teamId": team}
        row |= {"enabled": given.get("enabled", True), "resourceTypes": list(given["resourceTypes"])}
        return self._put("webhooks", {**row, "allPublicTeams": bool(given.get("allPublicTeams"))})

    def change_webhook(self, identifier: str, given: Row) -> Row:
        row = self.find("webhooks", identifier, "Webhook")
        self._check_webhook({**row, **given})
        row.update({name: value for name, value in given.items() if name != "secret"})
        return self.shown("webhooks", row)

    def delete_webhook(self, identifier: str) -> Row:
        return self._delete("webhooks", identifier, "Webhook")

    def make_template(self, given: Row) -> Row:
        if given["type"] not in ("issue", "project", "document"):
            raise LinearError("Argument Validation Error", told="type must be issue, project or document")
        team = self.team(given["teamId"])["id"] if given.get("teamId") else None
        row = {"id": self.new_id(), "type": given["type"], "name": self._name(given["name"]), "teamId": team}
        row |= {"description": given.get("description"), "templateData": _data(given["templateData"])}
        return self._put("templates", row)

    def change_template(self, identifier: str, given: Row) -> Row:
        row = self.find("templates", identifier, "Template")
        if "templateData" in given:
            given = {**given, "templateData": _data(given["templateData"])}
        row.update(given)
        return self.shown("templates", row)

    def delete_template(self, identifier: str) -> Row:
        return self._delete("templates", identifier, "Template")

    def make_issue(self, given: Row) -> Row:
        team = self.team(given["teamId"])
        title = self._name(given.get("title") or "")
        if not 0 <= given.get("priority", 0) <= 4:
            raise LinearError("Argument Validation Error", told="priority must be between 0 and 4")
        labels = [self.find("labels", each, "IssueLabel") for each in given.get("labelIds") or []]
        if any(label["teamId"] not in (None, team["id"]) for label in labels):
            raise LinearError("LabelIds for incorrect team", told="The label is not associated with the same team.")
        team["issues"] += 1
        identifier = f"{team['key']}-{team['issues']}"
        url = f"https://linear.app/{self.organization()['urlKey']}/issue/{identifier}"
        row = {"id": self.new_id(), "identifier": identifier, "title": title, "url": url, "teamId": team["id"]}
        row |= {"description": given.get("description"), "priority": given.get("priority", 0)}
        row |= {"creatorId": self.viewer()["id"], "at": self.store.clock()}
        return self._put("issues", {**row, "labelIds": [label["id"] for label in labels]})

    def _put(self, table: str, row: Row) -> Row:
        self.table(table)[row["id"]] = row
        return self.shown(table, row)

    def _delete(self, table: str, identifier: str, called: str) -> Row:
        self.find(table, identifier, called)
        del self.table(table)[identifier]
        return {"success": True, "lastSyncId": 1.0, "entityId": identifier}

    def _name(self, given: Any) -> str:
        name = str(given).strip()
        if not name:
            raise LinearError("Argument Validation Error", told="name must be longer than or equal to 1 characters")
        return name

    def _check_label(self, name: str, team: str | None, own: str) -> None:
        """A name is used once in a team and, beside it, in the workspace."""
        for row in self.table("labels").values():
            rivals = row["teamId"] == team or row["teamId"] is None or team is None
            if row["id"] != own and rivals and row["name"].lower() == name.lower():
                raise LinearError("duplicate label name", told=f'Label with name "{name}" already exists.')

    def _check_webhook(self, given: Row) -> None:
        if not str(given["url"]).startswith(("https://", "http://127.0.0.1")):
            raise LinearError("Argument Validation Error", told="url must be a https URL")
        unknown = set(given["resourceTypes"]) - WEBHOOK_TYPES
        if unknown or not given["resourceTypes"]:
            raise LinearError("Argument Validation Error", told=f"resourceTypes: unknown {', '.join(sorted(unknown))}")


def _days(since: str) -> int:
    """`-P90D`: so many days before now. Raises LinearError for what this stand-in does not understand."""
    found = re.fullmatch(r"-P(\d+)D", since)
    if found is None:
        raise LinearError("Argument Validation Error", told="createdAt must be a duration of days before now")
    return int(found[1])


def _cursor(identifier: str) -> str:
    return base64.urlsafe_b64encode(identifier.encode()).decode()


def _plain(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor).decode()
    except ValueError:
        return ""


def _data(given: Any) -> Any:
    """The vendor takes the data as an object or as its text."""
    return json.loads(given) if isinstance(given, str) else given


def _one(table: str, called: str) -> Callable[..., Row]:
    def find(workspace: Workspace, id: str) -> Row:
        return workspace.shown(table, workspace.find(table, id, called))

    return find


def _list(table: str) -> Callable[..., Row]:
    def page(workspace: Workspace, first: int | None = None, after: str | None = None) -> Row:
        return workspace.connection(table, first, after)

    return page


def _made(name: str, make: Callable[..., Row]) -> Callable[..., Row]:
    def write(workspace: Workspace, input: Row, id: str = "", **more: Any) -> Row:
        row = make(workspace, id, input) if id else make(workspace, input)
        return {"success": True, "lastSyncId": 1.0, name: row}

    return write


def _deleted(delete: Callable[..., Row]) -> Callable[..., Row]:
    return lambda workspace, id: delete(workspace, id)


QUERIES: dict[str, Callable[..., Any]] = {
    "viewer": lambda workspace: workspace.viewer(),
    "organization": lambda workspace: workspace.organization(),
    "teams": _list("teams"),
    "team": lambda workspace, id: workspace.team(id),
    "issueLabels": _list("labels"),
    "issueLabel": _one("labels", "IssueLabel"),
    "webhooks": _list("webhooks"),
    "webhook": _one("webhooks", "Webhook"),
    "templates": lambda workspace: [workspace.shown("templates", row) for row in workspace.table("templates").values()],
    "template": _one("templates", "Template"),
    "issue": _one("issues", "Issue"),
    "issues": Workspace.issues,
}
MUTATIONS: dict[str, Callable[..., Any]] = {
    "issueLabelCreate": _made("issueLabel", Workspace.make_label),
    "issueLabelUpdate": _made("issueLabel", Workspace.change_label),
    "issueLabelDelete": _deleted(Workspace.delete_label),
    "webhookCreate": _made("webhook", Workspace.make_webhook),
    "webhookUpdate": _made("webhook", Workspace.change_webhook),
    "webhookDelete": _deleted(Workspace.delete_webhook),
    "templateCreate": _made("template", Workspace.make_template),
    "templateUpdate": _made("template", Workspace.change_template),
    "templateDelete": _deleted(Workspace.delete_template),
    "issueCreate": _made("issue", Workspace.make_issue),
}

"""One Jira site in the store: what is in it, and how the vendor shows it."""

from __future__ import annotations

from typing import Any

from sandbox.store import Row, Store, Table

SYSTEM = "jira"


class JiraError(Exception):
    """A refusal in the vendor's form: general messages, and messages by field."""

    def __init__(self, status: int, *messages: str, **errors: str) -> None:
        super().__init__("; ".join([*messages, *errors.values()]))
        self.status = status
        self.document: Row = {"errorMessages": list(messages), "errors": errors}


class Site:
    """Reads and plain writes over the tables `projects`, `components`, `users`, `issues`, `priorities`."""

    def __init__(self, store: Store, address: str = "") -> None:
        self.store = store
        self.address = address

    def table(self, name: str) -> Table:
        return self.store.table(SYSTEM, name)

    def new_id(self, counter: str) -> str:
        return str(self.store.next_id(f"{SYSTEM}:{counter}", 10000))

    def about(self) -> Row:
        return next(iter(self.table("site").values()))

    def project(self, asked: str) -> Row:
        """A project by its id or key. Raises JiraError."""
        for row in self.table("projects").values():
            if asked in (row["id"], row["key"]):
                return row
        raise JiraError(404, f"No project could be found with key '{asked}'.")

    def component(self, identifier: str) -> Row:
        row = self.table("components").get(identifier)
        if row is None:
            raise JiraError(404, f"The component with id {identifier} does not exist.")
        return row

    def user(self, account_id: str) -> Row | None:
        return self.table("users").get(account_id)

    def person_document(self, user: Row) -> Row:
        """A person; the address only where the person lets others see it."""
        shown: Row = {
            "accountId": user["id"],
            "accountType": "atlassian",
            "displayName": user["name"],
            "active": user["active"],
        }
        return shown if user["hidden"] else {**shown, "emailAddress": user["email"]}

    def project_document(self, row: Row) -> Row:
        return {
            "id": row["id"],
            "key": row["key"],
            "name": row["name"],
            "projectTypeKey": "software",
            "simplified": False,
            "style": "classic",
            "isPrivate": False,
            "self": f"{self.address}/rest/api/3/project/{row['id']}",
        }

    def component_document(self, row: Row) -> Row:
        project = self.table("projects")[row["project"]]
        shown: Row = {
            "self": f"{self.address}/rest/api/3/component/{row['id']}",
            "id": row["id"],
            "name": row["name"],
            "assigneeType": "PROJECT_DEFAULT",
            "isAssigneeTypeValid": False,
            "project": project["key"],
            "projectId": int(project["id"]),
        }
        if row["description"]:
            shown["description"] = row["description"]
        lead = self.user(row["lead"]) if row["lead"] else None
        return {**shown, "lead": self.person_document(lead)} if lead else shown


def page(items: list[Any], query: dict[str, str], name: str = "values") -> Row:
    """One page of a list, by `startAt` and `maxResults`. Raises JiraError."""
    try:
        start, size = int(query.get("startAt", "0")), int(query.get("maxResults", "50"))
    except ValueError:
        raise JiraError(400, "startAt and maxResults must be numbers.") from None
    if start < 0 or size < 0:
        raise JiraError(400, "startAt and maxResults must not be negative.")
    size = min(size or 50, 50)
    shown = items[start : start + size]
    return {
        "maxResults": size,
        "startAt": start,
        "total": len(items),
        "isLast": start + len(shown) >= len(items),
        name: shown,
    }

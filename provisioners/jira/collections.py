"""Projects, which are only looked up, and their components."""

from __future__ import annotations

from provisioners.collection import Collection, Live, Write
from provisioners.errors import SystemFault
from provisioners.jira.client import Body, JiraClient
from provisioners.resource import Payload
from provisioners.tracker_project import TrackerProject


class Project(TrackerProject):
    """A project of the site."""

    type = "jira:Project"
    kind_word = "project"

    def __init__(self, client: JiraClient) -> None:
        self.client = client

    def list(self, payload: Payload) -> list[Live]:
        return [self.live(body) for body in self.client.pages("project/search")]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = _found(self.client, f"project/{identifier}")
        return self.live(body) if body else None


class Component(Collection):
    """A component. Payload: `project` (its key), `name`, and `lead` (an e-mail address, empty for nobody) where that is
    managed. Its project never changes; whoever deletes it takes it from every issue."""

    type = "jira:Component"
    kind_word = "component"
    carries_data = True
    replace_on = frozenset({"project"})

    def __init__(self, client: JiraClient) -> None:
        self.client = client

    def natural_key(self, payload: Payload) -> str:
        return str(payload["name"]).lower()

    def live_key(self, live: Live) -> str:
        return str(live.body["name"]).lower()

    def list_scope(self, payload: Payload) -> str:
        return str(payload.get("project", ""))

    def list(self, payload: Payload) -> list[Live]:
        return [_component(body) for body in self.client.pages(f"project/{payload['project']}/component")]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = _found(self.client, f"component/{identifier}")
        return _component(body) if body else None

    def canonical(self, live: Live, payload: Payload) -> Payload:
        found: Payload = {"project": live.body["project"], "name": live.body["name"]}
        if "lead" in payload:
            found["lead"] = self._lead(live.body.get("lead") or {}, str(payload["lead"]))
        return {name: found[name] for name in payload}

    def create(self, payload: Payload) -> Write:
        sent = {"project": payload["project"], **self._sent(payload)}
        return Write(_component(self.client.create("component", sent)))

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        return Write(_component(self.client.update(f"component/{identifier}", self._sent(payload))))

    def delete(self, identifier: str, payload: Payload) -> None:
        self.client.delete(f"component/{identifier}")

    def count_values(self, identifier: str, payload: Payload) -> int | None:
        """How many issues have it."""
        return int(self.client.get(f"component/{identifier}/relatedIssueCounts")["issueCount"])

    def _sent(self, payload: Payload) -> Body:
        sent: Body = {"name": payload["name"]}
        if "lead" in payload:
            sent["leadAccountId"] = self._known(payload) if payload["lead"] else None
        return sent

    def _known(self, payload: Payload) -> str:
        found = self.client.person(payload["lead"])
        if found is None:
            raise SystemFault(
                "refused",
                f"component “{payload['name']}”",
                f"Jira knows nobody, or not just one, with the address {payload['lead']}",
                "Invite the person to the site with exactly this address, or leave out `lead`.",
            )
        return found

    def _lead(self, live: Body, declared: str) -> str:
        """Whose it is, as an address: the declared one where it is the same account, since others may be hidden."""
        account = live.get("accountId")
        if not account:
            return ""
        if declared and self.client.person(declared) == account:
            return declared
        return str(live.get("emailAddress") or live.get("displayName") or account)


def _found(client: JiraClient, path: str) -> Body | None:
    try:
        body: Body = client.get(path)
    except SystemFault as missing:
        if missing.code == "not_found":
            return None
        raise
    return body


def _component(body: Body) -> Live:
    return Live(str(body["id"]), body, str(body["name"]))

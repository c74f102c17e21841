"""The sandbox's audit log, as the vendor documents it."""

from __future__ import annotations

import base64
from typing import Any

from tests.sandbox.client import Zendesk

CONDITIONS = {"all": [{"field": "status", "operator": "is", "value": "new"}], "any": []}
ACTIONS = [{"field": "current_tags", "value": "x"}]


def as_user(zendesk: Zendesk, email: str, method: str, path: str, body: Any = None) -> None:
    """A call with the API token of a person."""
    word = base64.b64encode(f"{email}/token:sandbox".encode()).decode()
    answer = zendesk.as_token(None).call(method, path, body, headers={"authorization": f"Basic {word}"})
    assert answer.status_code < 300, answer.text


def account(**seed: Any) -> Zendesk:
    users = [{"name": "Ana Real", "email": "ana@acme.example", "role": "admin"}]
    return Zendesk({"plan": "enterprise", "users": users, **seed})


def entries(zendesk: Zendesk, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = zendesk.get(f"audit_logs?page[size]=100{query}").json()["audit_logs"]
    return found


def test_who_changed_a_rule_and_when_the_newest_first() -> None:
    zendesk = account()
    rule = zendesk.make("triggers", "trigger", title="T", conditions=CONDITIONS, actions=ACTIONS)
    zendesk.clock.now += 60
    as_user(zendesk, "ana@acme.example", "PUT", f"triggers/{rule['id']}", {"trigger": {"active": False}})
    newest, oldest = entries(zendesk, f"&filter[source_type]=rule&filter[source_id]={rule['id']}")
    assert (newest["action"], newest["actor_name"]) == ("update", "Ana Real")
    assert newest["change_description"] == "Active changed from True to False"
    assert (oldest["action"], oldest["actor_name"]) == ("create", "Account owner")
    assert newest["created_at"] > oldest["created_at"]
    assert set(newest) >= {"url", "action_label", "actor_id", "ip_address", "source_label", "source_type"}
    assert [each["id"] for each in entries(zendesk, "&sort=created_at")] == [oldest["id"], newest["id"]]
    shown = zendesk.get(f"audit_logs/{newest['id']}").json()["audit_log"]
    assert shown["source_label"] == "T"


def test_what_is_in_it_and_what_is_not() -> None:
    zendesk = account()
    group = zendesk.make("groups", "group", name="G")
    user = zendesk.make("users", "user", name="Ben", email="ben@acme.example", role="agent")
    zendesk.put(f"groups/{group['id']}", {"group": {"name": "H"}})
    assert entries(zendesk) == [], "groups are not, and neither is that users are made"
    zendesk.put(f"users/{user['id']}", {"user": {"name": "Ben Hill"}})
    zendesk.put(f"users/{user['id']}", {"user": {"name": "Ben Hill"}})
    assert [each["source_label"] for each in entries(zendesk)] == ["Ben"], "nothing changed the second time"
    macro = zendesk.make("macros", "macro", title="M", actions=[{"field": "status", "value": "open"}])
    zendesk.delete(f"macros/{macro['id']}")
    assert [each["action"] for each in entries(zendesk, "&filter[source_type]=rule")] == ["destroy", "create"]


def test_an_id_alone_is_refused_and_so_is_a_lesser_plan() -> None:
    zendesk = account()
    assert zendesk.get("audit_logs?filter[source_id]=1").status_code == 400
    assert Zendesk().get("audit_logs").status_code == 403
    assert zendesk.post("audit_logs", {}).status_code == 404

"""Skills and queues."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.sandbox.client import Zendesk

URGENT = {"field": "priority", "operator": "is", "value": "urgent"}


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk({"plan": "enterprise"})


# Skills


def test_skills_are_values_of_attributes_with_text_ids(zendesk: Zendesk) -> None:
    language = zendesk.make("routing/attributes", "attribute", name="Language")
    assert str(UUID(language["id"])) == language["id"]
    path = f"routing/attributes/{language['id']}/values"
    german = zendesk.make(path, "attribute_value", name="German")
    assert (german["attribute_id"], german["url"].endswith(f"{path}/{german['id']}.json")) == (language["id"], True)
    again = zendesk.post(path, {"attribute_value": {"name": "german"}})
    assert again.json()["details"]["name"][0]["error"] == "DuplicateValue"
    other = zendesk.make("routing/attributes", "attribute", name="Country")
    zendesk.make(f"routing/attributes/{other['id']}/values", "attribute_value", name="German")
    assert zendesk.titles(path, "attribute_values", "name") == ["German"]
    assert zendesk.put(f"{path}/{german['id']}", {"attribute_value": {"name": "X"}}).status_code == 404
    changed = zendesk.patch(f"{path}/{german['id']}", {"attribute_value": {"name": "Deutsch"}})
    assert changed.json()["attribute_value"]["name"] == "Deutsch"
    listed = zendesk.get("routing/attributes?include=attribute_values").json()
    assert [one["name"] for one in listed["attributes"]] == ["Language", "Country"]
    assert [one["name"] for one in listed["attribute_values"]] == ["Deutsch", "German"]
    assert zendesk.get(f"routing/attributes/{other['id']}/values/{german['id']}").status_code == 404


def test_setting_an_agents_skills_replaces_them(zendesk: Zendesk) -> None:
    language = zendesk.make("routing/attributes", "attribute", name="Language")
    path = f"routing/attributes/{language['id']}/values"
    german, french = (zendesk.make(path, "attribute_value", name=name) for name in ("German", "French"))
    ada = zendesk.make("users", "user", name="Ada", email="ada@example.com", role="agent")
    hers = f"routing/agents/{ada['id']}/instance_values"
    assert zendesk.get(hers).json() == {"attribute_values": []}
    zendesk.post(hers, {"attribute_value_ids": [german["id"], "no-such-skill"]})
    assert zendesk.titles(hers, "attribute_values", "name") == ["German"]
    zendesk.post(hers, {"attribute_value_ids": [french["id"]]})
    assert zendesk.titles(hers, "attribute_values", "name") == ["French"]
    customer = zendesk.make("users", "user", name="Customer")
    assert zendesk.get(f"routing/agents/{customer['id']}/instance_values").status_code == 404
    zendesk.delete(f"{path}/{french['id']}")
    assert zendesk.get(hers).json() == {"attribute_values": []}
    assert zendesk.delete(f"routing/attributes/{language['id']}").status_code == 204
    assert zendesk.store.table("zendesk", "attribute_values") == {}


def test_skills_may_have_conditions_that_the_account_knows(zendesk: Zendesk) -> None:
    language = zendesk.make("routing/attributes", "attribute", name="Language")
    path = f"routing/attributes/{language['id']}/values"
    made = zendesk.make(path, "attribute_value", name="German", conditions={"all": [URGENT]})
    assert made["conditions"] == {"all": [URGENT], "any": []}
    wrong = {"attribute_value": {"name": "X", "conditions": {"all": [{**URGENT, "field": "NEW"}]}}}
    assert zendesk.post(path, wrong).status_code == 422
    known = zendesk.get("routing/attributes/definitions").json()["definitions"]["conditions_all"]
    subjects = {one["subject"] for one in known}
    assert "priority" in subjects
    assert "NEW" not in subjects


def test_skills_are_for_enterprise() -> None:
    zendesk = Zendesk({"plan": "professional"})
    for path in ("routing/attributes", "routing/attributes/definitions"):
        assert zendesk.get(path).status_code == 403
    assert zendesk.post("routing/attributes", {"attribute": {"name": "X"}}).status_code == 403


# Queues


def queue(zendesk: Zendesk, name: str = "Urgent", **more: Any) -> dict[str, Any]:
    group = zendesk.get("groups").json()["groups"][0]["id"]
    sent = {"priority": 1, "definition": {"all": [URGENT]}, "primary_groups_id": [group], **more}
    return zendesk.make("queues", "queue", name=name, **sent)


def test_queues_are_written_with_ids_and_read_with_groups(zendesk: Zendesk) -> None:
    second = zendesk.make("groups", "group", name="Second line")
    made = queue(zendesk, secondary_groups_id=[second["id"]])
    assert len(made["id"]) == 26
    assert made["primary_groups"]["groups"][0]["name"] == "Support"
    assert made["secondary_groups"] == {"count": 1, "groups": [{"id": second["id"], "name": "Second line"}]}
    assert "primary_groups_id" not in made
    assert made["definition"] == {"all": [URGENT], "any": []}
    path = f"queues/{made['id']}"
    changed = zendesk.put(path, {"queue": {"secondary_groups_id": [], "priority": 7}}).json()["queue"]
    assert (changed["secondary_groups"], changed["priority"]) == ({"count": 0, "groups": []}, 7)
    assert changed["primary_groups"]["count"] == 1
    assert "queue.colour" in zendesk.put(path, {"queue": {"colour": "red"}}).headers["x-zendesk-api-warn"]
    assert zendesk.delete(path).status_code == 204
    assert zendesk.get(path).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "urgent"},
        {"priority": 0},
        {"priority": 101},
        {"definition": {"all": []}},
        {"definition": {"all": [{**URGENT, "field": "SOLVED"}]}},
        {"primary_groups_id": []},
        {"primary_groups_id": [1]},
    ],
)
def test_bad_queues_are_refused(zendesk: Zendesk, wrong: dict[str, Any]) -> None:
    made = queue(zendesk)
    group = made["primary_groups"]["groups"][0]["id"]
    sent = {"name": "Other", "definition": {"all": [URGENT]}, "primary_groups_id": [group], **wrong}
    assert zendesk.post("queues", {"queue": sent}).status_code == 422
    both = {**sent, "name": "Both", "primary_groups_id": [group], "secondary_groups_id": [group]}
    assert zendesk.post("queues", {"queue": both}).status_code == 422


def test_an_order_names_every_queue(zendesk: Zendesk) -> None:
    made = [queue(zendesk, name)["id"] for name in ("A", "B", "C")]
    assert zendesk.titles("queues", "queues", "name") == ["A", "B", "C"]
    part = zendesk.patch("queues/order", {"queue_ids": made[:2]})
    assert part.status_code == 400
    assert zendesk.patch("queues/order", {"queue_ids": [made[2], made[0], made[1]]}).status_code == 204
    assert zendesk.titles("queues", "queues", "name") == ["C", "A", "B"]
    assert [one["order"] for one in zendesk.get("queues").json()["queues"]] == [1, 2, 3]
    subjects = [one["subject"] for one in zendesk.get("queues/definitions").json()["definitions"]["conditions_all"]]
    assert "brand_id" in subjects


def test_queues_are_for_professional() -> None:
    zendesk = Zendesk({"plan": "growth"})
    assert zendesk.get("queues").status_code == 403
    assert zendesk.get("queues/definitions").status_code == 403


def test_queues_are_listed_thirty_times_a_minute() -> None:
    zendesk = Zendesk({"endpoint_limits": True})
    assert {zendesk.get("queues").status_code for _ in range(30)} == {200}
    assert zendesk.get("queues").status_code == 429

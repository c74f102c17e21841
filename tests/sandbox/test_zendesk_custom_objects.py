"""Custom objects, their fields and records; deletion schedules; group SLA policies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Zendesk

OLD = {"field": "last_updated", "operator": "greater_than", "value": "P365D"}


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk({"plan": "enterprise"})


def car(zendesk: Zendesk, **more: Any) -> dict[str, Any]:
    sent = {"key": "car", "title": "Car", "title_pluralized": "Cars", **more}
    return zendesk.make("custom_objects", "custom_object", **sent)


def field(zendesk: Zendesk, key: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    sent = {"key": key, "type": kind, "title": key.title(), **more}
    return zendesk.make("custom_objects/car/fields", "custom_object_field", **sent)


# Custom objects


def test_an_objects_key_is_its_id_and_stays(zendesk: Zendesk) -> None:
    made = car(zendesk)
    assert "id" not in made
    assert made["url"].endswith("/api/v2/custom_objects/car.json")
    answer = zendesk.patch("custom_objects/car", {"custom_object": {"key": "van", "title": "Auto"}})
    assert "custom_object.key" in answer.headers["x-zendesk-api-warn"]
    assert (answer.json()["custom_object"]["key"], answer.json()["custom_object"]["raw_title"]) == ("car", "Auto")
    assert zendesk.put("custom_objects/car", {"custom_object": {"title": "X"}}).status_code == 404
    again = {"custom_object": {"key": "car", "title": "C", "title_pluralized": "C"}}
    assert zendesk.post("custom_objects", again).json()["details"]["key"][0]["error"] == "DuplicateValue"
    for bad in ({"key": "My Car"}, {"title_pluralized": ""}):
        sent = {"custom_object": {"key": "van", "title": "V", "title_pluralized": "Vs", **bad}}
        assert zendesk.post("custom_objects", sent).status_code == 422


def test_how_many_objects_there_are_is_up_to_the_plan() -> None:
    zendesk = Zendesk({"plan": "team"})
    for key in ("a", "b", "c"):
        zendesk.make("custom_objects", "custom_object", key=key, title=key, title_pluralized=key)
    assert zendesk.get("custom_objects/limits/object_limit").json() == {"count": 3, "limit": 3}
    sent = {"custom_object": {"key": "d", "title": "D", "title_pluralized": "Ds"}}
    assert zendesk.post("custom_objects", sent).json()["details"]["base"][0]["error"] == "TooMany"


def test_fields_are_found_by_key_or_id_and_keep_both_key_and_type(zendesk: Zendesk) -> None:
    car(zendesk)
    made = field(zendesk, "colour", "dropdown", custom_field_options=[{"name": "Red", "value": "red"}])
    for name in ("colour", made["id"]):
        assert zendesk.get(f"custom_objects/car/fields/{name}").json()["custom_object_field"]["id"] == made["id"]
    answer = zendesk.patch("custom_objects/car/fields/colour", {"custom_object_field": {"key": "x", "type": "text"}})
    assert (answer.json()["custom_object_field"]["key"], answer.json()["custom_object_field"]["type"]) == (
        "colour",
        "dropdown",
    )
    assert "custom_object_field.type" in answer.headers["x-zendesk-api-warn"]
    options = [*made["custom_field_options"], {"name": "Blue", "value": "blue"}]
    sent = {"custom_object_field": {"custom_field_options": options}}
    changed = zendesk.patch("custom_objects/car/fields/colour", sent).json()["custom_object_field"]
    assert [one["value"] for one in changed["custom_field_options"]] == ["red", "blue"]
    assert changed["custom_field_options"][0]["id"] == made["custom_field_options"][0]["id"]
    assert zendesk.delete("custom_objects/car/fields/colour").status_code == 204
    assert zendesk.get("custom_objects/car/fields/colour").status_code == 404
    assert (
        zendesk.post("custom_objects/van/fields", {"custom_object_field": {"key": "a", "title": "A"}}).status_code
        == 404
    )


def test_standard_fields_are_there_and_hardly_change(zendesk: Zendesk) -> None:
    car(zendesk)
    path = "custom_objects/car/fields"
    assert zendesk.get(path).json()["custom_object_fields"] == []
    standard = zendesk.titles(f"{path}?include_standard_fields=true", "custom_object_fields", "key")
    assert standard == ["standard::name", "standard::external_id"]
    sent = {"custom_object_field": {"title": "Plate", "active": False}}
    answer = zendesk.patch(f"{path}/standard::name", sent)
    assert (answer.json()["custom_object_field"]["title"], answer.json()["custom_object_field"]["active"]) == (
        "Plate",
        True,
    )
    assert "custom_object_field.active" in answer.headers["x-zendesk-api-warn"]
    assert zendesk.delete(f"{path}/standard::name").status_code == 403


def test_fields_are_reordered_and_counted(zendesk: Zendesk) -> None:
    car(zendesk)
    ids = [field(zendesk, key)["id"] for key in ("a", "b", "c")]
    assert zendesk.put("custom_objects/car/fields/reorder", {"custom_object_field_ids": ids[::-1]}).status_code == 200
    assert zendesk.titles("custom_objects/car/fields", "custom_object_fields", "key") == ["c", "b", "a"]
    assert zendesk.get("custom_objects/car/limits/field_limit").json() == {"count": 3, "limit": 100}


def test_lookups_point_to_what_there_is_and_are_few() -> None:
    zendesk = Zendesk({"plan": "growth"})
    car(zendesk)
    sent = {"key": "owner", "type": "lookup", "title": "Owner", "relationship_target_type": "zen:custom_object:van"}
    assert zendesk.post("custom_objects/car/fields", {"custom_object_field": sent}).status_code == 422
    for number in range(5):
        field(zendesk, f"owner{number}", "lookup", relationship_target_type="zen:user")
    right = {"custom_object_field": {**sent, "relationship_target_type": "zen:user"}}
    assert zendesk.post("custom_objects/car/fields", right).json()["details"]["base"][0]["error"] == "TooMany"
    of_tickets = {"type": "lookup", "title": "Car", "relationship_target_type": "zen:custom_object:car"}
    made = zendesk.make("ticket_fields", "ticket_field", **of_tickets)
    assert zendesk.delete("custom_objects/car").json()["details"]["base"][0]["error"] == "InUse"
    zendesk.delete(f"ticket_fields/{made['id']}")
    assert zendesk.delete("custom_objects/car").status_code == 204


def test_records_hold_values_of_the_objects_fields(zendesk: Zendesk) -> None:
    car(zendesk)
    field(zendesk, "colour", "dropdown", custom_field_options=[{"name": "Red", "value": "red"}])
    path = "custom_objects/car/records"
    made = zendesk.make(
        path, "custom_object_record", name="KN-1", external_id="1", custom_object_fields={"colour": "red"}
    )
    assert (len(made["id"]), made["custom_object_fields"]) == (26, {"colour": "red"})
    for bad in (
        {"name": ""},
        {"name": "X", "external_id": "1"},
        {"name": "X", "custom_object_fields": {"wheels": 4}},
        {"name": "X", "custom_object_fields": {"colour": "blue"}},
    ):
        assert zendesk.post(path, {"custom_object_record": bad}).status_code == 422, bad
    one = f"{path}/{made['id']}"
    assert (
        zendesk.patch(one, {"custom_object_record": {"name": "KN-2"}}).json()["custom_object_record"]["name"] == "KN-2"
    )
    page = zendesk.get(path).json()
    assert ([row["name"] for row in page["custom_object_records"]], page["meta"]["has_more"]) == (["KN-2"], False)
    assert zendesk.get(f"{path}/count").json()["count"]["value"] == 1
    zendesk.delete("custom_objects/car/fields/colour")
    assert zendesk.get(one).json()["custom_object_record"]["custom_object_fields"] == {}
    zendesk.delete("custom_objects/car")
    car(zendesk)
    assert zendesk.get(path).json()["custom_object_records"] == []


# Deletion schedules


def test_a_schedule_is_off_at_first_and_one_of_a_sort_can_be_on(zendesk: Zendesk) -> None:
    sent = {"object": "zen:ticket", "conditions": {"all": [OLD]}}
    first, second = (
        zendesk.make("deletion_schedules", "deletion_schedule", title=title, **sent) for title in ("One", "Two")
    )
    assert (first["active"], first["default"]) == (False, False)
    on = {"deletion_schedule": {"active": True}}
    assert zendesk.put(f"deletion_schedules/{first['id']}", on).status_code == 200
    assert "active" in zendesk.put(f"deletion_schedules/{second['id']}", on).json()["details"]
    zendesk.make(
        "deletion_schedules", "deletion_schedule", title="People", **{**sent, "object": "zen:user"}, active=True
    )
    add_on = Zendesk({"active_deletion_schedules": 10})
    for title in ("One", "Two"):
        add_on.make("deletion_schedules", "deletion_schedule", title=title, **sent, active=True)


def test_a_schedules_conditions_are_replaced_whole_and_its_object_stays(zendesk: Zendesk) -> None:
    brand = {"field": "brand_id", "operator": "is", "value": "1"}
    made = zendesk.make(
        "deletion_schedules",
        "deletion_schedule",
        title="T",
        object="zen:ticket",
        conditions={"all": [OLD], "any": [brand]},
    )
    path = f"deletion_schedules/{made['id']}"
    changed = zendesk.put(path, {"deletion_schedule": {"conditions": {"all": [OLD]}}}).json()["deletion_schedule"]
    assert changed["conditions"] == {"all": [OLD], "any": []}
    answer = zendesk.put(path, {"deletion_schedule": {"object": "zen:user", "title": "U"}})
    assert (answer.json()["deletion_schedule"]["object"], answer.json()["deletion_schedule"]["title"]) == (
        "zen:ticket",
        "U",
    )
    assert "deletion_schedule.object" in answer.headers["x-zendesk-api-warn"]
    for bad in ({"object": "zen:planet"}, {"conditions": {}}, {"conditions": {"all": ["old"]}}, {"title": ""}):
        sent = {"deletion_schedule": {"title": "X", "object": "zen:ticket", "conditions": {"all": [OLD]}, **bad}}
        assert zendesk.post("deletion_schedules", sent).status_code == 422, bad
    assert zendesk.delete(path).status_code == 204


# Group SLA policies


def group_policy(group: int, title: str = "Quick", **more: Any) -> dict[str, Any]:
    target = {"priority": "urgent", "metric": "group_ownership_time", "target": 60, "business_hours": False}
    asked = {"field": "group_id", "operator": "includes", "value": [str(group)]}
    return {"group_sla_policy": {"title": title, "filter": {"all": [asked]}, "policy_metrics": [target], **more}}


def test_group_policies_have_text_ids_and_ask_for_groups(zendesk: Zendesk) -> None:
    group = zendesk.get("groups").json()["groups"][0]["id"]
    answer = zendesk.post("group_slas/policies", group_policy(group))
    made = answer.json()["group_sla_policy"]
    assert (answer.status_code, len(made["id"]), made["position"]) == (201, 26, 1)
    assert made["filter"]["all"][0]["value"] == [group]
    assert made["policy_metrics"][0]["target"] == 60
    for bad in (
        {"filter": {"all": []}},
        {"filter": {"all": [{"field": "priority", "operator": "is", "value": "low"}]}},
        {"policy_metrics": []},
        {"policy_metrics": [{"priority": "low", "metric": "first_reply_time", "target": 5}]},
    ):
        assert zendesk.post("group_slas/policies", group_policy(group, **bad)).status_code == 422, bad
    found = zendesk.get("group_slas/policies/definitions").json()["definitions"]["all"]
    assert [one["value"] for one in found] == ["group_id"]
    assert found[0]["values"]["list"] == [{"title": "Support", "value": group}]


def test_group_policies_are_reordered(zendesk: Zendesk) -> None:
    group = zendesk.get("groups").json()["groups"][0]["id"]
    ids = [
        zendesk.post("group_slas/policies", group_policy(group, title)).json()["group_sla_policy"]["id"]
        for title in ("A", "B", "C")
    ]
    assert zendesk.put("group_slas/policies/reorder", {"group_sla_policy_ids": ids[::-1]}).status_code == 200
    assert zendesk.titles("group_slas/policies", "group_sla_policies") == ["C", "B", "A"]
    zendesk.put(f"group_slas/policies/reorder?group_sla_policy_ids={','.join(ids)}")
    assert zendesk.titles("group_slas/policies", "group_sla_policies") == ["A", "B", "C"]


def test_group_policies_are_for_enterprise() -> None:
    zendesk = Zendesk({"plan": "professional"})
    assert zendesk.get("group_slas/policies").status_code == 403
    assert zendesk.get("group_slas/policies/definitions").status_code == 403
    assert zendesk.put("group_slas/policies/reorder", {"group_sla_policy_ids": []}).status_code == 403


def test_an_sla_policys_definitions_have_a_form_of_their_own(zendesk: Zendesk) -> None:
    found = zendesk.get("slas/policies/definitions").json()["definitions"]
    known = {one["value"]: one for one in found["all"]}
    assert "priority" not in known
    assert {one["value"] for one in known["group_id"]["operators"]} >= {"is", "includes"}
    assert known["type"]["values"]["type"] == "list"
    assert Zendesk({"plan": "team"}).get("slas/policies/definitions").status_code == 403

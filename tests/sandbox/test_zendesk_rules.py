"""Triggers, categories, automations, macros, views, SLA policies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Zendesk

OPEN = {"field": "status", "operator": "is", "value": "open"}
HIGH = {"field": "priority", "value": "high"}


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk()


def trigger(zendesk: Zendesk, title: str = "P1", **more: Any) -> dict[str, Any]:
    sent = {"conditions": {"all": [OPEN]}, "actions": [HIGH], **more}
    return zendesk.make("triggers", "trigger", title=title, **sent)


def details(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 422, answer.text
    found: dict[str, Any] = answer.json()["details"]
    return found


def test_a_trigger_lands_last_in_the_first_category(zendesk: Zendesk) -> None:
    category = zendesk.get("trigger_categories").json()["trigger_categories"][0]
    made = trigger(zendesk)
    assert (made["category_id"], made["position"], made["default"]) == (category["id"], 10, False)
    assert isinstance(made["category_id"], str) and isinstance(made["id"], int)
    assert made["conditions"] == {"all": [OPEN], "any": []}


def test_how_often_a_rule_ran_stands_beside_it_where_it_is_asked_for(zendesk: Zendesk) -> None:
    made = trigger(zendesk)
    zendesk.store.table("zendesk", "_usage")[f"triggers/{made['id']}"] = {"usage_7d": 3}
    told = {each["id"]: each for each in zendesk.get("triggers?include=usage_7d,usage_30d").json()["triggers"]}
    assert (told[made["id"]]["usage_7d"], told[made["id"]]["usage_30d"]) == (3, 0)
    for many in ("automations", "macros"):
        assert zendesk.get(f"{many}?include=usage_30d").json()[many][0]["usage_30d"] == 0
    assert "usage_7d" not in zendesk.get("triggers").json()["triggers"][0]


def test_titles_are_not_unique(zendesk: Zendesk) -> None:
    assert trigger(zendesk)["id"] != trigger(zendesk)["id"]


@pytest.mark.parametrize(
    ("condition", "error"),
    [
        ({"field": "colour", "operator": "is", "value": "red"}, "InvalidField"),
        ({"field": "custom_fields_5", "operator": "is", "value": "x"}, "InvalidField"),
        ({"field": "organization.custom_fields.gone", "operator": "is", "value": "x"}, "InvalidField"),
        ({"field": "PENDING", "operator": "is", "value": "24"}, "InvalidField"),
        ({"field": "status", "operator": "includes", "value": "open"}, "InvalidOperator"),
        ({"field": "status", "operator": "is", "value": "angry"}, "InvalidValue"),
        ({"field": "group_id", "operator": "is", "value": "5"}, "InvalidValue"),
        ({"field": "within_schedule", "operator": "is", "value": "5"}, "InvalidValue"),
        ("status is open", "InvalidValue"),
    ],
)
def test_bad_conditions_are_refused_with_details(zendesk: Zendesk, condition: Any, error: str) -> None:
    sent = {"trigger": {"title": "X", "conditions": {"all": [condition]}, "actions": [HIGH]}}
    assert details(zendesk.post("triggers", sent))["conditions"][0]["error"] == error


TEXT, NUMBER = {"type": "text"}, {"type": "integer"}
CHOICE = {"type": "tagger", "custom_field_options": [{"name": "A", "value": "kind_a"}]}
SEVERAL = {"type": "multiselect", "custom_field_options": [{"name": "A", "value": "many_a"}]}


@pytest.mark.parametrize(
    ("field", "operators", "refused"),
    [
        (TEXT, ["present", "not_present"], ["is", "includes", "changed"]),
        (NUMBER, ["present"], ["is", "greater_than", "value"]),
        ({"type": "regexp", "regexp_for_validation": "a"}, ["not_present"], ["is_not"]),
        (CHOICE, ["is", "is_not", "present", "value"], ["greater_than", "includes"]),
        (SEVERAL, ["includes", "not_includes", "not_present"], ["is"]),
        ({"type": "date"}, ["less_than", "within_previous_n_days", "present"], ["includes"]),
    ],
)
def test_a_custom_fields_type_says_what_triggers_can_ask(
    zendesk: Zendesk, field: Any, operators: list[str], refused: list[str]
) -> None:
    name = f"custom_fields_{zendesk.make('ticket_fields', 'ticket_field', title='Own', **field)['id']}"
    for operator in [*operators, *refused]:
        condition = {"field": name, "operator": operator, "value": "1"}
        sent = {"trigger": {"title": operator, "conditions": {"all": [condition]}, "actions": [HIGH]}}
        answer = zendesk.post("triggers", sent)
        assert (answer.status_code == 201) is (operator in operators), operator


def test_sla_policies_and_views_do_not_know_text_fields(zendesk: Zendesk) -> None:
    text = zendesk.make("ticket_fields", "ticket_field", title="Note", **TEXT)["id"]
    choice = zendesk.make("ticket_fields", "ticket_field", title="Kind", **CHOICE)["id"]
    for field, known in ((text, False), (choice, True)):
        one = {"field": f"custom_fields_{field}", "operator": "present"}
        answer = zendesk.post("slas/policies", policy(filter={"all": [one], "any": []}))
        assert (answer.status_code == 201) is known
    for place, subjects in (("triggers", {text, choice}), ("views", {choice})):
        found = zendesk.get(f"{place}/definitions").json()["definitions"]["conditions_all"]
        assert {one["subject"] for one in found} & {f"custom_fields_{text}", f"custom_fields_{choice}"} == {
            f"custom_fields_{field}" for field in subjects
        }


@pytest.mark.parametrize(
    "action",
    [
        {"field": "colour", "value": "red"},
        {"field": "priority", "value": "gigantic"},
        {"field": "status", "value": "new"},
        {"field": "group_id", "value": "5"},
        {"field": "notification_user", "value": ["requester_id", "subject"]},
        {"field": "notification_user", "value": ["5", "subject", "body"]},
        {"field": "notification_group", "value": ["5", "subject", "body"]},
        {"field": "notification_webhook", "value": ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "{}"]},
        {"field": "organization.custom_fields.gone", "value": "x"},
        "escalate",
    ],
)
def test_bad_actions_are_refused_with_details(zendesk: Zendesk, action: Any) -> None:
    sent = {"trigger": {"title": "X", "conditions": {"all": [OPEN]}, "actions": [action]}}
    assert "actions" in details(zendesk.post("triggers", sent))


def test_conditions_and_actions_must_be_there(zendesk: Zendesk) -> None:
    assert "conditions" in details(zendesk.post("triggers", {"trigger": {"title": "X", "actions": [HIGH]}}))
    sent = {"trigger": {"title": "X", "conditions": {"all": [OPEN]}}}
    assert "actions" in details(zendesk.post("triggers", sent))
    sent = {"trigger": {"title": "X", "conditions": {"all": [OPEN], "none": []}, "actions": [HIGH]}}
    assert "trigger.conditions.none" in zendesk.post("triggers", sent).headers["x-zendesk-api-warn"]


def test_values_come_back_in_the_vendors_form(zendesk: Zendesk) -> None:
    group = zendesk.get("groups").json()["groups"][0]["id"]
    field = zendesk.make("ticket_fields", "ticket_field", type="text", title="Order")["id"]
    zendesk.make("organization_fields", "organization_field", key="segment", type="text", title="Segment")
    zendesk.make("user_fields", "user_field", key="vip", type="checkbox", title="VIP", tag="vip")
    made = trigger(
        zendesk,
        conditions={
            "all": [
                {"field": "group_id", "operator": "is", "value": group},
                {"field": "status", "operator": "changed"},
                {"field": "comment_is_public", "value": True},
                {"field": f"custom_fields_{field}", "operator": "present"},
                {"field": "organization.custom_fields.segment", "operator": "is", "value": "x"},
                {"field": "requester.custom_fields.vip", "operator": "is", "value": True},
                {"field": "via_id", "operator": "includes", "value": [4, 5]},
                {"field": "current_tags", "operator": "includes", "value": "a b"},
            ]
        },
        actions=[
            {"field": "group_id", "value": group},
            {"field": "notification_group", "value": ["group_id", "s", "b"]},
            {"field": "assignee_id", "value": None},
        ],
    )
    values = [one["value"] for one in made["conditions"]["all"]]
    assert values == [str(group), "", True, "", "x", True, ["4", "5"], "a b"]
    assert made["conditions"]["all"][2]["operator"] == "is"
    assert made["actions"][0]["value"] == str(group)
    assert made["actions"][2]["value"] is None


def test_changing_one_attribute_leaves_the_others(zendesk: Zendesk) -> None:
    made = trigger(zendesk)
    changed = zendesk.put(f"triggers/{made['id']}", {"trigger": {"active": False}}).json()["trigger"]
    assert changed["conditions"] == made["conditions"] and changed["active"] is False
    assert changed["id"] in [row["id"] for row in zendesk.get("triggers").json()["triggers"]]
    replaced = {"trigger": {"conditions": {"any": [OPEN]}}}
    changed = zendesk.put(f"triggers/{made['id']}", replaced).json()["trigger"]
    assert changed["conditions"] == {"all": [], "any": [OPEN]}


def test_lists_are_filtered_and_searched(zendesk: Zendesk) -> None:
    made = trigger(zendesk, "Sleeping", active=False)
    assert made["id"] not in [row["id"] for row in zendesk.get("triggers/active").json()["triggers"]]
    assert zendesk.titles("triggers?active=false", "triggers")[-1] == "Sleeping"
    assert zendesk.titles("triggers/search?query=sleep", "triggers") == ["Sleeping"]
    other = zendesk.make("trigger_categories", "trigger_category", name="Route")
    assert zendesk.titles(f"triggers?category_id={other['id']}", "triggers") == []


def test_a_rule_of_more_than_65_kb_is_refused(zendesk: Zendesk) -> None:
    note = [{"field": "comment_value", "value": "x" * 66_000}]
    sent = {"trigger": {"title": "Huge", "conditions": {"all": [OPEN]}, "actions": note}}
    assert details(zendesk.post("triggers", sent))["base"][0]["error"] == "TooLarge"


def test_reorder_needs_a_single_category(zendesk: Zendesk) -> None:
    ids = [row["id"] for row in zendesk.get("triggers").json()["triggers"]]
    answer = zendesk.put("triggers/reorder", {"trigger_ids": ids[::-1]})
    assert [row["id"] for row in answer.json()["triggers"]] == ids[::-1]
    assert [row["id"] for row in zendesk.get("triggers").json()["triggers"]] == ids[::-1]
    zendesk.make("trigger_categories", "trigger_category", name="Route")
    refused = zendesk.put("triggers/reorder", {"trigger_ids": ids})
    assert (refused.status_code, refused.json()["error"]) == (400, "LimitOneCategory")


def test_update_many_is_answered_at_once_and_takes_a_hundred(zendesk: Zendesk) -> None:
    one, two = trigger(zendesk, "A"), trigger(zendesk, "B")
    sent = [{"id": one["id"], "position": 50, "title": "no"}, {"id": str(two["id"]), "active": False}]
    answer = zendesk.put("triggers/update_many", {"triggers": sent})
    assert [(row["position"], row["active"], row["title"]) for row in answer.json()["triggers"]] == [
        (50, True, "A"),
        (11, False, "B"),
    ]
    assert "triggers.title" in answer.headers["x-zendesk-api-warn"]
    assert zendesk.put("triggers/update_many", {"triggers": sent * 51}).json()["error"] == "TooManyValues"
    assert zendesk.delete(f"triggers/destroy_many?ids={one['id']},{two['id']}").status_code == 204
    assert zendesk.get(f"triggers/{one['id']}").status_code == 404


# Categories


def test_categories_have_text_ids_and_places_from_one(zendesk: Zendesk) -> None:
    route = zendesk.make("trigger_categories", "trigger_category", name="Route")
    first = zendesk.make("trigger_categories", "trigger_category", name="First", position=1)
    assert isinstance(route["id"], str) and route["position"] == 2
    page = zendesk.get("trigger_categories").json()
    assert [(row["name"], row["position"]) for row in page["trigger_categories"]] == [
        ("First", 1),
        ("Notifications", 2),
        ("Route", 3),
    ]
    assert page["meta"]["has_more"] is False
    moved = zendesk.patch(f"trigger_categories/{first['id']}", {"trigger_category": {"position": 3, "name": "Last"}})
    assert moved.json()["trigger_category"]["position"] == 3
    assert zendesk.titles("trigger_categories", "trigger_categories", "name") == ["Notifications", "Route", "Last"]
    assert zendesk.put(f"trigger_categories/{first['id']}", {}).status_code == 404
    taken = zendesk.post("trigger_categories", {"trigger_category": {"name": "Route"}})
    assert taken.json()["errors"][0]["code"] == "DuplicateValue"


def test_a_category_goes_only_without_active_triggers_and_takes_the_others_along(zendesk: Zendesk) -> None:
    category = zendesk.make("trigger_categories", "trigger_category", name="Route")
    made = trigger(zendesk, category_id=category["id"])
    counts = zendesk.get("trigger_categories?include=rule_counts").json()["trigger_categories"]
    assert [(row["active_count"], row["inactive_count"]) for row in counts] == [(8, 1), (1, 0)]
    assert zendesk.delete(f"trigger_categories/{category['id']}").json()["errors"][0]["code"] == "BadRequest"
    zendesk.put(f"triggers/{made['id']}", {"trigger": {"active": False}})
    assert zendesk.delete(f"trigger_categories/{category['id']}").status_code == 204
    assert zendesk.get(f"triggers/{made['id']}").status_code == 404
    sent = {"trigger": {"title": "X", "category_id": "5", "conditions": {"all": [OPEN]}, "actions": [HIGH]}}
    assert "category_id" in details(zendesk.post("triggers", sent))


def test_a_job_moves_categories_and_triggers_at_once(zendesk: Zendesk) -> None:
    category = zendesk.make("trigger_categories", "trigger_category", name="Route")
    made = trigger(zendesk)
    items = {
        "trigger_categories": [{"id": category["id"], "position": 9}],
        "triggers": [{"id": str(made["id"]), "position": 4, "category_id": category["id"], "active": False}],
    }
    answer = zendesk.post("trigger_categories/jobs", {"job": {"action": "patch", "items": items}}).json()
    assert (answer["status"], answer["errors"]) == ("complete", [])
    moved = zendesk.get(f"triggers/{made['id']}").json()["trigger"]
    assert (moved["position"], moved["category_id"], moved["active"]) == (4, category["id"], False)
    for job, status in (
        ({"action": "put", "items": {}}, 400),
        ({"action": "patch", "items": {"triggers": [{"id": "5"}]}}, 404),
        ({"action": "patch", "items": {"triggers": ["5"]}}, 404),
        ({"action": "patch", "items": {"triggers": [{"id": made["id"], "category_id": "5"}]}}, 400),
    ):
        assert zendesk.post("trigger_categories/jobs", {"job": job}).status_code == status


# Automations


def automation(title: str = "Nudge", **more: Any) -> dict[str, Any]:
    return {
        "automation": {
            "title": title,
            "conditions": {"all": [{"field": "PENDING", "operator": "is", "value": "24"}]},
            "actions": [HIGH],
            **more,
        }
    }


def test_automations_wait_for_time_and_end_themselves(zendesk: Zendesk) -> None:
    made = zendesk.post("automations", automation()).json()["automation"]
    assert made["position"] == 4
    no_time = automation(conditions={"all": [OPEN]})
    assert "conditions" in details(zendesk.post("automations", no_time))
    late = {"field": "PENDING", "operator": "greater_than", "value": "24"}
    endless = automation(conditions={"all": [late]})
    assert "base" in details(zendesk.post("automations", endless))
    tagged = {"all": [late, {"field": "current_tags", "operator": "not_includes", "value": "nudged"}]}
    ends = automation("Tag", conditions=tagged, actions=[{"field": "current_tags", "value": "nudged"}])
    assert zendesk.post("automations", ends).status_code == 201
    half = automation(conditions={"all": [{"field": "PENDING", "operator": "is", "value": "1.5"}]})
    assert "conditions" in details(zendesk.post("automations", half))


def test_no_two_active_automations_are_the_same(zendesk: Zendesk) -> None:
    zendesk.post("automations", automation())
    assert details(zendesk.post("automations", automation("Twin")))["base"][0]["error"] == "DuplicateRule"
    asleep = zendesk.post("automations", automation("Twin", active=False))
    assert asleep.status_code == 201
    path = f"automations/{asleep.json()['automation']['id']}"
    assert zendesk.put(path, {"automation": {"active": True}}).status_code == 422


# Macros


def test_macros_restrictions_echo_id_and_ids(zendesk: Zendesk) -> None:
    group = zendesk.get("groups").json()["groups"][0]["id"]
    owner = zendesk.get("users/me").json()["user"]["id"]
    made = zendesk.make(
        "macros", "macro", title="A", actions=[HIGH], restriction={"type": "Group", "ids": [str(group)]}
    )
    assert made["restriction"] == {"type": "Group", "id": group, "ids": [group]}
    assert made["position"] == 10000
    mine = zendesk.make("macros", "macro", title="Mine", actions=[HIGH], restriction={"type": "User", "id": owner})
    assert mine["restriction"] == {"type": "User", "id": owner}
    assert "Mine" not in zendesk.titles("macros?access=shared", "macros")
    assert zendesk.titles("macros?access=personal", "macros") == ["Mine"]
    assert "A" not in zendesk.titles("macros?access=account", "macros")
    open_again = zendesk.put(f"macros/{made['id']}", {"macro": {"restriction": None}}).json()["macro"]
    assert open_again["restriction"] is None
    for bad in ({"type": "Planet", "id": 1}, {"type": "Group"}, {"type": "Group", "ids": [5]}):
        sent = {"macro": {"title": "X", "actions": [HIGH], "restriction": bad}}
        assert "restriction" in details(zendesk.post("macros", sent))


def test_macros_have_actions_of_their_own(zendesk: Zendesk) -> None:
    reply = [{"field": "comment_value", "value": ["channel:all", "Hi"]}, {"field": "subject", "value": "S"}]
    assert zendesk.make("macros", "macro", title="A", actions=reply)["actions"] == reply
    mail = [{"field": "notification_user", "value": ["requester_id", "s", "b"]}]
    assert "actions" in details(zendesk.post("macros", {"macro": {"title": "X", "actions": mail}}))


# Views


def test_views_are_written_in_one_shape_and_read_in_another(zendesk: Zendesk) -> None:
    field = zendesk.make("ticket_fields", "ticket_field", type="text", title="Order")["id"]
    output = {
        "columns": ["status", "subject", field],
        "group_by": "priority",
        "sort_by": "created",
        "sort_order": "asc",
    }
    sent = {"view": {"title": "Mine", "all": [OPEN], "output": output, "conditions": {"all": []}}}
    answer = zendesk.post("views", sent)
    assert answer.status_code == 201
    view = answer.json()["view"]
    assert "view.conditions" in answer.headers["x-zendesk-api-warn"]
    assert view["conditions"] == {"all": [OPEN], "any": []}
    execution = view["execution"]
    assert [one["id"] for one in execution["columns"]] == ["status", "subject", field]
    assert [one["title"] for one in execution["custom_fields"]] == ["Order"]
    assert (execution["group_by"], execution["group"]["title"], execution["sort"]["order"]) == (
        "priority",
        "Priority",
        "asc",
    )
    assert "all" not in view and "output" not in view
    path = f"views/{view['id']}"
    changed = zendesk.put(path, {"view": {"any": [{"field": "priority", "operator": "is", "value": "high"}]}})
    assert changed.json()["view"]["conditions"]["all"] == [OPEN]
    changed = zendesk.put(path, {"view": {"output": {"columns": ["nice_id"]}}}).json()["view"]["execution"]
    assert ([one["id"] for one in changed["columns"]], changed["sort_by"]) == (["nice_id"], "created")


def test_views_need_a_ticket_condition_and_known_columns(zendesk: Zendesk) -> None:
    tags = {"field": "current_tags", "operator": "includes", "value": "x"}
    assert "base" in details(zendesk.post("views", {"view": {"title": "X", "all": [tags]}}))
    bad = {"view": {"title": "X", "all": [OPEN], "output": {"columns": ["colour"]}}}
    assert "output" in details(zendesk.post("views", bad))


# SLA policies


def policy(**more: Any) -> dict[str, Any]:
    target = {"priority": "urgent", "metric": "first_reply_time", "target": 30, "business_hours": False}
    return {"sla_policy": {"title": "Gold", "filter": {"all": [], "any": []}, "policy_metrics": [target], **more}}


def test_sla_policies_echo_numbers_and_fill_seconds(zendesk: Zendesk) -> None:
    group = zendesk.get("groups").json()["groups"][0]["id"]
    conditions = [
        {"field": "group_id", "operator": "is", "value": str(group)},
        {"field": "via_id", "operator": "includes", "value": ["4"]},
    ]
    made = zendesk.post("slas/policies", policy(filter={"all": conditions, "any": []})).json()["sla_policy"]
    assert [one["value"] for one in made["filter"]["all"]] == [group, [4]]
    assert made["policy_metrics"][0]["target_in_seconds"] == 1800
    assert made["position"] == 1
    assert "/slas/policies/" in made["url"]


@pytest.mark.parametrize(
    "bad",
    [
        {"filter": {"all": []}},
        {"filter": {"all": [OPEN], "any": []}},
        {"policy_metrics": []},
        {"policy_metrics": ["x"]},
        {"policy_metrics": [{"priority": "urgent", "metric": "resolution", "target": 1}]},
        {"policy_metrics": [{"priority": "p1", "metric": "first_reply_time", "target": 1}]},
        {"policy_metrics": [{"priority": "low", "metric": "first_reply_time", "target": 0}]},
        {"policy_metrics": [{"priority": "low", "metric": "first_reply_time", "target": 1}] * 2},
    ],
)
def test_bad_policies_are_refused(zendesk: Zendesk, bad: dict[str, Any]) -> None:
    assert zendesk.post("slas/policies", policy(**bad)).status_code == 422


def test_targets_in_seconds_and_unknown_parts(zendesk: Zendesk) -> None:
    target = {"priority": "low", "metric": "agent_work_time", "target_in_seconds": 90, "colour": 1}
    answer = zendesk.post("slas/policies", policy(policy_metrics=[target]))
    assert answer.json()["sla_policy"]["policy_metrics"][0]["target"] == 1
    assert "policy_metrics.colour" in answer.headers["x-zendesk-api-warn"]


def test_policies_are_reordered(zendesk: Zendesk) -> None:
    ids = [zendesk.post("slas/policies", policy(title=name)).json()["sla_policy"]["id"] for name in ("A", "B")]
    assert zendesk.put("slas/policies/reorder", {"sla_policy_ids": ids[::-1]}).status_code == 200
    assert zendesk.titles("slas/policies", "sla_policies") == ["B", "A"]


def test_definitions_name_what_the_account_knows(zendesk: Zendesk) -> None:
    field = zendesk.make("ticket_fields", "ticket_field", type="text", title="Order")["id"]
    found = zendesk.get("triggers/definitions").json()["definitions"]
    subjects = {one["subject"] for one in found["conditions_all"]}
    assert {"status", "update_type", f"custom_fields_{field}"} <= subjects
    assert "PENDING" not in subjects
    assert "notification_webhook" in {one["subject"] for one in found["actions"]}
    views = zendesk.get("views/definitions").json()["definitions"]
    assert "PENDING" in {one["subject"] for one in views["conditions_all"]}
    assert "PENDING" not in {one["subject"] for one in views["conditions_any"]}
    assert "actions" not in views
    assert zendesk.get("automations/definitions").status_code == 404

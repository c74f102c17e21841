"""Ticket forms and their conditions, custom statuses, lost options, brands by plan."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Zendesk


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk()


def tagger(zendesk: Zendesk, title: str = "Topic", *values: str) -> dict[str, Any]:
    options = [{"name": value.title(), "value": value} for value in values or ("card", "loan")]
    return zendesk.make("ticket_fields", "ticket_field", type="tagger", title=title, custom_field_options=options)


def text(zendesk: Zendesk, title: str = "Number") -> dict[str, Any]:
    return zendesk.make("ticket_fields", "ticket_field", type="text", title=title)


def condition(parent: dict[str, Any], child: dict[str, Any], value: Any = "card", **more: Any) -> dict[str, Any]:
    return {"parent_field_id": parent["id"], "value": value, "child_fields": [{"id": child["id"], **more}]}


def form(zendesk: Zendesk, *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return zendesk.make("ticket_forms", "ticket_form", name="F", ticket_field_ids=[one["id"] for one in fields], **more)


# Conditions


def test_conditions_are_completed_and_left_alone_unless_sent(zendesk: Zendesk) -> None:
    parent, child = tagger(zendesk), text(zendesk)
    asked = [condition(parent, child, is_required=True)]
    made = form(zendesk, parent, child, agent_conditions=asked, end_user_conditions=asked)
    agents = {"id": child["id"], "is_required": True, "required_on_statuses": {"type": "ALL_STATUSES"}}
    assert made["agent_conditions"][0]["child_fields"] == [agents]
    assert made["agent_conditions"][0]["parent_field_type"] == "tagger"
    assert made["end_user_conditions"][0]["child_fields"] == [{"id": child["id"], "is_required": True}]
    path = f"ticket_forms/{made['id']}"
    renamed = zendesk.put(path, {"ticket_form": {"name": "G"}}).json()["ticket_form"]
    assert renamed["agent_conditions"] == made["agent_conditions"]
    cleared = zendesk.put(path, {"ticket_form": {"agent_conditions": []}}).json()["ticket_form"]
    assert (cleared["agent_conditions"], len(cleared["end_user_conditions"])) == ([], 1)


@pytest.mark.parametrize("wrong", ["parent", "child", "value", "itself", "twice", "type", "nothing", "statuses"])
def test_bad_conditions_are_refused(zendesk: Zendesk, wrong: str) -> None:
    parent, child, outside = tagger(zendesk), text(zendesk), text(zendesk, "Outside")
    elsewhere = tagger(zendesk, "Elsewhere", "other")
    asked = {
        "parent": condition(elsewhere, child, "other"),
        "child": condition(parent, outside),
        "value": condition(parent, child, "house"),
        "itself": condition(parent, parent),
        "twice": {**condition(parent, child), "child_fields": [{"id": child["id"]}, {"id": child["id"]}]},
        "type": condition(child, parent, "x"),
        "nothing": {**condition(parent, child), "child_fields": []},
        "statuses": condition(parent, child, required_on_statuses={"type": "SOMETIMES"}),
    }[wrong]
    sent = {"name": "F", "ticket_field_ids": [parent["id"], child["id"]], "agent_conditions": [asked]}
    assert zendesk.post("ticket_forms", {"ticket_form": sent}).status_code == 422
    right = {**sent, "agent_conditions": [condition(parent, child)]}
    assert zendesk.post("ticket_forms", {"ticket_form": right}).status_code == 201


def test_a_field_and_its_condition_do_not_go_in_one_call(zendesk: Zendesk) -> None:
    parent, child = tagger(zendesk), text(zendesk)
    made = form(zendesk, parent, child, agent_conditions=[condition(parent, child)])
    path = f"ticket_forms/{made['id']}"
    without = {"ticket_field_ids": [parent["id"]]}
    assert zendesk.put(path, {"ticket_form": without}).status_code == 422
    together = zendesk.put(path, {"ticket_form": {**without, "agent_conditions": []}})
    assert "ticket_field_ids" in together.json()["details"]
    assert zendesk.put(path, {"ticket_form": {"agent_conditions": []}}).status_code == 200
    assert zendesk.put(path, {"ticket_form": without}).json()["ticket_form"]["ticket_field_ids"] == [parent["id"]]


@pytest.mark.parametrize("which", ["parent", "child"])
def test_a_field_in_a_condition_stays_on(zendesk: Zendesk, which: str) -> None:
    parent, child = tagger(zendesk), text(zendesk)
    made = form(zendesk, parent, child, end_user_conditions=[condition(parent, child)])
    path = f"ticket_fields/{(parent if which == 'parent' else child)['id']}"
    assert zendesk.put(path, {"ticket_field": {"active": False}}).json()["details"]["active"][0]["error"] == "InUse"
    assert zendesk.delete(path).status_code == 422
    zendesk.put(f"ticket_forms/{made['id']}", {"ticket_form": {"end_user_conditions": []}})
    assert zendesk.put(path, {"ticket_field": {"active": False}}).status_code == 200
    assert zendesk.delete(path).status_code == 204


def test_statuses_of_conditions_are_sent_one_way_and_read_both(zendesk: Zendesk) -> None:
    parent, child = tagger(zendesk), text(zendesk)
    waits = zendesk.make("custom_statuses", "custom_status", status_category="pending", agent_label="With bank")
    some = {"type": "SOME_STATUSES", "custom_statuses": [waits["id"]]}
    made = form(zendesk, parent, child, agent_conditions=[condition(parent, child, required_on_statuses=some)])
    assert made["agent_conditions"][0]["child_fields"][0]["required_on_statuses"] == {**some, "statuses": ["pending"]}
    both = condition(parent, child, required_on_statuses={**some, "statuses": ["pending"]})
    path = f"ticket_forms/{made['id']}"
    assert zendesk.put(path, {"ticket_form": {"agent_conditions": [both]}}).status_code == 422
    named = condition(parent, child, required_on_statuses={"type": "SOME_STATUSES", "statuses": ["solved"]})
    seen = zendesk.put(path, {"ticket_form": {"agent_conditions": [named]}}).json()["ticket_form"]
    solved = next(
        row["id"]
        for row in zendesk.get("custom_statuses").json()["custom_statuses"]
        if row["status_category"] == "solved"
    )
    required = seen["agent_conditions"][0]["child_fields"][0]["required_on_statuses"]
    assert required == {"type": "SOME_STATUSES", "statuses": ["solved"], "custom_statuses": [solved]}


# Forms


def test_a_form_is_for_all_brands_or_for_some(zendesk: Zendesk) -> None:
    shop = zendesk.make("brands", "brand", name="Shop", subdomain="shop")
    made = form(zendesk, in_all_brands=False, restricted_brand_ids=[shop["id"]])
    assert made["restricted_brand_ids"] == [shop["id"]]
    brands = {row["subdomain"]: row for row in zendesk.get("brands").json()["brands"]}
    assert made["id"] in brands["shop"]["ticket_form_ids"]
    assert made["id"] not in brands["sandbox"]["ticket_form_ids"]
    open_to_all = zendesk.put(f"ticket_forms/{made['id']}", {"ticket_form": {"in_all_brands": True}})
    assert open_to_all.json()["ticket_form"]["restricted_brand_ids"] == []
    bad = {"ticket_form": {"name": "X", "in_all_brands": False, "restricted_brand_ids": [1]}}
    assert "restricted_brand_ids" in zendesk.post("ticket_forms", bad).json()["details"]


def test_forms_are_listed_by_their_switches(zendesk: Zendesk) -> None:
    form(zendesk, active=False)
    assert zendesk.titles("ticket_forms?active=false", "ticket_forms", "name") == ["F"]
    assert zendesk.titles("ticket_forms?active=true", "ticket_forms", "name") == ["Default Ticket Form"]


def test_the_smallest_plan_has_one_form_and_one_brand() -> None:
    zendesk = Zendesk({"plan": "team"})
    assert zendesk.post("ticket_forms", {"ticket_form": {"name": "Second"}}).status_code == 403
    assert zendesk.post("brands", {"brand": {"name": "B", "subdomain": "b"}}).status_code == 422
    more = Zendesk({"plan": "growth"})
    for number in range(2, 6):
        more.make("brands", "brand", name=f"B{number}", subdomain=f"b{number}")
    assert more.post("brands", {"brand": {"name": "B6", "subdomain": "b6"}}).status_code == 422


# Custom statuses


def test_defaults_are_chosen_by_a_call_of_their_own(zendesk: Zendesk) -> None:
    waits = zendesk.make("custom_statuses", "custom_status", status_category="pending", agent_label="With bank")
    off = zendesk.make("custom_statuses", "custom_status", status_category="open", agent_label="Off", active=False)
    path = f"custom_statuses/{waits['id']}"
    assert (
        "custom_status.default" in zendesk.put(path, {"custom_status": {"default": True}}).headers["x-zendesk-api-warn"]
    )
    assert zendesk.put("custom_status/default", {"ids": [waits["id"]]}).status_code == 422
    assert zendesk.put("custom_status/default", {"ids": "1"}).status_code == 404
    assert zendesk.put("custom_status/default", {"ids": f"{off['id']}"}).status_code == 422
    assert zendesk.put("custom_status/default", {"ids": f"{waits['id']}"}).status_code == 200
    defaults = zendesk.get("custom_statuses?default=true").json()["custom_statuses"]
    assert [(one["status_category"], one["agent_label"]) for one in defaults] == [
        ("new", "New"),
        ("open", "Open"),
        ("hold", "On-hold"),
        ("solved", "Solved"),
        ("pending", "With bank"),
    ]
    assert zendesk.put(path, {"custom_status": {"active": False}}).status_code == 422
    assert zendesk.delete(path).status_code == 422
    old = zendesk.get("custom_statuses?status_categories=pending&default=false").json()["custom_statuses"][0]
    assert zendesk.put("custom_status/default", {"ids": f"{waits['id']},{old['id']}"}).status_code == 422


def test_the_default_of_on_hold_may_be_off(zendesk: Zendesk) -> None:
    hold = zendesk.get("custom_statuses?status_categories=hold").json()["custom_statuses"][0]
    assert zendesk.put(f"custom_statuses/{hold['id']}", {"custom_status": {"active": False}}).status_code == 200
    assert zendesk.titles("custom_statuses?active=false", "custom_statuses", "agent_label") == ["On-hold"]


def test_a_status_in_use_is_not_deleted(zendesk: Zendesk) -> None:
    waits = zendesk.make("custom_statuses", "custom_status", status_category="pending", agent_label="With bank")
    path = f"custom_statuses/{waits['id']}"
    asked = {"field": "custom_status_id", "operator": "includes", "value": [str(waits["id"])]}
    status = {"field": "status", "operator": "less_than", "value": "solved"}
    view = zendesk.make("views", "view", title="V", all=[status, asked])
    assert zendesk.delete(path).json()["details"]["base"][0]["error"] == "InUse"
    zendesk.delete(f"views/{view['id']}")
    zendesk.make("tickets", "ticket", subject="Hi", comment={"body": "Hi"}, custom_status_id=waits["id"])
    assert zendesk.delete(path).status_code == 422
    zendesk.store.table("zendesk", "tickets").clear()
    assert zendesk.delete(path).status_code == 204
    assert "With bank" not in zendesk.titles("custom_statuses", "custom_statuses", "agent_label")


def test_labels_are_short_and_the_category_of_new_tickets_has_one(zendesk: Zendesk) -> None:
    long = {"status_category": "open", "agent_label": "x" * 49}
    assert "agent_label" in zendesk.post("custom_statuses", {"custom_status": long}).json()["details"]
    new = {"status_category": "new", "agent_label": "Fresh"}
    assert "status_category" in zendesk.post("custom_statuses", {"custom_status": new}).json()["details"]


def test_statuses_are_not_written_where_the_feature_is_off() -> None:
    zendesk = Zendesk({"account_settings": {"tickets": {"custom_statuses_enabled": False}}})
    sent = {"custom_status": {"status_category": "open", "agent_label": "X"}}
    assert zendesk.post("custom_statuses", sent).status_code == 403
    rows = zendesk.get("custom_statuses").json()["custom_statuses"]
    assert len(rows) == 5
    assert zendesk.put("custom_status/default", {"ids": f"{rows[0]['id']}"}).status_code == 403
    assert zendesk.put(f"custom_statuses/{rows[1]['id']}", {"custom_status": {"description": "X"}}).status_code == 403
    settings = zendesk.get("account/settings").json()["settings"]
    assert settings["active_features"]["custom_statuses_enabled"] is False
    zendesk.put("account/settings", {"settings": {"tickets": {"custom_statuses_enabled": True}}})
    assert zendesk.post("custom_statuses", sent).status_code == 201
    with pytest.raises(ValueError, match=r"settings\.tickets\.unheard"):
        Zendesk({"account_settings": {"tickets": {"unheard": True}}})


# Fields


def test_a_lookup_field_names_what_it_points_to(zendesk: Zendesk) -> None:
    sent = {"type": "lookup", "title": "Account manager"}
    assert "relationship_target_type" in zendesk.post("ticket_fields", {"ticket_field": sent}).json()["details"]
    wrong = {**sent, "relationship_target_type": "zen:custom_object:car"}
    assert zendesk.post("ticket_fields", {"ticket_field": wrong}).status_code == 422
    made = zendesk.make("ticket_fields", "ticket_field", **sent, relationship_target_type="zen:user")
    path = f"ticket_fields/{made['id']}"
    answer = zendesk.put(path, {"ticket_field": {"relationship_target_type": "zen:organization"}})
    assert answer.json()["ticket_field"]["relationship_target_type"] == "zen:user"
    assert "ticket_field.relationship_target_type" in answer.headers["x-zendesk-api-warn"]


def test_system_fields_stay_as_they_are(zendesk: Zendesk) -> None:
    rows = {row["type"]: row for row in zendesk.get("ticket_fields").json()["ticket_fields"]}
    assert set(rows) >= {"subject", "description", "status", "tickettype", "priority", "group", "assignee"}
    assert "custom_status" in rows
    for kind in ("subject", "status", "group"):
        path = f"ticket_fields/{rows[kind]['id']}"
        assert zendesk.put(path, {"ticket_field": {"active": False}}).status_code == 422
        assert zendesk.delete(path).status_code == 403
    assert (
        zendesk.put(f"ticket_fields/{rows['priority']['id']}", {"ticket_field": {"active": False}}).status_code == 200
    )
    assert zendesk.post("ticket_fields", {"ticket_field": {"type": "subject", "title": "X"}}).status_code == 422
    zendesk.make("ticket_fields", "ticket_field", type="partialcreditcard", title="Card")


@pytest.mark.parametrize("way", ["update", "delete"])
def test_a_lost_option_is_lost_for_tickets_and_macros(zendesk: Zendesk, way: str) -> None:
    field = tagger(zendesk)
    several = zendesk.make(
        "ticket_fields",
        "ticket_field",
        type="multiselect",
        title="Colours",
        custom_field_options=[{"name": name, "value": name} for name in ("red", "blue")],
    )
    values = [{"id": field["id"], "value": "card"}, {"id": several["id"], "value": ["red", "blue"]}]
    ticket = zendesk.make("tickets", "ticket", subject="Hi", comment={"body": "Hi"}, custom_fields=values, tags=["vip"])
    uses = {"field": f"custom_fields_{field['id']}", "value": "card"}
    macro = zendesk.make("macros", "macro", title="M", actions=[uses, {"field": "status", "value": "open"}])
    for one in (field, several):
        first, second = one["custom_field_options"]
        path = f"ticket_fields/{one['id']}"
        if way == "delete":
            zendesk.delete(f"{path}/options/{first['id']}")
        else:
            zendesk.put(path, {"ticket_field": {"custom_field_options": [second]}})
    seen = zendesk.get(f"tickets/{ticket['id']}").json()["ticket"]
    now = {one["id"]: one["value"] for one in seen["custom_fields"]}
    assert (now[field["id"]], now[several["id"]], sorted(seen["tags"])) == (None, ["blue"], ["blue", "vip"])
    assert zendesk.get(f"macros/{macro['id']}").json()["macro"]["actions"] == [{"field": "status", "value": "open"}]


def test_a_lost_option_is_lost_for_customers(zendesk: Zendesk) -> None:
    options = [{"name": name, "value": name} for name in ("gold", "silver")]
    field = zendesk.make(
        "user_fields", "user_field", key="tier", type="dropdown", title="Tier", custom_field_options=options
    )
    user = zendesk.make("users", "user", name="Ada", user_fields={"tier": "gold"})
    silver = field["custom_field_options"][1]
    zendesk.put(f"user_fields/{field['id']}", {"user_field": {"custom_field_options": [silver]}})
    assert zendesk.get(f"users/{user['id']}").json()["user"]["user_fields"]["tier"] is None


def test_a_renamed_option_loses_nothing(zendesk: Zendesk) -> None:
    field = tagger(zendesk)
    values = [{"id": field["id"], "value": "card"}]
    ticket = zendesk.make("tickets", "ticket", subject="Hi", comment={"body": "Hi"}, custom_fields=values)
    first, second = field["custom_field_options"]
    renamed = [{"id": first["id"], "name": "Cards"}, second]
    zendesk.put(f"ticket_fields/{field['id']}", {"ticket_field": {"custom_field_options": renamed}})
    assert values[0] in zendesk.get(f"tickets/{ticket['id']}").json()["ticket"]["custom_fields"]
